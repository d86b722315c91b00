"""What an inspector asks of a bench's records, made while it works: the proof of its file, and its audit trail."""

from __future__ import annotations

import atexit
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from gms_desktop import proving_words
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.nipt_desk import looking
from gms_desktop.services import audit_files, audit_view
from gms_desktop.services.audit_view import AuditView

if TYPE_CHECKING:
    from gms_desktop.bench import Bench


@dataclass
class RecordsDesk:
    """The records of one bench. All of it takes a while: never on the main thread.

    ``program`` starts this very application with a command line. A proof is made once by each.
    """

    bench: Bench
    program: Sequence[str]
    _so_far: str = field(default="", init=False)
    _stopped: bool = field(default=False, init=False)
    _child: subprocess.Popen[str] | None = field(default=None, init=False)

    def proof(self) -> bytes:
        """The proof of the bench's file as a paper.

        Another process makes it: to fold a year again in this one would hold up every scan.

        Raises:
            Unavailable: when it could not be made, with what it said, or was stopped.
        """
        with tempfile.TemporaryDirectory(prefix="gms_desktop-") as folder:
            paper = Path(folder) / "proof.pdf"
            said = self._prove(paper)
            if self._stopped:
                raise Unavailable(proving_words.STOPPED, still_works="Scanning goes on.")
            if not paper.exists():
                raise Unavailable(said or proving_words.NOT_MADE, still_works="Scanning goes on.")
            return paper.read_bytes()

    def so_far(self) -> str:
        """How far the proof has come, in words; asked from any thread."""
        return self._so_far

    def stop(self) -> None:
        """Make no proof any more; told from any thread, before or while one is made."""
        self._stopped = True
        child = self._child
        if child is not None:
            child.kill()

    def _prove(self, paper: Path) -> str:
        """Make the paper; the last line of what went wrong, if anything did."""
        if self._stopped:
            return ""
        command = [*self.program, "verify", "--paper", str(paper), "--data", str(self.bench.file.folder)]
        hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        with subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # As this computer writes: the other one is this program, and says its lines in that.
            encoding="locale",
            errors="replace",
            creationflags=hidden,
        ) as child:
            # It only reads: where the application closes meanwhile, nobody waits for it.
            atexit.register(child.kill)
            self._child = child
            if self._stopped:
                child.kill()
            said = self._heard(child)
            self._child = None
            atexit.unregister(child.kill)
        return said

    def _heard(self, child: subprocess.Popen[str]) -> str:
        last = ""
        for line in child.stdout or ():
            said = line.strip()
            if proving_words.is_so_far(said):
                self._so_far = f"{said} {proving_words.GOES_ON}"
            elif said:
                last = said
        return last

    def view(self, asked: Mapping[str, str]) -> AuditView:
        """The first entries of the audit trail, or of what is asked for of it."""
        with looking(self.bench) as ledger:
            return audit_view.view(ledger, asked, self.bench.time_zone)

    def trail(self, asked: Mapping[str, str], form: str) -> bytes:
        """The audit trail, or what is asked for of it, as ``pdf`` or ``csv``.

        Raises:
            Refused: a day or the thing is none, or a paper would be too long to be read.
        """
        if form not in {"pdf", "csv"}:
            raise Refused(f"An audit trail is a table or a paper, not {form}. End its name in .csv or .pdf.")
        zone = self.bench.time_zone
        with looking(self.bench) as ledger:
            wanted = audit_files.read(ledger, asked, zone)
            if form == "csv":
                return audit_files.as_csv(ledger, wanted, zone)
            said = audit_files.said_of(asked)
            return audit_files.as_pdf(ledger, wanted, said, zone, self.bench.session.operator)[0]
