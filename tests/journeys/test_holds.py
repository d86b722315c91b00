"""Whether a specimen is fit, and whether its request may proceed: holds, paperwork, consent, letters."""

from __future__ import annotations

import json

import pytest
from bench_top import WAIT_S, BenchTop, Person
from people_at_work import NOVAK, added, linked

from gms_desktop import consent_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal.database import text_statement
from gms_desktop.register.ledger import Ledger
from gms_desktop.services.erase import erasure
from gms_desktop.services.stops import refused_uses, why_not
from gms_desktop.services.views import FindView, WorkItem, WorkList

RUTH = Person("BELL", "B-1", "B-1-1", forename="Ruth", nhs="9990000034")
OMAR = Person("HADDAD", "H-1", "H-1-1", forename="Omar", nhs="9990000042", born="01/02/1990")
MARROW = Person("IRONS", "I-1", "I-1-1", forename="Ian", nhs="9990000050", type="Bone marrow aspirate")
ALL = ("indication", "information", "minimum-data", "consent")


def works(bench: BenchTop, *people: Person) -> None:
    bench.expects(*people)


def held(bench: BenchTop, code: str, *reasons: str, **fields: str) -> str:
    bench.scans(code)
    number = bench.label()
    bench.says(Command.HOLD, *reasons, **fields)
    bench.scans(number)
    return number


def found(bench: BenchTop, number: str) -> FindView:
    return bench.bench.find(number).result(WAIT_S)


def fact(bench: BenchTop, number: str, name: str) -> str:
    return dict(found(bench, number).facts).get(name, "")


def on_today(bench: BenchTop, title: str) -> WorkList:
    return next(one for one in bench.bench.today().result(WAIT_S).lists if one.title == title)


def held_today(bench: BenchTop) -> tuple[WorkItem, ...]:
    return on_today(bench, "On hold").items


def specimen(bench: BenchTop, number: str) -> str:
    return str(bench.rows("SELECT id FROM specimen WHERE accession = :number", number=number)[0]["id"])


def allowed(bench: BenchTop, number: str) -> list[str]:
    (row,) = bench.rows("SELECT * FROM specimen WHERE accession = :number", number=number)
    steps = ("opening", "testing", "leaving")
    return bench.read(lambda ledger: [one for one in steps if not why_not(ledger.db, row, one)])


def request_id(bench: BenchTop) -> str:
    return str(bench.rows("SELECT id FROM request ORDER BY id LIMIT 1")[0]["id"])


def test_a_hold_for_missing_paperwork_stops_testing_and_leaving_but_not_opening(empty_bench: BenchTop) -> None:
    works(empty_bench, RUTH)
    number = held(empty_bench, "B-1-1", "missing-paperwork")
    assert allowed(empty_bench, number) == ["opening"]
    assert "testing and leaving the laboratory: Form, consent" in fact(empty_bench, number, "Stopped")


def test_with_a_second_reason_that_lays_nothing_down_everything_is_stopped(empty_bench: BenchTop) -> None:
    works(empty_bench, RUTH)
    number = held(empty_bench, "B-1-1", "missing-paperwork", "leaking")
    assert allowed(empty_bench, number) == []
    (row,) = empty_bench.rows("SELECT reasons FROM specimen")
    assert json.loads(row["reasons"]) == ["missing-paperwork", "leaking"]


def test_a_person_may_have_a_hold_stop_more_than_its_reason_does(empty_bench: BenchTop) -> None:
    works(empty_bench, RUTH)
    empty_bench.scans("B-1-1")
    empty_bench.label()
    empty_bench.asks_for(Command.HOLD)
    question = empty_bench.view.question
    assert question is not None
    assert "Form, consent or clinical information missing (stops testing and leaving only)" in [
        choice.label for choice in question.choices
    ]
    assert dict(question.values) == {"chase_whom": "Dr S. Whitfield, Breast clinic", "chase_by": "24-Nov-2026"}
    empty_bench.says(Command.HOLD, "missing-paperwork", "+opening")
    assert allowed(empty_bench, empty_bench.in_hand.accession) == []


def test_today_says_what_a_hold_stops_whom_to_chase_and_by_when_the_overdue_first(empty_bench: BenchTop) -> None:
    works(empty_bench, RUTH, OMAR)
    first = held(empty_bench, "B-1-1", "missing-paperwork", chase_whom="Dr Bell", chase_by="25-Nov-2026")
    second = held(empty_bench, "H-1-1", "identifiers-missing", chase_whom="Ward 4", chase_by="24-Nov-2026")
    assert [item.code for item in held_today(empty_bench)] == [second, first]
    empty_bench.clock.forward(2 * 86_400)
    late, other = held_today(empty_bench)
    assert late.kind is VerdictKind.REFUSED
    assert late.detail == (
        "Identifiers missing on the tube; stops opening, testing and leaving the laboratory; "
        "chase Ward 4 by 24-Nov-2026: overdue"
    )
    assert other.detail.endswith("stops testing and leaving the laboratory; chase Dr Bell by 25-Nov-2026")


