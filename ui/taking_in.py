"""Takes one chosen or dropped file in, of expected requests or of the Test Directory, off the main thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gms_desktop import file_words
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.errors import Refused, Unavailable

if TYPE_CHECKING:
    from gms_desktop.bench import Bench


def take_in(bench: Bench, path: Path) -> Verdict:
    """Read a file and import it; waits for the bench, so never on the main thread.

    Returns:
        What the file came to, in words. A file or mapping that cannot be used is told, not raised.
    """
    from gms_desktop.exchange.test_directory import source_of
    from gms_desktop.services import expect
    from gms_desktop.services.rights import NotAllowed
    from ui.mappings import mapping_for

    try:
        content = path.read_bytes()
    except OSError as fault:
        return Verdict(VerdictKind.REFUSED, "Not read", file_words.not_read(path, fault))
    directory = source_of(path.name, content)
    try:
        if directory is not None:
            from gms_desktop.directory_desk import DirectoryDesk

            return DirectoryDesk(bench).take_in(directory)
        mapping = mapping_for(bench.file.folder, content, rehearsal=bench.settings.rehearsal)
        made = bench.take_in(path.name, content, mapping).result()
    except (Refused, Unavailable) as fault:
        return Verdict(VerdictKind.REFUSED, "Not imported", str(fault))
    except NotAllowed as fault:
        return fault.verdict
    return expect.in_words(made)
