"""Assessments of tissue, and what pathologists agree to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gms_desktop import tissue_words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.tissue.assessment import differ, percentage
from gms_desktop.domain.tissue.cutting import Why
from gms_desktop.domain.tissue.pieces import Sort
from gms_desktop.domain.tissue.rules import TissueRules
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import Body
from gms_desktop.register import tissue_look_up
from gms_desktop.register.ledger import Draft, Ledger, Pen
from gms_desktop.services import site_rules, tissue_notes, tissue_pieces
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question

FIELDS = (
    ("neoplastic", tissue_words.NEOPLASTIC),
    ("necrosis", tissue_words.NECROSIS),
    ("by", tissue_words.BY),
    ("on", tissue_words.ON),
    ("slide", tissue_words.SLIDE),
    ("comment", tissue_words.COMMENT),
)
_AGREED_FIELDS = (("by", tissue_words.AGREED_BY), ("on", tissue_words.AGREED_ON), ("how", tissue_words.AGREED_HOW))
_MARKED, _MACRODISSECT, _REPRESENTS = "area marked", "macrodissect", "represents"
_METHOD, _CELLS = "method ", "cells "


def assess(ledger: Ledger, desk: Desk, row: Row, answer: Answer | None) -> Outcome:
    """One person's assessment of a piece, beside those of others."""
    rules = site_rules.tissue(ledger.db)
    if answer is None:
        day = dates.display(tissue_notes.today(ledger, desk))
        return Outcome(
            tissue_words.answer_needed(tissue_words.ASSESS),
            question=_asks(rules, row, (("on", day),), (), ()),
        )
    said = {name: value.strip() for name, value in answer.fields}
    body, problems = read(ledger, desk, row, rules, said, answer.choices)
    if problems:
        return Outcome(
            tissue_words.answer_needed(tissue_words.ASSESS),
            question=_asks(rules, row, answer.fields, answer.choices, problems),
        )
    assessment, pen = ledger.identity(), Pen(ledger.chance)
    subject = f"tissue_assessment:{assessment}"
    written = {"assessor": pen.write(said["by"], subject), "comment": pen.write(said.get("comment"), subject)}
    whole: Body = {"assessment": assessment, "piece": row["id"], "rules": f"tissue {rules.version}"}
    whole |= body | written | {"bench": desk.place.bench}
    apart = _apart(ledger.db, row, rules, whole, said["by"])
    verdict = tissue_words.assessed(str(row["number"]), str(body["neoplastic"]), apart)
    return Outcome(verdict, (Draft("tissue.assessed", whole, pen.values, input=desk.told),))


def read(
    ledger: Ledger, desk: Desk, row: Row, rules: TissueRules, said: Mapping[str, str], chosen: tuple[str, ...]
) -> tuple[Body, tuple[str, ...]]:
    """An assessment as a form states it, of a piece; else what is to be put right in the form."""
    neoplastic, on = percentage(said.get("neoplastic", "")), dates.read_day(said.get("on", ""))
    necrosis = percentage(said["necrosis"]) if said.get("necrosis") else None
    methods = [one.code for one in rules.methods if _METHOD + one.code in chosen]
    cells = [one.code for one in rules.cellularities if _CELLS + one.code in chosen]
    slide = _slide(ledger.db, row, said.get("slide", ""))
    wrong = (
        (neoplastic is None, tissue_words.PERCENT_PROBLEM),
        (bool(said.get("necrosis")) and necrosis is None, tissue_words.NECROSIS_PROBLEM),
        (len(methods) != 1, tissue_words.METHOD_PROBLEM),
        (len(cells) > 1, tissue_words.CELLS_PROBLEM),
        (not said.get("by"), tissue_words.BY_PROBLEM),
        *_day_problems(on, tissue_notes.today(ledger, desk)),
        (bool(said.get("slide")) and slide is None, tissue_words.SLIDE_PROBLEM),
    )
    body: Body = {"neoplastic": f"{neoplastic:f}" if neoplastic is not None else None, "slide": slide}
    body |= {"method": next(iter(methods), ""), "cellularity": next(iter(cells), None)}
    body |= {"necrosis": f"{necrosis:f}" if necrosis is not None else None}
    body |= {"on": on.isoformat() if on else None, "area_marked": _MARKED in chosen}
    body |= {"macrodissect": _MACRODISSECT in chosen, "representative": _REPRESENTS in chosen}
    return body, tuple(words for there, words in wrong if there)


def chosen_of(row: Row) -> tuple[str, ...]:
    """The choices of the form that say what an assessment says."""
    cells = (_CELLS + row["cellularity"],) if row["cellularity"] else ()
    marked = tuple(
        (code, row[column])
        for code, column in ((_MARKED, "area_marked"), (_MACRODISSECT, "macrodissect"), (_REPRESENTS, "representative"))
    )
    return (_METHOD + row["method"], *cells, *(name for name, there in marked if there))


