"""The Tissue screen: the open case with how long it has, its pieces, and what is known of the one in hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gms_desktop import tissue_correct_words, tissue_end_words, tissue_words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.consignments.standing import LEFT, State
from gms_desktop.domain.tissue.rules import TissueRules, word
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up, tissue_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import (
    site_rules,
    tissue_adequacy,
    tissue_facts,
    tissue_offers,
    tissue_pieces,
    tissue_scans,
    tissue_stops,
)
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Offer, Question


@dataclass(frozen=True)
class TissueLine:
    """One case, piece, assessment, picture or agreement of a list."""

    title: str
    detail: str
    kind: VerdictKind | None = None
    current: bool = False
    key: str = ""


@dataclass(frozen=True)
class TissueView:
    """The Tissue screen.

    Attributes:
        facts: names and words of the open case and of the piece in hand.
        pictures: of the piece in hand, those that are kept: name and SHA-256.
    """

    heading: str
    verdict: Verdict | None = None
    facts: tuple[tuple[str, str], ...] = ()
    due: str = ""
    overdue: bool = False
    pieces_title: str = ""
    pieces: tuple[TissueLine, ...] = ()
    pieces_empty: str = ""
    assessed: tuple[TissueLine, ...] = ()
    adequacy: tuple[TissueLine, ...] = ()
    kept: tuple[TissueLine, ...] = ()
    pictures: tuple[tuple[str, str], ...] = ()
    offers: tuple[Offer, ...] = ()
    question: Question | None = None
    piece: str = ""


def view(ledger: Ledger, desk: Desk, verdict: Verdict | None = None) -> TissueView:
    """The screen as it stands."""
    db, at, rules = ledger.db, tissue_scans.at(ledger.db, desk), site_rules.tissue(ledger.db)
    case = tissue_look_up.case(db, at.case) if at.case else None
    today = dates.to_local(ledger.clock.now(), desk.time_zone).date()
    if case is None:
        return _without_case(db, desk, verdict, today)
    piece = tissue_look_up.piece(db, at.piece) if at.piece else None
    pieces = _pieces(db, case, piece, rules)
    due, overdue = tissue_facts.due(db, case, rules, desk.time_zone, today)
    return TissueView(
        heading=f"{piece['number']}: {tissue_pieces.what(piece)}" if piece else f"Case {case['number']}",
        verdict=verdict,
        # What is in hand before where it came from: on a small screen four or five of them are in sight.
        facts=(*(_facts_of(db, piece, rules) if piece else ()), *tissue_facts.of_case(db, case, rules)),
        due=due,
        overdue=overdue,
        pieces_title=tissue_words.pieces_of(str(case["number"]), len(pieces), _still_here(pieces)),
        pieces=pieces,
        pieces_empty=tissue_words.NO_PIECES,
        assessed=_assessments(db, piece, rules) if piece else (),
        adequacy=_adequacy(db, case, piece, rules) if piece else (),
        kept=_kept(db, piece) if piece else (),
        pictures=_pictures(db, piece) if piece else (),
        offers=tissue_offers.offers(db, case, piece, desk),
        question=desk.question,
        piece=piece["id"] if piece else "",
    )


def _without_case(db: Database, desk: Desk, verdict: Verdict | None, today: date) -> TissueView:
    rows, rules = tissue_look_up.cases(db), site_rules.tissue(db)
    known = store.private_values(db, [f"tissue_case:{row['id']}" for row in rows])
    cases = tuple(
        TissueLine(
            str(row["number"]),
            ". ".join(
                filter(
                    None,
                    (
                        known.get(row["histology_private"] or ""),
                        tissue_facts.due(db, row, rules, desk.time_zone, today)[0],
                    ),
                )
            ),
            _urgent(row),
            key=f"case:{row['id']}",
        )
        for row in rows
    )
    specimen = look_up.row(db, "specimen", desk.tissue.specimen) if desk.tissue.specimen else None
    label = f"Open a case for {specimen['accession']}" if specimen else "Open a case"
    return TissueView(
        heading=tissue_words.SCAN_FIRST,
        verdict=verdict,
        pieces_title=tissue_words.CASES,
        pieces=cases,
        pieces_empty=tissue_words.NO_CASES,
        offers=(Offer(Command.TISSUE_CASE, label, usual=specimen is not None),),
        question=desk.question,
    )


def _urgent(case: Row) -> VerdictKind | None:
    return VerdictKind.ATTENTION if case["urgency"] == "urgent" else None


def _still_here(pieces: Sequence[TissueLine]) -> int:
    return sum(one.kind is not VerdictKind.ALREADY for one in pieces)


def _facts_of(db: Database, piece: Row, rules: TissueRules) -> tissue_facts.Facts:
    """How much tumour people saw in its block, exactly, and what else is known of the piece."""
    family = [(row, tissue_look_up.assessments(db, row["id"])) for row in tissue_pieces.family(db, piece)]
    seen = [
        tissue_words.figures([one["neoplastic"] for one in told], "" if row["id"] == piece["id"] else row["number"])
        for row, told in family
        if told
    ]
    figures = ((tissue_words.FIGURES, "; ".join(seen)),) if seen else ()
    where = tissue_stops.stands(db, piece)
    told = ((tissue_words.CAME_AS, tissue_pieces.came_as(db, piece)), (tissue_words.STANDS, where))
    return (*figures, *((name, said) for name, said in told if said), *tissue_facts.of_piece(db, piece, rules))


def _adequacy(db: Database, case: Row, piece: Row, rules: TissueRules) -> tuple[TissueLine, ...]:
    return tuple(TissueLine(*line) for line in tissue_adequacy.lines(db, case, piece, rules))


def _pieces(db: Database, case: Row, current: Row | None, rules: TissueRules) -> tuple[TissueLine, ...]:
    rows = tissue_look_up.pieces_of_case(db, case["id"])
    shared = tissue_pieces.same_sections(rows)
    chosen = {tissue_pieces.root(db, row)["id"] for row in rows if _represents(db, row)}
    return tuple(
        _line(db, row, current, rules, (row["id"] in chosen, shared.get(str(row["number"]), ()))) for row in rows
    )


def _represents(db: Database, row: Row) -> bool:
    return any(one["representative"] for one in tissue_look_up.assessments(db, row["id"]))


def _line(
    db: Database, row: Row, current: Row | None, rules: TissueRules, of: tuple[bool, Sequence[str]]
) -> TissueLine:
    """``of``: whether it is a block that represents the tumour, and the pieces that say they hold its sections."""
    represents, shared = of
    stain = word(rules.stains, row["stain"]) if row["stain"] else ""
    same = tissue_words.same_sections(shared) if shared else ""
    held = tissue_stops.away(db, row)
    usable = tissue_pieces.piece_of(row).state.may_be_used and (held is None or State(held["state"]) not in LEFT)
    return TissueLine(
        str(row["number"]),
        ", ".join(
            filter(
                None,
                (tissue_pieces.what(row), stain, tissue_words.REPRESENTED if represents else "", _where(held), same),
            )
        ),
        VerdictKind.ATTENTION if shared else None if usable else VerdictKind.ALREADY,
        current is not None and current["id"] == row["id"],
        f"piece:{row['id']}",
    )


def _where(held: Row | None) -> str:
    if held is None:
        return ""
    number = str(held["number"])
    return tissue_end_words.has_left(number) if State(held["state"]) in LEFT else tissue_end_words.is_packed(number)


def _assessments(db: Database, piece: Row, rules: TissueRules) -> tuple[TissueLine, ...]:
    return tuple(assessment(db, row, rules) for row in tissue_look_up.every_assessment(db, piece["id"]))


def assessment(db: Database, row: Row, rules: TissueRules) -> TissueLine:
    """One person's assessment in words."""
    known = store.private_values(db, [f"tissue_assessment:{row['id']}"])
    parts = (
        f"{known.get(row['by_private'] or '') or 'somebody'}, {tissue_facts.day(row['assessed_on'])}",
        word(rules.methods, row["method"]),
        f"cellularity {word(rules.cellularities, row['cellularity']).lower()}" if row["cellularity"] else "",
        f"necrosis {row['necrosis']} %" if row["necrosis"] else "",
        "area marked" if row["area_marked"] else "",
        "macrodissect" if row["macrodissect"] else "",
        tissue_words.of_its_block(bool(row["representative"])),
        known.get(row["comment_private"] or "") or "",
        tissue_correct_words.corrected_because(why) if (why := known.get(row["correction_private"] or "")) else "",
    )
    said, kind = f"{row['neoplastic']} % neoplastic nuclei", None
    if row["withdrawn"]:
        said, kind = tissue_correct_words.taken_back(row["neoplastic"]), VerdictKind.ALREADY
    return TissueLine(said, ", ".join(part for part in parts if part), kind)


