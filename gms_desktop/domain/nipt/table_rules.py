"""What a laboratory sets of the file: how grave each finding is, and which hub the file names."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from gms_desktop.domain.findings import SeverityProfile, read_profile
from gms_desktop.domain.identifiers import ods


@dataclass(frozen=True, slots=True)
class TableRules:
    """The severities, and the ODS code of the Genomic Laboratory Hub; empty where the laboratory has entered none."""

    profile: SeverityProfile
    hub: str


def read_table_rules(text: str) -> TableRules:
    """The rules of a laboratory.

    Args:
        text: TOML as in ``resources/rules/nipt-table-1.toml``.

    Raises:
        ValueError: when a severity is none, or the hub has no ODS code.
    """
    hub = tomllib.loads(text).get("hub", "")
    if not isinstance(hub, str) or (hub and not ods.is_ods(hub)):
        raise ValueError("hub is an ODS code, or empty")
    return TableRules(read_profile(text), ods.normalise(hub))
