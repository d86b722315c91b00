"""What a trial asks of tissue is entered by the laboratory: blank is not asked, and what cannot be is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from gms_desktop.domain.tissue.flags import read_flags
from gms_desktop.domain.tissue.pieces import Sort

BLANK = {"forms": [], "number": "", "sections": "", "thickness_um": "", "minimum_percent": ""}


def flag(**asks: Any) -> list[dict[str, Any]]:
    return [{"code": "cvlp", "words": "Launch Pad", "asks": BLANK | asks}]


def test_a_protocol_that_nobody_entered_asks_nothing() -> None:
    [one] = read_flags(flag())
    assert (one.asks, one.beside, one.in_comment) == (None, "", False)


def test_what_was_entered_is_asked() -> None:
    [one] = read_flags(flag(forms=["scroll", "slide"], number="6", thickness_um="10", minimum_percent="20"))
    assert one.asks is not None
    assert one.asks.sorts == {Sort.SCROLLS, Sort.SLIDE}
    assert (one.asks.pieces, one.asks.thickness_um, one.asks.neoplastic) == (6, Decimal(10), Decimal(20))


@pytest.mark.parametrize(
    "asks",
    [
        {"number": "6"},
        {"forms": ["block"]},
        {"forms": ["slide"], "number": "2.5"},
        {"thickness_um": "-1"},
        {"minimum_percent": "101"},
    ],
)
def test_what_cannot_be_asked_is_refused(asks: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_flags(flag(**asks))


def test_a_flag_stands_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        read_flags([*flag(), *flag()])
