"""Tissue as one bench sees it."""

from __future__ import annotations

from concurrent.futures import Future
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from gms_desktop import tissue_words
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.register import tissue_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import kept_files, tissue_pictures, tissue_view
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.tissue_pictures import Picture
from gms_desktop.services.tissue_view import TissueView

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from gms_desktop.services.answers import Answered


class TissueDesk:
    """The work at tissue at one bench."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def view(self, verdict: Verdict | None = None) -> Future[TissueView]:
        """The Tissue screen."""
        return self._bench.recorder.read(lambda ledger: tissue_view.view(ledger, self._bench.desk, verdict))

    def attach(self, path: Path) -> Future[Answered]:
        """Keep a picture with the piece in hand; reads the file, so never on the main thread.

        Raises:
            OSError: when the file cannot be read.
            Refused, Unavailable: when it cannot be kept; nothing is recorded then.
        """
        if tissue_pictures.is_cited(path):
            return self._attached(Picture(path.name, "", path.stat().st_size, "", str(path.absolute())), b"")
        content = path.read_bytes()
        return self._attached(
            Picture(path.name, sha256(content).hexdigest(), len(content), tissue_pictures.type_of(content)), content
        )

    def _attached(self, picture: Picture, content: bytes) -> Future[Answered]:
        def attached(ledger: Ledger) -> Answered:
            return self._bench.answer(ledger, self._outcome(ledger, picture, content), None)

        return self._bench.doing(attached)

    def _outcome(self, ledger: Ledger, picture: Picture, content: bytes) -> Outcome:
        at = self._bench.desk.tissue
        row = tissue_look_up.piece(ledger.db, at.piece) if at.piece else None
        if row is None:
            return Outcome(tissue_words.no_piece())
        if not picture.reference:
            if not picture.type:
                return Outcome(tissue_words.not_an_image(picture.name))
            self._bench.file.files.put(content, picture.type, f"piece:{row['id']}", kept_files.now(ledger))
        return tissue_pictures.attached(ledger, self._bench.desk, row, picture)
