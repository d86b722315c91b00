"""Limits at Measure: changed by form, seen with whom they affect, proposed by one person, approved by another."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench_top import OKAFOR, WAIT_S, BenchTop
from measure_work import FIRST, RULE, approves, line, opens, qubit_file, tube, view
from people_at_work import BRIGHT, NOVAK, added, works
from rack_work import ANOTHER, SECOND, SINGLE

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.services import at_measure, limit_preview
from gms_desktop.services.measure_views import ReadingLine
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
    if said.title in {"Approved", "Another person", "Still looking"}:
        return said
    return bench.bench.command(Command.SECOND_PERSON, Answer(("countersign",))).result(WAIT_S).verdict


def limits(bench: BenchTop) -> list[ReadingLine]:
    """The lines of limits; those of controls stand below them."""
    return [one for one in view(bench).lines if one.tube != "control of runs"]


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
    [shown] = limits(bench)
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
    [shown] = limits(bench)
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
    [limit] = limits(bench)
    assert limit.said == "eluate v3, from its approval"
    says_limit(bench, limit.key, effective="2026-12-01")
    assert [one.said for one in view(bench).runs] == ["now concentration meets; then concentration below minimum"]
    bench.asks_for(Command.PROPOSE_LIMITS)
    works(bench, OKAFOR)
    approves_on_screen(bench)
    assert [one.said for one in limits(bench)] == ["eluate v3, from its approval", "eluate v4, from 01-Dec-2026"]
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
    shown = [(one.sample, one.values) for one in limits(bench)]
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


def takes_out(bench: BenchTop, *keys: str, **said: str) -> Verdict:
    """Enter the form that takes a limit out."""
    bench.asks_for(Command.TAKE_LIMIT_OUT)
    fields = tuple(({"effective": "2026-11-23", "why": "EXAMPLE letter: withdrawn"} | said).items())
    return bench.bench.command(Command.TAKE_LIMIT_OUT, Answer(keys, "", fields)).result(WAIT_S).verdict


TWO_LIMITS = RULE.replace(
    "\n[[control]]", '\n[[rule.limit]]\nof = "A260/280"\nmin = "1.7"\nmethod = "NanoDrop"\n[[control]]'
)


def test_a_limit_is_taken_out_by_a_new_version_that_another_person_approves(people: BenchTop, tmp_path: Path) -> None:
    bench = people
    approves(bench, TWO_LIMITS)
    measured(bench, tmp_path, "5")
    works(bench, NOVAK)
    bench.asks_for(Command.SHOW_LIMITS)
    [concentration, _] = limits(bench)
    assert any(one.command is Command.TAKE_LIMIT_OUT for one in view(bench).offers)
    assert takes_out(bench, concentration.key).title == "Not proposed yet"
    assert [one.said for one in view(bench).runs] == ["now concentration below minimum; then no rule"]
    assert [one.said for one in limits(bench)] == [
        "eluate v3, from its approval",
        "eluate v3, from its approval",
        "eluate v4, from 23-Nov-2026, not proposed yet",
    ]
    assert bench.asks_for(Command.PROPOSE_LIMITS).title == "Proposed"
    assert approves_on_screen(bench).title == "Another person"
    works(bench, OKAFOR)
    assert approves_on_screen(bench).title == "Approved"
    assert [(one.sample, one.how) for one in limits(bench)] == [("A260/280 at least 1.7", "EXAMPLE letter: withdrawn")]
    bench.asks_for(Command.RUN_ASIDE)
    opens(bench, qubit_file(tmp_path, line(FIRST, "6"), name="next.csv"))
    assert view(bench).lines[0].said == "no rule"
    [said] = bench.rows("SELECT rule, version, word FROM judgement")
    assert tuple(said.values()) == ("eluate", "3", "below minimum"), "what was said before stays"


def test_the_last_limit_takes_its_rule_out_from_its_first_day_on(people: BenchTop, tmp_path: Path) -> None:
    bench = people
    approves(bench)
    tube(bench)
    works(bench, NOVAK)
    bench.asks_for(Command.SHOW_LIMITS)
    takes_out(bench, view(bench).lines[0].key, effective="2026-12-01")
    assert [(one.sample, one.said) for one in limits(bench)][1:] == [
        ("no limit any more", "eluate v4, from 01-Dec-2026, not proposed yet")
    ]
    bench.asks_for(Command.PROPOSE_LIMITS)
    works(bench, OKAFOR)
    assert approves_on_screen(bench).title == "Approved"
    bench.asks_for(Command.RUN_ASIDE)
    opens(bench, qubit_file(tmp_path, line(FIRST, "55"), name="before.csv"))
    assert view(bench).lines[0].said == "meets rule eluate v3"
    bench.asks_for(Command.RUN_ASIDE)
    bench.clock.forward(9 * 24 * 3600)
    works(bench, NOVAK)
    opens(bench, qubit_file(tmp_path, line(FIRST, "55"), name="before.csv"))
    assert view(bench).lines[0].said == "no rule"
    bench.asks_for(Command.RUN_ASIDE)
    bench.asks_for(Command.SHOW_LIMITS)
    assert limits(bench) == []
    assert bench.asks_for(Command.TAKE_LIMIT_OUT).title == "Take a limit out"
    question = view(bench).question
    assert question is not None
    assert [one.label for one in question.choices] == ["concentration 9 to 11 ng/µL, control QC1, lot L77"]


def test_a_limit_is_not_taken_out_without_a_reason_or_on_a_day_that_has_passed(bench: BenchTop) -> None:
    approves(bench)
    bench.asks_for(Command.SHOW_LIMITS)
    takes_out(bench, why="", effective="1999-01-01")
    asked = view(bench).question
    assert asked is not None
    assert asked.problems == (
        "Choose the limit that is taken out.",
        "The first day is 23-Nov-2026 or later, written so. “1999-01-01” is not.",
        "Say why it is taken out.",
    )


def test_a_limit_that_was_only_drafted_leaves_nothing_behind(people: BenchTop) -> None:
    works(people, NOVAK)
    people.asks_for(Command.SHOW_LIMITS)
    says_limit(people)
    takes_out(people, view(people).lines[0].key)
    assert view(people).lines == ()


def test_a_version_that_would_come_back_later_is_not_proposed(people: BenchTop) -> None:
    """A change that begins before an approved version does would be undone by that one on its first day."""
    bench = people
    approves(bench, RULE.replace('version = "3"', 'version = "3"\neffective = "2026-12-01"'))
    works(bench, NOVAK)
    bench.asks_for(Command.SHOW_LIMITS)
    says_limit(bench, view(bench).lines[0].key)
    asked = view(bench).question
    assert asked is not None
    assert asked.problems == ("The first day is 01-Dec-2026 or later, written so. “2026-11-23” is not.",)


VERSIONS = """
name = "qc-limits"
version = "1"
effective = "2026-11-22"
[[rule]]
name = "tissue"
version = "1"
effective = "2026-11-01"
[[rule.limit]]
of = "mass"
min = "1"
unit = "g"
[[rule]]
name = "tissue"
version = "2"
effective = "2026-11-20"
[[rule.limit]]
of = "mass"
min = "0.5"
unit = "g"
[[rule]]
name = "tissue"
version = "3"
effective = "2026-12-20"
[[rule.limit]]
of = "mass"
min = "0.1"
unit = "g"
"""


def test_find_says_what_todays_version_misses_and_nothing_of_former_or_later_ones(
    bench: BenchTop, tmp_path: Path
) -> None:
    approves(bench, VERSIONS)
    measured(bench, tmp_path)
    facts = [words for label, words in bench.looks_up(FIRST).find.facts if label == "Measured"]  # type: ignore[union-attr]
    assert [one for one in facts if "tissue" in one] == ["mass not measured, rule tissue v2"]


def test_every_tube_is_looked_at_before_a_change_is_proposed_beside_the_other_work(
    people: BenchTop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = people
    for code, source in ((FIRST, SINGLE), (SECOND, ANOTHER)):
        tube(bench, code, source)
    opens(bench, qubit_file(tmp_path, line(FIRST, "50.2"), line(SECOND, "7")))
    bench.asks_for(Command.SAVE_RUN)
    works(bench, NOVAK)
    bench.asks_for(Command.SHOW_LIMITS)
    monkeypatch.setattr(limit_preview, "AT_ONCE", 1)
    monkeypatch.setattr(at_measure, "_PAINTED_EVERY", 1)
    monkeypatch.setattr(bench.bench, "changed", lambda: painted.append(True))
    painted: list[bool] = []
    said = says_limit(bench)
    assert said.title == "Still looking"
    assert said.sentence.startswith("1 of 1 tube measured in the last 30 days, so far, would change its word.")
    for _ in range(50):
        if not (shown := view(bench)).looks_on:
            break
    assert shown.verdict is not None
    assert shown.verdict.sentence.startswith("2 of 2 tubes measured in the last 30 days would change their word.")
    assert [one.sample for one in shown.runs] == [FIRST, SECOND]
    assert painted
    assert bench.asks_for(Command.PROPOSE_LIMITS).title == "Proposed"


def test_nothing_is_proposed_or_approved_while_tubes_are_still_looked_at(
    people: BenchTop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = people
    measured(bench, tmp_path)
    works(bench, NOVAK)
    bench.asks_for(Command.SHOW_LIMITS)
    monkeypatch.setattr(limit_preview.Preview, "go_on", lambda self, db: None)
    says_limit(bench)
    assert bench.asks_for(Command.PROPOSE_LIMITS).title == "Still looking"
    monkeypatch.undo()
    says_limit(bench)
    assert bench.asks_for(Command.PROPOSE_LIMITS).title == "Proposed"
    works(bench, OKAFOR)
    monkeypatch.setattr(limit_preview.Preview, "go_on", lambda self, db: None)
    assert approves_on_screen(bench).title == "Still looking"
    assert bench.count("site_data.approved") == 0