def _pictures(db: Database, piece: Row) -> tuple[tuple[str, str], ...]:
    """Pictures that are kept here; a whole-slide file that is only cited lies elsewhere."""
    known = store.private_values(db, [f"piece:{piece['id']}"])
    rows = (row for row in tissue_look_up.images(db, piece["id"]) if row["sha256"])
    return tuple((known.get(row["name_private"] or "") or f"Picture, {row['of']}", str(row["sha256"])) for row in rows)


def _kept(db: Database, piece: Row) -> tuple[TissueLine, ...]:
    known = store.private_values(db, [f"piece:{piece['id']}"])
    pictures = (
        TissueLine(f"Picture, {row['of']}", known.get(row["reference_private"] or row["name_private"] or "") or "")
        for row in tissue_look_up.images(db, piece["id"])
    )
    agreements = (
        TissueLine(
            tissue_words.agreed_to(row["permits"]),
            ", ".join(
                filter(
                    None,
                    (
                        known.get(row["by_private"] or "") or "",
                        tissue_facts.day(row["agreed_on"]),
                        known.get(row["how_private"] or "") or _said_openly(row, known),
                        tissue_words.agreement_used(row["permits"], used=bool(row["used_at"])),
                    ),
                )
            ),
        )
        for row in tissue_look_up.agreements(db, piece["id"])
    )
    return (*pictures, *agreements)


def _said_openly(row: Row, known: Mapping[str, str | None]) -> str:
    """How somebody agreed, as entries of before state it in the open; not of an agreement that was erased since."""
    erased = row["by_private"] is not None and known.get(row["by_private"]) is None
    return "" if erased else str(row["how"] or "")
