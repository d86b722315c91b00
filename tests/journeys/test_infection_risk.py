"""Infection risk: only "no" shows as no; a sign and a word on all that comes of a "yes"; learned later, it is told."""

from __future__ import annotations

import pytest
from bench_top import OKAFOR, SILVA, BenchTop, Person
from people_at_work import NOVAK, added, linked, works

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services.find import find
from gms_desktop.services.label_press import label_words
from gms_desktop.services.views import FindView, WorkList

DISEASE = "Hepatitis B"


def arrives(bench: BenchTop, risk: str) -> str:
    bench.expects(Person("Risk", "K1", "K1-1", risk=risk, type="Blood in ctDNA tube"))
    bench.receives("K1-1")
    return str(bench.rows("SELECT id FROM specimen")[0]["id"])


def on_find(bench: BenchTop, name: str, sort: str = "specimen") -> FindView:
    return bench.read(lambda ledger: find(ledger, "", f"{sort}:{name}", "Europe/London"))


def learned(bench: BenchTop) -> WorkList:
    return next(one for one in bench.bench.today().result(15).lists if one.title == "Hazard learned later")


def signed(bench: BenchTop) -> list[bool]:
    """Whether each label, printed now, would carry the sign."""
    labels = [row["id"] for row in bench.rows("SELECT id FROM label ORDER BY at, id")]
    return [bench.read(lambda ledger, one=label: label_words(ledger, one).hazard) for label in labels]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("stated", "shown"), [("no", "no"), ("", "unknown"), ("unknown", "unknown"), ("yes", "HAZARD")]
)
def test_only_no_shows_as_no(empty_bench: BenchTop, stated: str, shown: str) -> None:
    view = on_find(empty_bench, arrives(empty_bench, stated))
    assert dict(view.facts)["Infection risk"].startswith(shown)
    assert view.banner is not None
    assert view.banner.hazard == ("HAZARD" if stated == "yes" else "")


def test_who_told_us_is_asked_and_stands_beside_the_entry(empty_bench: BenchTop) -> None:
    name = arrives(empty_bench, "no")
    assert "Never enter the disease" in empty_bench.says(Command.STATE_RISK, "yes", argument=name).sentence
    empty_bench.says(Command.STATE_RISK, "yes", argument=name, comment="Dr Fanshawe by telephone")
    assert empty_bench.count("risk.stated") == 1
    assert not any(b"Fanshawe" in content for content in empty_bench.entries())


def test_a_risk_learned_later_names_what_was_made_without_the_sign_and_drafts_a_notice(empty_bench: BenchTop) -> None:
    name = arrives(empty_bench, "no")
    said = {"began": "08:40", "ended": "08:55", "plasma": "1.0 ml", "how": "measured", "haemolysis": "none"}
    empty_bench.says(Command.SEPARATE, "example-one-spin", argument=name, **said)
    [poured] = empty_bench.rows("SELECT accession FROM aliquot")
    told = empty_bench.says(Command.STATE_RISK, "yes", argument=name, comment="The ward rang")
    assert told.kind is VerdictKind.ATTENTION
    assert f"plasma {poured['accession']}" in told.sentence
    notice = dict(on_find(empty_bench, name).facts)["Notice, draft"]
    assert poured["accession"] in notice
    assert DISEASE not in notice
    [item] = learned(empty_bench).items
    assert item.detail.startswith("without the sign: label")
    assert signed(empty_bench) == [True, True]


def test_a_label_printed_after_the_risk_was_known_carries_the_sign_and_is_asked_for_no_more(
    empty_bench: BenchTop,
) -> None:
    name = arrives(empty_bench, "no")
    empty_bench.says(Command.STATE_RISK, "yes", argument=name, comment="The ward rang")
    assert learned(empty_bench).total == 1
    empty_bench.says(Command.PRINT_AGAIN, "damaged", argument=name)
    assert learned(empty_bench).total == 0


def test_what_is_stated_of_a_patient_marks_all_their_specimens(empty_bench: BenchTop) -> None:
    name = arrives(empty_bench, "no")
    patient = empty_bench.rows("SELECT patient FROM specimen")[0]["patient"]
    empty_bench.says(Command.STATE_RISK, "yes", argument=patient, comment="The clinic wrote")
    assert dict(on_find(empty_bench, name).facts)["Infection risk"] == "HAZARD"
    assert Command.STATE_RISK in [offer.command for offer in on_find(empty_bench, patient, "patient").offers]


def test_a_later_no_takes_no_sign_off_only_a_release_by_rule_does(empty_bench: BenchTop) -> None:
    name = arrives(empty_bench, "yes")
    empty_bench.says(Command.STATE_RISK, "no", argument=name, comment="The ward rang")
    assert dict(on_find(empty_bench, name).facts)["Infection risk"] == "HAZARD"
    asked = empty_bench.bench.command(Command.RELEASE_RISK, None, name).result(15).question
    assert asked is not None
    assert "by which rule" in asked.title
    empty_bench.says(Command.RELEASE_RISK, "risk-excluded", argument=name)
    assert dict(on_find(empty_bench, name).facts)["Infection risk"] == (
        "released: Risk excluded by an authorised result"
    )
    assert empty_bench.asks_for(Command.RELEASE_RISK, name).title == "No sign"


