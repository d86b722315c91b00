"""Whether a block and what was cut from it suit its receiver, and whether enough people have assessed it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gms_desktop import tissue_fit_words
from gms_desktop.domain.consignments.destinations import Destination, TissueNeeds
from gms_desktop.domain.tissue.assessment import (
    Assessment,
    Needs,
    Short,
    apart,
    assessed_short,
    awaits,
    band_of,
    falls_short,
    speaks,
)
from gms_desktop.domain.tissue.cutting import Why
from gms_desktop.domain.tissue.pieces import Sort
from gms_desktop.domain.tissue.rules import TissueRules
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import tissue_look_up
from gms_desktop.services import site_rules, tissue_flags, tissue_pieces

_SORT_OF = {"scroll": Sort.SCROLLS, **{one.value: one for one in Sort}}
Line = tuple[str, str, VerdictKind]


def receivers(db: Database) -> tuple[Destination, ...]:
    """The destinations in use that take pieces of tissue."""
    return tuple(one for one in site_rules.destinations(db) if one.in_use and "piece" in one.accepts)


def lines(db: Database, case: Row, piece: Row, rules: TissueRules) -> tuple[Line, ...]:
    """What is said of a piece's block: against its receiver's profile, and of those who assessed it."""
    family = tissue_pieces.together(db, piece)
    known = assessments(db, family)
    flagged = tissue_flags.lines(db, case, tissue_look_up.pieces_of_case(db, case["id"]), known, rules)
    return (*_awaited(known, rules), *_of_receiver(db, case, family, known), *flagged, *_apart(known, rules))


def why_not_sent(db: Database, piece: str) -> tuple[str, ...]:
    """Why a piece is not sent yet, where the laboratory asks for two assessors of its block."""
    rules, row = site_rules.tissue(db), tissue_look_up.piece(db, piece)
    if row is None or not rules.second_assessor:
        return ()
    missing = awaits(assessments(db, tissue_pieces.together(db, row)), second=True)
    return (tissue_fit_words.awaits_assessors(missing),) if missing else ()


def short_of(db: Database, piece: str, destination: Destination) -> tuple[str, ...]:
    """Where a piece, with all of its block, falls short of what a destination asks; nothing once that is agreed to."""
    row = tissue_look_up.piece(db, piece)
    if row is None or destination.tissue is None or agreed_short(db, piece):
        return ()
    family = tissue_pieces.together(db, row)
    pieces = [tissue_pieces.piece_of(one) for one in family]
    found = falls_short(speaks(assessments(db, family)), pieces, _needs(destination.tissue))
    return tuple(tissue_fit_words.short(one.what, one.there, one.asked) for one in found)


def agreed_short(db: Database, piece: str) -> bool:
    """Whether a pathologist agreed that tissue of this block goes although it falls short."""
    row = tissue_look_up.piece(db, piece)
    return agreed_of(db, tissue_pieces.together(db, row) if row is not None else ())


def agreed_of(db: Database, family: Sequence[Row]) -> bool:
    """Whether that was agreed to of a block or of something cut from it."""
    return Why.SHORT in (said["permits"] for one in family for said in tissue_look_up.agreements(db, one["id"]))


def shortages(
    known: Sequence[Assessment], family: Sequence[Row], asked: TissueNeeds, *, cut: bool
) -> tuple[Short, ...]:
    """In what a block falls short; what was not ``cut`` yet is held against what is asked of its assessment only."""
    if not cut:
        return assessed_short(speaks(known), _needs(asked))
    return falls_short(speaks(known), [tissue_pieces.piece_of(one) for one in family], _needs(asked))


def receiver_of(db: Database, case: Row) -> Destination | None:
    """The profile of the receiver that was chosen for a case; None where none was, or it is in use no more."""
    return next((one for one in receivers(db) if one.code == case["receiver"]), None)


def assessments(db: Database, family: Sequence[Row]) -> list[Assessment]:
    """What people said of a block and of what was cut from it, in the order in which it was recorded."""
    rows = [one for piece in family for one in tissue_look_up.assessments(db, piece["id"])]
    return [_assessment(db, row) for row in sorted(rows, key=lambda row: (row["at"], row["id"]))]


def _assessment(db: Database, row: Row) -> Assessment:
    names = store.private_values(db, [f"tissue_assessment:{row['id']}"])
    return tissue_pieces.assessment_of(row, names.get(row["by_private"] or "") or "")


def _awaited(known: Sequence[Assessment], rules: TissueRules) -> Iterator[Line]:
    if missing := awaits(known, second=rules.second_assessor):
        yield "Not to be sent yet", f"{tissue_fit_words.awaits_assessors(missing).capitalize()}.", VerdictKind.ATTENTION


def _apart(known: Sequence[Assessment], rules: TissueRules) -> Iterator[Line]:
    if gap := apart(known):
        far = rules.may_differ is not None and gap > rules.may_differ
        title, detail = tissue_fit_words.difference(_plain(gap), _plain(rules.may_differ))
        yield title, detail, VerdictKind.ATTENTION if far else VerdictKind.FOUND


def _of_receiver(db: Database, case: Row, family: Sequence[Row], known: Sequence[Assessment]) -> Iterator[Line]:
    if not case["receiver"]:
        yield tissue_fit_words.CHOOSE_RECEIVER, tissue_fit_words.CHOOSE_RECEIVER_HOW, VerdictKind.FOUND
        return
    receiver = receiver_of(db, case)
    if receiver is None:
        yield f"Goes to {case['receiver']}", tissue_fit_words.NOT_LISTED, VerdictKind.ATTENTION
    elif receiver.tissue is None:
        yield f"Goes to {receiver.name}", tissue_fit_words.NOTHING_ASKED, VerdictKind.FOUND
    else:
        agreed = agreed_of(db, family)
        yield from _held_against(receiver.name, receiver.tissue, family, speaks(known), agreed=agreed)


def _held_against(
    name: str, asked: TissueNeeds, family: Sequence[Row], said: Assessment | None, *, agreed: bool
) -> Iterator[Line]:
    short = falls_short(said, [tissue_pieces.piece_of(row) for row in family], _needs(asked))
    if short and agreed:
        yield f"Goes to {name}", tissue_fit_words.goes_all_the_same(len(short)), VerdictKind.FOUND
    elif short:
        yield f"Goes to {name}", tissue_fit_words.falls_short(len(short)), VerdictKind.ATTENTION
    else:
        yield f"Goes to {name}", tissue_fit_words.ENOUGH, VerdictKind.ACCEPTED
    for one in short:
        yield tissue_fit_words.way(one.what, one.there), tissue_fit_words.asked(one.asked), VerdictKind.ATTENTION
    if said is not None and asked.bands:
        bands = band_of(said.neoplastic, asked.bands)
        kind = VerdictKind.FOUND if len(bands) == 1 else VerdictKind.ATTENTION
        yield *tissue_fit_words.band(_plain(said.neoplastic), [one.words for one in bands]), kind


def _needs(asked: TissueNeeds) -> Needs:
    return Needs(
        frozenset(_SORT_OF[one] for one in asked.forms if one in _SORT_OF),
        asked.number,
        asked.sections,
        asked.thickness_um,
        asked.minimum_percent,
        asked.stained,
        asked.bands,
    )


def _plain(value: Decimal | None) -> str:
    return f"{value.normalize():f}" if value is not None else ""
