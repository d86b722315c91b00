"""Rules of plating as data: a laboratory switches a pack on, or leaves it off, and may change each rule of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Rule(StrEnum):
    """A rule that a pack may hold."""

    ONE_TYPE = "one-type"
    PARTICIPANT_ONCE = "participant-once"
    FAMILY_ONCE = "family-once"
    APART = "apart"
    PARTNER = "partner"
    BUFFER = "buffer-in-gaps"
    CONSIGNMENT = "one-consignment"
    A01 = "a01-filled"


@dataclass(frozen=True, slots=True)
class Apart:
    """How far apart related tubes stand: in no well of a field of so many columns and rows to each side."""

    types: frozenset[str]
    same_row: bool
    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class Partner:
    """A tube of one type waits for its partner of another: of the same ``by``, unless it was announced otherwise."""

    of: str
    needs: str
    by: tuple[str, ...]
    unless: frozenset[str]


@dataclass(frozen=True, slots=True)
class RulePack:
    """The rules that hold.

    Attributes:
        name: the pack's.
        version: its version, or that of the copy it rests on.
        on: whether the laboratory works by it.
        types: the rack types, in the order in which plates are made.
        participant_once: types on which no participant stands twice.
        family_once: types on which no two of one family stand.
        apart: how far apart related tubes stand.
        partners: which tube waits for which.
        rules: every rule that holds.
        sources: where each rule is published.
    """

    name: str
    version: str
    on: bool
    types: tuple[str, ...] = ()
    participant_once: frozenset[str] = frozenset()
    family_once: frozenset[str] = frozenset()
    apart: Apart | None = None
    partners: tuple[Partner, ...] = ()
    rules: frozenset[Rule] = frozenset()
    sources: Mapping[Rule, str] = field(default_factory=dict)

    @property
    def in_force(self) -> RulePack:
        """This pack where it is on; a pack without a rule where it is off."""
        return self if self.on else NO_RULES

    def holds(self, rule: Rule) -> bool:
        """Whether a rule is to be kept."""
        return self.on and rule in self.rules

    def asks_who(self, type_: str) -> bool:
        """Whether any rule asks whose a tube of a type is."""
        spaced = self.apart.types if self.apart else frozenset[str]()
        waiting = {one.of for one in self.partners}
        return self.on and type_ in self.participant_once | self.family_once | spaced | waiting


NO_RULES = RulePack("none", "", on=True)


def read_rule_pack(text: str) -> RulePack:
    """A pack.

    Args:
        text: TOML as in ``resources/rules/plating-national.toml``.

    Raises:
        ValueError: when a rule is unknown, has no source, stands twice, or names a type that the pack does not have.
        KeyError, TypeError: when a field is missing or of the wrong kind.
    """
    said = tomllib.loads(text)
    types = tuple(str(one) for one in said["types"])
    rules = _rules(said["rule"])
    pack = RulePack(
        name=str(said["name"]),
        version=str(said["version"]),
        on=said["on"] is True,
        types=types,
        participant_once=_types(rules.get(Rule.PARTICIPANT_ONCE)),
        family_once=_types(rules.get(Rule.FAMILY_ONCE)),
        apart=_apart(rules.get(Rule.APART)),
        partners=tuple(_partner(one) for one in rules.get(Rule.PARTNER, {}).get("waits", ())),
        rules=frozenset(rules),
        sources={rule: str(one["source"]) for rule, one in rules.items()},
    )
    _check_types(pack)
    return pack


def _rules(said: list[dict[str, Any]]) -> dict[Rule, dict[str, Any]]:
    codes = [Rule(str(one["code"])) for one in said]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise ValueError(f"{twice[0]} stands twice")
    bare = [code for code, one in zip(codes, said, strict=True) if not one.get("source")]
    if bare:
        raise ValueError(f"{bare[0]} names no source")
    return {code: one for code, one in zip(codes, said, strict=True) if one.get("on", True) is True}


def _types(said: dict[str, Any] | None) -> frozenset[str]:
    return frozenset(str(one) for one in said["types"]) if said else frozenset()


def _apart(said: dict[str, Any] | None) -> Apart | None:
    if said is None:
        return None
    return Apart(_types(said), said["same_row"] is True, int(said["columns"]), int(said["rows"]))


def _partner(said: dict[str, Any]) -> Partner:
    by = tuple(str(one) for one in said["by"])
    if not by or not set(by) <= {"participant", "family"}:
        raise ValueError("partners are of the same participant, family or both")
    return Partner(str(said["of"]), str(said["needs"]), by, frozenset(str(one) for one in said["unless"]))


def _check_types(pack: RulePack) -> None:
    named = pack.participant_once | pack.family_once | {name for one in pack.partners for name in (one.of, one.needs)}
    named |= pack.apart.types if pack.apart else frozenset()
    if unknown := sorted(named - set(pack.types)):
        raise ValueError(f"{unknown[0]} is none of the pack's types")