def _day_problems(on: date | None, today: date) -> tuple[tuple[bool, str], ...]:
    return ((on is None, tissue_words.DAY_PROBLEM), (on is not None and on > today, tissue_words.FUTURE_PROBLEM))


def _slide(db: Database, row: Row, written: str) -> str | None:
    """The number of a slide of this case."""
    if not written:
        return None
    found = tissue_look_up.piece_by_number(db, written.upper())
    return str(found["number"]) if found and found["tissue_case"] == row["tissue_case"] else None


def _apart(db: Database, row: Row, rules: TissueRules, body: Mapping[str, Any], by: str) -> str:
    """By how many points it is furthest from another person's, where that is more than is allowed."""
    mine = tissue_pieces.assessment_of(dict(body) | {"assessed_on": body["on"]}, by)
    gaps = []
    for one in tissue_look_up.assessments(db, row["id"]):
        known = store.private_values(db, [f"tissue_assessment:{one['id']}"])
        other = known.get(one["by_private"] or "") or ""
        gap = differ(mine, tissue_pieces.assessment_of(one, other), rules.may_differ)
        if gap is not None and other.casefold() != by.casefold():
            gaps.append(gap)
    return f"{max(gaps).normalize():f}" if gaps else ""


def _asks(
    rules: TissueRules,
    row: Row,
    values: tuple[tuple[str, str], ...],
    chosen: tuple[str, ...],
    problems: tuple[str, ...],
) -> Question:
    return Question(
        Command.TISSUE_ASSESS,
        tissue_words.ASSESS,
        choices(rules),
        fields=FIELDS,
        confirm="Record the assessment",
        problems=problems,
        values=values,
        chosen=chosen,
        subject=row["id"],
    )


def choices(rules: TissueRules) -> tuple[Choice, ...]:
    """What is chosen of an assessment: how, how many cells, and what is to be done with the area."""
    how, cellularity, area = tissue_words.HOW, tissue_words.CELLULARITY, tissue_words.AREA
    methods = (Choice(_METHOD + one.code, one.words, under=how, one_of=True) for one in rules.methods)
    cells = (Choice(_CELLS + one.code, one.words, under=cellularity, one_of=True) for one in rules.cellularities)
    marks = ((_MARKED, tissue_words.MARKED), (_MACRODISSECT, tissue_words.MACRODISSECT))
    represents = Choice(_REPRESENTS, tissue_words.REPRESENTS, under=tissue_words.BLOCK)
    return (*methods, *cells, *(Choice(code, words, under=area) for code, words in marks), represents)


def agree(ledger: Ledger, desk: Desk, row: Row, answer: Answer | None) -> Outcome:
    """A pathologist agreed to one cut, or to scraping a slide."""
    why = next((one for one in _permits(row) if answer and one.value in answer.choices), None)
    said = {name: value.strip() for name, value in answer.fields} if answer else {}
    on = dates.read_day(said.get("on", ""))
    wrong = (
        (why is None, tissue_words.WHY_PROBLEM),
        (not said.get("by"), tissue_words.BY_PROBLEM),
        *_day_problems(on, tissue_notes.today(ledger, desk)),
    )
    problems = tuple(words for there, words in wrong if there)
    if why is None or on is None or problems:
        day = dates.display(tissue_notes.today(ledger, desk))
        return _asks_agreement(row, answer, problems if answer else (), day)
    subject, pen = f"piece:{row['id']}", Pen(ledger.chance)
    last = f"last:{subject}"
    body: Body = {"piece": row["id"], "agreement": ledger.identity(), "to": why.value, "on": on.isoformat()}
    body |= {
        "pathologist": pen.write(said["by"], subject),
        "how": pen.write(said.get("how"), subject),
        "how_open": None,
    }
    body |= {"rests_on": ledger.driver.holders([last])[last], "bench": desk.place.bench}
    drafts = (Draft("tissue.agreed", body, pen.values, input=desk.told),)
    return Outcome(tissue_words.agreed(str(row["number"]), why.value), drafts)


def _permits(row: Row) -> tuple[Why, ...]:
    """What can be agreed to of a piece: a slide is scraped, what arrived is cut, and each may be sent as it is."""
    if row["sort"] == Sort.SLIDE:
        return (Why.SCRAPES, Why.SHORT)
    return (Why.SHORT,) if row["parent"] else (Why.EXHAUSTS, Why.RESERVE, Why.UNKNOWN, Why.SHORT)


def _asks_agreement(row: Row, answer: Answer | None, problems: tuple[str, ...], day: str) -> Outcome:
    asked = Question(
        Command.TISSUE_AGREED,
        tissue_words.AGREED,
        tuple(Choice(why.value, tissue_words.permitted(why)) for why in _permits(row)),
        many=False,
        fields=_AGREED_FIELDS,
        confirm="Record the agreement",
        problems=problems,
        values=answer.fields if answer else (("on", day),),
        chosen=answer.choices if answer else (),
        subject=row["id"],
    )
    return Outcome(tissue_words.answer_needed(tissue_words.AGREED), question=asked)
