"""People at the laboratory: who they are, what they may do, and what an administrator or senior changes about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from gms_desktop import people_words
from gms_desktop.domain.identifiers import command_card
from gms_desktop.domain.rights import Competence, Role
from gms_desktop.errors import Refused
from gms_desktop.journal import credentials, store
from gms_desktop.journal.credentials import Credential
from gms_desktop.journal.database import Database
from gms_desktop.register import look_up, people_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import rights, sign_in

if TYPE_CHECKING:
    from gms_desktop.services.arrive import Place


@dataclass(frozen=True)
class KnownPerson:
    """A person with roles and competences as the register has them now."""

    id: str
    name: str
    roles: tuple[str, ...]
    former_roles: tuple[str, ...]
    competences: tuple[Competence, ...]
    has_pin: bool


def everybody(db: Database) -> list[KnownPerson]:
    """Every person known here, by name."""
    rows = look_up.operators(db)
    names = store.private_values(db, [f"operator:{row['id']}" for row in rows])
    roles = people_look_up.every_role(db)
    made = [
        KnownPerson(
            row["id"],
            names.get(row["name_private"]) or "name erased",
            tuple(one["role"] for one in roles if one["operator"] == row["id"] and one["state"] == "held"),
            tuple(one["role"] for one in roles if one["operator"] == row["id"] and one["state"] != "held"),
            tuple(rights.competences(db, row["id"])),
            credentials.newest(db, row["id"]) is not None,
        )
        for row in rows
    ]
    return sorted(made, key=lambda one: one.name.casefold())


def name_of(db: Database, operator: str | None) -> str:
    """A person's name; words for one who is not known, or for nobody."""
    row = look_up.row(db, "operator", operator) if operator else None
    if row is None:
        return "nobody" if not operator else "somebody not known here"
    return store.private_values(db, [f"operator:{operator}"]).get(row["name_private"]) or "name erased"


# What is changed about a person. Each gives drafts; the gate of rights is where they are recorded.


def _as_they_are(drafts: list[Draft]) -> list[Draft]:
    return drafts


def add(
    ledger: Ledger,
    name: str,
    badge: str,
    verifier: str,
    pepper: bytes,
    roles: tuple[str, ...],
    by: str | None,
    entitled: Callable[[list[Draft]], list[Draft]] = _as_they_are,
    printed_at: Place | None = None,
) -> str:
    """Add a person with badge, roles and PIN, in the caller's transaction.

    Args:
        ledger: the bench's.
        name: as shown.
        badge: the badge's code; empty where one is printed.
        verifier: of the PIN.
        pepper: of the laboratory.
        roles: what the person is.
        by: who adds them; None for the first person of a laboratory, who becomes administrator.
        entitled: what the entries go through first: the right of whoever adds them.
        printed_at: where a badge is printed for a person who has none; None where no printer is named for badges.

    Returns:
        The person's identity.

    Raises:
        Refused: when the name is missing or the badge is somebody's.
    """
    if not name.strip():
        raise Refused(people_words.NAME_MISSING)
    operator, pen = ledger.identity(), ledger.pen()
    prints: list[Draft] = []
    if not badge.strip() and printed_at is not None:
        from gms_desktop.services import badge_labels  # which knows people by their names

        prints.append(badge_labels.first(printed_at, operator))
        badge = badge_labels.code(pepper, str(prints[0].body["label"]))
    _badge_is_free(ledger, badge, pepper)
    body = {
        "operator": operator,
        "name": pen.write(name.strip(), f"operator:{operator}"),
        "badge": sign_in.badge_code(badge, pepper),
    }
    drafts = [Draft("operator.added", body, pen.values), Draft("pin.set", {"operator": operator, "pin": 1})]
    drafts += [_grant(ledger, operator, role, by) for role in roles]
    ledger.append(entitled([*drafts, *prints]), by)
    keep_pin(ledger, operator, 1, verifier)
    return operator


