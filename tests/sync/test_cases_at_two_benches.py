"""What two benches recorded without knowing of each other: a case at both, both stories, held until it is settled."""

from __future__ import annotations

import pytest
from sim_hub import SCOPE
from two_benches import AtBench, Laboratory, same_case

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal.entry import Premises
from gms_desktop.register import handover_look_up, look_up
from gms_desktop.register.digests import Digests
from gms_desktop.register.ledger import Draft
from gms_desktop.services import today
from gms_desktop.services.gate import Beside
from gms_desktop.services.second_person import SecondWanted, Witness


@pytest.fixture
def laboratory() -> Laboratory:
    return Laboratory()


@pytest.fixture
def twice(laboratory: Laboratory) -> tuple[Laboratory, str]:
    """One tube is received at both benches while the network is away."""
    request = laboratory.expects("Q26-1")
    laboratory.meets()
    assert laboratory.one.scans("Q26-1-1").kind is VerdictKind.MATCHES
    assert laboratory.two.scans("Q26-1-1").kind is VerdictKind.MATCHES
    laboratory.meets()
    return laboratory, request


def signs_in_as_reviewer(laboratory: Laboratory, bench: AtBench) -> None:
    bench.signs_in(laboratory.ada)


def level(laboratory: Laboratory) -> None:
    """Both benches hold the same register."""
    laboratory.meets()
    assert Digests(laboratory.one.db).as_text() == Digests(laboratory.two.db).as_text()


def test_a_tube_received_at_two_benches_is_a_case_at_both_with_both_stories(twice: tuple[Laboratory, str]) -> None:
    laboratory, request = twice
    view = same_case(laboratory)
    first, second = laboratory.one.number(request), laboratory.two.number(request)
    assert view.title == "One specimen received at two benches"
    assert view.left is not None
    assert view.right is not None
    assert view.left.title == "Bench 1, Bob Example"
    assert view.right.title == "Bench 2, Cem Example"
    assert first in view.left.sentence
    assert second in view.right.sentence
    assert any("Scanned Q26-1-1" in line.words for line in view.right.lines)
    assert [flip.now for flip in laboratory.two.flips] == ["contested"]
    level(laboratory)


def test_both_tubes_are_held_at_both_benches_until_the_case_is_settled(twice: tuple[Laboratory, str]) -> None:
    laboratory, request = twice
    first, second = laboratory.one.number(request), laboratory.two.number(request)
    for bench in (laboratory.one, laboratory.two):
        for number in (first, second):
            said = bench.scans(number)
            assert (said.title, number in said.sentence) == ("In dispute", True)
            assert "review rack" in said.sentence
            found = bench.finds(number)
            assert found.verdict is not None
            assert found.verdict.title == "In dispute"
            assert found.offers == ()
        shown = today.view(bench.ledger, "Europe/London")
        assert today.waiting_for_review(shown) == 1
        bench.desk.last_code = ""
        assert bench.gives(Command.HOLD).verdict.title in {"In dispute", "No tube in hand"}


def test_one_number_leads_the_other_stays_and_the_tube_is_labelled_again(twice: tuple[Laboratory, str]) -> None:
    laboratory, request = twice
    first, second = laboratory.one.number(request), laboratory.two.number(request)
    signs_in_as_reviewer(laboratory, laboratory.two)
    offered = [offer.label for offer in laboratory.two.review().offers]
    assert offered == [f"One tube: {first} leads", f"One tube: {second} leads", "Two tubes: both stand"]
    assert laboratory.two.settles(Command.KEEP_LEFT).title == "Settled"
    laboratory.meets()
    view = same_case(laboratory)
    assert [task.words for task in view.tasks] == [
        f"Put a new label {first} on the tube",
        f"Take label {second} off its tube and destroy it",
    ]
    led = look_up.specimen_by_accession(laboratory.one.db, second)
    leads = look_up.specimen_by_accession(laboratory.one.db, first)
    assert led is not None
    assert leads is not None
    assert led["led_by"] == leads["id"]
    laboratory.two.signs_in(laboratory.cem)
    for offer in view.offers:
        assert laboratory.two.gives(offer.command, None, offer.argument).verdict.title in {"Done", "Label on its way"}
    level(laboratory)
    assert same_case(laboratory).cases == ()
    done = look_up.row(laboratory.one.db, "label", f"{second}.1")
    assert done is not None
    assert done["state"] == "spoiled"
    assert laboratory.one.finds(second).verdict is None


