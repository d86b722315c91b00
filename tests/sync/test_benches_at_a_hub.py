"""Two real benches at a real hub, over cables that are pulled, slow, lossy or silent: nothing is lost, all is level."""

from __future__ import annotations

from typing import Any

import pytest

from gms_desktop.domain.commands import Command
from gms_desktop.errors import Refused
from gms_desktop.journal import credentials
from gms_desktop.register import look_up
from gms_desktop.rehearsal import made_up
from gms_desktop.services import people, sign_in
from gms_desktop.services.views import Answer
from gms_desktop.sync.engine import Trouble
from gms_desktop.sync.hub.enrol import revoke

TUBE = "Q26-118902-1"


def received(at: Any, tube: str) -> str:
    """A tube nobody announced would ask questions: the made-up file says who it is of."""
    assert at.scans(tube).title == "Matches"
    view = at.bench.receive_view().result()
    return next(line.accession for line in view.tubes if line.current)


def expected(at: Any) -> None:
    from gms_desktop.rehearsal.made_up import take_in_once

    take_in_once(at.bench)


def test_what_one_bench_saves_is_found_at_the_other_and_the_strip_says_so(laboratory: Any, two: Any) -> None:
    one, other = two
    one.notes(3)
    laboratory.level()
    assert one.entries() == other.entries() == laboratory.head()
    assert one.bench.strip().saved.startswith("All shared ")
    assert one.digests() == other.digests()


def test_a_bench_whose_cable_is_pulled_works_on_and_is_level_when_it_is_plugged_in(laboratory: Any, two: Any) -> None:
    one, other = two
    one.cable.pull()
    one.notes(5)
    other.notes(2)
    one.until(lambda state: state.waiting >= 5 and state.push.failures, "to notice")
    assert "waiting since" in one.bench.strip().saved
    hub = one.bench.devices()[-1]
    assert (hub.ready, hub.test) == (False, "Try now")
    assert "Everything works without it" in hub.without
    one.cable.plug()
    one.bench.hub.try_now()
    laboratory.level()
    assert one.digests() == other.digests()
    assert one.entries() == other.entries() == laboratory.head()


def test_both_benches_work_on_while_the_hub_is_down(laboratory: Any, two: Any) -> None:
    laboratory.server.stop()
    for at in two:
        at.notes(4)
        at.until(lambda state: state.waiting >= 4, "to have something waiting")
    laboratory.server.start()
    for at in two:
        at.bench.hub.try_now()
    laboratory.level()
    assert two[0].digests() == two[1].digests()


def test_a_line_that_goes_silent_stops_nothing_and_what_waited_arrives(laboratory: Any, two: Any) -> None:
    one, other = two
    one.cable.silence()
    one.notes(3)
    assert one.scans("NOT-KNOWN-STILL").title
    one.until(lambda state: state.waiting >= 3, "to have something waiting")
    one.cable.plug()
    laboratory.level()
    assert one.entries() == other.entries() == laboratory.head()


def test_a_slow_and_lossy_line_loses_nothing(laboratory: Any, two: Any) -> None:
    one, other = two
    one.cable.delay, one.cable.loss = 0.02, 0.05
    for _ in range(6):
        one.notes(2)
        one.bench.hub.try_now()
    one.cable.delay = one.cable.loss = 0
    one.bench.hub.try_now()
    laboratory.level()
    assert one.digests() == other.digests()
    assert one.entries() == laboratory.head()


def test_two_decisions_about_one_specimen_are_told_to_whoever_was_second(laboratory: Any, two: Any) -> None:
    one, other = two
    expected(one)
    assert one.signs_in()
    number = received(one, TUBE)
    one.bench.command(Command.HOLD).result()
    one.bench.command(Command.HOLD, Answer(("missing-paperwork",))).result()
    one.scans(number)
    laboratory.level()
    assert other.signs_in()
    one.cable.pull()
    one.until(lambda state: state.pull.failures > 0, "to notice")
    specimen = one.bench.recorder.read(lambda ledger: look_up.specimen_by_accession(ledger.db, number)).result()["id"]
    accepted = one.bench.command(Command.ACCEPT_WITH_COMMENT, Answer((), "Form found"), specimen).result()
    assert accepted.verdict.title == "Accepted with comment"
    other.bench.command(Command.REJECT, Answer(("identifiers-differ",), "Another name"), specimen).result()
    other.level()
    sounded: list[bool] = []
    one.bench.hub.alerted = lambda: sounded.append(True)
    one.cable.plug()
    one.bench.hub.try_now()
    laboratory.level()
    # What is told is told right after the page is on disk: the bench may be level a moment before.
    one.until(lambda _state: bool(sounded) and any(number in said for said in one.bench.strip().notices), "to tell")
    told = [notice for notice in one.bench.strip().notices if number in notice]
    assert len(told) == len(sounded) == 1
    assert "another bench was first" in told[0]
    assert told[0].endswith("See Review.")
    assert not other.bench.strip().notices
    assert one.digests() == other.digests()


