"""The code of a command card is like no other code, and no other code is like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.scanners.layout import KeyboardState, seen
from gms_desktop.domain.identifiers import (
    accession,
    barcode,
    command_card,
    downtime,
    fluidx,
    ngis,
    nhs_number,
    ods,
    snomed,
)
from gms_desktop.domain.identifiers.barcode import Kind
from gms_desktop.domain.identifiers.command_card import Card
from gms_desktop.exchange.cells import identifier_fault

CODES = [command_card.code(card) for card in Card]
EVERY_CARD = pytest.mark.parametrize("card", Card)


@EVERY_CARD
def test_the_code_of_each_card_is_read_as_that_card_alone(card: Card) -> None:
    code = command_card.code(card)
    assert command_card.read(code) is card
    assert command_card.read(code.lower()) is card
    assert [one.kind for one in barcode.recognise(code)] == [Kind.COMMAND_CARD]
    assert [one.kind for one in barcode.recognise(f"]d1{code}")] == [Kind.COMMAND_CARD]


@EVERY_CARD
def test_no_other_parser_takes_the_code_of_a_card(card: Card) -> None:
    code = command_card.code(card)
    assert not accession.looks_like(code)
    assert not downtime.looks_like(code)
    assert not fluidx.is_fluidx(code)
    assert not ngis.is_lab_sample(code)
    assert not ngis.is_referral(code)
    assert not ngis.is_participant(code)
    assert not nhs_number.is_grouped(code)
    assert not nhs_number.check_digit_agrees(code)
    assert not ods.is_ods(code)
    assert not barcode.is_gtin(code)
    assert all(barcode.gs1(prefix + code) is None for prefix in ("", "]C1", "]d2", "]Q3"))
    assert not barcode.proves_itself(code)


@EVERY_CARD
@pytest.mark.parametrize("state", KeyboardState)
def test_a_card_is_read_through_caps_lock_and_either_layout(card: Card, state: KeyboardState) -> None:
    shown = seen(command_card.code(card), state)
    assert shown is not None
    assert command_card.read(shown) is card


@EVERY_CARD
def test_a_card_of_which_anything_is_lost_is_none_and_is_never_taken_for_another(card: Card) -> None:
    code = command_card.code(card)
    for cut in range(1, len(code)):
        assert command_card.read(code[:cut]) is None
        assert command_card.read(code[cut:]) is None
        assert command_card.read(code[: cut - 1] + code[cut:]) is None


@given(st.sampled_from(CODES), st.integers(0, 30), st.characters(min_codepoint=33, max_codepoint=126))
def test_no_single_wrong_sign_makes_another_card(code: str, place: int, sign: str) -> None:
    at = place % len(code)
    changed = code[:at] + sign + code[at + 1 :]
    assert command_card.read(changed) in {None, command_card.read(code)}


others = st.one_of(
    st.builds(
        accession.mint,
        st.sampled_from(accession.LETTERS),
        st.integers(0, 2**30 - 1).map(accession.short_code_from_bits),
        st.integers(0, accession.COUNTER_END - 1),
    ),
    st.builds(
        downtime.mint,
        st.sampled_from(accession.LETTERS),
        st.integers(0, 2**30 - 1).map(accession.short_code_from_bits),
        st.integers(0, downtime.COUNTER_END - 1),
    ),
    st.from_regex(r"\A(?:[A-Z]{2}[0-9]{8}|NA[0-9]{10}|[0-9]{10})\Z"),
    st.from_regex(r"\A[rpRP][0-9]{11}\Z"),
    st.from_regex(r"\A[0-9]{3} ?[0-9]{3} ?[0-9]{4}\Z"),
    st.from_regex(r"\A01[0-9]{14}10[!-~]{1,20}\Z"),
    st.from_regex(r"\A[0-9]{8,18}\Z"),
    st.from_regex(r"\A[A-Z0-9]{3,6}\Z"),
)


@given(others)
def test_no_number_of_a_specimen_a_patient_or_a_kit_is_a_card(code: str) -> None:
    assert not command_card.looks_like(code)
    assert all(one.kind is not Kind.COMMAND_CARD for one in barcode.recognise(code))


@given(st.text())
def test_whatever_is_taken_for_another_kind_is_no_card(text: str) -> None:
    kinds = {one.kind for one in barcode.recognise(text)}
    assert Kind.COMMAND_CARD not in kinds or kinds == {Kind.COMMAND_CARD}
    taken = (
        accession.looks_like(text)
        or downtime.looks_like(text)
        or fluidx.is_fluidx(text)
        or ngis.is_referral(text)
        or ngis.is_participant(text)
        or nhs_number.is_grouped(text)
        or ods.is_ods(text)
        or snomed.findings(text) == ()
    )
    assert not (taken and command_card.looks_like(text))


def test_a_sender_cannot_announce_a_tube_whose_code_is_a_card() -> None:
    for code in CODES:
        fault = identifier_fault(code)
        assert fault is not None
        assert (fault.reason_code, fault.blocks) == ("card-in-code", True)
    assert identifier_fault("Q26-118901-1") is None
