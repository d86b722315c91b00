"""The handover sheet from the register, on both engines: what is open at every bench, in words, and who signed it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from shift import Shift
from shift_people import colleague

from gms_desktop import handover_words
from gms_desktop.documents.handover import Sheet, read_sheet
from gms_desktop.domain.commands import Command
from gms_desktop.errors import Refused
from gms_desktop.journal import store
from gms_desktop.register import people_look_up
from gms_desktop.register.ledger import Draft, PremiseFailed
from gms_desktop.services import arrive, handover, handover_commands, handover_view, rights, site_rules
from gms_desktop.services.arrive import Place
from gms_desktop.services.handover import Around
from gms_desktop.services.receive import Desk
from gms_desktop.services.second_person import Witness
from gms_desktop.services.views import Answer, DeviceLine

ZONE = "Europe/London"
AROUND = Around("Bench 1", "R. Okafor")
AWAY = DeviceLine("Zebra", "printer", "10.0.0.7:9100", "away", "Switch it on.", ready=False, without="Put labels off.")
READY = DeviceLine("Scanner", "scanner", "COM3", "ready", "", ready=True)


def made(day: Shift, around: Around = AROUND) -> Sheet:
    return handover.sheet(day.ledger, around, ZONE)


def lines(sheet: Sheet, title: str) -> list[tuple[str, str, str]]:
    section = next(one for one in sheet.sections if one.title == title)
    return [(line.what, line.stands, line.action) for line in section.lines]


def urgent_one(day: Shift, urgent: bool, **more: Any) -> dict[str, Any]:
    draft, _ = day.request_body(**more)
    wanted = "urgent" if urgent else "routine"
    day.act(lambda: [replace(draft, body=draft.body | {"priority": wanted})])
    return draft.body | {"priority": wanted}


def held(day: Shift, reasons: list[str]) -> dict[str, Any]:
    specimen = day.receive(urgent_one(day, urgent=False))
    draft = day.draft_decided(specimen["specimen"], day.last(f"specimen:{specimen['specimen']}"), "on hold")
    day.act(lambda: [replace(draft, body=draft.body | {"reasons": reasons})])
    day.label("verified", f"{specimen['number']}.1")
    return specimen


def test_a_bench_alone_with_nothing_open_says_so_in_words(shift_on: Callable[[int], Shift]) -> None:
    sheet = made(shift_on(1))
    assert sheet.lead == "Nothing is open, and no note was left: nothing has to be handed over."
    assert not any(section.lines for section in sheet.sections)
    assert all(section.empty for section in sheet.sections)
    assert "it has no hub, and knows of no other bench" in sheet.as_of
    assert sheet.laboratory == "Example Genomic Laboratory Hub"
    assert sheet.rehearsal


def test_open_work_says_at_whose_bench_which_label_waits_and_how_many_tubes_are_awaited(
    shift_on: Callable[[int], Shift],
) -> None:
    day = shift_on(1)
    request = urgent_one(day, urgent=False, tubes=3)
    day.act(lambda: [Draft("reception.opened", {"bench": day.bench, "request": request["request"]})])
    number = day.receive(request)["number"]
    ((what, stands, action),) = lines(made(day), handover_words.OPEN)
    assert request["codes"][0]["code"] in what or request["referral"] in what
    assert stands.startswith("Bench 1, ")
    assert f"label {number} of tube 1 is waiting for the printer and 2 tubes are awaited" in stands
    assert action == "At Bench 1: wait for the printer, put it on its tube and scan it; Devices says why it waits."
    day.label("sent", f"{number}.1")
    assert "sent to the printer, not scanned on its tube" in lines(made(day), handover_words.OPEN)[0][1]
    day.label("verified", f"{number}.1")
    ((_, stands, action),) = lines(made(day), handover_words.OPEN)
    assert f"tube 1, {number}, waits for its outcome and 2 tubes are awaited" in stands
    assert action.startswith("At Bench 1: compare it")


def test_open_work_of_another_bench_stands_on_the_sheet_as_well(shift_on: Callable[[int], Shift]) -> None:
    day = shift_on(1)
    request = urgent_one(day, urgent=False, tubes=2)
    day.act(lambda: [Draft("reception.opened", {"bench": day.bench, "request": request["request"]})])
    number = day.receive(request)["number"]
    with day.db.write():
        day.ledger.begin_writer("lab1", "K7Q3ZE", "set up", "Bench 2")
    sheet = made(day, replace(AROUND, bench="Bench 2"))
    assert lines(sheet, handover_words.OPEN)[0][1].startswith("Bench 1")
    assert lines(sheet, handover_words.LABELS)[0][0].startswith(number)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("intended", "waiting for the printer"),
        ("sent", "sent to the printer, not scanned"),
        ("printed", "printed, not scanned"),
        ("put_off", "put off (smudged)"),
    ],
)
def test_a_label_that_is_not_on_its_tube_says_what_became_of_it(
    shift_on: Callable[[int], Shift], what: str, said: str
) -> None:
    day = shift_on(2)
    number = day.receive(urgent_one(day, urgent=False))["number"]
    if what != "intended":
        day.label(what, f"{number}.1")
    ((label, stands, action),) = lines(made(day), handover_words.LABELS)
    assert label.startswith(number)
    assert said in stands
    assert action
    day.label("verified", f"{number}.1")
    assert lines(made(day), handover_words.LABELS) == []


def test_a_hold_says_why_since_when_what_it_stops_and_what_to_do_next(shift_on: Callable[[int], Shift]) -> None:
    day = shift_on(3)
    number = held(day, ["missing-paperwork", "unlabelled"])["number"]
    ((what, stands, action),) = lines(made(day), handover_words.HELD)
    assert what.startswith(number)
    assert "Form, consent or clinical information missing; Tube has no label" in stands
    assert "since 02-Mar-2026 08:00" in stands
    assert "It stops testing and opening the tube." in stands
    assert "Ask the sender for what is missing; once it is here, accept." in action
    assert "identity rule" in action


def test_a_hold_of_consent_stands_on_the_sheet_though_its_specimen_is_accepted(
    shift_on: Callable[[int], Shift],
) -> None:
    day = shift_on(3)
    one = day.receive(urgent_one(day, urgent=False))
    day.decide(one, "accepted")
    pen, subject = day.ledger.pen(), f"specimen:{one['specimen']}"
    body = {"specimen": one["specimen"], "hold": "consent", "reasons": ["consent-withdrawn"]}
    body |= {"stops": ["testing", "leaving"], "chase_whom": pen.write("Dr Sidhu", subject), "chase_by": "2026-03-04"}
    day.act(lambda: [Draft("hold.placed", body, pen.values)])
    ((what, stands, action),) = lines(made(day), handover_words.HELD)
    assert what.startswith(one["number"])
    assert stands.startswith("Consent withdrawn or declined. On hold since 02-Mar-2026 08:00")
    assert "It stops testing and leaving the laboratory." in stands
    assert action.startswith("Do nothing with it; ask a senior")
    assert action.endswith("Chase Dr Sidhu by 04-Mar-2026.")


def test_of_holds_the_one_to_be_chased_first_comes_first_and_says_how_often_somebody_was_chased(
    shift_on: Callable[[int], Shift],
) -> None:
    day = shift_on(3)
    later, sooner = (held(day, ["missing-paperwork"]) for _ in range(2))
    for one, by in ((later, "2026-03-09"), (sooner, "2026-03-01")):
        body = {"specimen": one["specimen"], "hold": "decision", "whom": None, "how": "phone", "comment": None}
        day.act(lambda body=body, by=by: [Draft("hold.chased", body | {"chase_by": by})])  # type: ignore[misc]
    found = lines(made(day), handover_words.HELD)
    assert [what.partition(" ")[0] for what, _, _ in found] == [sooner["number"], later["number"]]
    assert all("Chased once, last 02-Mar-2026 08:00." in stands for _, stands, _ in found)
    assert found[0][2].endswith("by 01-Mar-2026: overdue.")


def test_limits_that_are_past_unknown_or_end_before_the_next_shift_stand_on_the_sheet(
    shift_on: Callable[[int], Shift],
) -> None:
    day = shift_on(4)
    # Monday 2 March 2026, 08:00: the next shift begins on Tuesday at 08:00; both limits of M84.2 are 72 hours.
    collected = {
        "past": "26/02/2026 07:00",
        "tonight": "27/02/2026 22:00",
        "Thursday": "01/03/2026 22:00",
        "said": None,
    }
    numbers = {}
    for name, words in collected.items():
        request = urgent_one(day, urgent=False)
        specimen, number = day.ledger.identity(), day.ledger.next_number("Z")
        said = {"collected": words, "taken": arrive.taken(day.db, words), "type": "EDTA blood"}
        draft = day.draft_received(specimen, number, request)
        amended = {"fields": ["test"], "test": "M84.2", "priority": None, "details": None, "requestor": None}
        amended |= {"location": None, "asked_by": None, "how": "phone", "reason": None, "follows": None}
        amended |= {"request": request["request"], "amendment": day.ledger.identity(), "bench": day.bench}
        day.act(lambda: [Draft("request.amended", amended), replace(draft, body=draft.body | said)])  # noqa: B023
        numbers[number] = name
    section = next(one for one in made(day).sections if one.title == handover_words.LIMITS)
    found = [(numbers[line.what.partition(" ")[0]], line.stands, line.action) for line in section.lines]
    assert [name for name, _, _ in found] == ["past", "past", "said", "said", "tonight", "tonight"]
    assert found[0][1].startswith("Stabilise RNA: past since 01-Mar-2026 07:00, 25 h")
    assert found[0][2] == handover_words.LIMIT_PAST_ACTION
    assert "unknown: collection not stated" in found[2][1]
    assert "until 02-Mar-2026 22:00" in found[4][1]
    assert section.note == "8 steps have a limit in all."


def test_a_reason_for_which_no_action_is_laid_down_has_a_plain_one(shift_on: Callable[[int], Shift]) -> None:
    day = shift_on(3)
    held(day, ["of-this-laboratory"])
    ((_, stands, action),) = lines(made(day), handover_words.HELD)
    assert "of-this-laboratory" in stands
    assert action == f"{handover_words.HOLD_ACTION} Chase Dr Featherstonehaugh-Bell by 03-Mar-2026."


def test_urgent_work_leads_and_is_listed_once(shift_on: Callable[[int], Shift]) -> None:
    day = shift_on(4)
    awaited, here, other = (urgent_one(day, urgent=flag) for flag in (True, True, False))
    number, later = day.receive(here)["number"], day.receive(other)["number"]
    sheet = made(day)
    urgent = lines(sheet, handover_words.URGENT)
    assert [what.startswith(number) for what, _, _ in urgent] == [True, False]
    assert awaited["codes"][0]["code"] in urgent[1][0] or awaited["referral"] in urgent[1][0]
    assert [what.partition(" ")[0] for what, _, _ in lines(sheet, handover_words.UNDECIDED)] == [later]
    assert sheet.sections[0].title == handover_words.URGENT


def test_what_is_in_dispute_and_what_a_settled_case_left_to_do_stand_together(
    shift_on: Callable[[int], Shift],
) -> None:
    day = shift_on(5)
    request = urgent_one(day, urgent=False)
    day.receive(request)
    specimen, number = day.ledger.identity(), day.ledger.next_number("Z")
    draft = day.draft_received(specimen, number, request)
    second = day.act(lambda: [replace(draft, body=draft.body | {"follows": None})])[0]
    ((what, stands, action),) = lines(made(day), handover_words.REVIEW)
    assert number in what
    assert "Bench 1" in stands
    assert "review rack" in action
    assert "senior" in action
    settled = [{"subject": subject, "entry": second.id} for subject in second.premises.touches]
    task = {"subject": f"specimen:{specimen}", "task": "1", "thing": f"relabel {specimen}", "code": number}
    day.resolve(second.id, settled, [task])
    ((what, _, action),) = lines(made(day), handover_words.REVIEW)
    assert number in what
    assert action == handover_words.TASK_ACTION


def asked(day: Shift, by: str, hours: int | None) -> str:
    name, pen = day.ledger.identity(), day.ledger.pen()
    due = None if hours is None else f"{(day.ledger.clock.now() + timedelta(hours=hours)).isoformat()[:26]}Z"
    body = {"second": name, "job": "discard", "subject": "specimen:one", "sha256": "ab" * 32, "by": by}
    body |= {"words": pen.write("Discard material\nDiscarded. Z26K7Q0001X is empty.", f"second:{name}")}
    body |= {"alone": "countersign" if hours is not None else "another bench", "due": due, "bench": day.bench}
    day.act(lambda: [Draft("second.asked", body, pen.values)], by)
    return name


def test_a_countersignature_says_by_when_and_is_a_clock_when_nobody_is_here_to_see_it(
    shift_on: Callable[[int], Shift],
) -> None:
    day = shift_on(6)
    asker = colleague(day, "technician")
    # Monday 2 March 2026, 08:00: the next shift of the EXAMPLE roster begins on Tuesday at 08:00.
    for hours in (-1, 20, 30):
        asked(day, asker, hours)
    asked(day, asker, None)
    sheet = made(day)
    waiting = lines(sheet, handover_words.SECONDS)
    assert len(waiting) == 4
    assert waiting[0][0] == "Discard material  Discarded. Z26K7Q0001X is empty."
    assert "OVERDUE: it was to be countersigned by 02-Mar-2026 07:00" in waiting[0][1]
    assert "It is to be countersigned by 03-Mar-2026 04:00" in waiting[1][1]
    assert "countersigned" not in waiting[3][1]
    assert "not who asked" in waiting[3][2]
    clocks = lines(sheet, handover_words.CLOCKS)
    assert [stands for _, stands, _ in clocks] == ["OVERDUE: ended 02-Mar-2026 07:00.", "Ends 03-Mar-2026 04:00."]
    note = next(one.note for one in sheet.sections if one.title == handover_words.CLOCKS)
    assert note.startswith("The next shift (Day) begins Tuesday 03-Mar-2026 08:00.")
    assert handover_words.EXAMPLE_ROSTER in note


def test_a_competence_that_ends_today_is_a_clock_and_one_that_ends_tomorrow_is_not(
    shift_on: Callable[[int], Shift],
) -> None:
    day = shift_on(7)
    senior, others = colleague(day, "senior"), [colleague(day, "technician") for _ in range(3)]
    for person, until in zip(others, ("2026-03-01", "2026-03-02", "2026-03-03"), strict=True):
        body = {"operator": person, "job": "accept", "since": "2026-01-01", "until": until, "evidence": None}
        day.act(lambda b=body: [Draft("competence.granted", {**b, "by": senior, "role": "senior"})], senior)  # type: ignore[misc]
    ((what, stands, about),) = lines(made(day), handover_words.CLOCKS)
    assert what == "Competence: Accept a specimen, or put it on hold"
    assert stands == "Ends with 02-Mar-2026."
    assert handover_words.RENEW_ACTION in about


def test_the_laboratorys_own_roster_says_when_the_next_shift_begins(shift_on: Callable[[int], Shift]) -> None:
    day = shift_on(8)
    own = 'name="shifts"\nversion="2"\neffective="2026-03-01"\n'
    own += '[[shift]]\nwords="Evening"\ndays=["Monday"]\nbegins="16:00"\nends="00:00"\n'
    day.act(lambda: [site_rules.approval(own, "shifts", day.operator or "")])
    note = next(one.note for one in made(day).sections if one.title == handover_words.CLOCKS)
    assert note == "The next shift (Evening) begins Monday 02-Mar-2026 16:00."
    with pytest.raises(Refused, match="shifts"):
        site_rules.approval(own.replace("16:00", "four"), "shifts", "x")


def test_a_session_without_pin_waits_on_the_sheet_for_its_review(shift_on: Callable[[int], Shift]) -> None:
    day = shift_on(9)
    person, session, pen = colleague(day, "technician"), day.ledger.identity(), day.ledger.pen()
    body = {"session": session, "operator": person, "reason": "badge-lost", "bench": day.bench}
    body |= {"comment": pen.write("In the car", f"break_glass:{session}")}
    day.act(lambda: [Draft("break_glass.opened", body, pen.values)], person)
    ((_, stands, action),) = lines(made(day), handover_words.SESSIONS)
    assert stands == 'Opened at Bench 1, 02-Mar-2026 08:00: Badge lost or at home. "In the car"'
    assert "never oneself" in action


def test_devices_away_and_what_is_not_shared_are_told_by_the_bench(shift_on: Callable[[int], Shift]) -> None:
    around = Around("Bench 1", "R. Okafor", (READY, AWAY), "Saved here, 12 waiting since 07:40", 12)
    sheet = made(shift_on(1), around)
    assert lines(sheet, handover_words.DEVICES) == [("Zebra", "Away. Switch it on.", "Put labels off.")]
    ((what, stands, _),) = lines(sheet, handover_words.SHARING)
    assert (what, stands) == ("12 entries of this bench", "Saved here, 12 waiting since 07:40")
    assert "12 entries of this bench are not shared yet" in sheet.as_of


def test_a_list_too_long_for_a_sheet_says_that_there_is_more(shift_on: Callable[[int], Shift]) -> None:
    day = shift_on(1)
    drafts = [day.request_body()[0] for _ in range(handover_sections_most() + 1)]
    urgent = [replace(draft, body=draft.body | {"priority": "urgent"}) for draft in drafts]
    day.act(lambda: urgent)
    found = lines(made(day), handover_words.URGENT)
    assert len(found) == handover_sections_most() + 1
    assert "There are more" in found[-1][0]


def handover_sections_most() -> int:
    from gms_desktop.services.handover_sections import MOST

    return MOST


# Notes


def test_a_note_stands_until_it_is_acknowledged_by_name_and_its_text_is_in_no_entry(
    shift_on: Callable[[int], Shift],
) -> None:
    day, text = shift_on(1), "OYELARAN's second tube  comes\nby taxi"
    other = colleague(day, "technician")
    entry = day.act(lambda: [handover.note_written(day.ledger, text, day.operator or "", day.bench)])[0]
    assert b"OYELARAN" not in entry.to_bytes()
    (note,) = made(day).notes
    assert note.text == "OYELARAN's second tube comes by taxi"
    assert note.bench == "Bench 1"
    day.act(lambda: [handover.note_acknowledged(day.ledger, note.id, other)], other)
    assert made(day).notes == ()
    row = people_look_up.note(day.db, note.id)
    assert row is not None
    assert row["acknowledged_by"] == other
    with pytest.raises(Refused, match="has read"):
        handover.note_acknowledged(day.ledger, note.id, other)


def test_an_empty_note_is_none(shift: Shift) -> None:
    with pytest.raises(Refused, match="Enter the note"):
        handover.note_written(shift.ledger, " \n ", "somebody", shift.bench)


# The two signatures


def test_what_was_handed_over_at_one_bench_is_taken_over_word_for_word_by_another_person(
    shift_on: Callable[[int], Shift],
) -> None:
    day = shift_on(3)
    goes, comes = (Witness(colleague(day, "technician"), "technician") for _ in range(2))
    held(day, ["no-request"])
    sheet = made(day)
    assert handover.awaited(day.ledger, ZONE) is None
    day.act(lambda: [handover.handed_over(day.ledger, sheet, goes)], goes.operator)
    # Work goes on meanwhile: what was signed stays as it was signed.
    held(day, ["leaking"])
    waiting = handover.awaited(day.ledger, ZONE)
    assert waiting is not None
    assert waiting.sheet == sheet
    assert (waiting.by, waiting.is_taken_over) == (goes.operator, False)
    with pytest.raises(Refused, match="Nobody takes over from themselves"):
        handover.taken_over(day.ledger, waiting, goes)
    day.act(lambda: [handover.taken_over(day.ledger, waiting, comes)], comes.operator)
    assert handover.awaited(day.ledger, ZONE) is None
    done = handover.newest(day.ledger, ZONE)
    assert done is not None
    assert done.signatures.taken_over is not None
    assert done.signatures.taken_over.role == "technician"
    rows = people_look_up.signatures_of(day.db, handover.subject("lab1"))
    assert {row["sha256"] for row in rows} == {sheet.sha256}
    with pytest.raises(Refused, match="No sheet waits"):
        handover.taken_over(day.ledger, done, comes)


def test_what_is_signed_is_text_beside_the_journal_and_its_hash_in_it(shift: Shift) -> None:
    held(shift, ["no-request"])
    goes, sheet = Witness(colleague(shift, "senior"), "senior"), made(shift)
    entry = shift.act(lambda: [handover.handed_over(shift.ledger, sheet, goes)], goes.operator)[0]
    assert entry.body["sha256"] == sheet.sha256
    assert not [text for text in shift.private_texts if text.encode() in entry.to_bytes()]
    known = store.private_values(shift.db, [f"signature:{entry.body['signature']}"])
    assert read_sheet(known[entry.body["words"]] or "") == sheet


def test_a_later_sheet_takes_the_place_of_one_that_nobody_took_over(shift_on: Callable[[int], Shift]) -> None:
    day = shift_on(1)
    one, other, third = (Witness(colleague(day, "senior"), "senior") for _ in range(3))
    for goes in (one, other):
        sheet = made(day)
        day.act(lambda g=goes, s=sheet: [handover.handed_over(day.ledger, s, g)], goes.operator)  # type: ignore[misc]
    waiting = handover.awaited(day.ledger, ZONE)
    assert waiting is not None
    assert waiting.by == other.operator
    day.act(lambda: [handover.taken_over(day.ledger, waiting, third)], third.operator)
    assert handover.awaited(day.ledger, ZONE) is None


def test_a_signature_in_a_role_that_is_not_held_is_refused(shift: Shift) -> None:
    goes = Witness(colleague(shift, "technician"), "senior")
    sheet = made(shift)
    with pytest.raises(PremiseFailed, match="senior"):
        shift.act(lambda: [handover.handed_over(shift.ledger, sheet, goes)], goes.operator)


# The commands of the screen


def given(day: Shift, command: Command, text: str = "", argument: str = "") -> str:
    """Give a command as the bench does; the title of what it came to."""
    desk = Desk(Place(day.bench, "Z", "printer", "tube-25x51"))
    answer = Answer(comment=text) if text else None
    outcome = handover_commands.command(day.ledger, desk, command, answer, argument, ZONE)
    if outcome.drafts:
        day.act(lambda: list(outcome.drafts))
    return outcome.verdict.title


def signs_in(day: Shift, person: str) -> None:
    day.operator = person
    day.act(lambda: [day.draft_session("signed in")])


def seen(day: Shift) -> handover_view.HandoverView:
    actor = rights.actor(day.db, day.bench)
    return handover_view.view(day.ledger, actor, AROUND, ZONE)


def test_the_screen_hands_over_what_was_on_it_and_the_next_person_takes_that_over(
    shift_on: Callable[[int], Shift],
) -> None:
    day = shift_on(3)
    goes, comes = colleague(day, "technician"), colleague(day, "senior")
    signs_in(day, goes)
    before = seen(day)
    assert (before.may_hand_over, before.may_take_over) == (True, False)
    assert given(day, Command.WRITE_NOTE, "The taxi comes at 8") == "Note added"
    assert given(day, Command.HAND_OVER, before.sheet.as_text()) == "Handed over"
    own = seen(day)
    assert (own.may_hand_over, own.may_take_over, own.remark) == (False, False, handover_words.OWN_HANDOVER)
    assert given(day, Command.TAKE_OVER, argument=own.signed) == "Not done"
    signs_in(day, comes)
    waits = seen(day)
    assert waits.sheet == before.sheet
    assert [note.text for note in waits.notes] == ["The taxi comes at 8"]
    assert waits.may_take_over
    assert given(day, Command.ACKNOWLEDGE_NOTE, argument=waits.notes[0].id) == "Acknowledged"
    assert given(day, Command.ACKNOWLEDGE_NOTE, argument=waits.notes[0].id) == "Acknowledged before"
    assert given(day, Command.TAKE_OVER, argument="another") == "Not done"
    assert given(day, Command.TAKE_OVER, argument=waits.signed) == "Taken over"
    assert seen(day).may_hand_over


def test_a_text_that_is_no_sheet_is_signed_by_nobody(shift: Shift) -> None:
    signs_in(shift, colleague(shift, "technician"))
    assert given(shift, Command.HAND_OVER, "Everything is fine") == "Not done"


def test_nobody_signs_while_nobody_is_signed_in(shift: Shift) -> None:
    shift.act(lambda: [Draft("session.changed", {"bench": shift.bench, "session": "s", "operator": None, "how": "x"})])
    assert given(shift, Command.WRITE_NOTE, "x") == "Locked"