def test_a_pin_set_at_one_bench_opens_another_and_a_wait_for_wrong_ones_stays_where_it_arose(two: Any) -> None:
    one, other = two
    assert not any(one.signs_in("0000") for _ in range(3))
    assert not one.signs_in()
    assert other.signs_in()


def test_a_pin_changed_at_one_bench_is_the_one_at_the_other(laboratory: Any, two: Any) -> None:
    one, other = two

    def change(ledger: Any) -> None:
        who = sign_in.by_badge(ledger, made_up.PEOPLE[0].badge, one.bench.file.pepper)
        assert who is not None
        draft, number = people.pin_set(ledger, who.id)
        ledger.append([draft], who.id)
        people.keep_pin(ledger, who.id, number, sign_in.make_verifier("97531", one.bench.file.pepper, cost=1))

    one.bench.recorder.write(change).result()
    laboratory.level()
    # PINs travel beside the entries, and a moment after them.
    other.until(lambda _state: pins_at(other) == pins_at(one), "to have the new PIN")
    assert not other.signs_in()
    assert other.signs_in("97531")


def pins_at(at: Any) -> set[tuple[str, int]]:
    known = at.bench.recorder.read(lambda ledger: credentials.every(ledger.db)).result(10)
    return {(one.operator, one.pin) for one in known}


def test_a_bench_that_was_revoked_says_so_and_works_on(laboratory: Any, two: Any) -> None:
    import psycopg

    one = two[0]
    with psycopg.connect(laboratory.dsn, autocommit=True) as admin:
        revoke(admin, laboratory.login_of(one))
    one.bench.hub.try_now()
    one.notes(2)
    one.until(lambda _state: one.bench.strip().sharing_stopped, "to be refused")
    strip, hub = one.bench.strip(), one.bench.devices()[-1]
    assert strip.saved == "Saved here, not shared: work on, and call the hub's administrator"
    assert "Enrol this bench again" in hub.detail
    assert "Nothing is lost" in hub.detail
    assert one.scans("NOT-KNOWN-STILL").title


def test_a_bench_with_a_wrong_password_says_so_and_is_let_in_again_by_a_new_code(laboratory: Any, two: Any) -> None:
    one = two[0]
    laboratory.admin(f"ALTER ROLE {laboratory.login_of(one)} PASSWORD 'another'")
    one.cable.pull()
    one.cable.plug()
    one.bench.hub.try_now()
    one.notes(2)
    one.until(lambda _state: one.bench.strip().sharing_stopped, "to be refused")
    assert one.bench.strip().saved == "Saved here, not shared: work on, and call the hub's administrator"
    with pytest.raises(Refused, match=f"Ask for a new code for {laboratory.login_of(one)}"):
        one.bench.join_hub(str(laboratory.code("Bench 1 again", one.cable)))
    one.bench.join_hub(str(laboratory.code_again(one)))
    laboratory.level()
    assert not one.bench.strip().sharing_stopped


def test_a_hub_that_no_longer_speaks_this_version_is_named_and_the_work_is_kept(laboratory: Any, two: Any) -> None:
    one = two[0]
    laboratory.admin("UPDATE hub.scope SET least_protocol = 99")
    one.notes(2)
    one.until(lambda state: Trouble.UPDATE in {state.trouble, state.push_trouble}, "to be told")
    strip = one.bench.strip()
    assert "Update needed" in strip.saved
    assert strip.sharing_stopped


def test_a_bench_without_its_password_says_what_to_do(laboratory: Any, two: Any) -> None:
    one = two[0]
    one.close()
    for secret in (one.folder / "secrets").glob("hub-*.secret"):
        secret.unlink()
    one.open()
    with one.changed:
        assert one.changed.wait_for(lambda: bool(one.bench.strip().notices), 10)
    assert "Ask for a new enrolment code" in one.bench.strip().notices[0]
    assert one.scans("NOT-KNOWN-9").title
