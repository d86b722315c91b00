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
class Told:
    """What a request tells of the rack type of its specimen.

    Attributes:
        type: the rack type.
        tests: how the codes of its tests begin.
        roles: the person's places in the family; empty for any.
        specimens: the codes of its types of specimen; empty for any.
        beside: the rack type that another specimen of the same person must be of; empty for none.
    """

    type: str
    tests: str
    roles: frozenset[str] = frozenset()
    specimens: frozenset[str] = frozenset()
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A specimen as its request has it.

    Attributes:
        test: the code of the test; empty where none is stated.
        role: the person's place in the family; empty where not stated.
        specimen: the code of its type of specimen.
        others: the same of the person's other specimens in the family, here or expected.
    """

    test: str
    role: str
    specimen: str
    others: frozenset[str] = frozenset()


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
        told: what requests tell of the rack type, the first that fits.
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
    told: tuple[Told, ...] = ()

    def type_told(self, asked: Asked) -> str:
        """The rack type that a request tells; empty where it does not: nothing is guessed."""
        return next((one.type for one in self.told if self._fits(one, asked)), "")

    def _fits(self, one: Told, asked: Asked) -> bool:
        if not asked.test.upper().startswith(one.tests) or (one.roles and asked.role not in one.roles):
            return False
        if one.specimens and asked.specimen not in one.specimens:
            return False
        alone = [Asked(asked.test, asked.role, other) for other in asked.others]
        return not one.beside or any(self.type_told(other) == one.beside for other in alone)

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
        told=tuple(_told(one) for one in said.get("told", ())),
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


def _told(said: dict[str, Any]) -> Told:
    if not said["tests"]:
        raise ValueError(f"what tells {said['type']} names no tests")
    roles, specimens = (frozenset(str(one) for one in said.get(name, ())) for name in ("roles", "specimens"))
    return Told(str(said["type"]), str(said["tests"]), roles, specimens, str(said.get("beside", "")))


def _check_types(pack: RulePack) -> None:
    named = pack.participant_once | pack.family_once | {name for one in pack.partners for name in (one.of, one.needs)}
    named |= pack.apart.types if pack.apart else frozenset()
    named |= {name for one in pack.told for name in (one.type, one.beside) if name}
    if unknown := sorted(named - set(pack.types)):
        raise ValueError(f"{unknown[0]} is none of the pack's types")
