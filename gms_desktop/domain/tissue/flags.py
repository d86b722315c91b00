"""What a tissue case may be flagged for, as a trial, and what that asks of the tissue and beside it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gms_desktop.domain.tissue.assessment import Needs
from gms_desktop.domain.tissue.pieces import Sort

_SORTS = {"scroll": Sort.SCROLLS, **{one.value: one for one in Sort if one.is_cut}}


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag of a case.

    Attributes:
        code: in entries.
        words: on screens.
        needs: what it needs, in words; empty where nothing is said.
        source: who says so.
        in_comment: whether a comment has to say more.
        asks: what it asks of the tissue, in figures; None where its protocol was not entered.
        beside: the material of another specimen of the same patient that goes along, as "blood"; empty for none.
    """

    code: str
    words: str
    needs: str = ""
    source: str = ""
    in_comment: bool = False
    asks: Needs | None = None
    beside: str = ""


def read_flags(listed: Sequence[Mapping[str, Any]]) -> tuple[Flag, ...]:
    """The flags from TOML as in ``resources/rules/tissue.toml``.

    Raises:
        ValueError: a code stands twice, a sort of piece is none that is cut, or a figure cannot be.
        KeyError, TypeError, ArithmeticError: a field is missing or of the wrong kind.
    """
    made = tuple(_flag(one) for one in listed)
    if len({one.code for one in made}) < len(made):
        raise ValueError("a code stands twice")
    return made


def _flag(said: Mapping[str, Any]) -> Flag:
    words = {name: str(said.get(name, "")) for name in ("needs", "source", "beside")}
    in_comment = said.get("in_comment", False)
    if not isinstance(in_comment, bool):
        raise TypeError("yes and no are written true and false")
    asks = _asks(said.get("asks", {}))
    return Flag(str(said["code"]), str(said["words"]), in_comment=in_comment, asks=asks, **words)


def _asks(said: Mapping[str, Any]) -> Needs | None:
    """What a protocol asks; None while everything is blank."""
    unknown = [one for one in said.get("forms", ()) if one not in _SORTS]
    if unknown:
        raise ValueError(f"{unknown[0]} is no piece that is cut")
    needs = Needs(
        frozenset(_SORTS[one] for one in said.get("forms", ())),
        _whole(said, "number"),
        _whole(said, "sections"),
        _figure(said, "thickness_um"),
        _percent(said),
        said.get("stained", False) is True,
    )
    if needs.pieces is not None and not needs.sorts:
        raise ValueError("how many is asked, and not of what")
    return None if needs == Needs(frozenset()) else needs


def _figure(said: Mapping[str, Any], name: str) -> Decimal | None:
    written = str(said.get(name, ""))
    value = Decimal(written) if written else None
    if value is not None and not value > 0:
        raise ValueError(f"{written} is no figure above 0")
    return value


def _whole(said: Mapping[str, Any], name: str) -> int | None:
    value = _figure(said, name)
    if value is not None and value != int(value):
        raise ValueError(f"{value} is no whole number")
    return None if value is None else int(value)


def _percent(said: Mapping[str, Any]) -> Decimal | None:
    value = _figure(said, "minimum_percent")
    if value is not None and value > 100:
        raise ValueError(f"{value} is over 100 per cent")
    return value
