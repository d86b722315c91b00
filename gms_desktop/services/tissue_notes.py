"""What is stated of a piece of tissue: its times, what is left, its stain, the report's number, what it came to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from gms_desktop import tissue_words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.tissue import times as rules_of_times
from gms_desktop.domain.tissue.pieces import Sort
from gms_desktop.domain.tissue.rules import word
from gms_desktop.journal import store
from gms_desktop.journal.database import Row
from gms_desktop.register.ledger import Draft, Ledger, Pen
from gms_desktop.services import site_rules, tissue_pieces
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question

_TIMES = (
    ("acquired", tissue_words.ACQUIRED),
    ("into_formalin", tissue_words.INTO),
    ("out_of_formalin", tissue_words.OUT),
)
MOST_UM = Decimal(100_000)


def draft(ledger: Ledger, desk: Desk, row: Row, what: str, said: Mapping[str, Any], pen: Pen | None = None) -> Draft:
    """An entry about a piece, on what was known of it."""
    last = f"last:piece:{row['id']}"
    body = {"piece": row["id"], "follows": ledger.driver.holders([last])[last], "bench": desk.place.bench}
    return Draft(f"tissue.{what}", body | dict(said), pen.values if pen else (), input=desk.told)


def today(ledger: Ledger, desk: Desk) -> date:
    """The laboratory's day."""
    return dates.to_local(ledger.clock.now(), desk.time_zone).date()


def micrometres(written: str) -> Decimal | None:
    """A length as a person writes it, in micrometres; None for what is no figure from 0 to 100 mm."""
    text = written.strip().removesuffix("µm").removesuffix("um").strip().replace(",", ".")
    try:
        value = Decimal(text) if text and all(letter in "0123456789." for letter in text) else None
    except InvalidOperation:
        return None
    return value if value is not None and value <= MOST_UM else None


def times(ledger: Ledger, desk: Desk, row: Row, answer: Answer | None) -> Outcome:
    """When the tissue was taken, and when it was in formalin; what is left empty stays as it was."""
    number = str(row["number"])
    fields = tuple((name, f"{words} ({tissue_words.DAY_OR_MINUTE})") for name, words in _TIMES)
    known = tuple((name, tissue_pieces.words_of_time(row[name])) for name, _ in _TIMES)
    if answer is None:
        return asks(row, Command.TISSUE_TIMES, tissue_words.TIMES, fields=fields, values=known, confirm="Record times")
    said, problems = _times_of(ledger, desk, row, dict(answer.fields))
    if problems:
        return asks(
            row,
            Command.TISSUE_TIMES,
            tissue_words.TIMES,
            fields=fields,
            values=answer.fields,
            confirm="Record times",
            problems=problems,
        )
    hours = rules_of_times.fixation(tissue_pieces.times_of(_as_stated(row, said)))
    return Outcome(tissue_words.timed(number, hours.words if hours else ""), (draft(ledger, desk, row, "timed", said),))


def _times_of(
    ledger: Ledger, desk: Desk, row: Row, written: Mapping[str, str]
) -> tuple[dict[str, dict[str, str] | None], tuple[str, ...]]:
    now = ledger.clock.now()
    said = {name: tissue_pieces.stated(written.get(name, ""), desk.time_zone, now) for name, _ in _TIMES}
    wrong = [words for name, words in _TIMES if written.get(name, "").strip() and said[name] is None]
    if wrong:
        return said, tuple(tissue_words.time_problem(one) for one in wrong)
    try:
        rules_of_times.check_order(tissue_pieces.times_of(_as_stated(row, said)))
    except rules_of_times.OutOfOrder as fault:
        return said, (tissue_words.order_problem(str(fault)),)
    return said, ()


def _as_stated(row: Row, said: Mapping[str, dict[str, str] | None]) -> Row:
    return row | {name: tissue_pieces.as_kept(one) for name, one in said.items() if one}


def left(ledger: Ledger, desk: Desk, row: Row, answer: Answer | None) -> Outcome:
    """How much of a block is left, as the person at the microtome sees it."""
    written = dict(answer.fields).get("left", "") if answer else ""
    um = micrometres(written)
    if um is None:
        return asks(
            row,
            Command.TISSUE_LEFT,
            tissue_words.LEFT,
            fields=(("left", tissue_words.LEFT_UM),),
            values=answer.fields if answer else (("left", row["left_um"] or ""),),
            confirm="Record it",
            problems=(tissue_words.LEFT_PROBLEM,) if answer else (),
        )
    said = {"left_um": f"{um:f}"}
    return Outcome(tissue_words.left(str(row["number"]), f"{um:f}"), (draft(ledger, desk, row, "left_stated", said),))


def stain(ledger: Ledger, desk: Desk, row: Row, answer: Answer | None) -> Outcome:
    """How a slide was stained."""
    number, stains = str(row["number"]), site_rules.tissue(ledger.db).stains
    if row["sort"] != Sort.SLIDE:
        return Outcome(tissue_words.not_a_slide(number, str(row["sort"])))
    if row["stain"]:
        return Outcome(tissue_words.stained_already(number, word(stains, row["stain"])))
    chosen = next((one for one in stains if answer and one.code in answer.choices), None)
    if chosen is None:
        return asks(
            row,
            Command.TISSUE_STAIN,
            tissue_words.STAIN,
            tuple(Choice(one.code, one.words) for one in stains),
            confirm="Record the stain",
            problems=(tissue_words.STAIN_PROBLEM,) if answer else (),
        )
    said = {"stain": chosen.code}
    return Outcome(tissue_words.stained(number, chosen.words), (draft(ledger, desk, row, "stained", said),))


def report(ledger: Ledger, desk: Desk, row: Row, answer: Answer | None) -> Outcome:
    """The number on an outside block beside the one that its histology report names: both stay as written."""
    written = dict(answer.fields).get("report", "").strip() if answer else ""
    subject, pen = f"piece:{row['id']}", Pen(ledger.chance)
    outside = store.private_values(ledger.db, [subject]).get(row["outside_private"] or "") or ""
    if not outside:
        return Outcome(tissue_words.nothing_to_compare(str(row["number"])))
    if not written:
        return asks(
            row,
            Command.TISSUE_REPORT,
            tissue_words.REPORT,
            fields=(("report", tissue_words.REPORT_NUMBER),),
            confirm="Compare",
            problems=(tissue_words.REPORT_PROBLEM,) if answer else (),
        )
    agrees = same_number(outside, written)
    said = {"report": pen.write(written, subject), "agrees": agrees}
    drafts = (draft(ledger, desk, row, "report_compared", said, pen),)
    return Outcome(tissue_words.compared(str(row["number"]), agrees=agrees), drafts)


def same_number(one: str, other: str) -> bool:
    """Equal but for spaces and the case of letters: nothing else of another laboratory's number is ours to read."""
    return "".join(one.split()).casefold() == "".join(other.split()).casefold()


def asks(
    row: Row,
    given: Command,
    title: str,
    choices: tuple[Choice, ...] = (),
    *,
    confirm: str,
    fields: tuple[tuple[str, str], ...] = (),
    values: tuple[tuple[str, str], ...] = (),
    problems: tuple[str, ...] = (),
) -> Outcome:
    """Ask what is to be stated of a piece."""
    asked = Question(
        given,
        title,
        choices,
        many=False,
        fields=fields,
        confirm=confirm,
        problems=problems,
        values=values,
        subject=row["id"],
    )
    return Outcome(tissue_words.answer_needed(title), question=asked)
