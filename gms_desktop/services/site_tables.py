"""The laboratory's own tables: how a file with certain headings is read, as it approved that, by name and version."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from devices.instruments.mapped.profile import Profile, profile_text, read_profile
from gms_desktop import table_words
from gms_desktop.errors import Refused
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up
from gms_desktop.register import site_data as register
from gms_desktop.register.ledger import Draft

PREFIX = "instrument-table-"
_MOST_BYTES = 48_000
"""An entry holds the whole text."""


@dataclass(frozen=True)
class SiteTable:
    """A table as it was approved or proposed; ``row`` says by whom and when."""

    profile: Profile
    version: str
    row: Row

    @property
    def words(self) -> str:
        """What it is called, with its version."""
        return f"{self.profile.name} v{self.version}"


def texts(db: Database) -> tuple[tuple[str, str], ...]:
    """The approved tables, each as its text and version, for whoever reads files."""
    return tuple((str(row["text"]), str(row["version"])) for row in register.begun(db, PREFIX))


def in_force(db: Database) -> tuple[SiteTable, ...]:
    """The approved tables, by name; those that were withdrawn are left out."""
    found = (_read(row) for row in register.begun(db, PREFIX))
    return tuple(one for one in found if one is not None and not one.profile.withdrawn)


def proposals(db: Database) -> tuple[SiteTable, ...]:
    """What waits to be approved."""
    return tuple(one for row in register.proposed(db, PREFIX) if (one := _read(row)) is not None)


def _read(row: Row) -> SiteTable | None:
    profile = read_profile(row["text"])
    return SiteTable(profile, str(row["version"]), row) if isinstance(profile, Profile) else None


def key_of(name: str) -> str:
    """Under which name of the laboratory's data a table stands.

    Raises:
        Refused: when nothing of its name can be part of one.
    """
    slug = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:40]
    if not slug:
        raise Refused(table_words.needs_name().rstrip("."))
    return PREFIX + slug


def proposal(db: Database, profile: Profile, day: str, operator: str) -> Draft:
    """The draft that proposes a table, under the version that follows the one in force.

    Raises:
        Refused: when it cannot be kept.
    """
    key, text = key_of(profile.name), profile_text(profile)
    if len(text.encode()) > _MOST_BYTES:
        raise Refused("it is longer than one entry holds")
    standing = look_up.row(db, "site_data", key)
    version = str(int(standing["version"]) + 1) if standing else "1"
    body = _body(key, version, text, day) | {"comment": "", "by": operator}
    return Draft("site_data.proposed", body)


def approval(row: Row, operator: str) -> Draft:
    """The draft that approves what is proposed."""
    return Draft(
        "site_data.approved", _body(row["id"], row["version"], row["text"], row["effective"]) | {"by": operator}
    )


def _body(key: str, version: str, text: str, day: str) -> dict[str, object]:
    digest = sha256(text.encode()).hexdigest()
    return {"name": key, "version": version, "effective": day, "sha256": digest, "text": text}
