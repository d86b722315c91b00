"""Whether a fresh blood cancer specimen is fit for whole genome sequencing: what is known, judged and in words."""

from __future__ import annotations

from decimal import Decimal

from gms_desktop import examination_words
from gms_desktop.domain.haemonc_wgs import FISH, Finding, Found, HaemoncRules, Sample, is_acute, is_for_wgs, judge
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up
from gms_desktop.services import specimen_lists
from gms_desktop.services.examined import Examined, examined, type_of


def wgs_test(db: Database, specimen: str) -> str:
    """The test of a specimen that is whole genome sequencing of a blood cancer; empty where none is."""
    rules = specimen_lists.haemonc(db)
    tests = (row["test"] or "" for row in look_up.requests_of_specimen(db, specimen))
    return next((test for test in tests if is_for_wgs(rules, test)), "")


def papers(db: Database, test: str) -> tuple[str, ...]:
    """What should have come with it, the result of FISH among it for an acute leukaemia."""
    rules = specimen_lists.haemonc(db)
    return (*rules.papers, FISH) if is_acute(rules, test) else rules.papers


def findings(db: Database, specimen: Row, seen: Examined | None = None) -> tuple[tuple[str, str], ...]:
    """What is found about a specimen, as a name and words; nothing for another test, or where all is well."""
    test = wgs_test(db, specimen["id"])
    if not test:
        return ()
    seen = seen or examined(db, specimen["id"])
    rules, kind = specimen_lists.haemonc(db), type_of(db, specimen, seen)
    value = seen.cells.get("value")
    sample = Sample(
        test=test,
        type=kind.code if kind else "",
        volume_ml=seen.volume.ml if seen.volume else None,
        white_cells=Decimal(value) if value else None,
        papers={name: state == "present" for name, state in seen.papers.items() if name != FISH},
        fish=seen.papers.get(FISH) == "present",
    )
    return tuple((_name(one), _words(one, rules)) for one in judge(rules, sample))


def _name(found: Found) -> str:
    return found.about or "Whole genome sequencing"


def _words(found: Found, rules: HaemoncRules) -> str:
    said = examination_words.WGS_TITLES[found.finding.value]
    match found.finding:
        case Finding.SHORT | Finding.VOLUME_UNKNOWN:
            return f"{said}: at least {rules.volume_ml} ml"
        case Finding.CELLS_LOW:
            return f"{said} (at least {rules.white_cells} × 10⁹/L)"
        case Finding.FISH_AWAITED:
            return f"{said}: turned round in {rules.fish_days} days"
    return said
