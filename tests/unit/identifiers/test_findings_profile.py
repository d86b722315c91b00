"""The severities that a laboratory sets."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files

import pytest

from gms_desktop.domain import dates, test_directory
from gms_desktop.domain.findings import WARN_ONLY, Severity, read_profile
from gms_desktop.domain.identifiers import fluidx, ngis, nhs_number, ods, snomed

PRODUCT = files("resources").joinpath("rules", "identifiers.toml").read_text("utf-8")
EVERY_CODE = frozenset().union(*(room.CODES for room in (dates, fluidx, ngis, nhs_number, ods, snomed, test_directory)))


def test_the_product_profile_names_every_code_once_with_its_source() -> None:
    document = tomllib.loads(PRODUCT)
    assert set(document["codes"]) == EVERY_CODE
    assert all(row["source"] for row in document["codes"].values())


def test_the_product_profile_warns_and_never_blocks_an_identifier() -> None:
    profile = read_profile(PRODUCT)
    assert profile.effective == date(2026, 11, 21)
    assert profile.version == "1"
    assert profile.severities["nhs-check-digit"] is Severity.WARN
    blocked = {code for code, severity in profile.severities.items() if severity is Severity.BLOCK}
    assert blocked == {"time-missing-hour", "time-out-of-range"}


def test_a_code_that_a_profile_does_not_name_is_a_warning() -> None:
    assert WARN_ONLY.find("nhs-length", "944930555").severity is Severity.WARN


def test_a_finding_does_not_show_its_value_in_a_log_line() -> None:
    assert "944930555" not in repr(nhs_number.findings("944930555"))


@pytest.mark.parametrize(
    "text",
    [
        "", "name = ", 'name = "a"\nversion = "1"\neffective = 2026-01-01\ndefault = "warn"',
        'name = "a"\nversion = "1"\neffective = "soon"\ndefault = "warn"\n[codes]',
        'name = "a"\nversion = "1"\neffective = 2026-01-01\ndefault = "loud"\n[codes]',
        'name = "a"\nversion = "1"\neffective = 2026-01-01\ndefault = "warn"\n[codes]\nx = "warn"',
        'name = "a"\nversion = "1"\neffective = 2026-01-01\ndefault = "warn"\n[codes.x]\nsource = "y"',
    ],
)  # fmt: skip
def test_a_profile_that_is_incomplete_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_profile(text)
