"""Names of places: what stands on a door is taken as it is; a code, a page of text or an unseen sign is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.place_names import MOST, Why, read


@pytest.mark.parametrize(
    "name", ["Room 4", "A12", "ULT 80-0042", "ULT-80-0042", "Freezer <b>A</b>", "Kühlraum & Lager", "Étage 2", "4"]
)
def test_what_stands_on_a_door_is_kept_as_it_is(name: str) -> None:
    assert read(name) == name


def test_spaces_around_and_between_are_one_space() -> None:
    assert read("  Freezer\t  A ") == "Freezer A"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", Why.EMPTY),
        (" - ", Why.EMPTY),
        ("F" * (MOST + 1), Why.TOO_LONG),
        ("Freezer\x00A", Why.NOT_PRINTABLE),
        ("Freezer\nA", Why.NOT_PRINTABLE),
        ("Freezer \u202eA", Why.NOT_PRINTABLE),
        ("9434765919", Why.A_CODE),
        ("943 476 5919", Why.A_CODE),
        ("r30000000001", Why.A_CODE),
        ("5012345678900", Why.A_CODE),
        ("!GMS!CONFIRM!", Why.A_CODE),
    ],
)
def test_what_is_no_name_is_refused_and_why(text: str, why: Why) -> None:
    assert read(text) is why


@given(st.text(max_size=80))
def test_a_name_has_no_sign_that_is_not_seen_and_reads_as_itself(text: str) -> None:
    name = read(text)
    if not isinstance(name, Why):
        assert name.isprintable()
        assert len(name) <= MOST
        assert read(name) == name
