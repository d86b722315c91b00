"""Specimen types as laboratory data: what each is, what is asked of it, and what may be seen on it. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ASKS = frozenset({"history", "cytology"})
CYTOLOGY = ("preparation", "fixative", "adequacy")


@dataclass(frozen=True, slots=True)
class SpecimenType:
    """A type of specimen.

    Attributes:
        code: the stable name.
        words: as the bench writes it.
        container: the usual one, in words.
        material: what is tested.
        never_chilled: whether a source says that it is never refrigerated; false says only that none does.
        irreplaceable: whether it cannot, or not without harm, be taken again.
        asks: what is asked beside volume and type.
        source: where ``never_chilled`` is published.
    """

    code: str
    words: str
    container: str
    material: str
    never_chilled: bool = False
    irreplaceable: bool = False
    asks: frozenset[str] = frozenset()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """What may be seen on a specimen; ``reason`` is the coded reason that says the same of a decision."""

    code: str
    words: str
    one_touch: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme of the centrifuge: each spin with its force in g and its minutes, as decimal text."""

    code: str
    words: str
    spins: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TypeList:
    """A laboratory's specimen types, conditions, and lists of cytology and separation (specification line 494)."""

    types: tuple[SpecimenType, ...]
    conditions: tuple[Condition, ...]
    cytology: Mapping[str, tuple[str, ...]]
    haemolysis: tuple[str, ...]
    programmes: tuple[Programme, ...]

    def find(self, written: str | None) -> SpecimenType | None:
        """The type that somebody wrote by its words or its code; None for what is not on the list."""
        wanted = (written or "").strip().casefold()
        return next((one for one in self.types if wanted in (one.words.casefold(), one.code)), None)

    def condition(self, code: str) -> Condition | None:
        """A condition by its code."""
        return next((one for one in self.conditions if one.code == code), None)

    def condition_words(self, code: str) -> str:
        """A condition in words; one that the laboratory took off its list stays readable by its code."""
        known = self.condition(code)
        return known.words if known else code


def read_types(text: str) -> TypeList:
    """A laboratory's list.

    Args:
        text: TOML as in ``resources/reference/specimen-types.toml``.

    Raises:
        ValueError: when a code or words stand twice, something unknown is asked, or a type that is never chilled
            names no source.
        KeyError, TypeError: when a field is missing or of the wrong kind.
    """
    said = tomllib.loads(text)
    types = tuple(_type(one) for one in said["type"])
    conditions = tuple(_condition(one) for one in said["condition"])
    for what in ([one.code for one in types], [one.words.casefold() for one in types], [c.code for c in conditions]):
        twice = sorted({one for one in what if what.count(one) > 1})
        if twice:
            raise ValueError(f"{twice[0]} stands twice")
    if not types:
        raise ValueError("no specimen type stands on the list")
    cytology = {name: _words(said["cytology"][name]) for name in CYTOLOGY}
    programmes = tuple(_programme(one) for one in said["programme"])
    return TypeList(types, conditions, cytology, _words(said["separation"]["haemolysis"]), programmes)


def storage_words(kind: SpecimenType | None) -> str:
    """What storage must know of a type: empty where nothing is laid down."""
    return f"{kind.words}: never chill or freeze" if kind is not None and kind.never_chilled else ""


def _type(said: dict[str, Any]) -> SpecimenType:
    asks = frozenset(str(one) for one in said.get("asks", ()))
    if asks - ASKS:
        raise ValueError(f"{said['code']} asks {', '.join(sorted(asks - ASKS))}; known are {', '.join(sorted(ASKS))}")
    chilled, source = said.get("never_chilled", False) is True, str(said.get("source", ""))
    if chilled and not source:
        raise ValueError(f"{said['code']} is never chilled, and no source says so")
    return SpecimenType(
        code=_stable(said["code"]),
        words=str(said["words"]),
        container=str(said["container"]),
        material=str(said["material"]),
        never_chilled=chilled,
        irreplaceable=said.get("irreplaceable", False) is True,
        asks=asks,
        source=source,
    )


def _condition(said: dict[str, Any]) -> Condition:
    one_touch = said.get("one_touch", False) is True
    return Condition(_stable(said["code"]), str(said["words"]), one_touch, str(said.get("reason", "")))


def _programme(said: dict[str, Any]) -> Programme:
    spins = tuple((str(one["g"]), str(one["minutes"])) for one in said["spins"])
    if not spins or not all(figure.isdecimal() for spin in spins for figure in spin):
        raise ValueError(f"{said['code']}: each spin has its force in g and its minutes")
    return Programme(_stable(said["code"]), str(said["words"]), spins)


def _stable(code: object) -> str:
    # It stands behind a # in a button's argument and in the journal.
    text = str(code)
    if not text or not all(sign.isalnum() or sign == "-" for sign in text):
        raise ValueError(f"“{text}” is no code: letters, digits and - only")
    return text


def _words(said: object) -> tuple[str, ...]:
    if not isinstance(said, list) or not said:
        raise TypeError("a list of words is wanted")
    return tuple(str(one) for one in said)
