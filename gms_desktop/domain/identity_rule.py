"""Whether a tube is shown to be its patient's: the site's n of m identifiers, and none that differs. Pure rules.

An identifier on a tube agrees with the request, is absent, is illegible or differs. Those that agree are counted; one
that differs is never outvoted by the others.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """How an identifier on the tube stands to the request."""

    AGREES = "agrees"
    ABSENT = "absent"
    ILLEGIBLE = "illegible"
    DIFFERS = "differs"
    NOT_COMPARED = "not compared"


class Finding(StrEnum):
    """What the rule comes to; not compared where nobody looked at what would be needed."""

    MET = "met"
    NOT_MET = "not met"
    NOT_COMPARED = "not compared"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Counted:
    """One of the m: it agrees when every field of it does, or any one, and differs when any of its fields differs."""

    name: str
    words: str
    fields: tuple[str, ...]
    every: bool

    def state(self, states: Mapping[str, State]) -> State:
        """How it stands, given each field. What the request does not state cannot agree: it counts as absent."""
        found = [states.get(field, State.ABSENT) for field in self.fields]
        if State.DIFFERS in found:
            return State.DIFFERS
        agree = [one is State.AGREES for one in found]
        if all(agree) if self.every else any(agree):
            return State.AGREES
        return next((one for one in found if one is not State.AGREES), State.ABSENT)


@dataclass(frozen=True, slots=True)
class IdentityRule:
    """The site's rule.

    Attributes:
        needed: how many of the counted must agree.
        counted: the m.
        always: names of those that must be among the ones that agree.
        tells_apart: fields that can tell two patients of one surname and birth date apart.
    """

    needed: int
    counted: tuple[Counted, ...]
    always: frozenset[str]
    tells_apart: tuple[str, ...]

    @property
    def fields(self) -> frozenset[str]:
        """Every field that counts."""
        return frozenset(field for one in self.counted for field in one.fields)


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rule comes to for one tube.

    Attributes:
        finding: met, not met, or one differs.
        agree: words of those that agree.
        short: words of those that do not, and do not differ.
        differing: fields that differ.
        needed: how many must agree.
        total: of how many.
    """

    finding: Finding
    agree: tuple[str, ...]
    short: tuple[str, ...]
    differing: tuple[str, ...]
    needed: int
    total: int


def judge(rule: IdentityRule, states: Mapping[str, State]) -> Judged:
    """Judge a comparison.

    Args:
        rule: the site's.
        states: each field that the request states; one that is not named is absent.
    """
    each = [(one, one.state(states)) for one in rule.counted]
    agree = [one for one, state in each if state is State.AGREES]
    differing = tuple(field for field in sorted(rule.fields) if states.get(field) is State.DIFFERS)
    enough = len(agree) >= rule.needed and rule.always <= {one.name for one in agree}
    looked = all(states.get(field) is not State.NOT_COMPARED for field in rule.fields)
    short = Finding.NOT_MET if looked else Finding.NOT_COMPARED
    return Judged(
        Finding.DIFFERS if differing else Finding.MET if enough else short,
        tuple(one.words for one in agree),
        tuple(one.words for one, state in each if state not in {State.AGREES, State.DIFFERS}),
        differing,
        rule.needed,
        len(rule.counted),
    )


def read_identity(text: str) -> IdentityRule:
    """The rule from its TOML text.

    Raises:
        ValueError: when it counts nothing, asks for more than it counts, or names what it does not count.
        KeyError, TypeError: when a part is missing or of the wrong sort.
    """
    said = tomllib.loads(text)
    counted = tuple(_counted(one) for one in said["counted"])
    needed, always = int(said["needed"]), frozenset(map(str, said.get("always", ())))
    names = [one.name for one in counted]
    if len(set(names)) != len(names):
        raise ValueError("two that are counted have one name")
    if not 1 <= needed <= len(counted):
        raise ValueError(f"needed is from 1 to {len(counted)}")
    if not always <= set(names):
        raise ValueError("always names one that is not counted")
    return IdentityRule(needed, counted, always, tuple(map(str, said.get("tells_apart", ()))))


def _counted(said: Mapping[str, Any]) -> Counted:
    every = "every" in said
    fields = tuple(map(str, said["every" if every else "any"]))
    if not fields:
        raise ValueError(f"{said['name']} has no field")
    return Counted(str(said["name"]), str(said["words"]), fields, every)