def _badge_is_free(ledger: Ledger, badge: str, pepper: bytes) -> None:
    if not badge.strip():
        raise Refused(people_words.BADGE_MISSING)
    if command_card.looks_like(badge):
        raise Refused(people_words.BADGE_IS_CARD)
    holder = sign_in.by_badge(ledger, badge, pepper)
    if holder is not None:
        raise Refused(people_words.badge_taken(holder.name))


def _grant(ledger: Ledger, operator: str, role: str, by: str | None) -> Draft:
    body = {"operator": operator, "role": Role(role).value, "granter": by, "laboratory": ledger.head.scope}
    return Draft("role.granted", body)


def role_changed(ledger: Ledger, operator: str, role: str, by: str) -> Draft:
    """Give a person a role, or withdraw it where they hold it.

    Raises:
        Refused: when the last administrator would be left without the role, or person or role are none.
    """
    if role not in {one.value for one in Role} or look_up.row(ledger.db, "operator", operator) is None:
        raise Refused(people_words.NOBODY_CHOSEN)
    if role not in look_up.roles(ledger.db, operator):
        return _grant(ledger, operator, role, by)
    if role == Role.ADMINISTRATOR.value:
        others = [one for one in everybody(ledger.db) if Role.ADMINISTRATOR in one.roles and one.id != operator]
        if not others:
            raise Refused(people_words.LAST_ADMINISTRATOR)
    return Draft("role.withdrawn", {"operator": operator, "role": role, "by": by})


def badge_changed(ledger: Ledger, operator: str, badge: str, by: str, pepper: bytes) -> Draft:
    """Give a person another badge; the former one opens nothing any more.

    Raises:
        Refused: when the badge is somebody's.
    """
    _badge_is_free(ledger, badge, pepper)
    row = look_up.row(ledger.db, "operator", operator)
    former = row["badge"] if row else None
    body = {"operator": operator, "badge": sign_in.badge_code(badge, pepper), "former": former, "by": by}
    return Draft("badge.changed", body)


def pin_set(ledger: Ledger, operator: str, role: str | None = None) -> tuple[Draft, int]:
    """The entry that a person has a new PIN, and its number.

    Args:
        ledger: the bench's.
        operator: the person.
        role: in which somebody else gives it: one that was withdrawn meanwhile then comes to light.
    """
    former = credentials.newest(ledger.db, operator)
    number = former.pin + 1 if former else 1
    return Draft("pin.set", {"operator": operator, "pin": number}, role=role), number


def keep_pin(ledger: Ledger, operator: str, number: int, verifier: str) -> None:
    """Keep the verifier of a PIN beside the journal, in the transaction of its entry."""
    credentials.put(ledger.db, Credential(operator, number, verifier, 0, None))


def competence_granted(
    ledger: Ledger, operator: str, job: str, since: date, until: date | None, evidence: str, by: str, role: str
) -> Draft:
    """A person was found able to do a job, from a day until a day.

    Raises:
        Refused: when it would be one's own, or end before it begins.
    """
    if operator == by:
        raise Refused(people_words.OWN_COMPETENCE)
    if until is not None and until < since:
        raise Refused(people_words.ENDS_BEFORE)
    pen = ledger.pen()
    body = {
        "operator": operator,
        "job": job,
        "since": since.isoformat(),
        "until": until.isoformat() if until else None,
        "evidence": pen.write(evidence.strip() or None, f"operator:{operator}"),
        "by": by,
        "role": role,
    }
    return Draft("competence.granted", body, pen.values)


def competence_withdrawn(ledger: Ledger, operator: str, job: str, reason: str, by: str, role: str) -> Draft:
    """A person may not do a job any more for want of competence.

    Raises:
        Refused: without a reason.
    """
    if not reason.strip():
        raise Refused(people_words.REASON_MISSING)
    pen = ledger.pen()
    why = pen.write(reason.strip(), f"operator:{operator}")
    body = {"operator": operator, "job": job, "reason": why, "by": by, "role": role}
    return Draft("competence.withdrawn", body, pen.values)
