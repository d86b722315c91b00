"""A receiver's signed answer: matched to its consignment, refused where key, manifest or things are not as sent."""

from __future__ import annotations

from hashlib import sha256

import msgspec
from bench_top import BenchTop
from send_work import SINGLE, approves, arrives, closes, hands_over, opens, own, scans, today, view
from test_signed_consignments import KEY, OTHER, SENDER, manifest, print_of, senders

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.exchange.consignments import signed_file
from gms_desktop.exchange.consignments.contents import Acknowledgement, Found, Outcome, Party
from gms_desktop.register import said_look_up
from gms_desktop.send_desk import SendDesk
from gms_desktop.services import send_correcting, send_documents
from gms_desktop.services.views import Answer


def sent(bench: BenchTop, ods: str = "RR8") -> tuple[str, Acknowledgement]:
    """One specimen has left; its number, and the answer that says it was received."""
    number = bench.receives(SINGLE)
    approves(bench, "destinations", own("destinations", ('code = "blocks"\n', f'code = "blocks"\nods = "{ods}"\n')))
    consignment = opens(bench, "blocks")
    scans(bench, number)
    closes(bench)
    hands_over(bench)
    [row] = bench.rows("SELECT id FROM consignment")
    kept = bench.bench.recorder.read(lambda ledger: send_documents.kept(ledger.db, row["id"])).result()
    return number, Acknowledgement(
        sender=SENDER,
        receiver=Party(name="Rehearsal laboratory"),
        consignment=consignment,
        manifest=kept[send_documents.SIGNED],
        received_at=bench.clock.now().isoformat(),
        items=(Found(number=number, outcome=Outcome.RECEIVED),),
    )


def takes(bench: BenchTop, content: bytes) -> Verdict:
    bench.clock.forward(120)
    return SendDesk(bench.bench).take_answer(content)


def state(bench: BenchTop) -> str:
    [row] = bench.rows("SELECT state FROM consignment")
    return str(row["state"])


def test_an_answer_records_the_arrival_once(bench: BenchTop) -> None:
    senders(bench, print_of(KEY))
    _, answer = sent(bench)
    content = signed_file.sign(answer, KEY)
    assert (takes(bench, content).title, state(bench)) == ("Arrived", "arrived")
    assert takes(bench, content).title == "Known already"


def test_a_later_answer_counts_whichever_is_taken_in_last(bench: BenchTop) -> None:
    senders(bench, print_of(KEY))
    number, answer = sent(bench)
    missing = Found(number=number, outcome=Outcome.MISSING)
    first = msgspec.structs.replace(answer, items=(missing,), written_at="2026-11-24T09:00:00.000000Z")
    later = msgspec.structs.replace(answer, written_at="2026-11-24T11:00:00.000000Z", words="It was under the ice")
    assert takes(bench, signed_file.sign(later, KEY)).title == "Arrived"
    assert takes(bench, signed_file.sign(first, KEY)).title == "Older answer"
    facts = dict(view(bench).facts)
    assert (facts["They said"], facts["Answer 2"].partition(": ")[2]) == (
        "It was under the ice",
        "0 received, 1 not received",
    )


def test_an_answer_to_what_has_ended_is_kept_and_changes_nothing(bench: BenchTop) -> None:
    senders(bench, print_of(KEY))
    number, answer = sent(bench)
    takes(bench, signed_file.sign(answer, KEY))
    scans(bench, number)
    bench.asks_for(Command.SEND_CAME_BACK)
    for given in (Command.SEND_RECONCILE, Command.SEND_END):
        bench.asks_for(given)
    damaged = Found(number=number, outcome=Outcome.DAMAGED)
    said = takes(bench, signed_file.sign(msgspec.structs.replace(answer, items=(damaged,)), KEY))
    assert (said.title, state(bench)) == ("Ended already", "ended")
    assert "Answer 2" in dict(view(bench).facts)


def test_the_key_to_read_out_stands_at_the_closed_consignment(bench: BenchTop) -> None:
    sent(bench)
    key = dict(view(bench).facts)["Key of our signed file"]
    assert [len(group) for group in key.split()] == [4] * 8


