"""Words of a file that stand for one of a few things."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from gms_desktop.exchange.expected import Category, InfectionRisk, Role

Coded = TypeVar("Coded", bound=StrEnum)

ROLES: Mapping[str, Role] = {
    "proband": Role.PROBAND,
    "mother": Role.MOTHER,
    "father": Role.FATHER,
    "family member": Role.FAMILY_MEMBER,
}

PROBAND_FLAGS: Mapping[str, Role] = {
    "true": Role.PROBAND,
    "1": Role.PROBAND,
    "false": Role.FAMILY_MEMBER,
    "0": Role.FAMILY_MEMBER,
}
"""GEL1004 "Is Proband": TRUE and FALSE in newer public files, 1 and 0 in older ones."""

CATEGORIES: Mapping[str, Category] = {each.value.casefold(): each for each in Category if each}

INFECTION_RISKS: Mapping[str, InfectionRisk] = {
    "yes": InfectionRisk.YES,
    "y": InfectionRisk.YES,
    "true": InfectionRisk.YES,
    "no": InfectionRisk.NO,
    "n": InfectionRisk.NO,
    "false": InfectionRisk.NO,
    "unknown": InfectionRisk.UNKNOWN,
    "u": InfectionRisk.UNKNOWN,
}


def coded(words: Mapping[str, Coded], text: str) -> Coded | None:
    """What the words stand for, ignoring case and repeated spaces; None when the table does not hold them."""
    return words.get(" ".join(text.split()).casefold())
