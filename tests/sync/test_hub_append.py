"""What the hub takes, and what it says to what it does not take."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any

import psycopg
import pytest

from gms_desktop.journal import entry as entries
from gms_desktop.journal.canonical import NotCanonical
from gms_desktop.journal.chain import first_hash, next_hash
from gms_desktop.journal.entry import Entry, Premises, from_bytes
from gms_desktop.journal.private import commit
from gms_desktop.sync.messages import Answer, Push, Sent, Standing, first_order_hash, next_order_hash

SALT = bytes(range(16))


def test_a_bench_that_begins_is_given_the_first_position(hub: Any) -> None:
    bench = hub.bench()
    answer = bench.begin()
    assert (answer.answer, answer.acked_seq, answer.head) == (Answer.OK, 1, 1)
    assert answer.epoch.count("/") == 2


def test_positions_are_dense_over_two_benches_and_the_order_hash_covers_each(bench: Any, anothers: Any) -> None:
    other = anothers()
    for one in (bench, other, bench):
        assert one.push(one.note(), one.writer.entry(len(one.writer.sent) + 2)).answer is Answer.OK
    page = bench.hub.pull(bench.standing, 100).page
    assert [placed.position for placed in page.entries] == list(range(1, 9))
    running = first_order_hash("laboratory-1")
    for placed in page.entries:
        running = next_order_hash(running, placed.hash, placed.verdict)
    assert page.standing == Standing(8, running, page.standing.epoch)


def test_a_batch_that_comes_again_is_a_dup_and_changes_nothing(bench: Any) -> None:
    entries = bench.writer.chained([bench.note().to_bytes()])
    push = Push("laboratory-1", bench.writer.name, 2, entries, (), bench.standing)
    assert [bench.hub.push(push).answer for _ in range(2)] == [Answer.OK, Answer.DUP]
    assert bench.hub.push(push).head == 2


def test_what_the_hub_has_of_a_batch_is_skipped_and_the_rest_taken(bench: Any) -> None:
    first = bench.writer.chained([bench.note().to_bytes()])
    both = (*first, *bench.writer.chained([bench.writer.entry(3).to_bytes()], first[-1].hash))
    push = Push("laboratory-1", bench.writer.name, 2, first, (), bench.standing)
    assert bench.hub.push(push).answer is Answer.OK
    answer = bench.hub.push(replace(push, entries=both))
    assert (answer.answer, answer.acked_seq, answer.head) == (Answer.OK, 3, 3)


def test_a_number_skipped_is_a_gap_and_the_hub_says_how_far_it_has_them(bench: Any) -> None:
    answer = bench.push_bytes([bench.writer.entry(5).to_bytes()], first_seq=5)
    assert (answer.answer, answer.acked_seq) == (Answer.GAP, 1)


def test_other_content_under_a_number_that_was_sent_is_a_fork(bench: Any) -> None:
    assert bench.push(bench.note()).answer is Answer.OK
    other = bench.writer.entry(2, body={"text": "another story"}).to_bytes()
    entries = bench.writer.chained([other], bench.writer.sent[0].hash)
    answer = bench.push_bytes([], first_seq=2, entries=entries)
    assert (answer.answer, answer.acked_seq) == (Answer.FORK, 2)


def test_an_entry_that_does_not_follow_the_hubs_last_one_is_a_fork(bench: Any) -> None:
    content = bench.note().to_bytes()
    answer = bench.push_bytes([], first_seq=2, entries=(Sent(next_hash(b"another", content), content),))
    assert answer.answer is Answer.FORK


def test_a_batch_whose_chain_is_broken_is_refused(bench: Any) -> None:
    first, second = bench.note().to_bytes(), bench.writer.entry(3).to_bytes()
    entries = bench.writer.chained([first, second])
    answer = bench.push_bytes([], entries=(entries[0], replace(entries[1], hash=sha256(b"other").digest())))
    assert (answer.answer, answer.head) == (Answer.REFUSED, 1)
    assert "chain" in answer.detail


@pytest.mark.parametrize(
    "standing",
    [Standing(1, b"\0" * 32), Standing(99, b"\0" * 32), Standing(0, b"")],
    ids=["another hash", "a position that the hub has not come to", "no hash"],
)
def test_a_bench_whose_order_is_not_the_hubs_hears_history(bench: Any, standing: Standing) -> None:
    assert bench.push_bytes([bench.note().to_bytes()], standing=standing).answer is Answer.HISTORY
    pulled = bench.hub.pull(standing, 10)
    assert (pulled.answer, pulled.page, pulled.head) == (Answer.HISTORY, None, 1)


def test_a_bench_too_old_for_the_hub_is_told_to_update(hub: Any, bench: Any) -> None:
    hub.admin.execute("UPDATE hub.scope SET least_protocol = 2")
    assert bench.push(bench.note()).answer is Answer.UPGRADE
    assert bench.hub.pull(bench.standing, 10).answer is Answer.UPGRADE


def test_while_the_scope_is_recovered_the_hub_is_busy(hub: Any, bench: Any) -> None:
    hub.admin.execute("INSERT INTO hub.recovery VALUES ('laboratory-1', 1, now(), NULL, 'EXAMPLE')")
    answer = bench.push(bench.note())
    assert (answer.answer, answer.epoch.rsplit("/", 1)[1]) == (Answer.BUSY, "1")


def test_a_head_row_that_another_holds_makes_the_hub_busy_not_silent(hub: Any, bench: Any) -> None:
    with psycopg.connect(hub.dsn) as hog:
        hog.execute("SELECT * FROM hub.scope FOR UPDATE")
        assert bench.push(bench.note()).answer is Answer.BUSY
    assert bench.push(bench.note()).answer is Answer.OK


def test_a_batch_of_more_than_500_entries_is_refused(bench: Any) -> None:
    answer = bench.push(*(bench.writer.entry(seq) for seq in range(2, 503)))
    assert answer.answer is Answer.REFUSED
    assert "501" in answer.detail


def test_a_batch_over_one_megabyte_is_refused(bench: Any) -> None:
    body = {"text": "x" * 60_000}
    answer = bench.push(*(bench.writer.entry(seq, body=body) for seq in range(2, 19)))
    assert (answer.answer, "1 MB" in answer.detail) == (Answer.REFUSED, True)


LONG = "".join(sha256(bytes([number])).hexdigest() for number in range(60))


@pytest.mark.parametrize(
    "premises",
    [
        Premises(touches=(LONG,)),
        Premises(claims=((LONG, "specimen:1"),)),
        Premises(requires=((LONG, None),)),
        Premises(expects=(("tube:1", "specimen:1"), (LONG, None))),
    ],
    ids=["a subject", "a claim", "a requirement", "an expectation"],
)
def test_a_key_that_no_index_holds_is_refused_in_words(
    bench: Any, premises: Premises, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A bench writes none itself; whoever speaks to the hub may be another application.
    monkeypatch.setattr(entries, "MOST_KEY_BYTES", 100_000)
    for _ in range(2):
        answer = bench.push(bench.note(), bench.writer.entry(3, premises=premises))
        assert (answer.answer, answer.head) == (Answer.REFUSED, 1)
        assert answer.detail.startswith("Entry 3 of this bench was not taken: it names a key or a subject of 38")
    assert bench.push(bench.note(Premises(touches=("é" * 490,), claims=(("k" * 1000, LONG),)))).answer is Answer.OK


def test_a_private_value_of_a_subject_that_no_index_holds_is_refused_in_words(bench: Any) -> None:
    value = commit("OYELARAN", SALT, LONG)
    answer = bench.push(bench.note(private=(value.commitment,)), private=(value,))
    assert (answer.answer, answer.head) == (Answer.REFUSED, 1)
    assert "subject" in answer.detail


Change = Callable[[Entry], Entry]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda e: replace(e, writer="writer-of-another"), "writer-of-another"),
        (lambda e: replace(e, seq=7), "number 7"),
        (lambda e: replace(e, scope="laboratory-2"), "laboratory-2"),
    ],
    ids=["writer", "seq", "scope"],
)
def test_bytes_that_name_another_than_the_call_are_refused(bench: Any, change: Change, words: str) -> None:
    answer = bench.push_bytes([change(bench.note()).to_bytes()])
    assert answer.answer is Answer.REFUSED
    assert words in answer.detail


def altered(bench: Any, **fields: Any) -> bytes:
    value = json.loads(bench.note().to_bytes()) | fields
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


NOT_ENTRIES: dict[str, Callable[[Any], bytes]] = {
    "not UTF-8": lambda b: b.note().to_bytes().replace(b"EXAMPLE", b"\xff\xfe"),
    "not JSON": lambda b: b.note().to_bytes()[:-1],
    "JSON but no object": lambda b: b"[]",
    "a text": lambda b: b'"entry"',
    "white space": lambda b: b.note().to_bytes().replace(b'"app":', b'"app": '),
    "white space in the body": lambda b: b.note().to_bytes().replace(b'"text":', b'"text" :'),
    "white space at the end": lambda b: b.note().to_bytes() + b"\n",
    "keys out of order": lambda b: json.dumps(dict(reversed(json.loads(b.note().to_bytes()).items()))).encode(),
    "keys of the body out of order": lambda b: altered(b, body={"z": 1, "b": 2}).replace(
        b'"b":2,"z":1', b'"z":1,"b":2'
    ),
    "keys deep in the body out of order": lambda b: altered(b, body={"a": [{"c": 1, "b": 2}]}).replace(
        b'"b":2,"c":1', b'"c":1,"b":2'
    ),
    "a key twice": lambda b: b.note().to_bytes().replace(b'"app":', b'"app":"0.1.0","app":'),
    "a key twice in the body": lambda b: b.note().to_bytes().replace(b'{"text":', b'{"text":"a","text":'),
    "a fraction": lambda b: altered(b, body={"volume": 0.5}),
    "a fraction that is whole": lambda b: altered(b, body={"volume": 5.0}),
    "an exponent": lambda b: altered(b, body={"n": [1, 777]}).replace(b"777", b"1e3"),
    "minus nought": lambda b: altered(b, body={"n": 777}).replace(b"777", b"-0"),
    "a number beyond 2^53": lambda b: altered(b, body={"n": 2**53 + 1}),
    "an escape that is not the shortest": lambda b: b.note().to_bytes().replace(b"EXAMPLE", b"\\u0041"),
    "an escape in capitals": lambda b: b.note().to_bytes().replace(b"EXAMPLE", b"\\u001F"),
    "an escaped stroke": lambda b: b.note().to_bytes().replace(b"EXAMPLE", b"a\\/b"),
    "U+0000": lambda b: b.note().to_bytes().replace(b"EXAMPLE", b"\\u0000"),
    "a lone surrogate": lambda b: b.note().to_bytes().replace(b"EXAMPLE", b"\\ud800"),
    "a field too many": lambda b: altered(b, extra=1),
    "a field too few": lambda b: b.note().to_bytes().replace(b'"app":"0.1.0",', b""),
    "another format": lambda b: altered(b, format=2),
    "no format": lambda b: altered(b, format=None),
    "a number for a text": lambda b: altered(b, app=1),
    "nothing for a text": lambda b: altered(b, kind=None),
    "a text for a number": lambda b: altered(b, version="1"),
    "truth for a number": lambda b: altered(b, version=True),
    "nothing for a number": lambda b: altered(b, ruleset=None),
    "a list for a body": lambda b: altered(b, body=[]),
    "a text for a body": lambda b: altered(b, body="x"),
    "an input that is no text": lambda b: altered(b, input={"by": 1}),
    "an input within an input": lambda b: altered(b, input={"by": {}}),
    "an input that is a list": lambda b: altered(b, input=["by"]),
    "nothing for an input": lambda b: altered(b, input=None),
    "a claim of one": lambda b: altered(b, claims=[["key"]]),
    "a claim of three": lambda b: altered(b, claims=[["key", "a", "b"]]),
    "a claim that is a text": lambda b: altered(b, claims=["key", "holder"]),
    "a claim of nothing": lambda b: altered(b, claims=[["key", None]]),
    "a claim of a number": lambda b: altered(b, claims=[["key", 1]]),
    "ragged claims": lambda b: altered(b, claims=[["key", "a"], ["key"]]),
    "an empty claim": lambda b: altered(b, claims=[[]]),
    "a requirement of no key": lambda b: altered(b, requires=[[None, "a"]]),
    "a release of nothing": lambda b: altered(b, releases=[["key", None]]),
    "touches that are pairs": lambda b: altered(b, touches=[["a", "b"]]),
    "a touch of nothing": lambda b: altered(b, touches=[None]),
    "a because of nothing": lambda b: altered(b, because=[None]),
    "no list of touches": lambda b: altered(b, touches=None),
    "an object for a list": lambda b: altered(b, touches={}),
    "private in private": lambda b: altered(b, private=[["a"]]),
    "201 touches": lambda b: altered(b, touches=[f"subject:{n}" for n in range(201)]),
    "over 64 kB": lambda b: altered(b, body={"text": "x" * 64_000}),
    "nested without end": lambda b: altered(b, body={"n": 777}).replace(b"777", b"[" * 5000 + b"]" * 5000),
}


@pytest.mark.parametrize("name", NOT_ENTRIES)
def test_bytes_that_no_bench_would_read_never_get_a_position(bench: Any, name: str) -> None:
    content = NOT_ENTRIES[name](bench)
    with pytest.raises(NotCanonical):
        from_bytes(content)
    answer = bench.push_bytes([content])
    assert (answer.answer, answer.head) == (Answer.REFUSED, 1)
    assert answer.detail.startswith("Entry 2 of this bench was not taken")


@pytest.mark.parametrize(
    "fields",
    [
        {"body": {"reason": None, "b": {"c": None, "d": [None, True, {"e": None}]}, "zä": "\u2028\x7f'%"}},
        {"body": {"text": 'say ":null" or ": null", then {" and [['}},
        {"body": {"text": 'back\\slash " quote \n\t\x1f \U0001f9ec'}},
        {"body": {"n": [2**53, -(2**53), 0, -1], "t": '"n":1.5,-0'}},
        {"body": {}},
        {"body": {"text": "[1.5,2e3", "m": [[["a"]], []]}},
        {"input": {"by": "scanned", "device": 'a":null"b'}},
        {"body": {"é": 1, "z": 2, "Z": 0, "\U0001f9ec": 4, "\uffff": 3, "aa": 1, "b": 1}},
        {"clock_offset": -250, "operator": "ada", "because": ("a/1",), "input": {}},
    ],
)
def test_whatever_a_bench_writes_the_hub_takes(bench: Any, fields: dict[str, Any]) -> None:
    answer = bench.push(bench.note(**fields))
    assert answer.answer is Answer.OK, answer.detail
    page = bench.hub.pull(bench.standing, 10).page
    assert page.entries[-1].content == bench.writer.sent[-1].content


def test_private_values_travel_beside_the_entry_that_cites_them(bench: Any) -> None:
    value = commit("OYELARAN", SALT, "patient:1")
    assert bench.push(bench.note(private=(value.commitment,)), private=(value,)).answer is Answer.OK
    assert bench.hub.pull(bench.standing, 10).page.private == (value,)
    assert bench.hub.pull(bench.standing, 1).page.private == ()


def test_a_value_that_is_cited_again_is_kept_as_it_was_beside_one_that_is_new(bench: Any) -> None:
    known, new = commit("OYELARAN", SALT, "patient:1"), commit("Jan", SALT, "patient:1")
    assert bench.push(bench.note(private=(known.commitment,)), private=(known,)).answer is Answer.OK
    again = bench.note(private=(known.commitment, new.commitment))
    assert bench.push(again, private=(known, new)).answer is Answer.OK
    page = bench.hub.pull(bench.standing, 10).page
    assert sorted(one.value for one in page.private) == ["Jan", "OYELARAN"]
    assert bench.hub.pull(bench.standing, 2).page.private == (known,)


def test_a_private_value_that_is_not_the_one_committed_to_is_refused(bench: Any) -> None:
    value = commit("OYELARAN", SALT, "patient:1")
    answer = bench.push(bench.note(private=(value.commitment,)), private=(replace(value, value="SMITH"),))
    assert (answer.answer, answer.head) == (Answer.REFUSED, 1)


def test_a_private_value_that_no_entry_of_the_batch_cites_is_refused(bench: Any) -> None:
    answer = bench.push(bench.note(), private=(commit("OYELARAN", SALT, "patient:1"),))
    assert (answer.answer, answer.head) == (Answer.REFUSED, 1)


def erasure(bench: Any, seq: int, commitment: str, premises: Premises) -> Entry:
    body = {
        "subject": "patient:1",
        "commitments": [commitment],
        "reason": "EXAMPLE",
        "authority": "EXAMPLE",
        "by": "ada",
    }
    return bench.writer.entry(seq, "private.erased", body=body, premises=premises)


def test_an_erasure_empties_the_value_for_every_later_pull_and_for_good(bench: Any) -> None:
    value = commit("OYELARAN", SALT, "patient:1")
    bench.push(bench.note(private=(value.commitment,)), private=(value,))
    assert bench.push(erasure(bench, 3, value.commitment, Premises())).answer is Answer.OK
    again = bench.note(private=(value.commitment,))
    assert bench.push(again, private=(value,)).answer is Answer.OK
    assert bench.hub.pull(bench.standing, 10).page.private == (replace(value, value=None),)


def test_an_erasure_that_is_refused_empties_nothing(bench: Any) -> None:
    value = commit("OYELARAN", SALT, "patient:1")
    bench.push(bench.note(private=(value.commitment,)), private=(value,))
    needs = Premises(requires=(("role:ada:administrator", "operator:ada"),))
    assert bench.push(erasure(bench, 3, value.commitment, needs)).answer is Answer.OK
    page = bench.hub.pull(bench.standing, 10).page
    assert (page.entries[-1].verdict, page.private) == ("refused", (value,))


def test_a_value_that_is_erased_twice_in_one_batch_is_erased(bench: Any) -> None:
    value = commit("OYELARAN", SALT, "patient:1")
    bench.push(bench.note(private=(value.commitment,)), private=(value,))
    twice = [erasure(bench, seq, value.commitment, Premises()) for seq in (3, 4)]
    odd = bench.writer.entry(5, "private.erased", body={"subject": "patient:1", "commitments": [None, 7]})
    assert bench.push(*twice, odd).answer is Answer.OK
    assert replace(value, value=None) in bench.hub.pull(bench.standing, 10).page.private


def test_a_first_entry_must_say_how_its_writer_began(hub: Any) -> None:
    bench = hub.bench()
    answer = bench.push(bench.note())
    assert (answer.answer, answer.head) == (Answer.REFUSED, 0)


def test_a_short_code_is_good_for_one_writer_only(hub: Any, bench: Any) -> None:
    bench.writer = replace(bench.writer, name="second-writer", sent=[])
    assert bench.begin().answer is Answer.REFUSED
    bench.writer.short_code = bench.enrolment.short_codes[1]
    assert bench.begin().answer is Answer.OK


def test_a_short_code_of_another_bench_is_refused(hub: Any, bench: Any) -> None:
    other = hub.bench("Another bench")
    other.writer.short_code = bench.enrolment.short_codes[2]
    assert other.begin().answer is Answer.REFUSED


def test_a_bench_that_worked_without_a_hub_brings_its_own_long_code_once(hub: Any) -> None:
    first, second = hub.bench(), hub.bench("Another bench")
    first.writer.short_code = second.writer.short_code = "K7Q3ZD"
    assert (first.begin().answer, second.begin().answer) == (Answer.OK, Answer.REFUSED)


@pytest.mark.parametrize("code", ["", "k7q", "K7QI", "K7Q3Z", "K7Q3ZU", None])
def test_a_short_code_of_another_form_is_refused(hub: Any, code: str | None) -> None:
    bench = hub.bench()
    bench.writer.short_code = code
    assert bench.begin().answer is Answer.REFUSED


def test_a_rehearsal_is_taken_by_a_rehearsal_hub_only(hub: Any, bench: Any) -> None:
    said = {"laboratory": "laboratory-1", "rehearsal": True}
    assert bench.push(bench.note(kind="laboratory.set_up", body=said)).answer is Answer.REFUSED
    hub.admin.execute("UPDATE hub.scope SET rehearsal = true")
    assert bench.push(bench.note(kind="laboratory.set_up", body=said)).answer is Answer.OK


def test_a_chain_begins_at_the_hash_of_its_writer_and_scope(bench: Any) -> None:
    first = bench.writer.sent[0]
    assert first.hash == next_hash(first_hash(bench.writer.name, "laboratory-1"), first.content)
