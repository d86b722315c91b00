"""The one gate before the journal: what each entry is as a job, who may do it, and in which role it is recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from gms_desktop import rights_words
from gms_desktop.domain import dates
from gms_desktop.domain.label_queue import asks_approval
from gms_desktop.domain.lots import Standing
from gms_desktop.domain.rights import Competence, Missing, Permit, Right, permit, read_rights
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.journal import kinds, store
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Body
from gms_desktop.journal.kinds_of_people import competence_key
from gms_desktop.register import look_up, people_look_up
from gms_desktop.register.afterwards import USED
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services.site_rules import label_rules, rule_text


@dataclass(frozen=True)
class Actor:
    """Who acts, and whether the session was opened without a PIN."""

    operator: str
    break_glass: bool = False


class NotAllowed(Exception):
    """Somebody may not do what they began; ``verdict`` says who may."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.title)
        self.verdict = verdict


_LATEST_DAY = "latest_day"
_DECISIONS = {"accepted at discretion": "discretion", "rejected": "reject"}
# Jobs that answer for all that is recorded in the same act because of them.
_WHOLE = ("settle case", "case task")
# Codes of SAMPLE ACCEPTANCE: ineligible, rejected, at discretion; the others are accepted.
_JUDGED = {"1": "reject", "2": "reject", "3": "discretion"}
_PLAINEST = {"specimen.decided": "accept", "run.held": "measure", "request.expected": "import", "nipt.judged": "accept"}
_Job = str | Callable[[Body], str | None]


def _undone(body: Body) -> str | None:
    """Whoever may do it takes it back; of what depends on the outcome, whoever may do the plainest of it."""
    job = _JOBS.get(body["was"])
    return _PLAINEST.get(body["was"], "receive") if callable(job) else job


def _proposes(name: str) -> str:
    if name.startswith("instrument-table-"):
        return "instrument tables"
    return "propose limits" if name in {"qc-limits", "destinations"} else "label layouts"