def test_two_tubes_with_one_senders_code_both_stand(twice: tuple[Laboratory, str]) -> None:
    laboratory, request = twice
    signs_in_as_reviewer(laboratory, laboratory.one)
    laboratory.one.settles(Command.KEEP_BOTH)
    level(laboratory)
    assert same_case(laboratory).cases == ()
    assert laboratory.two.scans(laboratory.two.number(request)).title != "In dispute"


def test_only_a_person_with_the_role_settles_a_case(twice: tuple[Laboratory, str]) -> None:
    laboratory, _ = twice
    view = laboratory.two.review()
    assert view.offers == ()
    assert "a senior, a quality manager or an administrator" in view.note
    assert laboratory.two.gives(Command.KEEP_LEFT, None, view.chosen).verdict.title == "Reviewer only"


def test_a_case_settled_at_two_benches_is_settled_once_and_the_second_is_shown(twice: tuple[Laboratory, str]) -> None:
    laboratory, _ = twice
    for bench, given in ((laboratory.one, Command.KEEP_LEFT), (laboratory.two, Command.KEEP_BOTH)):
        signs_in_as_reviewer(laboratory, bench)
        bench.settles(given, "other", "asked at both benches")
    laboratory.one.pushes()
    laboratory.two.pushes()
    laboratory.meets()
    view = laboratory.two.review(same_case(laboratory).cases[0].key)
    assert view.title == "Two people settled the same case"
    assert view.left is not None
    assert "what stood before is kept" in view.left.sentence
    assert view.right is not None
    assert "both stand" in view.right.sentence
    assert "refused" in {flip.now for flip in laboratory.two.flips}
    laboratory.two.settles(Command.KEEP_LEFT)
    level(laboratory)
    assert not any("Two people" in line.title for line in same_case(laboratory).cases)


def test_one_tube_bound_to_two_specimens_goes_to_the_story_that_is_kept(laboratory: Laboratory) -> None:
    """Kinds of a later version: the case is made of premises, whatever was recorded."""
    for bench, name in ((laboratory.one, "a"), (laboratory.two, "b")):
        made = Premises((f"specimen:{name}",), ((f"id:specimen:{name}", f"specimen:{name}"),))
        bench.states_raw("specimen.made", made)
        bound = Premises(
            (f"tube:FX1{name}", f"specimen:{name}"),
            (("tube:FX1", f"specimen:{name}"),),
            ((f"id:specimen:{name}", f"specimen:{name}"),),
        )
        bench.states_raw("tube.bound", bound, {"tube": "FX1"})
    laboratory.meets()
    view = same_case(laboratory)
    assert view.title == "One tube bound to two specimens: FX1"
    for bench in (laboratory.one, laboratory.two):
        assert bench.scans("FX1").title == "In dispute"
        assert look_up.in_dispute(bench.db, "specimen:a")
        assert look_up.in_dispute(bench.db, "specimen:b")
    signs_in_as_reviewer(laboratory, laboratory.one)
    laboratory.one.settles(Command.KEEP_RIGHT, "labels-compared")
    laboratory.meets()
    assert laboratory.two.ledger.driver.holders(["tube:FX1"]) == {"tube:FX1": "specimen:b"}
    [task] = same_case(laboratory).tasks
    assert task.words == "Record afresh what is still true: FX1"


def test_a_reading_for_a_tube_whose_contents_changed_is_kept_and_held(laboratory: Laboratory) -> None:
    laboratory.one.states_raw("tube.filled", Premises(("tube:FX2",), (("tube:FX2", "specimen:a"),)))
    laboratory.meets()
    poured = Premises(("tube:FX2",), (("tube:FX2", "specimen:c"),), (), (), (("tube:FX2", "specimen:a"),))
    laboratory.one.states_raw("tube.poured", poured)
    reading = Premises(("tube:FX2",), expects=(("tube:FX2", "specimen:a"),))
    read = laboratory.two.states_raw("reading.recorded", reading, {"tube": "FX2"})
    laboratory.meets()
    assert laboratory.one.verdict_of(read) == "contested"
    view = same_case(laboratory)
    assert view.title == "Recorded for a tube whose contents changed: FX2"
    assert look_up.in_dispute(laboratory.one.db, "tube:FX2")
    signs_in_as_reviewer(laboratory, laboratory.one)
    laboratory.one.settles(Command.KEEP_BOTH)
    level(laboratory)
    assert not look_up.in_dispute(laboratory.two.db, "tube:FX2")


