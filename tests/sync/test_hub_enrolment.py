"""A bench joins the hub by a code that works once, and leaves it."""

from __future__ import annotations

import string
from typing import Any

import psycopg
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gms_desktop.domain.identifiers.accession import ALPHABET
from gms_desktop.sync.enrolment_code import EnrolmentCode, NotAnEnrolmentCode, parse
from gms_desktop.sync.hub.enrol import CannotEnrol, invite_again, more_short_codes, revoke
from gms_desktop.sync.joining import address_of, take_up
from gms_desktop.sync.messages import Answer
from gms_desktop.sync.postgres_transport import PostgresHub
from gms_desktop.sync.transport import HubRefusesBench, HubUnavailable

OWN = "a password of the bench's own"


def test_a_bench_takes_up_its_code_and_the_code_opens_nothing_more(hub: Any) -> None:
    code = hub.invite().code
    address = take_up(code, address_of(code, tls="disable"), OWN)
    joined = PostgresHub(address, OWN, "laboratory-1")
    assert joined.greet().state == "active"
    joined.close()
    with pytest.raises(HubRefusesBench):
        take_up(code, address, "a thief's password")
    with pytest.raises(HubRefusesBench):
        PostgresHub(address, code.secret, "laboratory-1").greet()


def test_a_bench_whose_answer_was_lost_takes_up_the_same_code_again(hub: Any) -> None:
    code = hub.invite().code
    address = address_of(code, tls="disable")
    assert take_up(code, address, OWN) == take_up(code, address, OWN)


def test_a_code_that_ran_out_opens_nothing(hub: Any) -> None:
    code = hub.invite().code
    hub.admin.execute("UPDATE hub.bench SET code_valid_until = now() - interval '1 second'")
    with pytest.raises(HubRefusesBench, match="24 hours"):
        take_up(code, address_of(code, tls="disable"), OWN)


def test_a_bench_that_has_not_taken_up_its_code_reads_and_sends_nothing(hub: Any, bench: Any) -> None:
    code = hub.invite("Late bench").code
    early = PostgresHub(address_of(code, tls="disable"), code.secret, "laboratory-1")
    said = early.greet()
    assert (said.state, said.head.position, said.short_codes) == ("invited", 0, ())
    assert early.pull(bench.standing, 10).answer is Answer.REFUSED
    early.close()


def test_a_bench_is_invited_again_with_another_code(hub: Any) -> None:
    enrolment = hub.invite()
    again = invite_again(hub.admin, hub.place, enrolment.login, _chance())
    with pytest.raises(HubUnavailable):
        take_up(enrolment.code, address_of(enrolment.code, tls="disable"), OWN)
    take_up(again, address_of(again, tls="disable"), OWN)


def test_a_revoked_bench_is_shut_out_at_once(hub: Any, bench: Any) -> None:
    revoke(hub.admin, bench.enrolment.login)
    for _ in range(2):
        with pytest.raises(HubUnavailable):
            bench.hub.greet()


def test_short_codes_have_three_characters_and_are_issued_once(hub: Any) -> None:
    enrolments = [hub.invite(f"Bench {n}") for n in range(3)]
    codes = [code for one in enrolments for code in one.short_codes]
    codes += more_short_codes(hub.admin, enrolments[0].login, _chance(), 20)
    assert len(codes) == len(set(codes)) == 32
    assert all(len(code) == 3 and set(code) <= set(ALPHABET) for code in codes)


def test_a_hub_without_codes_left_says_so(hub: Any) -> None:
    login = hub.invite().login
    hub.admin.execute(
        "INSERT INTO hub.short_code SELECT a || b || c, %s, NULL, now() FROM "
        "regexp_split_to_table(%s, '') AS a, regexp_split_to_table(%s, '') AS b, regexp_split_to_table(%s, '') AS c "
        "ON CONFLICT DO NOTHING",
        (login, ALPHABET, ALPHABET, ALPHABET),
    )
    with pytest.raises(CannotEnrol):
        more_short_codes(hub.admin, login, _chance())


