"""Corrections of what is known of a piece: times, what it is, thickness, stain, the number that came on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gms_desktop import tissue_correct_words, tissue_same_words, tissue_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.tissue import times as rules_of_times
from gms_desktop.domain.tissue.pieces import Sort
from gms_desktop.domain.tissue.same import Numbered
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import tissue_look_up
from gms_desktop.register.ledger import Draft, Ledger, Pen
from gms_desktop.services import (
    site_rules,
    tissue_notes,
    tissue_pieces,
    tissue_rests,
    tissue_same,
    tissue_section_correcting,
)
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question

_TIMES = ("acquired", "into_formalin", "out_of_formalin")
_SECTIONS = ("first_section", "last_section")
_STAIN, _TOGETHER = "stain ", "all that were cut at once"
# The code of no stain is the empty one.
_ARRIVES = tuple(one for one in Sort if one.arrives)
_FOLLOW = tissue_section_correcting.FOLLOWS | {"first_section", "last_section"}
_TIME_WORDS = {
    "acquired": tissue_words.ACQUIRED,
    "into_formalin": tissue_words.INTO,
    "out_of_formalin": tissue_words.OUT,
}


@dataclass(frozen=True)
class _Right:
    """What a form states: the values that differ from what is recorded, and what has to be put right in the form."""

    values: Mapping[str, Any]
    problems: tuple[str, ...]


def correct(ledger: Ledger, desk: Desk, row: Row, answer: Answer | None) -> Outcome:
    """What is known of a piece was recorded wrongly."""
    if answer is None:
        return _asks(ledger.db, row, None, ())
    right = _read(ledger, desk, row, answer)
    wrong = (
        (not right.values and not right.problems, tissue_correct_words.NOTHING_PROBLEM),
        (not answer.comment.strip(), tissue_correct_words.WHY_PROBLEM),
    )
    problems = (*right.problems, *(words for there, words in wrong if there))
    if problems:
        return _asks(ledger.db, row, answer, problems)
    rows = [row, *(_cut_together(ledger.db, row) if _TOGETHER in answer.choices else ())]
    scraped = {name: value for name, value in right.values.items() if name in _FOLLOW}
    drafts = tuple(_draft(ledger, desk, one, _for(one, row, right.values), answer.comment) for one in rows)
    tubes = tissue_section_correcting.scraped_from(ledger.db, row) if scraped else ()
    drafts += tuple(_draft(ledger, desk, one, scraped, answer.comment) for one in tubes)
    numbers = [str(one["number"]) for one in rows]
    rests = _rests(ledger.db, row, drafts, right.values.get("outside", ""))
    return Outcome(tissue_correct_words.corrected(tissue_words.many(numbers), rests), drafts)


def _for(one: Row, row: Row, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Of what was cut at once only the thickness is the same: each slide has its own stain."""
    return (
        values if one["id"] == row["id"] else {name: value for name, value in values.items() if name == "thickness_um"}
    )


def _draft(ledger: Ledger, desk: Desk, row: Row, values: Mapping[str, Any], why: str) -> Draft:
    subject, pen = f"piece:{row['id']}", Pen(ledger.chance)
    body: dict[str, Any] = dict.fromkeys((*_TIMES, "sort", "thickness_um", *_SECTIONS, "stain", "outside", "agrees"))
    named = [name for name in sorted(values) if name not in _SECTIONS]
    body |= {"corrected": named, "earlier": {name: _earlier(row, name) for name in named}}
    body |= {name: value for name, value in values.items() if name != tissue_section_correcting.NAME}
    if "outside" in values:
        body |= {"outside": pen.write(values["outside"], subject), "agrees": _agrees(ledger.db, row, values["outside"])}
    body |= {"reason": pen.write(why.strip(), subject)}
    return tissue_notes.draft(ledger, desk, row, "piece_corrected", body, pen)


