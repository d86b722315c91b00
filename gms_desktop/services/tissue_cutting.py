"""Cutting a block and scraping a slide: what it gives, what is left, whose agreement it needs, and the new labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from gms_desktop import tissue_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.tissue import cutting
from gms_desktop.domain.tissue.cutting import Cut, CuttingRules, Why
from gms_desktop.domain.tissue.pieces import Sections, Sort, next_section
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.kinds_of_tissue import MOST_PIECES
from gms_desktop.register import tissue_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import piece_labels, site_rules, tissue_notes, tissue_pieces, tissue_stops
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question

_EXHAUSTS = "nothing is left"
_STAIN = "stain "
_FIELDS = (
    ("pieces", tissue_words.PIECES_FIELD),
    ("sections", tissue_words.SECTIONS_FIELD),
    ("thickness", tissue_words.THICKNESS),
)
_CUT_SORTS = tuple(one for one in Sort if one.is_cut)


def cut(ledger: Ledger, desk: Desk, row: Row, answer: Answer | None) -> Outcome:
    """Sections are cut from a block, each new piece with a number and a label of ours."""
    rules, number = site_rules.tissue(ledger.db).cutting, str(row["number"])
    piece = tissue_pieces.piece_of(row)
    if piece.sort.is_cut or not piece.state.may_be_used:
        why = f"is a {row['sort']}" if piece.sort.is_cut else tissue_words.cannot_be_cut(piece.state.value)
        return Outcome(tissue_words.not_to_be_cut(number, why))
    if why := tissue_stops.in_the_way(ledger.db, row):
        return Outcome(tissue_words.not_to_be_cut(number, why))
    if rules.change_blade and desk.tissue.clean_for != row["tissue_case"]:
        return Outcome(tissue_words.blade_first(number))
    wanted, problems = _wanted(answer) if answer else (None, ())
    if wanted is None or answer is None:
        # What was filled in before a pathologist had to be asked stands in the form again.
        waits = desk.tissue.cut if desk.tissue.cut and desk.tissue.cut.subject == row["id"] else None
        return _asks(ledger, row, answer or waits, problems)
    desk.tissue = replace(desk.tissue, cut=replace(answer, subject=row["id"]))
    if _EXHAUSTS in answer.choices and (where := tissue_stops.stands(ledger.db, row)):
        return Outcome(tissue_words.take_it_out_first(number, where))
    return _cut(ledger, desk, row, wanted, rules, exhausts=_EXHAUSTS in answer.choices)


def _cut(ledger: Ledger, desk: Desk, row: Row, wanted: Cut, rules: CuttingRules, *, exhausts: bool) -> Outcome:
    left = Decimal(row["left_um"]) if row["left_um"] else None
    why = cutting.needs_agreement(left, wanted, exhausts=exhausts, rules=rules)
    agreement = _agreement(ledger.db, row, why)
    if why is not None and agreement is None:
        return Outcome(tissue_words.needs_agreement(str(row["number"]), why.value))
    lies_in = cutting.planned(next_section(tissue_pieces.cut_from(ledger.db, row["id"])), wanted)
    made = [_new(ledger, desk, wanted.sort, one, wanted.stain) for one in lies_in]
    after = cutting.left_after(left, wanted)
    desk.tissue = replace(desk.tissue, cut=None)
    said: dict[str, Any] = {"case": row["tissue_case"], "cut": made, "exhausted": exhausts, "agreement": agreement}
    said |= {"left_um": "0" if exhausts else f"{max(Decimal(0), after).normalize():f}" if after is not None else None}
    drafts, labels = _with_labels(ledger, desk, row, tissue_notes.draft(ledger, desk, row, "cut", said), made)
    numbers = [str(one["number"]) for one in made]
    sections = Sections(lies_in[0].first, lies_in[-1].last, wanted.thickness_um).words
    words = tissue_words.cut(numbers, sections, str(row["number"]), _left_words(said["left_um"], exhausts=exhausts))
    return Outcome(words, drafts, print_labels=labels)


def _left_words(left: str | None, *, exhausts: bool) -> str:
    if exhausts:
        return "Nothing is left of the block."
    return f"About {left} µm are left." if left is not None else ""


def _new(ledger: Ledger, desk: Desk, sort: Sort, sections: Sections | None, stain: str) -> dict[str, Any]:
    return {
        "piece": ledger.identity(),
        "number": ledger.next_number(desk.place.letter),
        "sort": sort.value,
        # Of a slide that another hospital cut nobody knows which section it holds.
        "first": sections.first if sections else None,
        "last": sections.last if sections else None,
        "thickness_um": f"{sections.thickness_um:f}" if sections else None,
        "stain": stain or None,
    }


def _with_labels(
    ledger: Ledger, desk: Desk, row: Row, draft: Draft, made: Sequence[Mapping[str, Any]]
) -> tuple[tuple[Draft, ...], tuple[str, ...]]:
    """What was cut, and the intention to print a label for each new piece."""
    specimen = tissue_pieces.root_specimen(ledger.db, row)
    if specimen is None:
        return (draft,), ()
    labels = [_label(desk, specimen, one) for one in made]
    return (draft, *labels), tuple(str(one.body["label"]) for one in labels)


def _label(desk: Desk, specimen: str, one: Mapping[str, Any]) -> Draft:
    """A slide has the label of slides where a printer is named for them; all else has that of a tube."""
    sort = piece_labels.printed_as(desk.place, str(one["sort"]))
    return piece_labels.draft(desk.place, specimen, str(one["piece"]), str(one["number"]), sort, 1, None)


def _agreement(db: Database, row: Row, why: Why | None) -> str | None:
    """An agreement to just this that was not used yet."""
    if why is None:
        return None
    found = tissue_look_up.agreements(db, row["id"])
    return next((str(one["agreement"]) for one in found if one["permits"] == why and not one["used_at"]), None)


def _wanted(answer: Answer) -> tuple[Cut | None, tuple[str, ...]]:
    said = {name: value.strip() for name, value in answer.fields}
    sorts = [one for one in _CUT_SORTS if one.value in answer.choices]
    sort = sorts[0] if len(sorts) == 1 else None
    pieces, sections = _count(said.get("pieces", "")), _count(said.get("sections", "") or "1")
    thickness = tissue_notes.micrometres(said.get("thickness", ""))
    stains = [one.removeprefix(_STAIN) for one in answer.choices if one.startswith(_STAIN)]
    several = sort is not None and sort is not Sort.SCROLLS and sections != 1
    wrong = (
        (sort is None, tissue_words.CUT_SORT_PROBLEM),
        (len(stains) > 1, tissue_words.STAINS_PROBLEM),
        (sort is Sort.SCROLLS and bool(stains), tissue_words.SCROLLS_STAINED),
        (pieces is None or pieces > MOST_PIECES, tissue_words.COUNT_PROBLEM),
        (sections is None or several, tissue_words.SECTIONS_PROBLEM),
        (not thickness, tissue_words.THICKNESS_PROBLEM),
    )
    problems = tuple(words for there, words in wrong if there)
    if problems or sort is None or pieces is None or sections is None or not thickness:
        return None, problems
    return Cut(sort, pieces, sections, thickness, next(iter(stains), "")), ()


def _count(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdigit() and 1 <= int(written) <= 1000 else None


def _asks(ledger: Ledger, row: Row, answer: Answer | None, problems: tuple[str, ...]) -> Outcome:
    asked = Question(
        Command.TISSUE_CUT,
        tissue_words.CUT,
        _choices(ledger.db),
        fields=_FIELDS,
        confirm=f"Cut {row['number']}",
        problems=problems,
        values=answer.fields if answer else (("sections", "1"),),
        chosen=answer.choices if answer else (Sort.SLIDE.value,),
        subject=row["id"],
    )
    return Outcome(tissue_words.answer_needed(tissue_words.CUT), question=asked)


def _choices(db: Database) -> tuple[Choice, ...]:
    into, stained = tissue_words.WHAT_IS_CUT, tissue_words.STAINED_AT_ONCE
    sorts = (Choice(one.value, one.value.capitalize(), under=into, one_of=True) for one in _CUT_SORTS)
    stains = site_rules.tissue(db).stains
    at_once = (Choice(_STAIN + one.code, one.words, under=stained, one_of=True) for one in stains)
    return (*sorts, *at_once, Choice(_EXHAUSTS, tissue_words.EXHAUSTS, under=tissue_words.OF_THE_BLOCK))


def scrape(ledger: Ledger, desk: Desk, row: Row, answer: Answer | None) -> Outcome:
    """The tissue of a slide goes into a tube; a stained slide is lost by it, and is imaged and agreed to first."""
    rules, slide, number = site_rules.tissue(ledger.db).cutting, tissue_pieces.piece_of(row), str(row["number"])
    if slide.sort is not Sort.SLIDE:
        return Outcome(tissue_words.not_a_slide(number, str(row["sort"])))
    if why := tissue_stops.in_the_way(ledger.db, row):
        return Outcome(tissue_words.not_to_be_cut(number, why))
    if where := tissue_stops.stands(ledger.db, row):
        return Outcome(tissue_words.take_it_out_first(number, where))
    agreement = _agreement(ledger.db, row, Why.SCRAPES)
    why = cutting.before_scraping(slide, agreed=agreement is not None, rules=rules)
    if why:
        return Outcome(tissue_words.before_scraping(why))
    if answer is None:
        asked = Question(
            Command.TISSUE_SCRAPE,
            tissue_words.SCRAPED_INTO,
            confirm=f"Scrape {number}: the slide is used up",
            subject=row["id"],
        )
        return Outcome(tissue_words.confirm_needed(tissue_words.SCRAPED_INTO), question=asked)
    tube = _new(ledger, desk, Sort.SCROLLS, slide.sections, "")
    said = {"case": row["tissue_case"], "cut": [tube], "agreement": agreement}
    drafts, labels = _with_labels(ledger, desk, row, tissue_notes.draft(ledger, desk, row, "scraped", said), [tube])
    desk.tissue = replace(desk.tissue, piece=row["id"])
    return Outcome(tissue_words.scraped(number, str(tube["number"])), drafts, print_labels=labels)
