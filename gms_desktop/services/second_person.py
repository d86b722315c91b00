"""The second person: which jobs need one, what is shown and signed, and what happens with one person on duty.

What is signed is the hash of the words on screen, kept as text beside the journal. A witness who stands beside signs in
the same act; one at another bench before it; a countersignature after it, by a set time. Never oneself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any

from gms_desktop import people_words, rights_words
from gms_desktop.domain.minting import instant
from gms_desktop.domain.rights import Alone, Permit, Right, SecondPerson, permit, read_second_person, second_may
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.journal import kinds
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import Body, Pair
from gms_desktop.journal.kinds_of_people import competence_key
from gms_desktop.register import look_up, people_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import lapsing, people, rights
from gms_desktop.services.site_rules import rule_text


@dataclass(frozen=True)
class Shown:
    """What a second person sees and signs: the job, whom it is about, and the words on screen."""

    job: str
    subject: str
    words: str

    @property
    def sha256(self) -> str:
        """The hash of the words: what is signed."""
        return sha256(self.words.encode()).hexdigest()


@dataclass(frozen=True)
class Witness:
    """A second person, the role in which they confirm, and what they confirmed at another bench, if they did.

    ``seen`` is the hash of the words that were on screen when they came; empty where they see what is done. The role of
    somebody who stands beside is found for each job that they confirm.
    """

    operator: str
    role: str = ""
    second: str = ""
    seen: str = ""


class SecondWanted(Exception):
    """An act needs a second person before it is recorded."""

    def __init__(self, rule: SecondPerson, shown: Shown, lapsed: str = "") -> None:
        super().__init__(rule.job)
        self.rule = rule
        self.shown = shown
        # Why what was confirmed for it at another bench serves no more.
        self.lapsed = lapsed
        # What is begun again once somebody stands beside, where that is not the job that was under way.
        self.begun: Callable[[Ledger], Any] | None = None
        self.every: tuple[SecondWanted, ...] = (self,)


# A proposal asks somebody else, and what they do with it names both: neither needs a third person.
_BY_TWO = frozenset({"patient.link_proposed", "patient.linked"})
_read = lru_cache(maxsize=8)(read_second_person)


def rules(db: Database) -> dict[str, SecondPerson]:
    """The jobs that need a second person here."""
    return _read(rule_text(db, "second-person").text)


def shown(draft: Draft, verdict: Verdict, job_words: str, job: str) -> Shown:
    """What the act looks like to a second person: the job, and what the screen says of it."""
    said = kinds.premises_of(kinds.newest(draft.kind), draft.body, None)
    return Shown(job, said.touches[0] if said.touches else "", f"{job_words}\n{verdict.title}. {verdict.sentence}")


def witnessed(
    ledger: Ledger,
    drafts: Sequence[Draft],
    actor: rights.Actor,
    verdict: Verdict,
    witness: Witness | None,
    time_zone: str,
) -> tuple[list[Draft], str | None]:
    """The drafts as they are recorded with their second person, where the laboratory wants one.

    Args:
        ledger: the bench's.
        drafts: the act; each already entitled.
        actor: who does it.
        verdict: what the screen says of it.
        witness: who stands beside, once badge and PIN were met.
        time_zone: the laboratory's.

    Returns:
        The drafts, and who is their witness.

    Raises:
        SecondWanted: when nobody has confirmed it yet, or what is done is not what they saw.
        NotAllowed: when the one who stands beside may not confirm each of these jobs.
    """
    if witness is not None and witness.operator == actor.operator:
        witness = None
    wanted = rules(ledger.db)
    jobs = [rights.job_here(ledger, draft) if draft.kind not in _BY_TWO else None for draft in drafts]
    first = {job: draft for job, draft in reversed([*zip(jobs, drafts, strict=True)]) if job in wanted and job}
    made, beside = list(drafts), witness.operator if witness else None
    table = rights.table(ledger.db)
    views = {job: shown(draft, verdict, table[job].words, job) for job, draft in reversed(first.items())}
    if witness is not None and witness.seen and witness.seen not in {view.sha256 for view in views.values()}:
        witness = None
    given = {job: _given(ledger, view, actor.operator, witness, time_zone) for job, view in views.items()}
    wanting = [SecondWanted(wanted[job], views[job], why) for job, why in given.items() if isinstance(why, str)]
    if wanting:
        raise _strictest(wanting)
    for job, with_whom in given.items():
        assert isinstance(with_whom, Witness)
        beside = with_whom.operator
        own = _own(ledger, with_whom, job)
        # Of what is done: the signatures that stand behind it name their own.
        mine = [_beside(one, own) if of == job else one for of, one in zip(jobs, made[: len(jobs)], strict=True)]
        made = [*mine, *made[len(jobs) :]]
        if with_whom.second:
            made.append(Draft("second.used", _use(ledger, with_whom)))
        else:
            made.append(signature(ledger, made, views[job], with_whom))
    return made, beside


def may_confirm(ledger: Ledger, operator: str, job: str, time_zone: str) -> str:
    """The role in which somebody who stands beside confirms a job.

    Raises:
        NotAllowed: when they may not; its verdict says who may.
    """
    right, said = second_permit(ledger, rights.Actor(operator), job, time_zone)
    if said.role is None:
        refused = people_words.second_may_not(people.name_of(ledger.db, operator), rights_words.who_may(right))
        raise rights.NotAllowed(refused)
    return said.role.value


def _given(ledger: Ledger, view: Shown, operator: str, witness: Witness | None, time_zone: str) -> Witness | str:
    """Who confirms a job, beside or at another bench; where nobody does, why what was confirmed serves no more."""
    if witness is not None:
        return replace(witness, role=may_confirm(ledger, witness.operator, view.job, time_zone))
    return _confirmed(ledger, view, operator, time_zone)


def _strictest(wanting: list[SecondWanted]) -> SecondWanted:
    """What is asked of an act with several such jobs: none of them is passed over for the mildest."""
    first = min(wanting, key=lambda one: list(Alone).index(one.rule.alone))
    first.every = tuple(wanting)
    return first


def _use(ledger: Ledger, witness: Witness) -> Body:
    return {"second": witness.second, "witness": witness.operator, "use": ledger.identity()}


def _own(ledger: Ledger, witness: Witness, job: str) -> tuple[Pair, ...]:
    """What gives a witness the right to confirm a job: the role, and the competence where one is needed."""
    role = (f"role:{witness.operator}:{witness.role}", f"operator:{witness.operator}")
    return (role, *competence_of(ledger, witness.operator, job))


def competence_of(ledger: Ledger, operator: str, job: str) -> tuple[Pair, ...]:
    """The competence without which somebody may not confirm a job, as a premise; none where none is needed."""
    return (competence_key(operator, job),) if _second_right(ledger, job).competence else ()


def _beside(draft: Draft, own: tuple[Pair, ...]) -> Draft:
    """The witness's role and competence are premises of the entry, as the operator's are."""
    return replace(draft, rights=(*draft.rights, *own))


def _confirmed(ledger: Ledger, view: Shown, operator: str, time_zone: str) -> Witness | str:
    """Who confirmed exactly this at another bench, for this person, unused; else why what was confirmed lapsed."""
    at, lapsed = lapsing.now(ledger, time_zone), ""
    for row in people_look_up.seconds(ledger.db, "given"):
        same = row["job"] == view.job and row["subject"] == view.subject and row["sha256"] == view.sha256
        if not same or row["alone"] != Alone.ANOTHER_BENCH or row["by"] != operator:
            continue
        why = lapsing.lapse(ledger, row, at)
        if why is not None:
            lapsed = why.in_words(time_zone)
            continue
        # In a role that still may: what was confirmed in one that is withdrawn meanwhile serves no more.
        said = second_permit(ledger, rights.Actor(row["decided_by"]), view.job, time_zone)[1]
        return Witness(row["decided_by"], said.role.value, row["id"]) if said.role else ""
    return lapsed


def signature(ledger: Ledger, drafts: Sequence[Draft], view: Shown, by: Witness) -> Draft:
    """What a person signs: it rests on each subject as these drafts leave it; what comes later voids it visibly."""
    head, last = ledger.head, dict[str, str]()
    for place, draft in enumerate(drafts, start=1):
        for subject in kinds.premises_of(kinds.newest(draft.kind), draft.body, None).touches:
            last[subject] = f"{head.writer}/{head.last_seq + place}"
    # It stands in the act of somebody else, who does it in their own role; the witness's is a premise of its own.
    own = next((draft.role for draft in drafts if draft.role), None)
    return replace(signed(ledger, view, by, last), role=own)


def signed(ledger: Ledger, view: Shown, by: Witness, rests_on: Mapping[str, str | None]) -> Draft:
    """The entry that a person signed what is shown."""
    name, pen = ledger.identity(), ledger.pen()
    body = {
        "signature": name,
        "job": view.job,
        "words": pen.write(view.words, f"signature:{name}"),
        "sha256": view.sha256,
        "rests_on": [[subject, entry] for subject, entry in sorted(rests_on.items())],
        "by": by.operator,
        "role": by.role,
    }
    return Draft("signed", body, pen.values, role=by.role)


def asked(ledger: Ledger, wanted: SecondWanted, operator: str, bench: str) -> Draft:
    """The entry that asks for a second person: at another bench before the act, or for a countersignature after it."""
    name, pen, view = ledger.identity(), ledger.pen(), wanted.shown
    timed = wanted.rule.alone is not Alone.WAIT
    due = instant(ledger.clock.now() + timedelta(hours=wanted.rule.hours)) if timed else None
    body = {
        "second": name,
        "job": view.job,
        "subject": view.subject,
        "words": pen.write(view.words, f"second:{name}"),
        "sha256": view.sha256,
        "by": operator,
        "alone": wanted.rule.alone.value,
        "due": due,
        "bench": bench,
    }
    return Draft("second.asked", body, pen.values)


def _second_right(ledger: Ledger, job: str) -> Right:
    """Who may be the second person of a job."""
    rule, table = rules(ledger.db).get(job), rights.table(ledger.db)
    return second_may(rule, table) if rule else table[job]


def second_permit(ledger: Ledger, actor: rights.Actor, job: str, time_zone: str) -> tuple[Right, Permit]:
    """Whether a person may be the second person of a job, and in which role."""
    right = _second_right(ledger, job)
    found = rights.competences(ledger.db, actor.operator)
    day = rights.today(ledger, time_zone)
    return right, permit(right, look_up.roles(ledger.db, actor.operator), found, day, break_glass=actor.break_glass)


def is_void(ledger: Ledger, signature_name: str) -> bool:
    """Whether something that was signed has changed since."""
    rows = people_look_up.subjects_of_signature(ledger.db, signature_name)
    now = ledger.driver.holders([f"last:{row['subject']}" for row in rows])
    return any(now[f"last:{row['subject']}"] != row["rests_on"] for row in rows)


def is_overdue(row: Row, now: str) -> bool:
    """Whether a countersignature should have been there by now (UTC texts)."""
    return row["alone"] == Alone.COUNTERSIGN and row["due"] is not None and row["due"] < now