_ANSWERS = frozenset(
    f"consignment-{part}" for part in ("answer", "answer-letter", "answer-received", "answer-table", "chase")
)
"""Documents that are a part of settling a consignment with its other end."""
_JOBS: Mapping[str, _Job] = {
    **dict.fromkeys(
        (
            "patient.registered",
            "reception.opened",
            "reception.closed",
            "delivery.arrived",
            "delivery.bag_found",
            "delivery.taken_up",
            "delivery.put_away",
            "delivery.leaked",
            "delivery.closed",
            "delivery.opened_again",
            "lot.entered",
            "item.passed_on",
            "item.form_found",
            "item.answered",
            "patient.named",
            "specimen.linked",
            "request.shared",
            "request.share_told",
            "request.added_on",
            "material.reserved",
            "specimen.received",
            "specimen.compared",
            "urgent.told",
            "urgent.acknowledged",
            "label.intended",
            "label.verified",
            "label.spoiled",
            "label.put_off",
            "label_layout.released",
            "label.printed",
            "label.dropped",
            "downtime.number_used",
            "downtime.number_spoiled",
        ),
        "receive",
    ),
    **dict.fromkeys(("specimen.examined", "specimen.step_done"), "examine"),
    **dict.fromkeys(("tube.bound", "tube.moved", "tube.volume_stated"), "rack"),
    **dict.fromkeys(("rack.registered", "rack.read", "rack.settled"), "rack"),
    **dict.fromkeys(("plate.planned", "plate.plan_dropped", "plate.made", "holding_rack.filled"), "plate"),
    **dict.fromkeys(("plate.wells_left_out", "pool.libraries_left_out"), "plate"),
    **dict.fromkeys(("index_plate.registered", "plate.indexed", "pool.made"), "plate"),
    "index_set.taken_in": "index sets",
    "material.released": lambda body: "extract" if body["reason"] == USED else "receive",
    "volume.taken": lambda body: {"worklist": "plate", "pool": "extract"}.get(body["job"], "rack"),
    "container.emptied": "store",
    "tube.bind_released": "release bind",
    **dict.fromkeys(("extraction.begun", "extraction.placed", "extraction.lot_used", "extraction.started"), "extract"),
    **dict.fromkeys(("extraction.moved", "extraction.taken_out", "extraction.dropped"), "extract"),
    **dict.fromkeys(("extraction.ended", "extraction.failed", "extraction.blank_measured", "eluate.made"), "extract"),
    "eluate.measured": "extract",
    "extraction.released": "release batch",
    "lot.released": "release lot",
    "lot.ended": lambda body: "release lot" if body["how"] == Standing.WITHDRAWN else "receive",
    **dict.fromkeys(("stored.put_away", "stored.taken_out", "stored.thawed"), "store"),
    **dict.fromkeys(("place.stopped", "place.restored", "place.checked"), "store"),
    "place.registered": "define places",
    **dict.fromkeys(("run.imported", "reading.recorded", "reading.claimed"), "measure"),
    "run.held": lambda body: "hold run" if body["reason"] else "measure",
    "reading.taken_back": "take back reading",
    **dict.fromkeys(("reading.judged", "reading.chosen", "reading.weighed"), "measure"),
    "run.released": "release run",
    "reading.conceded": "concession",
    **dict.fromkeys(("material.discarded", "plate.discarded"), "discard"),
    **dict.fromkeys((f"consignment.{what}" for what in ("opened", "item_packed", "item_unpacked")), "pack"),
    **dict.fromkeys(("consignment.closed", "consignment.sent_apart", "consignment.reopened"), "release consignment"),
    **dict.fromkeys(("consignment.handed_over", "consignment.temperature_logged"), "hand over consignment"),
    **dict.fromkeys((f"consignment.{what}" for what in ("arrived", "reconciled", "ended")), "reconcile consignment"),
    **dict.fromkeys(
        (f"consignment.{what}" for what in ("arrival_corrected", "step_undone", "answer_corrected", "arrival_logged")),
        "reconcile consignment",
    ),
    **dict.fromkeys((f"consignment.{what}" for what in ("item_returned", "chased")), "reconcile consignment"),
    "consignment.recall_told": "reconcile consignment",
    "document.issued": lambda body: "reconcile consignment" if body.get("sort") in _ANSWERS else None,
    **dict.fromkeys(("tissue.case_opened", "tissue.case_changed", "tissue.blade_changed"), "tissue"),
    **dict.fromkeys(("tissue.piece_joined", "tissue.timed", "tissue.left_stated", "tissue.cut"), "tissue"),
    **dict.fromkeys(("tissue.stained", "tissue.imaged", "tissue.report_compared", "tissue.scraped"), "tissue"),
    **dict.fromkeys(("tissue.ended", "tissue.agreed", "tissue.case_corrected", "tissue.piece_corrected"), "tissue"),
    "tissue.told_apart": "tissue",
    "tissue.piece_moved": "move tissue",
    **dict.fromkeys(("tissue.assessed", "tissue.assessment_corrected"), "assess tissue"),
    "risk.stated": "examine",
    "risk.released": "release hazard",
    **dict.fromkeys(("separation.spun", "aliquot.made"), "separate"),
    "request.expected": lambda body: "import" if body["import"] else "receive",
    "import.taken_in": "import",
    **dict.fromkeys(("hold.chased", "hold.answered"), "accept"),
    **dict.fromkeys(("hold.placed", "hold.released", "consent.stated"), "consent"),
    "request.assessed": "assess",
    "request.priority_raised": "priority",
    **dict.fromkeys(("request.cancelled", "request.revived", "request.amended"), "change request"),
    "specimen.decided": lambda body: _DECISIONS.get(body["outcome"], "accept"),
    "downtime.range_defined": "downtime numbers",
    "downtime.pack_printed": "downtime",
    "case.resolved": "settle case",
    "case.reopened": "settle case",
    "case.task_done": "case task",
    "patient.link_proposed": "link patients",
    "patient.linked": "link patients",
    "patient.parted": "link patients",
    "site_data.proposed": lambda body: _proposes(body["name"]),
    "site_data.approved": "approve rules",
    "directory.taken_in": "approve rules",
    "directory.indication": "approve rules",
    "private.erased": "erase",
    "operator.added": "people",
    "role.granted": "people",
    "role.withdrawn": "people",
    "badge.changed": "people",
    "competence.granted": "competences",
    "competence.withdrawn": "competences",
    "break_glass.reviewed": "review break-glass",
    "nipt.stated": "receive",
    "nipt.judged": lambda body: _JUDGED.get(body["acceptance"], "accept"),
    "nipt.result_stated": "nipt result",
    "nipt.qf_pcr_stated": "nipt result",
    "handover.note_written": "hand over",
    "handover.note_acknowledged": "hand over",
    "undone": _undone,
}