def test_a_consignment_closed_on_one_side_and_filled_on_the_other_is_a_case(laboratory: Laboratory) -> None:
    opened = Premises(("consignment:c1",), (("consignment:c1", "open"),))
    laboratory.one.states_raw("consignment.opened", opened)
    laboratory.meets()
    closed = Premises(("consignment:c1",), (), (("consignment:c1", "open"),), (), (("consignment:c1", "open"),))
    laboratory.one.states_raw("consignment.closed", closed)
    filled = Premises(("tube:FX3", "consignment:c1"), expects=(("consignment:c1", "open"),))
    laboratory.two.states_raw("consignment.filled", filled)
    laboratory.meets()
    assert same_case(laboratory).title == "Consignment closed on one side and filled on the other: c1"


def test_rights_withdrawn_while_a_person_worked_make_one_case_of_all_they_did(laboratory: Laboratory) -> None:
    for code in ("Q26-5", "Q26-6"):
        laboratory.expects(code)
    laboratory.meets()
    signs_in_as_reviewer(laboratory, laboratory.one)
    body = {"operator": laboratory.cem, "role": "biomedical scientist", "by": laboratory.ada}
    laboratory.one.does(Draft("role.withdrawn", body))
    laboratory.one.pushes()
    laboratory.two.scans("Q26-5-1")
    number = handover_look_up.undecided(laboratory.two.db, 1)[0]["accession"]
    assert laboratory.two.scans(number).title == "Accepted"
    laboratory.two.scans("Q26-6-1")
    laboratory.meets()
    [line] = same_case(laboratory).cases
    assert line.title == "Rights withdrawn while a person worked"
    view = laboratory.one.review()
    assert view.left is not None
    assert "role withdrawn: biomedical scientist" in view.left.sentence
    assert "rest on it" in view.resting
    assert "Decide again on" in " ".join(task.words for task in view.tasks)
    laboratory.one.settles(Command.KEEP_BOTH)
    laboratory.meets()
    assert [task.words for task in laboratory.one.review().tasks] == [f"Decide again on {number}"]


def test_a_number_minted_twice_by_a_cloned_bench_leads_to_a_tube_received_anew(laboratory: Laboratory) -> None:
    """Both sides of a clone mint from one short code: the second receipt is refused, and found all the same."""
    for code in ("Q26-7", "Q26-8"):
        laboratory.expects(code)
    laboratory.meets()
    laboratory.two.ledger._head = laboratory.two.ledger._head.__class__(  # type: ignore[union-attr]
        **{**_as_dict(laboratory.two), "short_code": laboratory.one.ledger.head.short_code}
    )
    laboratory.one.scans("Q26-7-1")
    laboratory.two.scans("Q26-8-1")
    [row] = handover_look_up.undecided(laboratory.two.db, 5)
    number = row["accession"]
    laboratory.meets()
    view = same_case(laboratory)
    assert view.title == f"One number on two tubes: {number}"
    assert view.resting == "1 more entry rests on it."
    for bench in (laboratory.one, laboratory.two):
        assert bench.scans("Q26-8-1").title == "In dispute"
        assert bench.scans(number).title == "In dispute"
    signs_in_as_reviewer(laboratory, laboratory.two)
    laboratory.two.settles(Command.KEEP_LEFT)
    laboratory.meets()
    view = same_case(laboratory)
    assert f"Receive the tube labelled {number} again under a number of its own" in [one.words for one in view.tasks]
    again = next(offer for offer in view.offers if offer.label.startswith("Receive"))
    laboratory.two.signs_in(laboratory.cem)
    assert laboratory.two.gives(again.command, None, again.argument).print_labels
    level(laboratory)
    numbers = {one["accession"] for one in handover_look_up.undecided(laboratory.one.db, 5)}
    assert len(numbers) == 2
    assert number in numbers


def _as_dict(bench: AtBench) -> dict[str, object]:
    head = bench.ledger.head
    return {name: getattr(head, name) for name in head.__slots__}