def test_chasing_moves_the_day_and_the_answer_is_recorded_and_asks_for_the_decision(empty_bench: BenchTop) -> None:
    bench = empty_bench
    works(bench, RUTH)
    number = held(bench, "B-1-1", "missing-paperwork")
    one = specimen(bench, number)
    assert bench.asks_for(Command.FOLLOW_UP, one).title == "Follow up"
    said = bench.says(Command.FOLLOW_UP, "phone", argument=one, chase_whom="Ward clerk", chase_by="30-Nov-2026")
    assert said.title == "Chased"
    assert "by 30-Nov-2026" in held_today(bench)[0].detail
    assert bench.says(Command.FOLLOW_UP, "answered", argument=one).title == "Follow up"
    assert bench.says(Command.FOLLOW_UP, "answered", comment="Form is here", argument=one).title == "Answered"
    assert held_today(bench)[0].detail.endswith("answered: decide now")
    assert "answered “Form is here”" in fact(bench, number, "Hold (Form, consent or clinical information missing)")
    assert allowed(bench, number) == ["opening"]
    assert bench.says(Command.ACCEPT_WITH_COMMENT, comment="Form came later", argument=one).kind is VerdictKind.ACCEPTED
    assert held_today(bench) == ()
    assert allowed(bench, number) == ["opening", "testing", "leaving"]


def test_what_was_chased_and_answered_stands_in_the_history_and_in_no_entry_in_clear(empty_bench: BenchTop) -> None:
    bench = empty_bench
    works(bench, RUTH)
    number = held(bench, "B-1-1", "missing-paperwork", chase_whom="Dr Featherstonehaugh")
    one = specimen(bench, number)
    bench.says(Command.FOLLOW_UP, "phone", argument=one, chase_whom="Jemima Puddle")
    bench.says(Command.FOLLOW_UP, "answered", comment="Mother rang", argument=one)
    history = " ".join(line.words for line in found(bench, number).timeline)
    assert "Chased by phone" in history
    stored = b"".join(bench.entries())
    assert all(said not in stored for said in (b"Featherstonehaugh", b"Jemima", b"Mother rang"))


def test_chasing_can_be_undone_before_the_hold_itself(empty_bench: BenchTop) -> None:
    bench = empty_bench
    works(bench, RUTH)
    bench.scans("B-1-1")
    bench.label()
    bench.says(Command.HOLD, "missing-paperwork")
    bench.says(Command.FOLLOW_UP, "phone", argument=specimen(bench, bench.in_hand.accession))
    assert bench.undoes().title == "Undone"
    assert bench.rows("SELECT chased FROM hold") == [{"chased": 0}]
    assert bench.undoes().title == "Undone"
    assert bench.rows("SELECT * FROM hold") == []


# The request


def test_a_request_proceeds_apart_from_its_specimen(empty_bench: BenchTop) -> None:
    bench = empty_bench
    works(bench, RUTH)
    number = bench.receives("B-1-1")
    argument = f"@{request_id(bench)}"
    bench.asks_for(Command.ASSESS_REQUEST, argument)
    assert bench.heading == "What came with B-1?"
    said = bench.says(Command.ASSESS_REQUEST, "rest:present", "information:absent", argument=argument)
    assert (said.title, said.kind) == ("Not to proceed", VerdictKind.ATTENTION)
    assert bench.states() == {1: "accepted"}
    assert bench.view.tubes_title.endswith("not to proceed: clinical information absent")
    assert allowed(bench, number) == ["opening"]
    assert on_today(bench, "Requests not to proceed").total == 1
    again = ("rest:present", "consent:not-needed")
    assert bench.says(Command.ASSESS_REQUEST, *again, argument=argument).title == "May proceed"
    assert allowed(bench, number) == ["opening", "testing", "leaving"]
    assert fact(bench, number, "Request") == "may proceed"


