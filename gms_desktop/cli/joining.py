"""``join``: let this bench join its laboratory's hub by the code that the hub gave for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from gms_desktop import settings as settings_file
from gms_desktop.settings import Settings

Say = Callable[[str], None]


def join_bench(code: str, name: str, certificate: Path | None, data: Path, say: Say) -> int:
    """Join with the bench of a data folder, set up or not.

    Args:
        code: as typed or scanned.
        name: of the bench; ``""`` for the one that it has or that the hub knows it by.
        certificate: file of the authority that signed the hub's certificate.
        data: the bench's data folder.
        say: prints a line.

    Raises:
        Refused: when the code, the hub or the bench is not the right one, or a window has the bench open.
        Unavailable: when the hub gave no answer.
    """
    from gms_desktop.hub_joining import join
    from gms_desktop.starting import bench_file

    known = settings_file.read(data) or Settings(bench="")
    file = bench_file(data)
    file.take()
    try:
        joined = join(
            file,
            code,
            replace(known, bench=name or known.bench),
            certificate=str(certificate.absolute()) if certificate else "",
            tell=say,
        )
    finally:
        file.release()
    say(joined.words)
    return 0
