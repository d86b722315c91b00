"""Destinations of the laboratory: read whole or not at all, made-up ones marked as such."""

from importlib.resources import files

import pytest

from gms_desktop.domain.consignments.destinations import read_destinations

TEXT = files("resources").joinpath("rules", "destinations.toml").read_text("utf-8")
ONE = """
[[destination]]
code = "a"
name = "A laboratory"
address = ["1 Street"]
in_use = true
accepts = ["tube"]
"""


def test_every_destination_of_the_product_is_marked_as_made_up_and_the_plating_path_is_off() -> None:
    found = {one.code: one for one in read_destinations(TEXT)}
    assert all(one.example and one.name.startswith("EXAMPLE") for one in found.values())
    assert [one.code for one in found.values() if not one.in_use] == ["plating"]
    assert found["wgs"].identifiers == ("referral", "participant", "tube")
    assert found["haemonc"].documents == ("Test order form", "Record of discussion")
    assert found["blocks"].return_days == 28


def test_what_nobody_said_of_a_destination_stays_unsaid() -> None:
    [one] = read_destinations(ONE)
    assert (one.cut_off, dict(one.receiving), one.return_days, one.tissue) == (None, {}, None, None)
    assert not one.high_risk


@pytest.mark.parametrize(
    "line",
    [
        'accepts = ["spoon"]',
        'identifiers = ["shoe size"]',
        'manifest = "napkin"',
        'cut_off = "25:00"',
        "transit_days = -1",
        "return_days = true",
        'receiving = { Monday = ["17:00", "09:00"] }',
        'receiving = { Funday = ["09:00", "17:00"] }',
        'tissue = { forms = ["slide"], minimum_percent = "120" }',
    ],
)
def test_a_profile_with_a_slip_is_refused_as_a_whole(line: str) -> None:
    text = ONE.replace('accepts = ["tube"]', line) if line.startswith("accepts") else ONE + line
    with pytest.raises((ValueError, TypeError, KeyError)):
        read_destinations(text)


def test_two_destinations_of_one_code_are_refused() -> None:
    with pytest.raises(ValueError, match="code of its own"):
        read_destinations(ONE + ONE)
