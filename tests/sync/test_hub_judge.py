"""The hub's judge gives the verdicts and holders that the benches' judge gives."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import psycopg
import pytest
from hypothesis import given, settings

from gms_desktop.journal.chain import first_hash, next_hash
from gms_desktop.journal.entry import Entry, Premises
from gms_desktop.judge.premises import judge

CASES = json.loads((Path(__file__).parents[1] / "data/journal/judge_cases.json").read_text(encoding="utf-8"))["cases"]
SCOPE = "laboratory-1"
_READ = "SELECT * FROM hub.read(%s, %s, 1, %b::bytea[], %b::bytea[])"
_AT_ONCE = "SELECT hub.judge_at_once(%s, 1, %s, %s, %s)"
_ONE_BY_ONE = "SELECT hub.judge_one_by_one(%s, 1, %s, %s, %s, %s)"

Holders = dict[str, str]


@pytest.fixture
def owner(hub: Any) -> Iterator[psycopg.Connection]:
    """The owner's session, in a transaction that is never kept."""
    with psycopg.connect(hub.dsn) as connection:
        connection.execute("SET ROLE gms_hub")
        yield connection
        connection.rollback()


def entry_of(writer: str, seq: int, premises: Premises) -> Entry:
    said = {"scope": SCOPE, "occurred_at": "2026-03-02T08:00:00.000000Z", "app": "0", "kind": "k", "version": 1}
    return Entry(writer=writer, seq=seq, action=f"{writer}/{seq}", body={}, premises=premises, **said)


def laid_out(connection: psycopg.Connection, entries: Sequence[Entry]) -> tuple[Any, ...]:
    contents = [entry.to_bytes() for entry in entries]
    hashes, last = [], first_hash(entries[0].writer, SCOPE)
    for content in contents:
        last = next_hash(last, content)
        hashes.append(last)
    with connection.cursor() as cursor:
        row = cursor.execute(_READ, (SCOPE, entries[0].writer, hashes, contents)).fetchone()
    assert row is not None
    return row[-3:]


def by_the_hub(
    connection: psycopg.Connection, holders: Holders, entries: Sequence[Entry], *, at_once: bool
) -> tuple[list[str], Holders]:
    """Verdicts and holders afterwards; at once where the hub says that it can, else one by one."""
    connection.execute("DELETE FROM hub.key_holder")
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO hub.key_holder VALUES (%s, %s, %s)", [(SCOPE, *one) for one in holders.items()])
    laid = laid_out(connection, entries)
    verdicts = ["accepted"] * len(entries)
    if not (at_once and connection.execute(_AT_ONCE, (SCOPE, *laid)).fetchone()[0]):
        verdicts = connection.execute(_ONE_BY_ONE, (SCOPE, len(entries), *laid)).fetchone()[0]
    return verdicts, dict(connection.execute("SELECT key, holder FROM hub.key_holder").fetchall())


def by_the_bench(holders: Holders, entries: Sequence[Entry]) -> tuple[list[str], Holders]:
    after: dict[str, str | None] = dict(holders)
    verdicts = []
    for entry in entries:
        ruling = judge(entry, after)
        verdicts.append(str(ruling.judgement))
        after |= ruling.changes
    return verdicts, {key: holder for key, holder in after.items() if holder is not None}


def pairs(case: Any, name: str) -> tuple[tuple[Any, Any], ...]:
    return tuple((key, holder) for key, holder in case[name])


@pytest.mark.parametrize("at_once", [False, True], ids=["one by one", "at once"])
def test_the_generated_cases_come_out_as_they_must(owner: psycopg.Connection, at_once: bool) -> None:
    for case in CASES:
        writer, seq = case["entry"].split("/")
        premises = Premises(
            tuple(case["touches"]), *(pairs(case, name) for name in ("claims", "requires", "expects", "releases"))
        )
        # The identity in the case is the holder of what it touches: the batch begins at its own number.
        entry = entry_of(writer, 1, premises)
        verdicts, after = by_the_hub(owner, case["holders"], [entry], at_once=at_once)
        expected = {k: entry.id if h == case["entry"] else h for k, h in case["after"].items()}
        assert (verdicts, after) == ([case["judgement"]], expected), case
        assert int(seq) >= 1


