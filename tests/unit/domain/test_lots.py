"""Kits of reagents: what their code says of the lot, and whether it may be used."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain import lots
from gms_desktop.domain.identifiers.gs1 import Gs1Parts, gs1
from gms_desktop.domain.lots import Finding, Lot, Standing, Unreleased, Use

GTIN = "09506000134352"
TODAY = date(2026, 11, 23)
SERIAL = st.text(
    st.characters(min_codepoint=48, max_codepoint=90, exclude_characters=":;<=>?@"), min_size=1, max_size=20
)


def kit(rest: str) -> Gs1Parts:
    parts = gs1(f"]d201{GTIN}{rest}")
    assert parts is not None
    return parts


def test_a_kit_says_its_article_lot_expiry_serial_count_and_the_makers_name() -> None:
    parts = kit("1727123110" + "12AB\x1d21XYZ\x1d3096\x1d240KIT-96")
    assert (parts.gtin, parts.lot, parts.serial, parts.count, parts.additional) == (GTIN, "12AB", "XYZ", 96, "KIT-96")
    assert parts.expiry == date(2027, 12, 31)


def test_day_nought_is_the_last_day_of_its_month() -> None:
    assert kit("17270200" + "10A").expiry == date(2027, 2, 28)
    assert kit("17280200" + "10A").expiry == date(2028, 2, 29)


def test_what_no_table_knows_is_kept_as_it_came() -> None:
    parts = kit("1012AB\x1d98765\x1d0599X\x1d21XYZ")
    assert (parts.lot, parts.serial) == ("12AB", "XYZ")
    assert parts.unread == ("0599X",)


@pytest.mark.parametrize(
    "code",
    [
        "]d20109506000134353" + "10A",  # its check digit is another
        "]d201" + GTIN + "172713",  # a date cut short
        "]d201" + GTIN + "17271332" + "10A",  # the 32nd of a 13th month
        "]d201" + GTIN + "10" + "A" * 21,  # longer than a lot is
        "]d1" + "01" + GTIN + "10A",  # no GS1 symbol
        "05" + "99X",
    ],
)
def test_a_code_that_is_not_sound_is_no_kit(code: str) -> None:
    assert gs1(code) is None


def test_a_separator_that_a_scanner_dropped_shows_in_the_lot() -> None:
    assert kit("1012AB" + "17271231").run_in
    assert kit("1012AB" + "17271231" + "21XYZ").run_in
    assert not kit("17271231" + "1012AB17271231").run_in
    assert not kit("1012AB17279931").run_in


@given(SERIAL, SERIAL, st.dates(date(2026, 1, 1), date(2049, 12, 31)))
def test_every_kit_is_read_as_it_was_printed(lot: str, serial: str, expiry: date) -> None:
    parts = kit(f"17{expiry:%y%m%d}10{lot}\x1d21{serial}")
    assert (parts.lot, parts.serial, parts.expiry, parts.unread) == (lot, serial, expiry, ())


@given(st.text("0123456789ABC\x1d-/.", max_size=60))
def test_any_text_may_stand_behind_an_article(rest: str) -> None:
    parts = gs1(f"]C101{GTIN}{rest}")
    if parts is not None:
        said = "".join(ai + value for ai, value in parts.elements) + "".join(parts.unread)
        assert sorted(said) == sorted(f"01{GTIN}{rest}".replace("\x1d", ""))


def test_a_lot_is_new_then_known_and_is_the_same_at_every_bench() -> None:
    parts = kit("1727123110" + "12AB")
    lot = lots.lot_of(parts)
    assert lot is not None
    assert lot.id == Lot(GTIN, "12AB", None).id != Lot(GTIN, "12AC", None).id
    assert "/" not in lot.id
    assert lots.judge(parts, None, TODAY) is Finding.NEW
    assert lots.judge(parts, lot, TODAY) is Finding.KNOWN


def test_a_lot_may_be_used_through_its_last_day_and_not_after() -> None:
    parts = kit("1726112310" + "12AB")
    assert lots.judge(parts, None, TODAY) is Finding.NEW
    assert lots.judge(parts, None, TODAY + timedelta(days=1)) is Finding.EXPIRED


def test_a_kit_without_a_date_of_a_lot_that_has_expired_is_refused_too() -> None:
    known = Lot(GTIN, "12AB", TODAY - timedelta(days=1))
    assert lots.judge(kit("1012AB"), known, TODAY) is Finding.EXPIRED
    assert lots.judge(kit("1012AB"), None, TODAY) is Finding.NO_EXPIRY


def test_two_boxes_of_a_lot_with_two_dates_are_told() -> None:
    known = Lot(GTIN, "12AB", date(2027, 11, 30))
    assert lots.judge(kit("1727123110" + "12AB"), known, TODAY) is Finding.OTHER_EXPIRY


def test_a_code_without_a_lot_names_none_and_a_lot_that_ran_into_its_date_is_asked_about() -> None:
    assert lots.judge(kit("17271231"), None, TODAY) is Finding.NO_LOT
    assert lots.judge(kit("1012AB17271231"), None, TODAY) is Finding.RUN_IN


@given(
    st.sampled_from([Standing.RECEIVED, Standing.RELEASED, *lots.ENDS]),
    st.none() | st.dates(),
    st.dates(),
    st.sampled_from(Unreleased),
)
def test_only_a_lot_that_is_released_and_in_date_is_used_without_a_word_where_releases_are_asked_for(
    state: Standing, expiry: date | None, day: date, rule: Unreleased
) -> None:
    stands = lots.standing(state.value, expiry, day)
    use = lots.may_use(stands, rule)
    if lots.is_expired(expiry, day) or state is Standing.WITHDRAWN:
        assert use is Use.NO
    elif state is Standing.RELEASED:
        assert use is Use.YES
    else:
        assert use is {Unreleased.REFUSE: Use.NO, Unreleased.WARN: Use.WITH_WARNING, Unreleased.USE: Use.YES}[rule]


def test_a_lot_entered_by_hand_is_the_same_however_it_is_spaced_and_never_that_of_a_code() -> None:
    one, same = lots.by_hand("TE buffer", " B 12"), lots.by_hand("te  Buffer ", "B 12")
    assert one.id == same.id
    assert not one.gtin.isdigit()
    assert one.id != lots.by_hand("TE buffer", "B 13").id
