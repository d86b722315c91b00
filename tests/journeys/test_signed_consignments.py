"""A signed consignment is taken in: its things are expected, a changed file is refused, a strange key is said."""

from __future__ import annotations

from importlib.resources import files

from bench_top import BenchTop
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gms_desktop.exchange.consignments import signed_file
from gms_desktop.exchange.consignments.contents import Acknowledgement, Item, Manifest, Party, Person
from gms_desktop.services import site_rules
from gms_desktop.services.expect import Plan

KEY = signed_file.laboratory_key(b"the sending laboratory's own secret")
OTHER = signed_file.laboratory_key(b"somebody else's secret")
SENDER, RECEIVER = Party(name="Second laboratory", ods="RR8"), Party(name="Rehearsal laboratory", ods="ZZ999")


def manifest() -> Manifest:
    people = (
        ("Llŷr", "Ffion", "1971-03-05", "9449305552", "1700009501"),
        ("Wiśniewska", "Ola", "1984-11-30", "9449307555", "1700009502"),
    )
    tubes = tuple(
        Item(
            number=f"ZB7Q0030{at}",
            sort="tube",
            codes=(code,),
            type="DNA",
            referral=f"r3000000000{at}",
            test="R14.1",
            role="proband",
            person=Person(surname=surname, forename=forename, birth_date=born, nhs_number=number),
        )
        for at, (surname, forename, born, number, code) in enumerate(people, 1)
    )
    return Manifest(
        sender=SENDER, receiver=RECEIVER, consignment="C-1", closed_at="2026-11-22T14:00:00+00:00", items=tubes
    )


def senders(bench: BenchTop, fingerprint: str) -> None:
    """An administrator enters a sender's key."""
    text = files("resources").joinpath("rules", "senders.toml").read_text("utf-8")
    named = f'[[sender]]\nods = "RR8"\nname = "Second laboratory"\nfingerprints = ["{fingerprint}"]\n'
    text = text.replace("sender = []\n", named).replace("BLANK-1", "1")
    [operator] = bench.rows("SELECT operator FROM operator_role WHERE role = 'administrator' LIMIT 1")
    bench.write(lambda ledger: ledger.append([site_rules.approval(text, "senders", operator["operator"])], None))


def print_of(key: Ed25519PrivateKey) -> str:
    return signed_file.fingerprint(key.public_key().public_bytes_raw())


def codes(made: Plan) -> list[str]:
    return [one.reason_code for one in made.reading.file_problems]


def test_what_a_laboratory_sent_is_expected_and_found_by_its_codes(empty_bench: BenchTop) -> None:
    made = empty_bench.takes_in("C-1.gmsc", signed_file.sign(manifest(), KEY))
    assert (len(made.landed), made.waiting) == (2, [])
    assert empty_bench.scans("1700009501").title == "Matches"


def test_a_key_that_nobody_compared_is_said(empty_bench: BenchTop) -> None:
    made = empty_bench.takes_in("C-1.gmsc", signed_file.sign(manifest(), KEY))
    assert codes(made) == ["consignment-signed-by"]
    assert print_of(KEY) in made.reading.file_problems[0].detail


def test_nothing_is_said_of_a_key_that_was_compared(empty_bench: BenchTop) -> None:
    senders(empty_bench, print_of(KEY))
    made = empty_bench.takes_in("C-1.gmsc", signed_file.sign(manifest(), KEY))
    assert (codes(made), len(made.landed)) == ([], 2)


def test_another_key_than_the_senders_is_refused(empty_bench: BenchTop) -> None:
    senders(empty_bench, print_of(KEY))
    made = empty_bench.takes_in("C-1.gmsc", signed_file.sign(manifest(), OTHER))
    assert (codes(made), made.landed) == (["consignment-wrong-key"], [])


def test_a_changed_file_is_refused_whole(empty_bench: BenchTop) -> None:
    content = bytearray(signed_file.sign(manifest(), KEY))
    content[-3] ^= 1
    made = empty_bench.takes_in("C-1.gmsc", bytes(content))
    assert (codes(made), made.landed) == (["consignment-tampered"], [])


def test_an_answer_is_no_manifest(empty_bench: BenchTop) -> None:
    answer = Acknowledgement(
        sender=SENDER, receiver=RECEIVER, consignment="C-1", manifest="ab", received_at="2026-11-23", items=()
    )
    made = empty_bench.takes_in("answer.gmsc", signed_file.sign(answer, KEY))
    assert codes(made) == ["consignment-answer"]


def test_the_same_manifest_twice_expects_nothing_twice(empty_bench: BenchTop) -> None:
    content = signed_file.sign(manifest(), KEY)
    empty_bench.takes_in("C-1.gmsc", content)
    again = empty_bench.takes_in("C-1 again.gmsc", content)
    assert (again.landed, len(again.already)) == ([], 2)