def test_what_is_damaged_is_said_of_its_thing(bench: BenchTop) -> None:
    senders(bench, print_of(KEY))
    number, answer = sent(bench)
    damaged = Found(number=number, outcome=Outcome.DAMAGED, words="lid cracked")
    said = takes(bench, signed_file.sign(msgspec.structs.replace(answer, items=(damaged,)), KEY))
    assert said.title == "Arrived, not as sent"
    assert [row["told"] for row in bench.rows("SELECT told FROM consignment_item")] == ["damaged"]


def test_an_answer_under_a_key_that_nobody_compared_counts_for_nothing(bench: BenchTop) -> None:
    _, answer = sent(bench)
    said = takes(bench, signed_file.sign(answer, KEY))
    assert (said.title, state(bench)) == ("Key not known", "handed over")
    assert print_of(KEY) in said.sentence
    senders(bench, print_of(KEY))
    assert takes(bench, signed_file.sign(answer, OTHER)).title == "Key not known"


def test_changed_cut_and_strange_files_are_refused(bench: BenchTop) -> None:
    senders(bench, print_of(KEY))
    number, answer = sent(bench)
    changed = bytearray(signed_file.sign(answer, KEY))
    changed[-3] ^= 1
    assert "changed after it was signed" in takes(bench, bytes(changed)).sentence
    newer = msgspec.structs.replace(answer, format=2)
    assert "newer version" in takes(bench, signed_file.sign(newer, KEY)).sentence
    assert takes(bench, b"PDF").title == "Answer not taken in"
    assert takes(bench, signed_file.sign(manifest(), KEY)).title == "Not an answer"
    other = msgspec.structs.replace(answer, manifest="ab")
    assert takes(bench, signed_file.sign(other, KEY)).title == "Not our consignment"
    silent = takes(bench, signed_file.sign(msgspec.structs.replace(answer, items=()), KEY))
    assert (silent.title, number in silent.sentence) == ("Answer not whole", True)
    assert state(bench) == "handed over"


def test_a_known_laboratory_that_it_did_not_go_to_answers_nothing(bench: BenchTop) -> None:
    senders(bench, print_of(KEY))
    _, answer = sent(bench, ods="R0A")
    assert (takes(bench, signed_file.sign(answer, KEY)).title, state(bench)) == ("Key not known", "handed over")


def test_where_the_profile_names_no_organisation_no_answer_counts(bench: BenchTop) -> None:
    senders(bench, print_of(KEY))
    _, answer = sent(bench, ods="")
    assert (takes(bench, signed_file.sign(answer, KEY)).title, state(bench)) == ("Key not known", "handed over")


def corrects(bench: BenchTop, *choices: str, why: str = "Wrong line read out", **fields: str) -> Verdict:
    """What is recorded of the arrival is put right; what is not named stays as it stands in the form."""
    bench.clock.forward(1)
    asked = bench.bench.command(Command.SEND_CORRECT, None).result().question
    values = dict(asked.values) | fields if asked else fields
    said = Answer(choices, why, tuple(values.items()))
    return bench.bench.command(Command.SEND_CORRECT, said).result().verdict


def told_of(bench: BenchTop) -> list[str | None]:
    return [row["told"] for row in bench.rows("SELECT told FROM consignment_item")]


def test_what_was_entered_as_missing_is_put_right_with_a_reason_and_nothing_is_overwritten(bench: BenchTop) -> None:
    number, _ = sent(bench)
    arrives(bench, missing=number)
    assert corrects(bench, why="", missing="").title.startswith("What is right of")
    assert "Say why" in bench_question(bench)
    assert corrects(bench, missing="").title == "Corrected"
    assert (told_of(bench), state(bench)) == (["received"], "arrived")
    it = subject(bench)
    [first] = bench.read(lambda ledger: said_look_up.of_kind(ledger.db, it, "consignment.arrived"))
    [second] = bench.read(lambda ledger: said_look_up.of_kind(ledger.db, it, send_correcting.CORRECTED))
    assert (second.body["replaces"], second.operator) == ([first.id], first.operator)
    assert dict(view(bench).facts)["Corrected"] == "once, the last time: Wrong line read out"
    assert corrects(bench, damaged=number).title == "Corrected, not as sent"
    assert corrects(bench).title.startswith("What is right of")


