"""What an inspector asks of a bench's records, made while it works: the proof of its file, and its audit trail."""

from __future__ import annotations

import atexit
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gms_desktop.errors import Refused, Unavailable
from gms_desktop.nipt_desk import looking
from gms_desktop.services import audit_files

if TYPE_CHECKING:
    from gms_desktop.bench import Bench

_NOT_MADE = "The proof of this bench's file could not be made."


@dataclass
class RecordsDesk:
    """The records of one bench. All of it takes a while: never on the main thread.

    ``program`` starts this very application with a command line.
    """

    bench: Bench
    program: Sequence[str]

    def proof(self) -> bytes:
        """The proof of the bench's file as a paper.

        Another process makes it: to fold a year again in this one would hold up every scan.

        Raises:
            Unavailable: when it could not be made, with what it said.
        """
        with tempfile.TemporaryDirectory(prefix="gms_desktop-") as folder:
            paper = Path(folder) / "proof.pdf"
            said = self._prove(paper)
            if not paper.exists():
                raise Unavailable(said or _NOT_MADE, still_works="Scanning goes on.")
            return paper.read_bytes()

    def _prove(self, paper: Path) -> str:
        """Make the paper; the last line of what went wrong, if anything did."""
        command = [*self.program, "verify", "--paper", str(paper), "--data", str(self.bench.file.folder)]
        hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", creationflags=hidden
        ) as child:
            # It only reads: where the application closes meanwhile, nobody waits for it.
            atexit.register(child.kill)
            said, _ = child.communicate()
            atexit.unregister(child.kill)
        return said.strip().splitlines()[-1] if said.strip() else ""

    def trail(self, start: str, end: str, form: str) -> bytes:
        """The audit trail from one day to another, as ``pdf`` or ``csv``.

        Raises:
            Refused: a day is none, or a paper would be too long to be read.
        """
        if form not in {"pdf", "csv"}:
            raise Refused(f"An audit trail is a table or a paper, not {form}. End its name in .csv or .pdf.")
        zone = self.bench.time_zone
        asked, said = audit_files.of_period(start, end, zone)
        with looking(self.bench) as ledger:
            if form == "csv":
                return audit_files.as_csv(ledger, asked, zone)
            return audit_files.as_pdf(ledger, asked, said, zone, self.bench.session.operator)[0]
