"""``audit``: the audit trail as a table or a paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gms_desktop.bench_file import DATABASE
from gms_desktop.cli.reading import look_at, reading
from gms_desktop.documents import audit_trail as paper
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import find
from gms_desktop.services.audit_files import EVERY, as_pdf, moment
from gms_desktop.services.audit_trail import Asked, trail

Say = Callable[[str], None]


def audit(out: Path, data: Path, say: Say, *, words: dict[str, str]) -> int:
    """Write the entries that are asked for.

    Args:
        out: the file to write, .csv or .pdf; never one that is there.
        data: the bench's data folder.
        say: prints a line.
        words: what is asked for, as it was typed: ``from``, ``to``, ``person``, ``kind``, ``about``; empty for all.

    Returns:
        0 when there was any, 1 when there was none.

    Raises:
        Refused: when the name, a day or the thing is not one, or too many entries would go on paper.
        Unavailable: when the bench's file cannot be read, or the disk takes no more.
    """
    if out.suffix.lower() not in {".csv", ".pdf"}:
        raise Refused(f"{out.name} is no name of a table or a paper. End it in .csv or .pdf.")
    if out.exists():
        raise Refused(f"{out} is there already. Name another: nothing is overwritten.")
    with reading(data / DATABASE, data) as db:
        ledger = look_at(db)
        laboratory = look_up.laboratory(db)
        if laboratory is None:
            raise Refused("No laboratory is set up in this file.")
        zone = str(laboratory["time_zone"])
        asked = _asked(ledger, words, zone)
        try:
            count = _written(out, ledger, asked, _said(words), zone)
        except OSError as fault:
            why = f"{out} cannot be written: {fault.strerror}."
            raise Unavailable(why, still_works="Nothing was changed.") from fault
    say(f"{count} {'entry' if count == 1 else 'entries'}: {out}")
    return 0 if count else 1


def _asked(ledger: Ledger, words: dict[str, str], zone: str) -> Asked:
    begin, end = (moment(words[name], zone, after) for name, after in (("from", 0), ("to", 1)))
    about = _thing(ledger, words["about"], zone) if words["about"] else ""
    return Asked(begin, end, words["person"], words["kind"], about)


def _thing(ledger: Ledger, query: str, zone: str) -> str:
    view = find.find(ledger, query, "", zone)
    if view.chosen:
        return view.chosen
    many = len(view.hits)
    raise Refused(
        f"“{query}” stands for {many} things here. Name one by its number."
        if many
        else f"“{query}” stands for nothing here. Name it by its number."
    )


def _said(words: dict[str, str]) -> str:
    said = ", ".join(f"{name} {typed}" for name, typed in words.items() if typed)
    return f"Asked for: {said}." if said else EVERY


def _written(out: Path, ledger: Ledger, asked: Asked, said: str, zone: str) -> int:
    if out.suffix.lower() == ".csv":
        with out.open("x", encoding="utf-8-sig", newline="") as file:
            return paper.write_csv(file, trail(ledger, asked, zone))
    content, count = as_pdf(ledger, asked, said, zone)
    with out.open("xb") as made:
        made.write(content)
    return count
