"""A laboratory's rules for tissue: what a cut needs, days until due, hours in formalin, lists of words. Site data."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gms_desktop.domain.tissue.cutting import CuttingRules
from gms_desktop.domain.tissue.flags import Flag, read_flags
from gms_desktop.domain.tissue.pieces import State
from gms_desktop.domain.tissue.times import Urgency


@dataclass(frozen=True, slots=True)
class Word:
    """A code with its words, and a source where the list has one."""

    code: str
    words: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """How many days an urgency has from acquisition."""

    urgency: Urgency
    words: str
    days: int
    source: str


@dataclass(frozen=True, slots=True)
class End:
    """What a piece came to, and the state it has then."""

    code: str
    words: str
    state: State


@dataclass(frozen=True, slots=True)
class TissueRules:
    """The laboratory's own.

    Attributes:
        version: of the set.
        cutting: what a cut or a scraping needs first.
        urgencies: days from acquisition for each.
        formalin: least and most hours in formalin; None where not laid down.
        formalin_source: who says so.
        before_formalin: most hours from acquisition into formalin; None where not laid down.
        second_assessor: whether a second person assesses too.
        may_differ: percentage points by which two may differ; None where not laid down.
    """

    version: str
    cutting: CuttingRules
    urgencies: tuple[Days, ...]
    formalin: tuple[Decimal | None, Decimal | None]
    formalin_source: str
    before_formalin: Decimal | None
    second_assessor: bool
    may_differ: Decimal | None
    methods: tuple[Word, ...]
    cellularities: tuple[Word, ...]
    stains: tuple[Word, ...]
    flags: tuple[Flag, ...]
    tumours: tuple[Word, ...]
    ends: tuple[End, ...]

    def days(self, urgency: str) -> Days | None:
        """The days of an urgency, by its code."""
        return next((one for one in self.urgencies if one.urgency == urgency), None)


def word(listed: Sequence[Word], code: str) -> str:
    """The words of a code; the code itself where a later list no longer has it."""
    return next((one.words for one in listed if one.code == code), code)


def read_tissue_rules(text: str) -> TissueRules:
    """The rules from TOML as in ``resources/rules/tissue.toml``.

    Raises:
        ValueError: a code stands twice, an urgency or a state is none, an urgency is missing, or hours in formalin
            have no source.
        KeyError, TypeError, ArithmeticError: a field is missing or of the wrong kind.
    """
    said = tomllib.loads(text)
    formalin = _decimal(said["formalin_least"]), _decimal(said["formalin_most"])
    source = str(said.get("formalin_source", ""))
    if any(one is not None for one in formalin) and not source:
        raise ValueError("hours in formalin, and no source says so")
    lists = {name: _words(said[name]) for name in ("method", "cellularity", "stain")}
    return TissueRules(
        version=str(said["version"]),
        cutting=_cutting(said),
        urgencies=_urgencies(said["urgency"]),
        formalin=formalin,
        formalin_source=source,
        before_formalin=_decimal(said["before_formalin_most"]),
        second_assessor=_yes(said["second_assessor"]),
        may_differ=_decimal(said["may_differ"]),
        methods=lists["method"],
        cellularities=lists["cellularity"],
        stains=lists["stain"],
        flags=read_flags(said["flag"]),
        # A laboratory's set from before there was this list has none.
        tumours=_words(said.get("tumour", [])),
        ends=tuple(End(one["code"], one["words"], State(one["state"])) for one in said["end"]),
    )


def _cutting(said: dict[str, Any]) -> CuttingRules:
    flags = ("agreement", "unknown_needs_agreement", "image_before_scraping", "change_blade")
    return CuttingRules(reserve_um=_decimal(said["reserve_um"]), **{name: _yes(said[name]) for name in flags})


def _urgencies(listed: list[dict[str, Any]]) -> tuple[Days, ...]:
    made = tuple(Days(Urgency(one["code"]), one["words"], int(one["days"]), one["source"]) for one in listed)
    if sorted(one.urgency for one in made) != sorted(Urgency) or any(one.days < 1 for one in made):
        raise ValueError("each urgency stands once, with its days")
    return made


def _words(listed: list[dict[str, Any]]) -> tuple[Word, ...]:
    made = tuple(Word(str(one["code"]), str(one["words"]), one.get("source", "")) for one in listed)
    if len({one.code for one in made}) < len(made):
        raise ValueError("a code stands twice")
    return made


def _yes(said: object) -> bool:
    if not isinstance(said, bool):
        raise TypeError("yes and no are written true and false")
    return said


def _decimal(written: str) -> Decimal | None:
    value = Decimal(written) if written else None
    if value is not None and (not value.is_finite() or value < 0):
        raise ValueError(f"{written} is no figure from 0 on")
    return value
