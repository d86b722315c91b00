"""The laboratory's lists about specimens, read once for each text: types and conditions, limits, blood cancer WGS."""

from __future__ import annotations

import tomllib
from functools import lru_cache

from gms_desktop.domain.haemonc_wgs import HaemoncRules, read_haemonc
from gms_desktop.domain.specimen_types import TypeList, read_types
from gms_desktop.domain.time_limits import Limit, read_limits
from gms_desktop.journal.database import Database
from gms_desktop.services.site_rules import rule_text

_types = lru_cache(maxsize=2)(read_types)
_limits = lru_cache(maxsize=2)(read_limits)
_haemonc = lru_cache(maxsize=2)(read_haemonc)


@lru_cache(maxsize=2)
def _reason(text: str) -> str:
    return str(tomllib.loads(text).get("reason", ""))


def types(db: Database) -> TypeList:
    """Specimen types and conditions: the laboratory's own, or the EXAMPLE set."""
    return _types(rule_text(db, "specimen-types").text)


def limits(db: Database) -> tuple[Limit, ...]:
    """Limits from collection."""
    return _limits(rule_text(db, "time-limits").text)


def too_old(db: Database) -> str:
    """The coded reason that is offered once a limit is past; empty where the laboratory names none."""
    return _reason(rule_text(db, "time-limits").text)


def haemonc(db: Database) -> HaemoncRules:
    """What a blood cancer specimen for whole genome sequencing must be."""
    return _haemonc(rule_text(db, "haemonc-wgs").text)