@pytest.mark.parametrize(
    "said",
    [
        (),
        ("indication:absent",),
        ("rest:present", "consent:absent", "consent:not-needed"),
        (*(f"{item}:present" for item in ALL), "consent:absent"),
        (*(f"{item}:present" for item in ALL[:3]), "consent:assumed"),
    ],
)
def test_of_each_thing_exactly_one_state_is_said(empty_bench: BenchTop, said: tuple[str, ...]) -> None:
    bench = empty_bench
    works(bench, RUTH)
    bench.scans("B-1")
    bench.says(Command.ASSESS_REQUEST, *said, argument=f"@{request_id(bench)}")
    question = bench.view.question
    assert question is not None
    assert question.problems == (consent_words.SAY_OF_EACH,)
    assert bench.rows("SELECT * FROM assessment") == []


# Consent


def test_consent_is_what_was_stated_and_never_assumed(empty_bench: BenchTop) -> None:
    bench = empty_bench
    works(bench, RUTH)
    number = bench.receives("B-1-1")
    assert fact(bench, number, "Consent") == "not stated"
    argument = specimen(bench, number)
    bench.says(
        Command.STATE_CONSENT, "testing", "storage", "=given", "@form", argument=argument, stated_on="20/11/2026"
    )
    bench.says(Command.STATE_CONSENT, "research", "=declined", "@discussion", argument=argument)
    assert fact(bench, number, "Consent") == (
        "research declined (in a record of discussion); storage given (stated on a form, 2026-11-20); "
        "testing given (stated on a form, 2026-11-20)"
    )
    assert allowed(bench, number) == ["opening", "testing", "leaving"]


def test_consent_withdrawn_stops_every_specimen_of_the_patient_and_those_still_to_come(empty_bench: BenchTop) -> None:
    bench = empty_bench
    second = Person("BELL", "B-2", "B-2-1", forename="Ruth", nhs="9990000034")
    works(bench, RUTH, second)
    number = bench.receives("B-1-1")
    argument = specimen(bench, number)
    said = bench.says(Command.STATE_CONSENT, "testing", "=withdrawn", "@phone", argument=argument, said_by="Ruth Bell")
    assert number in said.sentence
    assert allowed(bench, number) == ["opening"]
    (item,) = held_today(bench)
    assert item.detail.startswith("Consent withdrawn or declined; stops testing and leaving the laboratory")
    bench.scans("B-2-1")
    later = bench.label()
    assert bench.scans(later).title == "No consent"
    assert bench.says(Command.ACCEPT_AT_DISCRETION, "wrong-tube").title == "No consent"
    assert bench.says(Command.HOLD, "consent-withdrawn").title == "On hold"
    said = bench.says(Command.STATE_CONSENT, "testing", "=given", "@form", argument=argument)
    assert f"No longer on hold for it: {number}" in said.sentence
    assert allowed(bench, number) == ["opening", "testing", "leaving"]


# Rejection


def rejected(bench: BenchTop, code: str) -> str:
    bench.scans(code)
    number = bench.label()
    bench.says(Command.REJECT, "haemolysed", "insufficient", comment="0.2 ml")
    bench.scans(number)
    return number


def test_a_rejection_drafts_a_letter_that_is_kept_and_stands_among_the_files_of_the_specimen(
    empty_bench: BenchTop,
) -> None:
    bench = empty_bench
    works(bench, RUTH)
    number = rejected(bench, "B-1-1")
    offer = next(one for one in found(bench, number).offers if one.command is Command.FOLLOW_UP)
    assert offer.label == f"Draft the letter about {number}"
    assert bench.asks_for(Command.FOLLOW_UP, offer.argument).title == "Letter drafted"
    (file,) = [one for one in found(bench, number).files if one.subject.startswith("document:")]
    assert (file.file, file.kept) == (f"Letter asking for another specimen, {number}.pdf", "here")
    content = b"".join(bench.bench.file.files.content(file.sha256))
    assert content.startswith(b"%PDF")
    bench.asks_for(Command.FOLLOW_UP, offer.argument)
    assert len([one for one in found(bench, number).files if one.subject.startswith("document:")]) == 1


def erases(bench: BenchTop, patient: str) -> None:
    def erase(ledger: Ledger) -> None:
        held = ledger.db.all(text_statement("SELECT id FROM operator_role WHERE role = 'administrator'"))
        who = held[0]["id"].partition("/")[0]
        ledger.append([erasure(ledger, f"patient:{patient}", "asked by the person", "IG-7", who)], who)

    bench.write(erase)