def job_of(draft: Draft) -> str | None:
    """The job that recording this is; None for what anybody may, or what another entry of the act answers for."""
    job = _JOBS.get(draft.kind)
    return job(draft.body) if callable(job) else job


# As many as a process may serve at once, told apart by their text: read once, from whichever thread.
_read = lru_cache(maxsize=8)(read_rights)


def table(db: Database) -> dict[str, Right]:
    """The laboratory's table of rights, or the product's EXAMPLE, by job."""
    return _read(rule_text(db, "rights").text)


def today(ledger: Ledger, time_zone: str) -> date:
    """The laboratory's day, by which rights end: a clock that was set back revives none of them.

    The hub's time counts where it is known; else no day before the latest one that this bench has seen.
    """
    if ledger.clock_offset is not None and not ledger.clock_went_back:
        return dates.to_local(ledger.clock.now() + timedelta(milliseconds=ledger.clock_offset), time_zone).date()
    day = dates.to_local(ledger.clock.now(), time_zone).date()
    seen = store.meta(ledger.db, _LATEST_DAY)
    return max(day, date.fromisoformat(seen)) if seen else day


def laboratory_day(ledger: Ledger) -> date:
    """The same in the laboratory's own time zone; before there is a laboratory, in that of England."""
    laboratory = look_up.laboratory(ledger.db)
    return today(ledger, laboratory["time_zone"] if laboratory else "Europe/London")


def note_day(ledger: Ledger, time_zone: str) -> None:
    """Remember the latest day that this bench has seen, in a transaction of its own when the bench is idle."""
    day = today(ledger, time_zone).isoformat()
    if store.meta(ledger.db, _LATEST_DAY) != day:
        with ledger.db.write():
            store.put_meta(ledger.db, _LATEST_DAY, day)


def competences(db: Database, operator: str) -> list[Competence]:
    """What a person was found able to do, and is not found unable to since."""
    return [
        Competence(row["job"], date.fromisoformat(row["since"]), _day(row["until"]))
        for row in people_look_up.competences(db, operator)
        if row["state"] == "held"
    ]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def may(ledger: Ledger, actor: Actor, right: Right, time_zone: str) -> Permit:
    """Whether somebody may do a job now, and in which role."""
    found = competences(ledger.db, actor.operator) if right.competence else []
    day = today(ledger, time_zone) if right.competence else date.min
    held = look_up.roles(ledger.db, actor.operator)
    return permit(right, held, found, day, break_glass=actor.break_glass)


def entitled(ledger: Ledger, drafts: Sequence[Draft], actor: Actor, time_zone: str) -> list[Draft]:
    """The drafts, each with the role it is done in and with whatever else gives the right to it.

    Raises:
        NotAllowed: when one of them is a job that the person may not do.
    """
    permits: dict[str, tuple[Right, Permit]] = {}
    made = []
    for draft, job in zip(drafts, _jobs(ledger, drafts), strict=True):
        if job is not None and job not in permits:
            permits[job] = _permitted(ledger, actor, job, time_zone)
        made.append(_with_right(draft, actor.operator, *permits[job]) if job is not None else draft)
    return made


