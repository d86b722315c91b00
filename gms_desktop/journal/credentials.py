"""PIN verifiers: rows beside the journal, with the failures and the wait that outlast a restart."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from gms_desktop.journal import schema
from gms_desktop.journal.database import Database, Statement, upsert


@dataclass(frozen=True, slots=True)
class Credential:
    """One PIN of one person: its number, verifier, wrong tries in a row, and until when to wait (UTC text)."""

    operator: str
    pin: int
    verifier: str
    failures: int
    locked_until: str | None


_put = upsert(schema.credential)
_newest = Statement(
    select(schema.credential)
    .where(schema.credential.c.operator == bindparam("operator"))
    .order_by(schema.credential.c.pin.desc())
)

_of = Statement(
    select(schema.credential).where(
        schema.credential.c.operator == bindparam("operator"), schema.credential.c.pin == bindparam("pin")
    )
)
_every = Statement(select(schema.credential).order_by(schema.credential.c.operator, schema.credential.c.pin))


def put(db: Database, credential: Credential) -> None:
    """Write a credential."""
    db.run(
        _put,
        {
            "operator": credential.operator,
            "pin": credential.pin,
            "verifier": credential.verifier,
            "failures": credential.failures,
            "locked_until": credential.locked_until,
        },
    )


def newest(db: Database, operator: str) -> Credential | None:
    """The person's current PIN, or None."""
    row = db.one(_newest, {"operator": operator})
    return Credential(**row) if row else None


def of(db: Database, operator: str, pin: int) -> Credential | None:
    """One PIN of a person, or None."""
    row = db.one(_of, {"operator": operator, "pin": pin})
    return Credential(**row) if row else None


def every(db: Database) -> list[Credential]:
    """Every PIN of every person known here."""
    return [Credential(**row) for row in db.all(_every)]
