"""The Tissue screen: the open case with how long it has, its pieces, and what is known of the one in hand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gms_desktop import tissue_words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.tissue import times as rules_of_times
from gms_desktop.domain.tissue.pieces import Piece, Sort
from gms_desktop.domain.tissue.rules import TissueRules, word
from gms_desktop.domain.tissue.times import Hours, Standing
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up, tissue_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import site_rules, tissue_pieces
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
    """The Tissue screen. ``facts`` are names and words of the open case and of the piece in hand."""

    heading: str
    verdict: Verdict | None = None
    facts: tuple[tuple[str, str], ...] = ()
    due: str = ""
    overdue: bool = False
    pieces_title: str = ""
    pieces: tuple[TissueLine, ...] = ()
    pieces_empty: str = ""
    assessed: tuple[TissueLine, ...] = ()
    kept: tuple[TissueLine, ...] = ()
    offers: tuple[Offer, ...] = ()
    question: Question | None = None
    piece: str = ""


def view(ledger: Ledger, desk: Desk, verdict: Verdict | None = None) -> TissueView:
    """The screen as it stands."""
    db, at, rules = ledger.db, desk.tissue, site_rules.tissue(ledger.db)
    case = tissue_look_up.case(db, at.case) if at.case else None
    if case is None:
        return _without_case(db, desk, verdict)
    piece = tissue_look_up.piece(db, at.piece) if at.piece else None
    today = dates.to_local(ledger.clock.now(), desk.time_zone).date()
    due, overdue = _due(db, case, rules, desk.time_zone, today)
    return TissueView(
        heading=f"{piece['number']}: {tissue_pieces.what(piece)}" if piece else f"Case {case['number']}",
        verdict=verdict,
        facts=(*_case_facts(db, case, rules), *(_piece_facts(db, piece, rules) if piece else ())),
        due=due,
        overdue=overdue,
        pieces_title=f"{tissue_words.PIECES} of case {case['number']}",
        pieces=_pieces(db, case, piece, rules),
        pieces_empty=tissue_words.NO_PIECES,
        assessed=_assessments(db, piece, rules) if piece else (),
        kept=_kept(db, piece) if piece else (),
        offers=_offers(db, case, piece, desk),
        question=desk.question,
        piece=piece["id"] if piece else "",
    )


def _without_case(db: Database, desk: Desk, verdict: Verdict | None) -> TissueView:
    cases = tuple(
        TissueLine(str(row["number"]), row["urgency"] or "", _urgent(row), key=f"case:{row['id']}")
        for row in tissue_look_up.cases(db)
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


def _due(db: Database, case: Row, rules: TissueRules, time_zone: str, today: date) -> tuple[str, bool]:
    """When the result is due, from the earliest day on which a piece of the case was taken from the patient."""
    days = rules.days(case["urgency"] or "")
    arrived = [row for row in tissue_look_up.pieces_of_case(db, case["id"]) if row["specimen"]]
    taken = [day for row in arrived if (day := tissue_pieces.acquired_on(db, row, time_zone)) is not None]
    if days is None:
        return "", False
    day = rules_of_times.due(min(taken, default=None), days.days)
    if day is None:
        return f"{days.words}: {days.days} days from acquisition, which nobody has stated", True
    left = (day - today).days
    said = f"{abs(left)} day{'' if abs(left) == 1 else 's'} {'left' if left >= 0 else 'over'}"
    return f"{days.words}: due {dates.display(day)}, {days.days} days from acquisition. {said}", left < 0


def _case_facts(db: Database, case: Row, rules: TissueRules) -> tuple[tuple[str, str], ...]:
    known = store.private_values(db, [f"tissue_case:{case['id']}"])
    flags = [one for one in rules.flags if one.code in json.loads(case["flags"] or "[]")]
    facts = (
        ("Histology number", known.get(case["histology_private"] or "") or ""),
        ("Sent by", " ".join(filter(None, (case["hospital"], known.get(case["clinician_private"] or ""))))),
        ("Referred on", _day(case["referred_on"])),
        *((one.words, one.needs) for one in flags),
        ("Comment", known.get(case["comment_private"] or "") or ""),
    )
    return tuple((name, words) for name, words in facts if words)


def _day(iso: str | None) -> str:
    return dates.display(date.fromisoformat(iso)) if iso else ""


def _piece_facts(db: Database, row: Row, rules: TissueRules) -> tuple[tuple[str, str], ...]:
    known = store.private_values(db, [f"piece:{row['id']}"])
    times = tissue_pieces.times_of(row)
    parent = tissue_look_up.piece(db, row["parent"]) if row["parent"] else None
    report = known.get(row["report_private"] or "") or ""
    facts = (
        ("Cut from", str(parent["number"]) if parent else ""),
        ("Stain", word(rules.stains, row["stain"]) if row["stain"] else ""),
        ("Number on it", known.get(row["outside_private"] or "") or ""),
        (
            "Number in the report",
            f"{report} ({'agrees' if row['report_agrees'] == 'yes' else 'DIFFERS'})" if report else "",
        ),
        ("Taken", tissue_pieces.words_of_time(row["acquired"])),
        ("Before formalin", _hours(rules_of_times.before_formalin(times), None, rules.before_formalin, "")),
        ("In formalin", _hours(rules_of_times.fixation(times), *rules.formalin, rules.formalin_source)),
        ("Left of it", f"about {row['left_um']} µm" if row["left_um"] else ""),
        ("Comment", known.get(row["comment_private"] or "") or ""),
    )
    return tuple((name, words) for name, words in facts if words)


def _hours(hours: Hours | None, least: Decimal | None, most: Decimal | None, source: str) -> str:
    if hours is None:
        return ""
    stands = rules_of_times.standing(hours, least, most)
    if stands is Standing.NO_RULE:
        return hours.words
    asked = " to ".join(f"{one} h" for one in (least, most) if one is not None)
    return f"{hours.words}: {stands.value} {asked}{f' ({source})' if source else ''}"


def _pieces(db: Database, case: Row, current: Row | None, rules: TissueRules) -> tuple[TissueLine, ...]:
    return tuple(
        TissueLine(
            str(row["number"]),
            ", ".join(
                filter(None, (tissue_pieces.what(row), word(rules.stains, row["stain"]) if row["stain"] else ""))
            ),
            None if tissue_pieces.piece_of(row).state.may_be_used else VerdictKind.ALREADY,
            current is not None and current["id"] == row["id"],
            f"piece:{row['id']}",
        )
        for row in tissue_look_up.pieces_of_case(db, case["id"])
    )


def _assessments(db: Database, piece: Row, rules: TissueRules) -> tuple[TissueLine, ...]:
    return tuple(_assessment(db, row, rules) for row in tissue_look_up.assessments(db, piece["id"]))


def _assessment(db: Database, row: Row, rules: TissueRules) -> TissueLine:
    known = store.private_values(db, [f"tissue_assessment:{row['id']}"])
    parts = (
        f"{known.get(row['by_private'] or '') or 'somebody'}, {_day(row['assessed_on'])}",
        word(rules.methods, row["method"]),
        f"cellularity {word(rules.cellularities, row['cellularity']).lower()}" if row["cellularity"] else "",
        f"necrosis {row['necrosis']} %" if row["necrosis"] else "",
        "area marked" if row["area_marked"] else "",
        "macrodissect" if row["macrodissect"] else "",
        known.get(row["comment_private"] or "") or "",
    )
    return TissueLine(f"{row['neoplastic']} % neoplastic nuclei", ", ".join(part for part in parts if part))


def _kept(db: Database, piece: Row) -> tuple[TissueLine, ...]:
    known = store.private_values(db, [f"piece:{piece['id']}"])
    pictures = (
        TissueLine(f"Picture, {row['of']}", known.get(row["name_private"] or "") or "")
        for row in tissue_look_up.images(db, piece["id"])
    )
    agreements = (
        TissueLine(
            f"Agreed: a step that {row['permits']}",
            ", ".join(
                filter(
                    None,
                    (
                        known.get(row["by_private"] or "") or "",
                        _day(row["agreed_on"]),
                        row["how"],
                        "used" if row["used_at"] else "not used yet",
                    ),
                )
            ),
        )
        for row in tissue_look_up.agreements(db, piece["id"])
    )
    return (*pictures, *agreements)


def _offers(db: Database, case: Row, row: Row | None, desk: Desk) -> tuple[Offer, ...]:
    specimen = look_up.row(db, "specimen", desk.tissue.specimen) if desk.tissue.specimen else None
    if specimen is not None:
        return (
            Offer(Command.TISSUE_JOIN, f"Take {specimen['accession']} into case {case['number']}", usual=True),
            Offer(Command.TISSUE_CASE, f"Open another case for {specimen['accession']}"),
            Offer(Command.TISSUE_ASIDE, "Put aside"),
        )
    made = _of_piece(row, tissue_pieces.piece_of(row), desk) if row else []
    of_case = (Offer(Command.TISSUE_CHANGE, "Urgency and flags"), Offer(Command.TISSUE_ASIDE, "Put aside"))
    return (*made, *of_case)


def _of_piece(row: Row, piece: Piece, desk: Desk) -> list[Offer]:
    if not piece.state.may_be_used:
        return []
    if piece.sort is Sort.SLIDE:
        made = [Offer(Command.TISSUE_STAIN, "Stain"), Offer(Command.TISSUE_SCRAPE, "Scrape")]
    elif piece.sort.is_cut:
        made = []
    else:
        clean = desk.tissue.clean_for == row["tissue_case"]
        made = [
            Offer(Command.TISSUE_BLADE, "Fresh blade and bath", usual=not clean),
            Offer(Command.TISSUE_CUT, f"Cut {piece.number}", usual=clean),
            Offer(Command.TISSUE_TIMES, "Times"),
            Offer(Command.TISSUE_LEFT, "What is left"),
            Offer(Command.TISSUE_REPORT, "Compare with report"),
        ]
    return [
        *made,
        Offer(Command.TISSUE_ASSESS, "Assess"),
        Offer(Command.TISSUE_AGREED, "Agreement"),
        Offer(Command.TISSUE_END, "What became of it"),
    ]
