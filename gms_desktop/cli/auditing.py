"""``audit``: the audit trail as a table or a paper, and that it was saved as an entry of its own."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import file_digest
from pathlib import Path

from gms_desktop import exports, settings
from gms_desktop.cli.signed_in import SignedIn, signed_in
from gms_desktop.documents import audit_trail as paper
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.services import exported
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
    if out.suffix.lower() not in {".csv", ".pdf"}:
        raise Refused(f"{out.name} is no name of a table or a paper. End it in .csv or .pdf.")
    if out.exists():
        raise Refused(f"{out} is there already. Name another: nothing is overwritten.")
    with signed_in(data, *signature) as by:
        asked = read(by.ledger, words, by.time_zone)
        try:
            count = _saved(out, data, by, asked, words)
        except OSError as fault:
            why = f"{out} cannot be written: {fault.strerror}."
            raise Unavailable(why, still_works="Scanning goes on.") from fault
    say(f"{count} {'entry' if count == 1 else 'entries'}: {out}")
    return 0 if count else 1


def _saved(out: Path, data: Path, by: SignedIn, asked: Asked, words: dict[str, str]) -> int:
    """Write it under another name, note it, and only then give it its own: no trail is there that is not on record."""
    part = out.with_name(f".{out.name}.part")
    try:
        count = _written(part, by, asked, words, paper_wanted=out.suffix.lower() == ".pdf")
        with part.open("rb") as file:
            content = part.stat().st_size, file_digest(file, "sha256").hexdigest()
        wanted = (settings.read(data) or settings.Settings()).exports
        name, place = exports.placed(out, exports.folder_of(data, wanted))
        with by.ledger.db.write():
            exported.note_saved(by.ledger, name, place, sort_of(words), content, wanted.days, by.who.id)
        part.rename(out)
    finally:
        part.unlink(missing_ok=True)
    return count


def _written(part: Path, by: SignedIn, asked: Asked, words: dict[str, str], *, paper_wanted: bool) -> int:
    if not paper_wanted:
        with part.open("w", encoding="utf-8-sig", newline="") as file:
            return paper.write_csv(file, trail(by.ledger, asked, by.time_zone))
    content, count = as_pdf(by.ledger, asked, said_of(words), by.time_zone, by.who)
    part.write_bytes(content)
    return count