def test_a_bench_of_a_laboratory_that_the_hub_has_not_is_not_enrolled(hub: Any) -> None:
    with pytest.raises(CannotEnrol, match="laboratory-9"):
        hub.invite("Bench", "laboratory-9")
    with pytest.raises(CannotEnrol):
        revoke(hub.admin, "gms_bench_nobody")


def test_the_server_never_sees_the_secret_of_a_code(hub: Any) -> None:
    code = hub.invite().code
    stored = hub.admin.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", (code.login,)).fetchone()[0]
    assert stored.startswith("SCRAM-SHA-256$")
    assert code.secret not in stored
    assert code.secret not in repr(code)


def _chance() -> Any:
    from hub_parts import fresh_chance

    return fresh_chance()


name = st.from_regex(r"[a-z_][a-z0-9_]{0,20}", fullmatch=True)
hosts = st.one_of(
    st.from_regex(r"[a-z0-9]([a-z0-9.-]{0,30}[a-z0-9])?", fullmatch=True),
    st.just("[fe80::1]"),
    st.just("/run/Postgres QL%2f".replace(" ", "")),
)
codes = st.builds(EnrolmentCode, hosts, st.integers(1, 65535), name, name, st.text(ALPHABET, min_size=26, max_size=26))


@given(codes)
def test_a_code_reads_back_as_it_was_written(code: EnrolmentCode) -> None:
    assert parse(str(code)) == code


@given(codes, st.randoms())
def test_a_code_typed_in_another_case_with_blanks_and_o_for_nought_is_the_same(
    code: EnrolmentCode, random: Any
) -> None:
    parts = str(code).split("/")
    parts[5] = parts[5].replace("0", "o").replace("1", "l").replace("-", " ")
    if not code.host.startswith("/"):
        parts = [part.upper() if random.random() < 0.5 else part.lower() for part in parts]
    assert parse("  " + "/".join(parts) + "\r\n") == code


@given(codes, st.data())
def test_a_character_typed_wrong_is_noticed(code: EnrolmentCode, data: st.DataObject) -> None:
    text = str(code)
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from(string.ascii_uppercase + string.digits + "-./"))
    typed = text[:place] + other + text[place + 1 :]
    try:
        read = parse(typed)
    except NotAnEnrolmentCode:
        return
    assert read == code


@given(st.one_of(st.text(), st.text().map(lambda rest: f"GMS1/{rest}"), st.lists(st.text(), min_size=6, max_size=6)))
def test_any_other_text_is_said_to_be_no_code(text: Any) -> None:
    typed = text if isinstance(text, str) else "/".join(["GMS1", *text])
    with pytest.raises(NotAnEnrolmentCode):
        parse(typed)


@given(codes)
def test_a_code_cut_short_is_noticed(code: EnrolmentCode) -> None:
    assume(len(str(code)) > 10)
    with pytest.raises(NotAnEnrolmentCode):
        parse(str(code)[:-1])


@pytest.mark.parametrize(
    "fields",
    [
        ("", 5432, "gms", "a", "0" * 26),
        ("a b", 5432, "gms", "a", "0" * 26),
        ("hub", 0, "gms", "a", "0" * 26),
        ("hub", 5432, "GMS", "a", "0" * 26),
        ("hub", 5432, "gms", "a/b", "0" * 26),
        ("hub", 5432, "gms", "a", "0" * 25),
        ("hub", 5432, "gms", "a", "O" * 26),
    ],
)
def test_what_cannot_be_written_in_a_code_is_refused(fields: Any) -> None:
    with pytest.raises(NotAnEnrolmentCode):
        EnrolmentCode(*fields)


def test_a_password_of_the_benchs_own_is_stored_as_a_verifier(hub: Any) -> None:
    code = hub.invite().code
    take_up(code, address_of(code, tls="disable"), OWN)
    stored = hub.admin.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", (code.login,)).fetchone()[0]
    assert stored.startswith("SCRAM-SHA-256$")
    with psycopg.connect(**address_of(code, tls="disable").parameters(), password=OWN) as session:
        assert session.execute("SELECT 1").fetchone() == (1,)
