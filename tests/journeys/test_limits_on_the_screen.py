"""Limits at Measure: changed by form, seen with whom they affect, proposed by one person, approved by another."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench_top import OKAFOR, WAIT_S, BenchTop
from measure_work import FIRST, approves, line, opens, qubit_file, tube, view
from people_at_work import BRIGHT, NOVAK, added, works

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.services.views import Answer

FORM = {
    "rule": "eluate for WGS",
    "types": "edta blood",
    "min": "60",
    "max": "",
    "unit": "ng/µL",
    "method": "Qubit",
    "effective": "2026-11-23",
    "source": "EXAMPLE letter",
}


def measured(bench: BenchTop, tmp_path: Path, concentration: str = "50.2") -> None:
    """A tube is measured, and the run is saved."""
    tube(bench)
    opens(bench, qubit_file(tmp_path, line(FIRST, concentration)))
    assert bench.asks_for(Command.SAVE_RUN).title == "Saved"


def says_limit(bench: BenchTop, key: str = "", quantity: str = "concentration", **changed: str) -> Verdict:
    """Enter the form of one limit."""
    bench.asks_for(Command.CHANGE_LIMIT, key)
    fields = tuple((FORM | changed).items())
    said = bench.bench.command(Command.CHANGE_LIMIT, Answer((quantity,), "", fields, key), key).result(WAIT_S)
    return said.verdict


def approves_on_screen(bench: BenchTop) -> Verdict:
    """Press what approves the limits, and sign as the only one here."""
    bench.asks_for(Command.SHOW_LIMITS)
    offer = next(one for one in view(bench).offers if one.command is Command.APPROVE_LIMITS)
    said = bench.asks_for(Command.APPROVE_LIMITS, offer.argument)
    if said.title in {"Approved", "Another person"}:
        return said
    return bench.bench.command(Command.SECOND_PERSON, Answer(("countersign",))).result(WAIT_S).verdict


@pytest.fixture
def people(bench: BenchTop) -> BenchTop:
    """A biomedical scientist works beside the administrator, who is signed in."""
    works(bench, OKAFOR)
    added(bench, NOVAK)
    return bench


def test_a_limit_is_entered_seen_proposed_by_one_and_approved_by_another(people: BenchTop, tmp_path: Path) -> None:
    bench = people
    measured(bench, tmp_path)
    works(bench, NOVAK)
    assert bench.asks_for(Command.SHOW_LIMITS).title == "Limits"
    assert view(bench).lines_empty.startswith("No limit is approved.")
    said = says_limit(bench)
    assert (said.kind, said.title) == (VerdictKind.ATTENTION, "Not proposed yet")
    assert said.sentence.startswith("1 of 1 tube measured in the last 30 days would change its word.")
    [shown] = view(bench).lines
    assert (shown.sample, shown.tube) == ("concentration at least 60 ng/µL", "EDTA blood; every test")
    assert shown.said == "eluate for WGS v1, from 23-Nov-2026, not proposed yet"
    [affected] = view(bench).runs
    assert (affected.sample, affected.said) == (FIRST, "now no rule; then concentration below minimum")
    assert bench.count("site_data.proposed") == 0
    assert bench.asks_for(Command.PROPOSE_LIMITS).title == "Proposed"
    assert approves_on_screen(bench).title == "Another person"
    assert bench.count("site_data.approved") == 0
    works(bench, OKAFOR)
    assert approves_on_screen(bench).title == "Approved"
    [shown] = view(bench).lines
    assert (shown.kind, shown.said) == (VerdictKind.MATCHES, "eluate for WGS v1, from 23-Nov-2026")
    bench.asks_for(Command.RUN_ASIDE)
    opens(bench, qubit_file(tmp_path, line(FIRST, "55"), name="next.csv"))
    assert view(bench).lines[0].said == "concentration below minimum 60 ng/µL of rule eluate for WGS v1"


def test_what_was_approved_gets_a_new_version_that_counts_from_its_first_day(people: BenchTop, tmp_path: Path) -> None:
    bench = people
    approves(bench)
    measured(bench, tmp_path)
    works(bench, NOVAK)
    bench.asks_for(Command.SHOW_LIMITS)
    [limit] = view(bench).lines
    assert limit.said == "eluate v3, from its approval"
    says_limit(bench, limit.key, effective="2026-12-01")
    assert [one.said for one in view(bench).runs] == ["now concentration meets; then concentration below minimum"]
    bench.asks_for(Command.PROPOSE_LIMITS)
    works(bench, OKAFOR)
    approves_on_screen(bench)
    assert [one.said for one in view(bench).lines] == ["eluate v3, from its approval", "eluate v4, from 01-Dec-2026"]
    bench.asks_for(Command.RUN_ASIDE)
    opens(bench, qubit_file(tmp_path, line(FIRST, "55"), name="before.csv"))
    assert view(bench).lines[0].said == "meets rule eluate v3"
    bench.asks_for(Command.RUN_ASIDE)
    bench.clock.forward(9 * 24 * 3600)
    works(bench, NOVAK)
    opens(bench, qubit_file(tmp_path, line(FIRST, "55"), name="before.csv"))
    assert view(bench).lines[0].said == "concentration below minimum 60 ng/µL of rule eluate v4"


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"min": "sixty"}, "The minimum is a number with a point, as 1.80. “sixty” is not."),
        ({"min": ""}, "Enter a minimum or a maximum, or both."),
        ({"max": "5"}, "The minimum is above the maximum."),
        ({"unit": "ng/mL"}, "Files give concentration in ng/uL. Leave the unit so."),
        ({"types": "blod"}, "“blod” is no specimen type of this laboratory. A rule for it would judge nothing."),
        ({"effective": "1999-01-01"}, "The first day is 23-Nov-2026 or later, written so. “1999-01-01” is not."),
        ({"rule": ""}, "Name the rule, as its judgements will say it."),
        ({"source": ""}, "Say where the number is from."),
    ],
)
def test_a_limit_that_would_judge_nothing_or_anything_is_asked_again(
    bench: BenchTop, changed: dict[str, str], problem: str
) -> None:
    bench.asks_for(Command.SHOW_LIMITS)
    says_limit(bench, **changed)
    asked = view(bench).question
    assert asked is not None
    assert asked.problems == (problem,)
    assert dict(asked.values)["rule"] == changed.get("rule", "eluate for WGS")


def test_two_limits_of_one_rule_are_proposed_together_and_a_draft_is_put_aside(people: BenchTop) -> None:
    bench = people
    works(bench, NOVAK)
    bench.asks_for(Command.SHOW_LIMITS)
    says_limit(bench)
    said = says_limit(bench, quantity="A260/280", min="1.75", max="2.00", unit="", method="NanoDrop")
    assert said.title == "Not proposed yet"
    shown = [(one.sample, one.values) for one in view(bench).lines]
    assert shown == [("concentration at least 60 ng/µL", "by Qubit"), ("A260/280 1.75 to 2.00", "by NanoDrop")]
    assert bench.asks_for(Command.RUN_ASIDE).title == "Put aside"
    assert view(bench).lines == ()
    assert bench.asks_for(Command.PROPOSE_LIMITS).title == "Nothing changed"
    assert bench.asks_for(Command.RUN_ASIDE).title == "Measurements"


def test_whoever_signs_in_next_finds_no_draft_of_another(people: BenchTop) -> None:
    bench = people
    bench.asks_for(Command.SHOW_LIMITS)
    says_limit(bench)
    works(bench, NOVAK)
    assert bench.asks_for(Command.PROPOSE_LIMITS).title == "Nothing changed"


def test_only_what_was_looked_at_is_approved(people: BenchTop) -> None:
    bench = people
    works(bench, NOVAK)
    bench.asks_for(Command.SHOW_LIMITS)
    says_limit(bench)
    bench.asks_for(Command.PROPOSE_LIMITS)
    works(bench, OKAFOR)
    said = bench.asks_for(Command.APPROVE_LIMITS, "0" * 64)
    assert said.title == "Look again"
    assert bench.count("site_data.approved") == 0


def test_who_may_propose_limits_is_the_laboratorys_to_say(people: BenchTop) -> None:
    bench = people
    technician = type(BRIGHT)("T. Ashdown", "BADGE-ASHDOWN", "technician")
    added(bench, technician)
    works(bench, technician)
    bench.asks_for(Command.SHOW_LIMITS)
    says_limit(bench)
    assert bench.asks_for(Command.PROPOSE_LIMITS).title == "Not yours to do"