def test_a_number_given_to_the_other_tube_leaves_this_one_to_be_numbered_anew(laboratory: Laboratory) -> None:
    for code in ("Q26-7", "Q26-8"):
        laboratory.expects(code)
    laboratory.meets()
    head = _as_dict(laboratory.two) | {"short_code": laboratory.one.ledger.head.short_code}
    laboratory.two.ledger._head = type(laboratory.two.ledger.head)(**head)  # type: ignore[arg-type]
    laboratory.one.scans("Q26-7-1")
    laboratory.two.scans("Q26-8-1")
    laboratory.meets()
    signs_in_as_reviewer(laboratory, laboratory.one)
    number = handover_look_up.undecided(laboratory.one.db, 5)[0]["accession"]
    laboratory.one.settles(Command.KEEP_RIGHT)
    level(laboratory)
    moved = look_up.specimen_by_accession(laboratory.two.db, number)
    assert moved is not None
    assert [row["id"] for row in look_up.requests_of_specimen(laboratory.two.db, moved["id"])]
    anew = next(offer for offer in laboratory.two.review().offers if "anew" in offer.label)
    laboratory.two.signs_in(laboratory.cem)
    laboratory.two.gives(anew.command, None, anew.argument)
    level(laboratory)
    assert len({one["accession"] for one in handover_look_up.undecided(laboratory.one.db, 5)}) == 2


def test_one_person_registered_at_two_benches_is_linked_by_two_people_and_parted_again(laboratory: Laboratory) -> None:
    laboratory.expects("Q26-10", nhs="9990000018")
    laboratory.expects("Q26-11", nhs="9990000018", bench=laboratory.two)
    laboratory.meets()
    assert same_case(laboratory).cases == ()
    one, two = laboratory.one, laboratory.two
    one.signs_in(laboratory.ada)
    for person in (laboratory.bob, laboratory.cem):
        body = {"operator": person, "role": "biomedical scientist", "granter": laboratory.ada, "laboratory": SCOPE}
        one.does(Draft("role.granted", body))
    one.signs_in(laboratory.bob)
    laboratory.meets()
    found = next(hit for hit in one.finds("OYELARAN").hits if hit.kind == "patient")
    with one.db.write():
        from gms_desktop.services.find import find

        shown = find(one.ledger, "OYELARAN", found.subject, "Europe/London")
    assert any(name == "Possibly the same patient as" for name, _ in shown.facts)
    [offer] = [offer for offer in shown.offers if offer.command is Command.LINK_PATIENTS]
    assert one.gives(offer.command, None, offer.argument).verdict.title == "Proposed"
    [line] = one.review().cases
    confirm = one.review(line.key).offers[0]
    assert one.gives(confirm.command, None, confirm.argument).verdict.title == "Second person"
    laboratory.meets()
    assert two.gives(confirm.command, None, confirm.argument).verdict.title == "Linked"
    level(laboratory)
    with one.db.write():
        again = find(one.ledger, "OYELARAN", found.subject, "Europe/London")
    assert any(name == "The same patient as" for name, _ in again.facts)
    [part] = [offer for offer in again.offers if offer.command is Command.LINK_PATIENTS]
    with pytest.raises(SecondWanted):
        one.gives(part.command, None, part.argument)
    beside = Beside(Witness(laboratory.cem, "biomedical scientist"))
    assert one.gives(part.command, None, part.argument, beside).verdict.title == "Parted"
    level(laboratory)


def test_what_fails_after_a_case_was_settled_is_a_new_case(twice: tuple[Laboratory, str]) -> None:
    laboratory, request = twice
    signs_in_as_reviewer(laboratory, laboratory.one)
    subject = look_up.specimens_of_request(laboratory.one.db, request)[1]["id"]
    body = {"specimen": subject, "outcome": "accepted", "reasons": [], "comment": None, "compared": [], "stops": []}
    body |= {"identity": None, "chase_whom": None, "chase_by": None}
    laboratory.two.does(
        Draft(
            "specimen.decided",
            body
            | {
                "rests_on": laboratory.two.ledger.driver.holders([f"last:specimen:{subject}"])[
                    f"last:specimen:{subject}"
                ]
            },
        )
    )
    laboratory.one.settles(Command.KEEP_LEFT)
    laboratory.one.pushes()
    laboratory.two.pushes()
    level(laboratory)
    titles = [line.title for line in same_case(laboratory).cases]
    assert "Decided on a specimen that had changed meanwhile" in titles
