"""Send-aways as one bench sees them."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from gms_desktop import logger_words, send_words
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.errors import Unavailable
from gms_desktop.exchange import gel1005
from gms_desktop.exchange.consignments.signed_file import MAGIC
from gms_desktop.exchange.temperature_log import MOST_BYTES as MOST_FILE
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import logger_files, send_answers_kept, send_labels, send_logger, send_papers, send_view
from gms_desktop.services.send_lines import SendView

if TYPE_CHECKING:
    from gms_desktop.bench import Bench
    from gms_desktop.services.answers import Answered


class SendDesk:
    """The work at consignments at one bench."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def view(self, verdict: Verdict | None = None) -> Future[SendView]:
        """The Send away screen."""
        return self._bench.recorder.read(lambda ledger: send_view.view(ledger, self._bench.desk, verdict))

    def take_file(self, path: Path) -> Verdict:
        """Take in a receiver's answer, signed or as a table, or a temperature logger's file; never on the main thread.

        Raises:
            Unavailable: when it cannot be read.
        """
        try:
            with path.open("rb") as file:
                content = file.read(MOST_FILE + 1)
        except OSError as fault:
            raise Unavailable(send_words.answer_unreadable(path.name)) from fault
        if not content.startswith(MAGIC) and gel1005.is_one(content):
            return self.take_table(path.name, content)
        if not content.startswith(MAGIC) and logger_files.is_one(content):
            return self.attach_log(path.name, content)
        return self.take_answer(content) if content.startswith(MAGIC) else logger_words.not_read("")

    def attach_log(self, name: str, content: bytes) -> Verdict:
        """Attach a temperature logger's file to the consignment in view; never on the main thread."""
        bench = self._bench

        def attached(ledger: Ledger) -> Answered:
            return bench.answer(ledger, send_logger.attach(ledger, bench.desk, name, content), None)

        return bench.doing(attached).result().verdict

    def take_answer(self, content: bytes) -> Verdict:
        """Take a receiver's signed answer in; never on the main thread.

        Args:
            content: of the file.
        """
        bench = self._bench

        def taken(ledger: Ledger) -> Answered:
            return bench.answer(ledger, send_answers_kept.take(ledger, bench.desk, content), None)

        return bench.doing(taken).result().verdict

    def take_table(self, name: str, content: bytes) -> Verdict:
        """Take in a receiver's acknowledgement as a table (GEL1005); never on the main thread."""
        from gms_desktop.services import send_acknowledgement

        bench = self._bench

        def taken(ledger: Ledger) -> Answered:
            return bench.answer(ledger, send_acknowledgement.take(ledger, bench.desk, name, content), None)

        return bench.doing(taken).result().verdict

    def take_letter(self) -> Verdict | None:
        """Take in the letter whose codes were all scanned; None where none is whole. Never on the main thread."""
        from gms_desktop import series_desk

        return series_desk.take_in(self._bench)

    def label(self) -> Future[bytes]:
        """The label of the box or bag that is open as PDF, its code proved; refused where it cannot be made."""
        return self._bench.recorder.read(lambda ledger: send_labels.label(ledger, self._bench.desk))

    def papers(self) -> Future[dict[str, str]]:
        """The hash of each kept file of the consignment in view, by its name; refused when it has none that count."""
        return self._bench.recorder.read(lambda ledger: send_papers.in_view(ledger, self._bench.desk))

    def save_papers(self, folder: Path) -> tuple[Path, ...]:
        """Save the files of the consignment in view in a folder, as they were kept; never on the main thread.

        Raises:
            Refused: when it has none that count.
            Unavailable: when they cannot be read or written.
        """
        papers = self.papers().result()
        made = []
        for name, sha256 in papers.items():
            path = folder / name
            self._bench.exports.save(path, b"".join(self._bench.file.files.content(sha256)), "paper-of-a-consignment")
            made.append(path)
        return tuple(made)