def job_here(ledger: Ledger, draft: Draft) -> str | None:
    """What it is as a job at this bench: taking a decision back is the job of deciding so."""
    if draft.kind == "undone" and draft.body["was"] in {"specimen.decided", "nipt.judged"}:
        decided = store.by_identity(ledger.db, draft.body["of"]) if draft.body.get("of") else None
        if decided is not None:
            body = decided.entry.body
            if draft.body["was"] == "nipt.judged":
                return _JUDGED.get(body["acceptance"], "accept")
            return _DECISIONS.get(body["outcome"], "accept")
    of_thing = _OF_THINGS.get(str(draft.body.get("label", "")).partition(":")[0]) if _is_of_a_label(draft) else None
    if draft.kind == "label.intended" and draft.body["copy"] > 1:
        further = asks_approval(label_rules(ledger.db), draft.body["copy"])
        return "further copies" if further else of_thing or "receive"
    return of_thing or job_of(draft)


def _is_of_a_label(draft: Draft) -> bool:
    return draft.kind.startswith("label.") and job_of(draft) is not None


_OF_THINGS = {"plate": "plate", "rack": "rack", "place": "store", "consignment": "pack", "operator": "people"}
"""Whose work the label of a thing is: of those who make it."""


def _jobs(ledger: Ledger, drafts: Sequence[Draft]) -> list[str | None]:
    """What each is as a job. What is told or printed again because of a case is a part of settling or finishing it."""
    jobs = [job_here(ledger, draft) for draft in drafts]
    whole = next((job for job in _WHOLE if job in jobs), None)
    return [whole if whole and job is not None else job for job in jobs]


def actor(db: Database, bench: str) -> Actor | None:
    """Who is signed in at a bench, and whether without a PIN."""
    session = look_up.session(db, bench)
    if session is None or session["operator"] is None:
        return None
    return Actor(session["operator"], people_look_up.break_glass(db, session["session"]) is not None)


def permitted(ledger: Ledger, actor: Actor, job: str, time_zone: str) -> Permit:
    """The role in which somebody does a job.

    Raises:
        NotAllowed: when they may not; its verdict says who may.
    """
    return _permitted(ledger, actor, job, time_zone)[1]


def _permitted(ledger: Ledger, actor: Actor, job: str, time_zone: str) -> tuple[Right, Permit]:
    right = table(ledger.db).get(job)
    if right is None:
        # A laboratory's own table that forgets a job forbids it: nothing is allowed by an omission.
        raise NotAllowed(rights_words.nobody_may(job))
    said = may(ledger, actor, right, time_zone)
    if said.missing is not None:
        raise NotAllowed(_refusal(ledger.db, actor, right, said.missing))
    return right, said


def _refusal(db: Database, actor: Actor, right: Right, missing: Missing) -> Verdict:
    if not look_up.roles(db, actor.operator):
        return rights_words.no_role()
    return rights_words.not_allowed(right, missing)


def _with_right(draft: Draft, operator: str, right: Right, said: Permit) -> Draft:
    own = (competence_key(operator, right.job),) if right.competence else ()
    return replace(draft, role=said.role.value if said.role else None, rights=(*draft.rights, *own))


def who_may(db: Database, job: str) -> str:
    """Who may do a job at this laboratory, in words."""
    right = table(db).get(job)
    return rights_words.who_may(right) if right else "nobody"


def reviewer_role(db: Database, operator: str | None) -> str | None:
    """The role in which a person may settle a case, or open one again; None when they may not.

    The laboratory's table says who; the entry takes no role beside :data:`kinds.REVIEWERS`.
    """
    held = look_up.roles(db, operator) if operator else []
    right = table(db).get("settle case")
    roles = right.roles if right else ()
    return next((role.value for role in roles if role in held and role in kinds.REVIEWERS), None)


def offered(ledger: Ledger, actor: Actor | None, job: str, time_zone: str) -> bool:
    """Whether a person may be offered a job: what is shown and what is refused come from one table."""
    right = table(ledger.db).get(job)
    return actor is not None and right is not None and may(ledger, actor, right, time_zone).missing is None
