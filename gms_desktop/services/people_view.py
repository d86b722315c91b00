"""What the People and Confirm screens show: people with roles and competences, the table of rights, what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gms_desktop import people_words, rights_words
from gms_desktop.domain import dates
from gms_desktop.domain.minting import instant
from gms_desktop.domain.rights import Competence, Right, Role
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import people_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import case_words, lapsing, people, people_commands, people_today, rights, second_person
from gms_desktop.services.people import KnownPerson
from gms_desktop.services.receive_view import local_time
from gms_desktop.services.rights import Actor
from gms_desktop.services.site_rules import rule_text


@dataclass(frozen=True)
class PersonLine:
    """One person: name, roles in words, what is missing or ends."""

    id: str
    name: str
    roles: str
    note: str
    kind: VerdictKind | None = None


@dataclass(frozen=True)
class RoleBox:
    """A role that the person chosen holds or not."""

    role: str
    held: bool


@dataclass(frozen=True)
class CompetenceLine:
    """A competence: of whom, for which job, from when to when, and whether it holds."""

    person: str
    job: str
    words: str
    dates: str
    kind: VerdictKind
    argument: str


@dataclass(frozen=True)
class RightLine:
    """A right: what it is, who may, and what else it takes."""

    words: str
    roles: str
    also: str


@dataclass(frozen=True)
class PeopleView:
    """The People screen.

    Attributes:
        people: everybody, by name.
        chosen: the person chosen; empty when none is.
        name: of whom.
        roles: every role with whether the person holds it.
        competences: of the person chosen, else everybody's.
        rights: the table, for anyone to see.
        rights_note: which version holds, and whether the laboratory approved it.
        may_change: whether the one who looks may change people; ``may_assess`` competences.
        own: whether the person chosen is the one who looks.
        note: who may, where the one who looks may not.
        verdict: of what was just done.
        prints_badges: whether a badge may be printed here.
    """

    people: tuple[PersonLine, ...]
    chosen: str
    name: str
    roles: tuple[RoleBox, ...]
    competences: tuple[CompetenceLine, ...]
    rights: tuple[RightLine, ...]
    rights_note: str
    may_change: bool
    may_assess: bool
    own: bool
    note: str
    verdict: Verdict | None = None
    prints_badges: bool = False


def with_roles(db: Database) -> tuple[tuple[str, str], ...]:
    """Everybody who has a role: identity and name."""
    return tuple((one.id, one.name) for one in people.everybody(db) if one.roles)


def view(
    ledger: Ledger,
    actor: Actor | None,
    chosen: str,
    verdict: Verdict | None,
    zone: str,
    *,
    prints_badges: bool = False,
) -> PeopleView:
    """The People screen."""
    known = people.everybody(ledger.db)
    day, table = rights.today(ledger, zone), rights.table(ledger.db)
    picked = next((one for one in known if one.id == chosen), None)
    may_change = rights.offered(ledger, actor, "people", zone)
    may_assess = rights.offered(ledger, actor, "competences", zone)
    rule = rule_text(ledger.db, "rights")
    return PeopleView(
        people=tuple(_line(one) for one in known),
        chosen=picked.id if picked else "",
        name=picked.name if picked else "",
        roles=tuple(RoleBox(role.value, picked is not None and role.value in picked.roles) for role in Role),
        competences=tuple(
            _competence(table, one, held, held.holds(day))
            for one in ([picked] if picked else known)
            for held in one.competences
        ),
        rights=tuple(_right(ledger.db, right) for right in table.values()),
        rights_note=f"Version {rule.version}, {'approved by the laboratory' if rule.approved else 'EXAMPLE'}",
        may_change=may_change,
        may_assess=may_assess,
        own=picked is not None and actor is not None and picked.id == actor.operator,
        prints_badges=prints_badges and may_change,
        note=_note(rights_words.who_may(table["people"]), prints=prints_badges and picked is None, may=may_change),
        verdict=verdict,
    )


def _note(who: str, *, prints: bool, may: bool) -> str:
    if may:
        return people_words.BADGE_CAN_BE_PRINTED if prints else ""
    return f"People are changed by {who}."


def _line(one: KnownPerson) -> PersonLine:
    missing = [*([] if one.roles else ["no role: cannot sign in"]), *([] if one.has_pin else ["no PIN here yet"])]
    return PersonLine(
        one.id,
        one.name,
        ", ".join(one.roles) or f"formerly {', '.join(one.former_roles)}".removesuffix("formerly "),
        "; ".join(missing),
        VerdictKind.ATTENTION if missing else None,
    )


def _competence(table: dict[str, Right], one: KnownPerson, held: Competence, holds: bool) -> CompetenceLine:
    job = table[held.job].words if held.job in table else held.job
    until = f"until {dates.display(held.until)}" if held.until else "until withdrawn"
    said = f"from {dates.display(held.since)} {until}"
    kind = VerdictKind.MATCHES if holds else VerdictKind.ATTENTION
    return CompetenceLine(
        one.name, held.job, job, said if holds else f"{said}: not in date", kind, f"{one.id}/{held.job}"
    )


def _right(db: Database, right: Right) -> RightLine:
    also = []
    if right.competence:
        also.append("a competence in date")
    rule = second_person.rules(db).get(right.job)
    if rule is not None:
        within = f"within {rule.hours} h"
        alone = {"wait": "wait", "another bench": f"another bench {within}", "countersign": f"countersign {within}"}
        also.append(f"a second person; alone: {alone[rule.alone.value]}")
    return RightLine(right.words, ", ".join(role.value for role in right.roles), "; ".join(also))


@dataclass(frozen=True)
class ConfirmLine:
    """One thing that waits for a second person, or a session to review.

    Attributes:
        argument: what a command names it by.
        sort: ``second`` or ``session``.
        title: what it is; ``words`` what was on the screen of whoever asked.
        who: who asked, when and where.
        due: when it is due, in words; empty when it has no time.
        kind: attention, or refused when it is overdue.
        mine: the one who looks asked for it: somebody else answers it.
        may: whether the one who looks may answer it; ``note`` who may.
    """

    argument: str
    sort: str
    title: str
    words: str
    who: str
    due: str
    kind: VerdictKind
    mine: bool
    may: bool
    note: str


@dataclass(frozen=True)
class ConfirmView:
    """The Confirm screen: what waits, and the one that was chosen."""

    lines: tuple[ConfirmLine, ...]
    chosen: str
    answered: tuple[str, ...] = ()
    verdict: Verdict | None = None


def confirm_view(ledger: Ledger, actor: Actor | None, chosen: str, verdict: Verdict | None, zone: str) -> ConfirmView:
    """What waits for a second person and what is to be reviewed, the overdue first."""
    lines = [_second(ledger, actor, row, zone) for row in lapsing.waiting(ledger, zone)]
    lines += [_session(ledger, actor, row, zone) for row in people_look_up.break_glass_to_review(ledger.db)]
    lines.sort(key=lambda line: line.kind is not VerdictKind.REFUSED)
    named = {line.argument for line in lines}
    first = next((line.argument for line in lines), "")
    answered = (*_lapsed(ledger, zone), *_answered(ledger, actor, zone))
    return ConfirmView(tuple(lines), chosen if chosen in named else first, answered, verdict)


def _lapsed(ledger: Ledger, zone: str) -> list[str]:
    """What serves no more, to whoever asked and to whoever came to answer it."""
    return [
        f"{people_words.LAPSED}: {_subject(ledger.db, row)}, asked by {people.name_of(ledger.db, row['by'])}. "
        f"{why.in_words(zone)}"
        for row, why in lapsing.lately(ledger, zone)
    ]


def _answered(ledger: Ledger, actor: Actor | None, zone: str) -> list[str]:
    """What others answered to whoever looks."""
    at = lapsing.now(ledger, zone)
    return [
        f"{people.name_of(ledger.db, row['decided_by'])} {done}: {_subject(ledger.db, row)}"
        for state, done in (("given", "confirmed"), ("declined", "declined"))
        for row in people_look_up.seconds(ledger.db, state, 20)
        if actor is not None and row["by"] == actor.operator and lapsing.lapse(ledger, row, at) is None
    ]


def _subject(db: Database, row: Row) -> str:
    table = rights.table(db)
    job = table[row["job"]].words if row["job"] in table else row["job"]
    return f"{job}: {case_words.subject_name(db, row['subject'])}" if row["subject"] else job


def _second(ledger: Ledger, actor: Actor | None, row: Row, zone: str) -> ConfirmLine:
    db, mine = ledger.db, actor is not None and actor.operator == row["by"]
    right, said = second_person.second_permit(ledger, actor, row["job"], zone) if actor else (None, None)
    overdue = second_person.is_overdue(row, instant(ledger.clock.now()))
    due = people_today.due_words(row, zone)
    return ConfirmLine(
        argument=row["id"],
        sort="second",
        title=_subject(db, row),
        words=people_commands.second_words(ledger, row) or "Its words have not reached this bench yet.",
        who=f"{people.name_of(db, row['by'])}, {_when(row['at'], zone)}",
        due=f"{due}: overdue" if overdue else due,
        kind=VerdictKind.REFUSED if overdue else VerdictKind.ATTENTION,
        mine=mine,
        may=not mine and said is not None and said.missing is None,
        note=people_words.NEVER_ONESELF if mine else rights_words.who_may(right) if right else "",
    )


def _session(ledger: Ledger, actor: Actor | None, row: Row, zone: str) -> ConfirmLine:
    db, mine = ledger.db, actor is not None and actor.operator == row["operator"]
    name = people.name_of(db, row["operator"])
    comment = store.private_values(db, [f"break_glass:{row['id']}"]).get(row["comment_private"]) or ""
    reason = people_words.BREAK_GLASS_REASONS.get(row["reason"], row["reason"])
    return ConfirmLine(
        argument=row["id"],
        sort="session",
        title=people_words.session_of(name),
        words="\n".join((f"Reason: {reason}{f', {comment}' if comment else ''}", *_acts(ledger, row, zone))),
        who=f"{name}, {_when(row['at'], zone)}",
        due="to review",
        kind=VerdictKind.ATTENTION,
        mine=mine,
        may=not mine and rights.offered(ledger, actor, "review break-glass", zone),
        note=people_words.NEVER_ONESELF if mine else rights_words.who_may(rights.table(db)["review break-glass"]),
    )


_MOST_ACTS = 100


def _when(at: str, zone: str) -> str:
    return dates.display_minute(dates.to_local(datetime.fromisoformat(at), zone))


def _acts(ledger: Ledger, row: Row, zone: str) -> list[str]:
    """What was recorded in the session, oldest first: from its opening to the next change of who is signed in."""
    from gms_desktop.services.entry_words import entry_words

    opened = store.of_subject(ledger.db, f"break_glass:{row['id']}")
    if not opened:
        return ["What was done there is not known at this bench."]
    first = opened[0].entry
    said = []
    for one in store.of_writer_after(ledger.db, first.writer, first.seq + 1, _MOST_ACTS):
        if one.entry.kind == "session.changed" and one.entry.body["session"] != row["id"]:
            break
        if one.entry.operator == row["operator"] and one.entry.kind not in {"scan.judged", "session.changed"}:
            said.append(f"{local_time(one.entry.occurred_at, zone)}  {entry_words(ledger.db, one.entry)}")
    return said or ["Nothing was recorded in it."]