def test_a_patient_who_is_erased_is_erased_from_the_letter_that_names_them(empty_bench: BenchTop) -> None:
    bench = empty_bench
    works(bench, RUTH, OMAR)
    kept = {}
    for code in ("B-1-1", "H-1-1"):
        number = rejected(bench, code)
        bench.asks_for(Command.FOLLOW_UP, specimen(bench, number))
        (kept[number],) = [one for one in found(bench, number).files if one.subject.startswith("document:")]
    erased, stays = kept
    assert not any(b"BELL" in content for content in bench.entries())
    (row,) = bench.rows("SELECT patient FROM specimen WHERE accession = :number", number=erased)
    erases(bench, row["patient"])
    bench.restart()
    bench.signs_in()
    assert [
        next(one.kept for one in found(bench, number).files if one.subject == file.subject)
        for number, file in kept.items()
    ] == ["erased", "here"]
    files = bench.bench.file.files
    assert files.chunk(kept[erased].sha256, 0) is None
    assert (files.chunk(kept[stays].sha256, 0) or b"").startswith(b"%PDF")


def test_the_letter_says_who_what_and_why() -> None:
    from gms_desktop.documents.repeat_request import Letter
    from gms_desktop.documents.repeat_request_pdf import repeat_request_pdf

    letter = Letter(
        laboratory="Example laboratory",
        made_at="22-Nov-2026 09:00",
        made_by="R. Okafor",
        to=("Dr S. Whitfield, Breast clinic",),
        patient=(("Name", "BELL, Ruth"),),
        specimen=(("Our number", "26K7Q"),),
        reasons=("Haemolysed",),
        irreplaceable=True,
        rehearsal=True,
    )
    text = read(repeat_request_pdf(letter, "1m83t5700e5t7we5h9n0"))
    for said in ("Dr S. Whitfield", "BELL, Ruth", "26K7Q", "Haemolysed", "cannot simply be taken again", "REHEARSAL"):
        assert said in text
    assert "Request for another specimen. Page 1 of 1" in text
    code = "1m83t5700e5t7we5h9n0"
    assert repeat_request_pdf(letter, code) == repeat_request_pdf(letter, code)


def read(content: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    return " ".join(page.get_textpage().get_text_bounded() for page in document).replace("\r\n", " ")


def test_an_irreplaceable_specimen_is_shown_as_such_and_rejected_only_when_said_twice(empty_bench: BenchTop) -> None:
    bench = empty_bench
    works(bench, MARROW)
    bench.scans("I-1-1")
    number = bench.label()
    assert bench.in_hand.specimen_type == "Bone marrow aspirate, irreplaceable"
    said = bench.says(Command.REJECT, "clotted")
    assert (said.title, bench.rows("SELECT outcome FROM specimen")) == ("Irreplaceable", [{"outcome": None}])
    assert "Bone marrow aspirate" in bench.heading
    assert bench.says(Command.CANCEL).title == "Cancelled"
    # From Find it is named by its number, in the letters of its number.
    row = bench.rows("SELECT id FROM specimen")[0]
    assert number in bench.says(Command.REJECT, "clotted", argument=row["id"]).sentence
    bench.bench.command(Command.CANCEL).result(60)
    bench.says(Command.REJECT, "clotted")
    assert bench.says(Command.REJECT, "again:reject").title == "Rejected"
    assert bench.rows("SELECT outcome, reasons FROM specimen") == [{"outcome": "rejected", "reasons": '["clotted"]'}]
    assert bench.scans(number).title == "Label verified"


def test_what_was_stated_last_of_either_record_of_a_person_is_their_consent(empty_bench: BenchTop) -> None:
    bench = empty_bench
    added(bench, NOVAK)
    pair = linked(bench)
    one, _, other = pair.partition("/")
    bench.says(Command.STATE_CONSENT, "testing", "=withdrawn", "@phone", argument=one)
    assert bench.read(lambda ledger: refused_uses(ledger.db, other)) == {"testing": "withdrawn"}
    bench.says(Command.STATE_CONSENT, "testing", "=given", "@form", argument=other)
    assert bench.read(lambda ledger: refused_uses(ledger.db, one)) == {}
    bench.says(Command.STATE_CONSENT, "testing", "=declined", "@form", argument=one)
    assert bench.read(lambda ledger: refused_uses(ledger.db, other)) == {"testing": "declined"}


def test_a_hold_from_find_names_whom_to_chase_and_by_when_like_one_on_receive(empty_bench: BenchTop) -> None:
    bench = empty_bench
    works(bench, RUTH)
    number = held(bench, "B-1-1", "leaking")
    asked = bench.bench.command(Command.HOLD, None, specimen(bench, number)).result(WAIT_S).question
    assert asked is not None
    assert dict(asked.values)["chase_whom"] == "Dr S. Whitfield, Breast clinic"