def test_an_arrival_that_was_entered_at_the_wrong_consignment_is_taken_back(bench: BenchTop) -> None:
    number, _ = sent(bench)
    arrives(bench, damaged=number)
    assert corrects(bench, "not arrived").title == "Not arrived after all"
    assert (told_of(bench), state(bench)) == ([None], "handed over")
    assert today(bench, "Sent, no answer yet") != ()
    assert corrects(bench).title == "Nothing to correct"
    arrives(bench)
    bench.asks_for(Command.SEND_RECONCILE)
    assert corrects(bench).title == "Taken back"
    assert state(bench) == "arrived"


def test_a_signed_answer_that_corrects_another_is_read_as_a_correction(bench: BenchTop) -> None:
    senders(bench, print_of(KEY))
    number, answer = sent(bench)
    missing = Found(number=number, outcome=Outcome.MISSING)
    first = msgspec.structs.replace(answer, items=(missing,), written_at="2026-11-24T09:00:00.000000Z")
    content = signed_file.sign(first, KEY)
    takes(bench, content)
    right = msgspec.structs.replace(answer, written_at="2026-11-24T11:00:00.000000Z")
    why = {"corrects": sha256(content).hexdigest(), "reason": "It was under the ice", "by": "J. Finder"}
    assert takes(bench, signed_file.sign(msgspec.structs.replace(right, **why), KEY)).title == "Corrected"
    facts = dict(view(bench).facts)
    assert "It was under the ice (J. Finder, " in facts["Corrected"]
    assert facts["Answer 2"].endswith("1 received. Corrects the answer before: It was under the ice (J. Finder)")
    [waits] = today(bench, "Corrected, not reconciled")
    assert "It was under the ice" in waits.detail
    bench.asks_for(Command.SEND_RECONCILE)
    assert today(bench, "Corrected, not reconciled") == ()


def test_an_answer_that_the_receiver_takes_back_leaves_the_consignment_on_its_way(bench: BenchTop) -> None:
    senders(bench, print_of(KEY))
    _, answer = sent(bench)
    first = msgspec.structs.replace(answer, written_at="2026-11-24T09:00:00.000000Z")
    takes(bench, signed_file.sign(first, KEY))
    back = {"items": (), "withdrawn": True, "reason": "Another box", "corrects": "ab"}
    back["written_at"] = "2026-11-24T10:00:00.000000Z"
    content = signed_file.sign(msgspec.structs.replace(answer, **back), KEY)
    assert (takes(bench, content).title, state(bench)) == ("Not arrived after all", "handed over")
    again = msgspec.structs.replace(answer, written_at="2026-11-24T12:00:00.000000Z")
    assert (takes(bench, signed_file.sign(again, KEY)).title, state(bench)) == ("Arrived", "arrived")
    late = msgspec.structs.replace(answer, **back, words="once more")
    assert (takes(bench, signed_file.sign(late, KEY)).title, state(bench)) == ("Older answer", "arrived")


def test_a_taken_back_answer_to_what_never_arrived_is_kept(bench: BenchTop) -> None:
    senders(bench, print_of(KEY))
    _, answer = sent(bench)
    back = msgspec.structs.replace(answer, items=(), withdrawn=True, reason="Another box", corrects="ab")
    said = takes(bench, signed_file.sign(back, KEY))
    assert (said.title, state(bench)) == ("Taken back there", "handed over")


def bench_question(bench: BenchTop) -> str:
    question = view(bench).question
    return " ".join(question.problems) if question else ""


def subject(bench: BenchTop) -> str:
    [row] = bench.rows("SELECT id FROM consignment")
    return f"consignment:{row['id']}"
