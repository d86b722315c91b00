"""``audit``: the audit trail as a table or a paper, and that it was saved as an entry of its own."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from gms_desktop.cli.file_names import see_free
from gms_desktop.cli.saving import save
from gms_desktop.cli.signed_in import SignedIn, signed_in
from gms_desktop.documents import audit_trail as paper
from gms_desktop.protection_words import audit_written
from gms_desktop.services.audit_files import as_pdf, read, said_of, sort_of
from gms_desktop.services.audit_trail import Asked, trail

Say = Callable[[str], None]


def audit(out: Path, data: Path, say: Say, *, words: dict[str, str], signature: tuple[str, str]) -> int:
    """Write the entries that are asked for, and record who had them written.

    Args:
        out: the file to write, .csv or .pdf; never one that is there.
        data: the bench's data folder.
        say: prints a line.
        words: what is asked for, as it was typed: ``from``, ``to``, ``person``, ``kind``, ``about``; empty for all.
        signature: badge and PIN of whoever asks.

    Returns:
        0 when there was any, 1 when there was none.

    Raises:
        Refused: when the name, a day or the thing is not one, too many entries would go on paper, badge or PIN is not
            known, or a window has the bench open.
        Unavailable: when the bench's file cannot be read, or the disk takes no more.
    """
    see_free(out, ".csv", ".pdf")
    with signed_in(data, *signature) as by:
        asked = read(by.ledger, words, by.time_zone)
        paper_wanted = out.suffix.lower() == ".pdf"
        count = save(out, data, by, sort_of(words), lambda file: _written(file, by, asked, words, paper_wanted))
    say(audit_written(count, str(out)))
    return 0 if count else 1


def _written(file: BinaryIO, by: SignedIn, asked: Asked, words: dict[str, str], paper_wanted: bool) -> int:
    if paper_wanted:
        content, count = as_pdf(by.ledger, asked, said_of(words), by.time_zone, by.who)
        file.write(content)
        return count
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    count = paper.write_csv(text, trail(by.ledger, asked, by.time_zone))
    # The file itself is closed by whoever opened it.
    text.detach()
    return count
