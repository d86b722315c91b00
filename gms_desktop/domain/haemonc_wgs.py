"""A fresh specimen of a blood cancer for whole genome sequencing (service specification lines 2355-2404). Pure.

It says what is so and what to do, and decides nothing: a white cell count that nobody stated is accepted and chased,
one that is too low asks for bone marrow and keeps the blood.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gms_desktop.domain.time_limits import is_of


@dataclass(frozen=True, slots=True)
class HaemoncRules:
    """The rule set; ``volume_ml`` in ml, ``white_cells`` in 10^9/L, ``fish_days`` in days."""

    version: str
    tests: tuple[str, ...]
    acute_leukaemia: tuple[str, ...]
    fish_days: int
    types: frozenset[str]
    counted: frozenset[str]
    volume_ml: Decimal
    white_cells: Decimal
    papers: tuple[str, ...]
    absent: tuple[str, ...]


class Finding(StrEnum):
    """What is found about a specimen; the words stand in ``examination_words``."""

    WRONG_TYPE = "wrong type"
    TYPE_UNKNOWN = "type unknown"
    SHORT = "short"
    VOLUME_UNKNOWN = "volume unknown"
    CELLS_LOW = "cells low"
    CELLS_NOT_STATED = "cells not stated"
    PAPER_MISSING = "paper missing"
    PAPER_UNKNOWN = "paper unknown"
    FISH_AWAITED = "FISH awaited"


@dataclass(frozen=True, slots=True)
class Found:
    """One finding with what it is about."""

    finding: Finding
    about: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """What is known of a specimen.

    Attributes:
        test: Test Directory code.
        type: code of the specimen type; empty while it is not known.
        volume_ml: None while nobody stated one.
        white_cells: in 10^9/L; None when not stated.
        papers: for each paper that was looked for, whether it is here.
        fish: whether the result of FISH is here.
    """

    test: str
    type: str
    volume_ml: Decimal | None
    white_cells: Decimal | None
    papers: Mapping[str, bool]
    fish: bool = False


FISH = "FISH result"


def read_haemonc(text: str) -> HaemoncRules:
    """The rule set.

    Args:
        text: TOML as in ``resources/rules/haemonc-wgs.toml``.

    Raises:
        ValueError: when a figure is not above zero, or white cells of a type that is not taken are counted.
        KeyError, TypeError, ArithmeticError: when a field is missing or of the wrong kind.
    """
    said = tomllib.loads(text)
    rules = HaemoncRules(
        version=str(said["version"]),
        tests=tuple(str(one) for one in said["tests"]),
        acute_leukaemia=tuple(str(one) for one in said["acute_leukaemia"]),
        fish_days=int(said["fish_days"]),
        types=frozenset(str(one) for one in said["types"]),
        counted=frozenset(str(one) for one in said["counted"]),
        volume_ml=Decimal(said["volume_ml"]),
        white_cells=Decimal(said["white_cells"]),
        papers=tuple(str(one) for one in said["papers"]),
        absent=tuple(str(one) for one in said["absent"]),
    )
    if not (rules.volume_ml > 0 and rules.white_cells > 0 and rules.fish_days > 0):
        raise ValueError("volume, white cells and days are above 0")
    if not rules.counted <= rules.types:
        raise ValueError("white cells are counted of a type that is not taken")
    return rules


def is_for_wgs(rules: HaemoncRules, test: str) -> bool:
    """Whether a test is whole genome sequencing of a blood cancer."""
    return any(is_of(test, wanted) for wanted in rules.tests)


def is_acute(rules: HaemoncRules, test: str) -> bool:
    """Whether a test is of an acute leukaemia."""
    return any(is_of(test, wanted) for wanted in rules.acute_leukaemia)


def judge(rules: HaemoncRules, sample: Sample) -> tuple[Found, ...]:
    """What is found about a specimen, the gravest first; nothing where it is all that it must be.

    Identifiers of NGIS and a FluidX tube are not looked for: the sequencing laboratory makes them.
    """
    if not is_for_wgs(rules, sample.test):
        return ()
    found = [*_material(rules, sample), *_cells(rules, sample), *_papers(rules, sample)]
    if is_acute(rules, sample.test) and not sample.fish:
        found.append(Found(Finding.FISH_AWAITED))
    return tuple(found)


def _material(rules: HaemoncRules, sample: Sample) -> list[Found]:
    found = []
    if not sample.type:
        found.append(Found(Finding.TYPE_UNKNOWN))
    elif sample.type not in rules.types:
        found.append(Found(Finding.WRONG_TYPE))
    if sample.volume_ml is None:
        found.append(Found(Finding.VOLUME_UNKNOWN))
    elif sample.volume_ml < rules.volume_ml:
        found.append(Found(Finding.SHORT))
    return found


def _cells(rules: HaemoncRules, sample: Sample) -> list[Found]:
    if sample.type not in rules.counted:
        return []
    if sample.white_cells is None:
        return [Found(Finding.CELLS_NOT_STATED)]
    return [Found(Finding.CELLS_LOW)] if sample.white_cells < rules.white_cells else []


def _papers(rules: HaemoncRules, sample: Sample) -> list[Found]:
    return [
        Found(Finding.PAPER_MISSING if paper in sample.papers else Finding.PAPER_UNKNOWN, paper)
        for paper in rules.papers
        if not sample.papers.get(paper, False)
    ]
