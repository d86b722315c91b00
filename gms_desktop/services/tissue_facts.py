"""What is known of a tissue case and of a piece, in words, and when the case is due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from gms_desktop import tissue_end_words, tissue_same_words, tissue_words
from gms_desktop.domain import dates
from gms_desktop.domain.identifiers import ods
from gms_desktop.domain.tissue import times as rules_of_times
from gms_desktop.domain.tissue.pieces import State
from gms_desktop.domain.tissue.rules import TissueRules, word
from gms_desktop.domain.tissue.times import Hours, Standing
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import tissue_look_up
from gms_desktop.services import tissue_flags, tissue_pieces, tissue_same

Facts = tuple[tuple[str, str], ...]


def due(db: Database, case: Row, rules: TissueRules, time_zone: str, today: date | None) -> tuple[str, bool]:
    """When the result is due, from the earliest day on which a piece of the case was taken from the patient."""
    days = rules.days(case["urgency"] or "")
    if days is None:
        return "", False
    last = last_day(db, case, days.days, time_zone)
    if last is None:
        return f"{days.words}: {days.days} days from acquisition, which nobody has stated", True
    if today is None:
        return f"{days.words}: due {dates.display(last)}, {days.days} days from acquisition", False
    left = (last - today).days
    said = f"{abs(left)} day{'' if abs(left) == 1 else 's'} {'left' if left >= 0 else 'over'}"
    return f"{days.words}: due {dates.display(last)}, {days.days} days from acquisition. {said}", left < 0


def last_day(db: Database, case: Row, days: int, time_zone: str) -> date | None:
    """The day on which a case is due; None where nobody stated when any piece of it was taken from the patient."""
    arrived = [row for row in tissue_look_up.pieces_of_case(db, case["id"]) if row["specimen"]]
    taken = [one for row in arrived if (one := tissue_pieces.acquired_on(db, row, time_zone)) is not None]
    return rules_of_times.due(min(taken, default=None), days)


def of_case(db: Database, case: Row, rules: TissueRules) -> Facts:
    """A case: where it came from, and what it is flagged for with what that needs."""
    known = store.private_values(db, [f"tissue_case:{case['id']}"])
    facts = (
        ("Histology number", known.get(case["histology_private"] or "") or ""),
        ("Sent by", " ".join(filter(None, (_hospital(case, known), known.get(case["clinician_private"] or ""))))),
        ("Referred on", day(case["referred_on"])),
        ("Tumour", word(rules.tumours, case["tumour"]) if case["tumour"] else ""),
        ("Report", tissue_words.REPORT_FOLLOWS if case["report_follows"] else ""),
        *((one.words, one.needs) for one in tissue_flags.of_case(case, rules)),
        *same(db, case),
        ("Comment", known.get(case["comment_private"] or "") or ""),
        ("Corrected", known.get(case["correction_private"] or "") or ""),
    )
    return tuple((name, words) for name, words in facts if words)


def _hospital(case: Row, known: Mapping[str, str | None]) -> str:
    """Who sent it; words of before, where a code belongs, are not shown of a case that was erased since."""
    told = str(case["hospital"] or "")
    erased = any(case[name] and known.get(case[name]) is None for name in ("histology_private", "clinician_private"))
    return "" if erased and not ods.is_ods(told) else told


def same(db: Database, case: Row) -> Facts:
    """Which of its numbers stand in other cases, too, and whether a person said that they are two."""
    return tuple((tissue_same_words.fact(one.numbered), _same(one)) for one in tissue_same.of_case(db, case))


def _same(one: tissue_same.Same) -> str:
    return tissue_same_words.of_fact(str(one.other["number"]), one.number, one.why, apart=one.apart)


def day(iso: str | None) -> str:
    """A day of the register as screens show it; empty for none."""
    return dates.display(date.fromisoformat(iso)) if iso else ""


def of_piece(db: Database, row: Row, rules: TissueRules) -> Facts:
    """A piece: what it was cut from, its numbers, its times, what is left."""
    known = store.private_values(db, [f"piece:{row['id']}"])
    times = tissue_pieces.times_of(row)
    parent = tissue_look_up.piece(db, row["parent"]) if row["parent"] else None
    report = known.get(row["report_private"] or "") or ""
    beside = tissue_pieces.nearest_stained(db, row)
    facts = (
        ("Cut from", str(parent["number"]) if parent else ""),
        ("Left of it", f"about {row['left_um']} µm" if row["left_um"] else ""),
        ("Stain", word(rules.stains, row["stain"]) if row["stain"] else ""),
        ("Nearest stained slide", tissue_words.lies_beside(*beside) if beside else ""),
        ("Number on it", known.get(row["outside_private"] or "") or ""),
        (
            "Number in the report",
            f"{report} ({'agrees' if row['report_agrees'] == 'yes' else 'DIFFERS'})" if report else "",
        ),
        ("Taken", tissue_pieces.words_of_time(row["acquired"])),
        ("Before formalin", _hours(rules_of_times.before_formalin(times), None, rules.before_formalin, "")),
        ("In formalin", _hours(rules_of_times.fixation(times), *rules.formalin, rules.formalin_source)),
        ("At its end", _ended(row, rules, known.get(row["ended_to_private"] or "") or "")),
        ("Comment", known.get(row["comment_private"] or "") or ""),
        ("Corrected", known.get(row["correction_private"] or "") or ""),
    )
    return tuple((name, words) for name, words in facts if words)


def _ended(row: Row, rules: TissueRules, to: str) -> str:
    """What was said of its end; nothing of one that is here all the same."""
    if not row["ended_code"] or row["state"] == State.HERE:
        return ""
    words = next((one.words for one in rules.ends if one.code == row["ended_code"]), str(row["ended_code"]))
    return tissue_end_words.at_its_end(words, to)


def _hours(hours: Hours | None, least: Decimal | None, most: Decimal | None, source: str) -> str:
    if hours is None:
        return ""
    stands = rules_of_times.standing(hours, least, most)
    if stands is Standing.NO_RULE:
        return hours.words
    asked = " to ".join(f"{one} h" for one in (least, most) if one is not None)
    return f"{hours.words}: {stands.value} {asked}{f' ({source})' if source else ''}"