def _earlier(row: Row, name: str) -> str | None:
    """What was recorded: of a private value the commitment, so that history shows it to those who may see it."""
    if name == tissue_section_correcting.NAME:
        return tissue_section_correcting.words_of(row)
    if name == "outside":
        return str(row["outside_private"]) if row["outside_private"] else None
    return (tissue_pieces.words_of_time(row[name]) or None) if name in _TIMES else row[name]


def _agrees(db: Database, row: Row, outside: str) -> bool | None:
    """Whether the number that is right is the report's; None where nobody compared them."""
    report = store.private_values(db, [f"piece:{row['id']}"]).get(row["report_private"] or "")
    return tissue_notes.same_number(outside, report) if report else None


def _rests(db: Database, row: Row, drafts: tuple[Draft, ...], outside: str) -> tuple[str, ...]:
    corrected, agrees = drafts[0].body["corrected"], drafts[0].body["agrees"]
    block = tissue_look_up.piece(db, row["parent"]) if row["parent"] else None
    found = list[str]()
    if not {"thickness_um", "sections"}.isdisjoint(corrected) and block is not None and block["left_um"] is not None:
        found.append(tissue_correct_words.count_again(str(block["number"])))
    if agrees is False:
        found.append(tissue_correct_words.judged_anew([str(row["number"])]))
    if "outside" in corrected and (others := tissue_same.with_block(db, outside, row["tissue_case"] or "")):
        found.append(tissue_same_words.now_same(Numbered.BLOCK, [str(one["number"]) for one in others]))
    found += tissue_section_correcting.rests(db, row, drafts[0].body)
    return (*found, *tissue_rests.on(db, row))


def _cut_together(db: Database, row: Row) -> list[Row]:
    """What was cut from the same block at the same moment with the same thickness, but for the piece itself."""
    if not row["parent"] or row["thickness_um"] is None:
        return []
    beside = tissue_look_up.pieces_of(db, row["parent"])
    same = ("at", "thickness_um", "bench")
    return [one for one in beside if one["id"] != row["id"] and all(one[name] == row[name] for name in same)]


def _read(ledger: Ledger, desk: Desk, row: Row, answer: Answer) -> _Right:
    said = {name: value.strip() for name, value in answer.fields}
    if row["specimen"]:
        return _arrived(ledger, desk, row, said, answer.choices)
    thickness, values, problems = tissue_notes.micrometres(said.get("thickness", "")), dict[str, Any](), list[str]()
    if not thickness:
        problems.append(tissue_words.THICKNESS_PROBLEM)
    elif thickness != Decimal(row["thickness_um"]):
        values["thickness_um"] = f"{thickness:f}"
    sections, wrong = tissue_section_correcting.read(ledger.db, row, said)
    values |= sections
    problems += wrong
    stain, unclear = _stain(row, answer.choices)
    return _Right(values | stain, (*problems, *unclear))