KEYS = ("tube:1", "tube:2", "place:A01", "last:specimen:1", "ground:specimen:1", "refused:specimen:1", "Role:é", "")
HOLDERS = ("specimen:1", "specimen:2", "writer9/1", "writer8/1", "")
SUBJECTS = ("specimen:1", "specimen:2", "1", "")
key, holder = st.sampled_from(KEYS), st.sampled_from(HOLDERS)
held = st.lists(st.tuples(key, holder), max_size=3).map(tuple)
free = st.lists(st.tuples(key, st.one_of(st.none(), holder)), max_size=2).map(tuple)
premises = st.builds(
    Premises,
    touches=st.lists(st.sampled_from(SUBJECTS), max_size=2).map(tuple),
    claims=held,
    requires=free,
    expects=free,
    releases=held,
)


@settings(max_examples=200)
@given(holders=st.dictionaries(key, holder, max_size=4), batch=st.lists(premises, min_size=1, max_size=6))
def whatever_comes(connection: psycopg.Connection, holders: Holders, batch: list[Premises]) -> None:
    entries = [entry_of("writer9", seq, said) for seq, said in enumerate(batch, start=1)]
    expected = by_the_bench(holders, entries)
    assert by_the_hub(connection, holders, entries, at_once=True) == expected
    assert by_the_hub(connection, holders, entries, at_once=False) == expected


@settings(max_examples=100)
@given(st.data())
def what_is_so(connection: psycopg.Connection, data: st.DataObject) -> None:
    """Batches in which every premise holds, so that the hub judges at once: each is stated from what is so by then."""
    holders = data.draw(st.dictionaries(key, holder, max_size=4))
    now: dict[str, str | None] = dict(holders)
    entries = []
    for seq in range(1, data.draw(st.integers(2, 6)) + 1):
        named = data.draw(st.lists(key, max_size=3, unique=True))
        mine = tuple((k, str(now[k])) for k in named if now.get(k) is not None)
        released = data.draw(st.sets(st.sampled_from(mine))) if mine else set()
        claims = [(k, data.draw(holder)) for k in named if now.get(k) is None or (k, now[k]) in released]
        said = Premises(
            touches=tuple(data.draw(st.sets(st.sampled_from(SUBJECTS), max_size=2))),
            claims=tuple(claims),
            requires=tuple((k, now.get(k)) for k in named[:1]),
            expects=tuple((k, now.get(k)) for k in named[1:]),
            releases=tuple(released),
        )
        entries.append(entry_of("writer9", seq, said))
        now |= judge(entries[-1], now).changes
    expected = by_the_bench(holders, entries)
    assert set(expected[0]) == {"accepted"}
    assert by_the_hub(connection, holders, entries, at_once=True) == expected
    assert by_the_hub(connection, holders, entries, at_once=False) == expected


def test_any_batch_is_judged_by_the_hub_as_by_a_bench(owner: psycopg.Connection) -> None:
    whatever_comes(owner)


def test_a_batch_of_which_all_is_so_is_judged_at_once_as_by_a_bench(owner: psycopg.Connection) -> None:
    what_is_so(owner)


def test_a_refused_entry_frees_and_takes_nothing_for_those_after_it(bench: Any) -> None:
    taken = Premises(claims=(("tube:1", "specimen:1"),))
    again = Premises(touches=("specimen:2",), claims=(("tube:1", "specimen:2"),))
    needs = Premises(expects=(("last:specimen:2", f"{bench.writer.name}/3"),))
    entries = [bench.writer.entry(seq, premises=said) for seq, said in ((2, taken), (3, again), (4, needs))]
    bench.push(*entries)
    page = bench.hub.pull(bench.standing, 10).page
    assert [placed.verdict for placed in page.entries] == ["accepted", "accepted", "refused", "contested"]
