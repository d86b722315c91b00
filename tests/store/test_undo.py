"""Undo puts rows and keys back exactly as they were, names what rests on an act, and forgets nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from shift import Shift, digests_of, held

from gms_desktop.errors import Refused
from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry, Premises
from gms_desktop.register import rebuild, undo_log, undoing, verify

Acts = Callable[[Shift], object]


def rows_and_keys(shift: Shift) -> tuple[dict[str, str], dict[str, str]]:
    return digests_of(shift.db), held(shift.db)


ACTS: dict[str, Acts] = {
    "a request entered by hand": lambda s: s.expect(tubes=3),
    "a second person of a referral": lambda s: s.expect(referral=s.requests[0]["referral"]),
    "a file taken in": lambda s: s.take_in(6),
    "a tube received": lambda s: s.receive(s.requests[0]),
    "a tube accepted": lambda s: s.decide(s.specimens[0]),
    "a tube held after it was accepted": lambda s: s.decide(s.specimens[1], "on hold"),
    "a label spoiled": lambda s: s.label("spoiled", s.labels[0]),
    "a list of reasons approved": lambda s: s._rules(),
    "a role withdrawn": lambda s: s.act(lambda: [withdrawn(s)]),
    "an order opened": lambda s: s._open(),
    "a second session": lambda s: s.act(lambda: [s.draft_session("unlocked")]),
    "a scan": lambda s: s.scan(),
}


def withdrawn(shift: Shift) -> undoing.Draft:
    colleague = next(k.split(":")[1] for k in held(shift.db) if k.startswith("role:") and k.endswith(":receiver"))
    return undoing.Draft("role.withdrawn", {"operator": colleague, "role": "receiver", "by": shift.operator})


@pytest.fixture
def worked(bench_file: Database) -> Shift:
    return prepared(Shift(bench_file, 5).begin())


def prepared(shift: Shift) -> Shift:
    shift.expect(tubes=2, referral="r1")
    shift.receive()
    shift.receive()
    shift.decide(shift.specimens[1])
    shift._rules()
    colleague = shift.ledger.identity()
    shift.badge = "hmac-colleague"
    shift.act(lambda: [shift.draft_operator(colleague)])
    shift.act(lambda: [shift.draft_role(colleague, "receiver", shift.operator)])
    return shift


@pytest.mark.parametrize("act", ACTS)
def test_undo_restores_every_row_and_key_of(act: str, worked: Shift) -> None:
    before = rows_and_keys(worked)
    ACTS[act](worked)
    assert rows_and_keys(worked) != before
    action = worked.acts[-1]
    done = store.of_action(worked.db, action)
    undone = worked.undo(action)
    assert rows_and_keys(worked) == before
    assert [one.undoes for one in undone] == [one.entry.id for one in reversed(done)]
    assert verify.verify(worked.db, verify.scratch_database()).clean


def test_many_acts_are_undone_newest_first_until_nothing_is_left_of_them(
    shift_on: Callable[[int], Shift],
) -> None:
    worked = prepared(shift_on(5))
    before = rows_and_keys(worked)
    first = len(worked.acts)
    request = worked.expect(tubes=2)
    tube = worked.receive(request)
    worked.label("sent", f"{tube['number']}.1")
    worked.decide(tube)
    worked.decide(tube, "rejected")
    for action in reversed(worked.acts[first:]):
        worked.undo(action)
    assert rows_and_keys(worked) == before


def test_an_act_on_which_later_work_rests_stays_and_that_work_is_named(worked: Shift) -> None:
    tube = worked.receive()
    received = worked.acts[-1]
    [decided] = worked.decide(tube)
    before = rows_and_keys(worked)
    with pytest.raises(undoing.RestsOn) as refused:
        worked.undo(received)
    assert refused.value.later is not None
    assert refused.value.later.entry.id == decided.id
    assert refused.value.subject == f"specimen:{tube['specimen']}"
    assert rows_and_keys(worked) == before


def test_an_act_is_not_undone_twice(worked: Shift) -> None:
    worked.expect()
    action = worked.acts[-1]
    undone = worked.undo(action)
    with pytest.raises(undoing.RestsOn) as refused:
        worked.undo(action)
    assert refused.value.later is not None
    assert refused.value.later.entry.undoes == undone[0].undoes


def test_a_number_that_was_undone_may_be_used_again_by_what_comes_after(worked: Shift) -> None:
    request = worked.expect()
    worked.undo(worked.acts[-1])
    worked.act(lambda: [again(worked, request)])
    assert held(worked.db)[f"id:request:{request['request']}"] == f"request:{request['request']}"


def again(shift: Shift, request: dict[str, object]) -> undoing.Draft:
    draft, _ = shift.request_body()
    return undoing.Draft("request.expected", draft.body | {"request": request["request"]}, draft.private)


def test_what_only_was_noticed_can_be_left_out_of_an_undo(worked: Shift) -> None:
    worked.act(lambda: [worked.draft_scan(), worked.draft_delivery("d9")])
    with worked.db.write():
        drafts = undoing.undo_drafts(worked.ledger, worked.acts[-1], leave={"scan.judged"})
    assert [draft.body["was"] for draft in drafts] == ["delivery.arrived"]


def test_an_act_can_still_be_undone_after_the_register_was_made_anew(worked: Shift) -> None:
    before = rows_and_keys(worked)
    worked.take_in(4)
    rebuild.rebuild(worked.db)
    worked.ledger.reload()
    worked.undo(worked.acts[-1])
    assert rows_and_keys(worked) == before


def test_an_act_too_old_to_be_undone_is_refused_and_not_half_undone(worked: Shift) -> None:
    worked.expect()
    action, before = worked.acts[-1], rows_and_keys(worked)
    with worked.db.write():
        undo_log.forget_before(worked.db, store.last_n(worked.db) + 1)
    with pytest.raises(Refused, match="correction"):
        worked.undo(action)
    assert rows_and_keys(worked) == before
    assert not [one for lot in store.since(worked.db) for one in lot if one.entry.kind == "undone"]


def test_an_undo_carries_what_it_restores_so_that_the_fold_needs_no_history(worked: Shift) -> None:
    former = worked.db.all(
        undoing_row("SELECT * FROM specimen WHERE id = :id"), {"id": worked.specimens[1]["specimen"]}
    )
    worked.decide(worked.specimens[1], "rejected")
    [undone] = worked.undo(worked.acts[-1])
    assert [row for name, _, row in undone.body["rows"] if name == "specimen"] == former


def undoing_row(sql: str) -> store.Statement:
    return store.text_statement(sql)


def test_what_a_newer_version_touched_is_not_undone_by_an_older_one(bench_file: Database) -> None:
    shift = Shift(bench_file, 5).begin()
    specimen = shift.receive(shift.expect())
    action = shift.acts[-1]
    head, subject = shift.ledger.head, f"specimen:{specimen['specimen']}"
    later = Entry(
        writer=head.writer,
        seq=head.last_seq + 1,
        scope=head.scope,
        occurred_at="2026-03-02T09:00:00.000000Z",
        app="9.9",
        kind="tube.spun",
        version=1,
        action=f"{head.writer}/{head.last_seq + 1}",
        body={"rpm": 3000},
        premises=Premises(touches=(subject,), expects=((f"id:{subject}", subject),)),
    )
    with shift.db.write():
        shift.ledger.record_again([later], ())
    with pytest.raises(Refused, match="newer version"):
        shift.undo(action)
