"""Laboratories whose signed consignments are known by their key: site data. Pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

_FINGERPRINT = re.compile(r"(?:[0-9A-F]{4} ){7}[0-9A-F]{4}")


@dataclass(frozen=True, slots=True)
class Sender:
    """A laboratory that sends signed consignments: its ODS code, its name, and the fingerprints of its keys."""

    ods: str
    name: str
    fingerprints: frozenset[str]


def read_senders(text: str) -> Mapping[str, Sender]:
    """The senders by their ODS code, from TOML as in ``resources/rules/senders.toml``.

    Raises:
        ValueError: a code stands twice or is empty, or a fingerprint is none.
        KeyError, TypeError: a field is missing or of the wrong kind.
    """
    found: dict[str, Sender] = {}
    for said in tomllib.loads(text)["sender"]:
        ods, prints = str(said["ods"]).strip().upper(), [str(one).strip().upper() for one in said["fingerprints"]]
        if not ods or ods in found or not prints or not all(map(_FINGERPRINT.fullmatch, prints)):
            raise ValueError(f"{ods or 'a sender'}: named once, with at least one fingerprint of eight groups of four")
        found[ods] = Sender(ods, str(said["name"]), frozenset(prints))
    return found