def test_a_risk_stated_after_a_release_puts_the_sign_back(empty_bench: BenchTop) -> None:
    name = arrives(empty_bench, "yes")
    empty_bench.says(Command.RELEASE_RISK, "risk-excluded", argument=name)
    empty_bench.says(Command.STATE_RISK, "yes", argument=name, comment="Another sample")
    assert dict(on_find(empty_bench, name).facts)["Infection risk"] == "HAZARD"


def test_whoever_may_not_release_is_told_and_the_sign_stays(empty_bench: BenchTop) -> None:
    name = arrives(empty_bench, "yes")
    assert empty_bench.signs_in(SILVA)
    assert empty_bench.says(Command.RELEASE_RISK, "risk-excluded", argument=name).title == "Not yours to do"
    assert dict(on_find(empty_bench, name).facts)["Infection risk"] == "HAZARD"


def test_a_risk_recorded_of_the_wrong_tube_is_taken_back_by_undo(empty_bench: BenchTop) -> None:
    name = arrives(empty_bench, "no")
    empty_bench.says(Command.STATE_RISK, "yes", argument=name, comment="The ward rang")
    empty_bench.undoes()
    assert dict(on_find(empty_bench, name).facts)["Infection risk"] == "no"


def test_the_tube_in_hand_carries_the_sign_beside_its_type(empty_bench: BenchTop) -> None:
    empty_bench.expects(Person("Risk", "K1", "K1-1", risk="yes"))
    empty_bench.scans("K1-1")
    empty_bench.label()
    assert empty_bench.in_hand.seen == "HAZARD"
    assert empty_bench.view.banner is not None
    assert empty_bench.view.banner.hazard == "HAZARD"


def test_before_a_further_tube_of_a_patient_with_a_hazard_is_touched_the_sign_stands_on_the_screen(
    empty_bench: BenchTop,
) -> None:
    bench = empty_bench
    bench.expects(Person("Risk", "K1", "K1-1", risk="no"))
    patient = bench.rows("SELECT patient FROM request")[0]["patient"]
    bench.says(Command.STATE_RISK, "yes", argument=patient, comment="The clinic wrote")
    bench.scans("K1")
    assert bench.view.banner is not None
    assert bench.view.banner.hazard == "HAZARD"
    banner = on_find(bench, patient, "patient").banner
    assert banner is not None
    assert banner.hazard == "HAZARD"


def test_a_risk_of_one_of_two_records_of_a_person_marks_what_came_under_the_other(empty_bench: BenchTop) -> None:
    added(empty_bench, NOVAK)
    pair = linked(empty_bench)
    one, _, other = pair.partition("/")
    rows = empty_bench.rows("SELECT id, patient FROM request")
    code = empty_bench.rows(
        "SELECT code FROM expected_tube WHERE request = :of", of=next(r["id"] for r in rows if r["patient"] == other)
    )[0]["code"]
    works(empty_bench, OKAFOR)
    assert empty_bench.scans(code).title == "Matches"
    assert empty_bench.view.banner is not None
    assert empty_bench.view.banner.hazard == ""
    empty_bench.label()
    empty_bench.says(Command.STATE_RISK, "yes", argument=one, comment="The clinic wrote")
    assert empty_bench.view.banner is not None
    assert empty_bench.view.banner.hazard == "HAZARD"
    assert signed(empty_bench) == [True]
    assert learned(empty_bench).total == 1
    empty_bench.says(Command.RELEASE_RISK, "risk-excluded", argument=one)
    assert empty_bench.view.banner.hazard == ""
    assert learned(empty_bench).total == 0


def test_a_sign_taken_off_under_the_other_record_of_a_person_is_asked_for_no_more(empty_bench: BenchTop) -> None:
    added(empty_bench, NOVAK)
    one, _, other = linked(empty_bench).partition("/")
    [request] = empty_bench.rows("SELECT id FROM request WHERE patient = :one", one=one)
    [tube] = empty_bench.rows("SELECT code FROM expected_tube WHERE request = :of", of=request["id"])
    works(empty_bench, OKAFOR)
    empty_bench.scans(tube["code"])
    empty_bench.label()
    empty_bench.says(Command.STATE_RISK, "yes", argument=one, comment="The clinic wrote")
    assert learned(empty_bench).total == 1
    empty_bench.says(Command.RELEASE_RISK, "risk-excluded", argument=other)
    assert empty_bench.view.banner is not None
    assert empty_bench.view.banner.hazard == ""
    assert learned(empty_bench).total == 0


def test_every_list_says_of_a_specimen_with_a_hazard_that_it_is_one(empty_bench: BenchTop) -> None:
    name = arrives(empty_bench, "yes")
    empty_bench.expects(Person("Plain", "K2", "K2-1", born="01/02/1960"), Person("Risk", "K3", "K3-1", risk="yes"))
    for code in ("K2-1", "K3-1"):
        empty_bench.asks_for(Command.FINISH)
        empty_bench.scans(code)
        number = empty_bench.label()
        empty_bench.says(Command.HOLD, "leaking")
        empty_bench.scans(number)
    empty_bench.says(Command.STATE_RISK, "no", argument=name, comment="The ward rang")
    held = next(one for one in empty_bench.bench.today().result(15).lists if one.title == "On hold")
    assert [("HAZARD" in item.title, item.title.rpartition("  ")[2]) for item in held.items] == [
        (False, "PLAIN, Test"),
        (True, "RISK, Test"),
    ]
