"""What a form's enrolment code leads to: joining the hub, off the main thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from gms_desktop.services.set_up import FirstStart
    from gms_desktop.settings import Settings
    from ui.aside import Aside
    from ui.payloads import FormGiven

Joins = Callable[["Settings", Callable[[str], None]], tuple["Settings", str]]


def field_of(sentence: str) -> str:
    """The field of the form that a sentence about joining is about: the certificate's, or that of the code."""
    of_the_file = any(said in sentence.lower() for said in ("certificate", "cannot be read"))
    return "hub_certificate" if of_the_file else "hub_code"


def joins(folder: Path, code: str, certificate: str, first: FirstStart | None) -> Joins:
    """A job that joins with a bench that is not open yet: given settings, the settings with the hub, and words."""

    def join_with(settings: Settings, tell: Callable[[str], None]) -> tuple[Settings, str]:
        from gms_desktop.hub_joining import join
        from gms_desktop.starting import bench_file

        file = bench_file(folder)
        file.take()
        try:
            joined = join(file, code, settings, first, certificate, tell)
        finally:
            file.release()
        return joined.settings, joined.words

    return join_with


def join_open(aside: Aside, bench: Bench, given: FormGiven) -> Future[str] | None:
    """Join with a bench that is open, when its settings' form has a code; words in the future."""
    said = dict(given.fields)
    code, certificate = said.get("hub_code", ""), said.get("hub_certificate", "")
    return aside.run(lambda: bench.join_hub(code, certificate), "joining") if code else None
