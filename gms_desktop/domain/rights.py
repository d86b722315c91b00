"""Who may do what: a table of rights, roles and competences, and the role in which a person acts. Pure rules."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """What a person is at the laboratory. A person may hold several."""

    TECHNICIAN = "technician"
    BIOMEDICAL_SCIENTIST = "biomedical scientist"
    CPGC_PREPARER = "CPGC preparer"
    SENIOR = "senior"
    QUALITY_MANAGER = "quality manager"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Right:
    """A job and the roles that may do it.

    Attributes:
        job: its name in entries and rules.
        words: what it is, as shown.
        roles: who may; in the order in which a person who holds several acts.
        competence: whether a competence of the same name, in date, is needed as well.
        break_glass: whether it may be done in a session that was opened without a PIN.
    """

    job: str
    words: str
    roles: tuple[Role, ...]
    competence: bool = False
    break_glass: bool = False


@dataclass(frozen=True, slots=True)
class Competence:
    """That a person was found able to do a job, from a day on, until a day or until it is withdrawn."""

    job: str
    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it is in date on a day; the last day counts."""
        return self.since <= day and (self.until is None or day <= self.until)


class Missing(StrEnum):
    """Why somebody may not do a job."""

    ROLE = "role"
    COMPETENCE = "competence"
    PIN = "PIN"


@dataclass(frozen=True, slots=True)
class Permit:
    """The role in which a person does a job, or what is missing.

    Attributes:
        role: the role; None when something is missing.
        missing: what is missing; None when nothing is.
    """

    role: Role | None
    missing: Missing | None = None


def permit(
    right: Right,
    held: Collection[str],
    competences: Iterable[Competence],
    day: date,
    *,
    break_glass: bool = False,
) -> Permit:
    """Whether a person may do a job on a day, and in which role.

    Args:
        right: the job.
        held: roles that the person holds.
        competences: what the person was found able to do.
        day: the laboratory's local day.
        break_glass: whether the person's session was opened without a PIN.
    """
    role = next((role for role in right.roles if role in held), None)
    if role is None:
        return Permit(None, Missing.ROLE)
    if right.competence and not any(one.job == right.job and one.holds(day) for one in competences):
        return Permit(None, Missing.COMPETENCE)
    if break_glass and not right.break_glass:
        return Permit(None, Missing.PIN)
    return Permit(role)


def read_rights(text: str) -> dict[str, Right]:
    """The table of rights by job.

    Args:
        text: TOML as in ``resources/rules/rights.toml``.

    Raises:
        ValueError: when a role is none, a job has no role or stands twice, or nobody could put a mistake right.
        KeyError, TypeError: when a field is missing or of the wrong kind.
    """
    made: dict[str, Right] = {}
    for said in tomllib.loads(text)["right"]:
        job, roles = str(said["job"]), tuple(Role(role) for role in said["roles"])
        if job in made or not roles:
            raise ValueError(f"{job} stands twice or has no role")
        flags = {name: said.get(name, False) is True for name in ("competence", "break_glass")}
        made[job] = Right(job, str(said["words"]), roles, **flags)
    for job in ("people", "approve rules"):
        if job not in made or Role.ADMINISTRATOR not in made[job].roles or made[job].competence:
            raise ValueError(f"an administrator must be able to: {job}")
    return made


class Alone(StrEnum):
    """What happens with one person on duty."""

    WAIT = "wait"
    ANOTHER_BENCH = "another bench"
    COUNTERSIGN = "countersign"


# EXAMPLE, a long shift: after it a confirmation lapses where a laboratory's own rules name no time.
_LAPSES_AFTER_HOURS = 12
# Jobs that may be done with a second person, so that a rule can ask for one.
SECONDED = (
    "discard",
    "concession",
    "approve rules",
    "release plate",
    "release consignment",
    "link patients",
    "settle case",
    "reject",
    "discretion",
    "further copies",
    "move tissue",
)


@dataclass(frozen=True, slots=True)
class SecondPerson:
    """That a second person confirms a job.

    Attributes:
        job: the job.
        alone: what happens with one person on duty.
        hours: within which it is countersigned, or after which what was asked at another bench lapses; 0 where nothing
            is done alone.
        roles: who may be the second person; empty: whoever may do the job.
    """

    job: str
    alone: Alone
    hours: int = 0
    roles: tuple[Role, ...] = ()


def read_second_person(text: str) -> dict[str, SecondPerson]:
    """The jobs that need a second person.

    Args:
        text: TOML as in ``resources/rules/second-person.toml``.

    Raises:
        ValueError: when a job stands twice, a countersignature has no time, or a word is none of the known ones.
        KeyError, TypeError: when a field is missing or of the wrong kind.
    """
    made: dict[str, SecondPerson] = {}
    seen: set[str] = set()
    for said in tomllib.loads(text)["job"]:
        alone = Alone(said["alone"])
        hours = int(said.get("hours", _LAPSES_AFTER_HOURS if alone is Alone.ANOTHER_BENCH else 0))
        roles = tuple(Role(role) for role in said.get("roles", ()))
        if alone is not Alone.WAIT and not 1 <= hours <= 24 * 31:
            raise ValueError(f"{said['job']} is countersigned, or lapses, within 1 to 744 hours")
        if said["job"] not in SECONDED:
            raise ValueError(f"{said['job']} takes no second person; those that do are {', '.join(SECONDED)}")
        if str(said["job"]) in seen:
            raise ValueError(f"{said['job']} stands twice")
        seen.add(str(said["job"]))
        if said["needed"] is True:
            made[str(said["job"])] = SecondPerson(str(said["job"]), alone, hours, roles)
    return made


def second_may(rule: SecondPerson, rights: Mapping[str, Right]) -> Right:
    """Who may be the second person of a job: the rule's own roles, or those of the job."""
    right = rights[rule.job]
    return Right(right.job, right.words, rule.roles or right.roles, right.competence and not rule.roles)
