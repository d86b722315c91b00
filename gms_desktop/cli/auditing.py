"""``audit``: the audit trail as a table or a paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path

from gms_desktop.bench_file import DATABASE
from gms_desktop.cli.reading import look_at, reading
from gms_desktop.documents import audit_trail as paper
from gms_desktop.documents.rejection_report import Imprint
from gms_desktop.domain import dates
from gms_desktop.domain.minting import instant
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import find
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
    begin, end = (_moment(words[name], zone, after) for name, after in (("from", 0), ("to", 1)))
    about = _thing(ledger, words["about"], zone) if words["about"] else ""
    return Asked(begin, end, words["person"], words["kind"], about)


def _moment(typed: str, zone: str, after: int) -> str:
    """The beginning of a day, or of the day after it, as entries write moments."""
    if not typed:
        return ""
    day = dates.read_day(typed)
    if day is None:
        raise Refused(f"“{typed}” is no day. Write it like 31-Dec-2026.")
    began = dates.to_utc(datetime.combine(day + timedelta(days=after), time()), zone).utc
    return instant(began) if began else ""


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
    return f"Asked for: {said}." if said else "Every entry of this bench's file."


def _written(out: Path, ledger: Ledger, asked: Asked, said: str, zone: str) -> int:
    traces = trail(ledger, asked, zone)
    if out.suffix.lower() == ".csv":
        with out.open("x", encoding="utf-8-sig", newline="") as file:
            return paper.write_csv(file, traces)
    every = list(islice(traces, paper.MOST_ON_PAPER + 1))
    if len(every) > paper.MOST_ON_PAPER:
        raise Refused(f"That is over {paper.MOST_ON_PAPER} entries. Ask for fewer, or end the name in .csv.")
    row = look_up.laboratory(ledger.db) or {}
    at = find.local_minute(instant(ledger.clock.now()), zone)
    imprint = Imprint(row["name"], at, f"gms_desktop {ledger.app}", bool(row["rehearsal"]))
    code = f"audit-{sha256(''.join(one.hash for one in every).encode() + said.encode()).hexdigest()[:16]}"
    with out.open("xb") as made:
        made.write(paper.audit_pdf(every, said, imprint, code))
    return len(every)