def _stain(row: Row, chosen: tuple[str, ...]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The stain of a slide where it is another than the one recorded, or what is to be put right in the form."""
    if row["sort"] != Sort.SLIDE:
        return {}, ()
    stains = [one for one in chosen if one.startswith(_STAIN)]
    if len(stains) != 1:
        return {}, (tissue_words.STAIN_PROBLEM,)
    stain = stains[0].removeprefix(_STAIN) or None
    return ({"stain": stain} if stain != row["stain"] else {}), ()


def _arrived(ledger: Ledger, desk: Desk, row: Row, said: Mapping[str, str], chosen: tuple[str, ...]) -> _Right:
    values, problems = _times(ledger, desk, row, said)
    sorts = [one.value for one in _ARRIVES if one.value in chosen]
    sort = sorts[0] if len(sorts) == 1 else ""
    if not sort:
        problems.append(tissue_words.SORT_PROBLEM)
    elif sort != row["sort"] and tissue_look_up.pieces_of(ledger.db, row["id"]):
        problems.append(tissue_correct_words.SORT_AND_CUT)
    elif sort != row["sort"]:
        values["sort"] = sort
    if said.get("outside", "") != _outside(ledger.db, row):
        values["outside"] = said.get("outside", "")
    stain, unclear = _stain(row, chosen)
    if values.get("sort", Sort.SLIDE) != Sort.SLIDE:
        # What is no slide has no stain.
        stain, unclear = ({"stain": None} if row["stain"] else {}), ()
    return _Right(values | stain, (*problems, *unclear))


def _times(ledger: Ledger, desk: Desk, row: Row, said: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    now, values, problems = ledger.clock.now(), dict[str, Any](), list[str]()
    for name in _TIMES:
        written = said.get(name, "")
        stated = tissue_pieces.stated(written, desk.time_zone, now) if written else None
        if written and stated is None:
            problems.append(tissue_words.time_problem(_TIME_WORDS[name]))
        elif written != tissue_pieces.words_of_time(row[name]):
            values[name] = stated
    kept = {name: tissue_pieces.as_kept(value) if value else None for name, value in values.items()}
    try:
        rules_of_times.check_order(tissue_pieces.times_of(row | kept))
    except rules_of_times.OutOfOrder as fault:
        problems.append(tissue_words.order_problem(str(fault)))
    return values, problems


def _outside(db: Database, row: Row) -> str:
    return store.private_values(db, [f"piece:{row['id']}"]).get(row["outside_private"] or "") or ""


def _asks(db: Database, row: Row, answer: Answer | None, problems: tuple[str, ...]) -> Outcome:
    fields, values, choices, chosen = _of_arrived(db, row) if row["specimen"] else _of_cut(db, row)
    title = tissue_correct_words.title(str(row["number"]))
    asked = Question(
        Command.TISSUE_CORRECT,
        title,
        choices,
        fields=fields,
        comment_label=tissue_correct_words.WHY,
        confirm=tissue_correct_words.ACT,
        problems=problems,
        values=answer.fields if answer else values,
        chosen=answer.choices if answer else chosen,
        subject=f"piece:{row['id']}",
    )
    return Outcome(tissue_words.answer_needed(title), question=asked)


_Form = tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...], tuple[Choice, ...], tuple[str, ...]]


def _of_arrived(db: Database, row: Row) -> _Form:
    labels = tuple((name, f"{_TIME_WORDS[name]} ({tissue_correct_words.EMPTY_TIME})") for name in _TIMES)
    values = tuple((name, tissue_pieces.words_of_time(row[name])) for name in _TIMES)
    it_is = tissue_words.IT_IS
    sorts = tuple(Choice(one.value, one.value.capitalize(), under=it_is, one_of=True) for one in _ARRIVES)
    outside = (("outside", tissue_words.OUTSIDE),)
    stains, stained = _stains(db, row)
    return (*labels, *outside), (*values, ("outside", _outside(db, row))), (*sorts, *stains), (row["sort"], *stained)


def _of_cut(db: Database, row: Row) -> _Form:
    fields, values = tissue_section_correcting.fields(db, row)
    fields += (("thickness", tissue_correct_words.THICKNESS),)
    values += (("thickness", str(row["thickness_um"])),)
    stains, stained = _stains(db, row)
    others = len(_cut_together(db, row))
    words = tissue_correct_words.together(others + 1)
    at_once = (Choice(_TOGETHER, words, under=tissue_correct_words.OF_THICKNESS),) if others else ()
    return fields, values, (*stains, *at_once), stained


def _stains(db: Database, row: Row) -> tuple[tuple[Choice, ...], tuple[str, ...]]:
    """The choices of a slide's stain, and the one that is recorded."""
    if row["sort"] != Sort.SLIDE:
        return (), ()
    of, stains = tissue_correct_words.OF_STAIN, site_rules.tissue(db).stains
    none = Choice(_STAIN, tissue_correct_words.NOT_STAINED, under=of, one_of=True)
    choices = (Choice(_STAIN + one.code, one.words, under=of, one_of=True) for one in stains)
    return (*choices, none), (_STAIN + (row["stain"] or ""),)
