"""NIPT of a month at a bench: read through a connection of its own, so that no scan waits for a thousand samples."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from devices.folder_reasons import of_folder
from gms_desktop import nipt_words
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal import secret_store, sqlite_file
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import nipt_report_view, nipt_reports
from gms_desktop.services.nipt_report_view import NiptMonth
from gms_desktop.services.nipt_views import NiptReportView

if TYPE_CHECKING:
    from gms_desktop.bench import Bench

_BY_HAND = {"by": "hand", "device": "screen"}


@dataclass(frozen=True)
class NiptDesk:
    """NIPT of a month as one bench tells it. Both methods take a moment: never on the main thread."""

    bench: Bench

    def view(self, month: str = "") -> NiptReportView:
        """The Reports screen for a month such as ``2026-10``; without one, for the newest month that is over."""
        with looking(self.bench) as ledger:
            return nipt_report_view.view(ledger, month)

    def write(self, month: str, folder: Path) -> str:
        """Write every file of a month into a folder, and record that the month's files were issued.

        Returns:
            What was written, in words.

        Raises:
            Refused: the month cannot be told, or a file is there already: nothing is overwritten.
            Unavailable: the folder cannot be written to.
        """
        with looking(self.bench) as ledger:
            made = nipt_report_view.of_month(ledger, month)
        named = made.named()
        there = [name for name in named if (folder / name).exists()]
        if there:
            raise Refused(f"{folder / there[0]} is there already. Choose another folder: nothing is overwritten.")
        self._issued(made)
        try:
            for name, content in named.items():
                self.bench.exports.save(folder / name, content, "nipt-file")
        except OSError as fault:
            raise Unavailable(f"The folder {folder} cannot be written to ({of_folder(fault)}).") from fault
        return nipt_words.month_saved(str(folder), list(named), made.files.blocked)

    def _issued(self, made: NiptMonth) -> None:
        """Record it before the files are there: what may have left this bench can be recalled."""
        by = self.bench.operator_id()

        def record(ledger: Ledger) -> None:
            ledger.append(nipt_reports.issued(ledger, made.files, _BY_HAND), by)

        self.bench.recorder.write(record).result()
        self.bench.note_saved()


@contextmanager
def looking(bench: Bench) -> Iterator[Ledger]:
    """A bench's ledger, to read only, as it stood at one moment, through a connection that no scan waits for.

    Raises:
        Unavailable: when the key to the bench's file is not here.
    """
    file = bench.file
    key = secret_store.key_of(file.secrets)
    if key is None:
        raise Unavailable("The key to this bench's file is not here.", still_works="Scanning goes on.")
    db = sqlite_file.open_for_reading(file.path, key)
    try:
        db.raw.execute("BEGIN")
        yield Ledger(db, file.chance, file.clock, file.app)
    finally:
        db.close()
