"""The gate before the journal, on a real ledger: every job by role, competences, clocks, the laboratory's own table."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from hashlib import sha256
from importlib.resources import files

import pytest
from shift import Shift, TickingClock
from shift_people import colleague, draft_competence

from gms_desktop.domain.rights import Missing, Role
from gms_desktop.errors import Refused
from gms_desktop.journal import kinds, store
from gms_desktop.register import people_look_up
from gms_desktop.register.ledger import Draft
from gms_desktop.services import rights, site_rules
from gms_desktop.services.rights import Actor, NotAllowed

ZONE = "Europe/London"
PRODUCT = files("resources").joinpath("rules", "rights.toml").read_text("utf-8")
BENCH = ["biomedical scientist", "CPGC preparer", "senior", "technician"]
OFFICE = ["administrator", "quality manager", "senior"]

# What recording each kind is as a job, and who may, by hand. A kind with several jobs stands once for each.
CASES: list[tuple[str, dict[str, object], str | None, list[str]]] = [
    *[
        (kind, {}, "receive", BENCH)
        for kind in (
            "patient.registered", "reception.opened", "reception.closed", "delivery.arrived", "specimen.received",
            "label.verified", "label.spoiled", "label.put_off", "downtime.number_used", "label.printed",
            "label.dropped", "downtime.number_spoiled", "delivery.bag_found", "delivery.taken_up", "delivery.put_away",
            "delivery.leaked", "delivery.closed", "delivery.opened_again", "item.passed_on", "item.form_found",
            "lot.entered",
            "item.answered", "patient.named", "specimen.linked", "request.shared", "request.added_on",
            "request.share_told", "material.reserved",
            "specimen.compared", "urgent.told", "urgent.acknowledged", "label_layout.released",
        )
    ],
    ("material.released", {"reason": "released by hand"}, "receive", BENCH),
    ("material.released", {"reason": "extracted for it"}, "extract", ["technician", "biomedical scientist", "senior"]),
    *[(kind, {}, "examine", BENCH) for kind in ("specimen.examined", "specimen.step_done", "risk.stated")],
    *[
        (kind, {}, "rack", ["technician", "biomedical scientist", "senior"])
        for kind in ("tube.bound", "tube.moved", "tube.volume_stated", "rack.registered", "rack.read",
            "rack.settled",)
    ],
    *[
        (kind, {}, "extract", ["technician", "biomedical scientist", "senior"])
        for kind in (
            "extraction.begun", "extraction.placed", "extraction.lot_used", "extraction.started", "extraction.ended",
            "extraction.moved", "extraction.failed", "extraction.blank_measured", "eluate.made", "eluate.measured",
            "extraction.taken_out", "extraction.dropped",
        )
    ],
    ("volume.taken", {"job": "by hand"}, "rack", ["technician", "biomedical scientist", "senior"]),
    ("volume.taken", {"job": "worklist"}, "plate", ["technician", "biomedical scientist", "senior"]),
    ("volume.taken", {"job": "pool"}, "extract", ["technician", "biomedical scientist", "senior"]),
    ("container.emptied", {}, "store", BENCH),
    ("extraction.released", {}, "release batch", ["senior"]),
    ("lot.released", {}, "release lot", ["biomedical scientist", "quality manager", "senior"]),
    ("lot.ended", {"how": "withdrawn"}, "release lot", ["biomedical scientist", "quality manager", "senior"]),
    ("lot.ended", {"how": "used up"}, "receive", BENCH),
    *[
        (f"plate.{what}", {}, "plate", ["technician", "biomedical scientist", "senior"])
        for what in ("planned", "plan_dropped", "made", "indexed")
    ],
    *[
        (kind, {}, "plate", ["technician", "biomedical scientist", "senior"])
        for kind in (
            "index_plate.registered", "pool.made", "holding_rack.filled",
            "plate.wells_left_out", "pool.libraries_left_out",
        )
    ],
    ("index_set.taken_in", {}, "index sets", ["biomedical scientist", "senior", "administrator"]),
    *[
        (kind, {}, "measure", ["technician", "biomedical scientist", "senior"])
        for kind in (
            "run.imported", "reading.weighed", "reading.recorded", "reading.claimed", "reading.judged",
            "reading.chosen"
        )
    ],
    ("run.held", {"reason": None}, "measure", ["technician", "biomedical scientist", "senior"]),
    ("run.held", {"reason": "why"}, "hold run", ["technician", "biomedical scientist", "senior"]),
    ("reading.taken_back", {}, "take back reading", ["biomedical scientist", "senior"]),
    ("run.released", {}, "release run", ["senior"]),
    ("reading.conceded", {}, "concession", ["senior", "quality manager"]),
    *[
        (f"tissue.{what}", {}, "tissue", ["CPGC preparer", "biomedical scientist", "senior"])
        for what in (
            "case_opened", "case_changed", "blade_changed", "piece_joined", "timed", "left_stated", "cut", "stained",
            "imaged", "report_compared", "scraped", "ended", "agreed", "case_corrected", "piece_corrected",
            "told_apart",
        )
    ],
    ("tissue.piece_moved", {}, "move tissue", ["CPGC preparer", "biomedical scientist", "senior"]),
    ("tissue.assessed", {}, "assess tissue", ["CPGC preparer", "biomedical scientist", "senior"]),
    ("tissue.assessment_corrected", {}, "assess tissue", ["CPGC preparer", "biomedical scientist", "senior"]),
    ("tube.bind_released", {}, "release bind", ["biomedical scientist", "senior"]),
    *[
        (kind, {}, "store", BENCH)
        for kind in ("stored.put_away", "stored.taken_out", "stored.thawed")
    ],
    *[(f"place.{what}", {}, "store", BENCH) for what in ("stopped", "restored", "checked")],
    ("place.registered", {}, "define places", ["technician", "biomedical scientist", "senior", "administrator"]),
    *[(f"consignment.{what}", {}, "pack", BENCH) for what in ("opened", "item_packed", "item_unpacked")],
    *[
        (f"consignment.{what}", {}, "release consignment", ["biomedical scientist", "CPGC preparer", "senior"])
        for what in ("closed", "sent_apart", "reopened")
    ],
    *[(f"consignment.{what}", {}, "hand over consignment", BENCH) for what in ("handed_over", "temperature_logged")],
    *[
        (f"consignment.{what}", {}, "reconcile consignment", BENCH)
        for what in (
            *("arrived", "reconciled", "ended", "item_returned", "chased", "recall_told"),
            *("arrival_corrected", "step_undone", "answer_corrected", "arrival_logged"),
        )
    ],
    ("material.discarded", {}, "discard", ["biomedical scientist", "senior"]),
    ("plate.discarded", {}, "discard", ["biomedical scientist", "senior"]),
    ("risk.released", {}, "release hazard", ["biomedical scientist", "senior"]),
    ("separation.spun", {}, "separate", ["technician", "biomedical scientist", "senior"]),
    ("aliquot.made", {}, "separate", ["technician", "biomedical scientist", "senior"]),
    *[(f"request.{what}", {}, "change request", BENCH) for what in ("cancelled", "revived", "amended")],
    ("request.expected", {"import": None}, "receive", BENCH),
    ("request.expected", {"import": "i1"}, "import", ["administrator", *BENCH]),
    ("import.taken_in", {}, "import", ["administrator", *BENCH]),
    ("specimen.decided", {"outcome": "accepted"}, "accept", BENCH),
    ("specimen.decided", {"outcome": "accepted with comment"}, "accept", BENCH),
    ("specimen.decided", {"outcome": "on hold"}, "accept", BENCH),
    ("specimen.decided", {"outcome": "accepted at discretion"}, "discretion", ["biomedical scientist", "senior"]),
    ("specimen.decided", {"outcome": "rejected"}, "reject", ["biomedical scientist", "CPGC preparer", "senior"]),
    *[(kind, {}, "accept", BENCH) for kind in ("hold.chased", "hold.answered")],
    *[(kind, {}, "consent", BENCH) for kind in ("hold.placed", "hold.released", "consent.stated")],
    ("request.assessed", {}, "assess", BENCH),
    ("request.priority_raised", {}, "priority", BENCH),
    ("undone", {"was": "specimen.received"}, "receive", BENCH),
    ("undone", {"was": "specimen.decided"}, "accept", BENCH),
    ("undone", {"was": "role.granted"}, "people", ["administrator"]),
    ("downtime.range_defined", {}, "downtime numbers", ["administrator"]),
    ("downtime.pack_printed", {}, "downtime", OFFICE),
    ("case.resolved", {}, "settle case", OFFICE),
    ("case.task_done", {}, "case task", [role.value for role in Role]),
    ("case.reopened", {}, "settle case", OFFICE),
    ("patient.link_proposed", {}, "link patients", ["biomedical scientist", *OFFICE]),
    ("patient.linked", {}, "link patients", ["biomedical scientist", *OFFICE]),
    ("patient.parted", {}, "link patients", ["biomedical scientist", *OFFICE]),
    ("site_data.approved", {}, "approve rules", ["administrator"]),
    ("site_data.proposed", {"name": "qc-limits"}, "propose limits", ["biomedical scientist", *OFFICE]),
    ("site_data.proposed", {"name": "instrument-table-ours"}, "instrument tables", ["biomedical scientist", *OFFICE]),
    ("site_data.proposed", {"name": "label-layout-x"}, "label layouts", ["biomedical scientist", *OFFICE]),
    ("directory.taken_in", {}, "approve rules", ["administrator"]),
    ("directory.indication", {}, "approve rules", ["administrator"]),
    ("private.erased", {}, "erase", ["administrator"]),
    ("operator.added", {}, "people", ["administrator"]),
    ("role.granted", {}, "people", ["administrator"]),
    ("role.withdrawn", {}, "people", ["administrator"]),
    ("badge.changed", {}, "people", ["administrator"]),
    ("competence.granted", {}, "competences", ["quality manager", "senior"]),
    ("competence.withdrawn", {}, "competences", ["quality manager", "senior"]),
    ("break_glass.reviewed", {}, "review break-glass", ["quality manager", "senior"]),
    ("handover.note_written", {}, "hand over", [role.value for role in Role]),
    ("handover.note_acknowledged", {}, "hand over", [role.value for role in Role]),
    *[(kind, {}, "examine", BENCH) for kind in ("specimen.examined", "specimen.step_done")],
    ("separation.spun", {}, "separate", ["biomedical scientist", "senior", "technician"]),
    ("aliquot.made", {}, "separate", ["biomedical scientist", "senior", "technician"]),
    ("nipt.stated", {}, "receive", BENCH),
    ("nipt.judged", {"acceptance": "5"}, "accept", BENCH),
    ("nipt.judged", {"acceptance": "4"}, "accept", BENCH),
    ("nipt.judged", {"acceptance": "3"}, "discretion", ["biomedical scientist", "senior"]),
    ("nipt.judged", {"acceptance": "2"}, "reject", ["biomedical scientist", "CPGC preparer", "senior"]),
    ("nipt.judged", {"acceptance": "1"}, "reject", ["biomedical scientist", "CPGC preparer", "senior"]),
    ("nipt.result_stated", {}, "nipt result", ["biomedical scientist", "senior"]),
    ("nipt.qf_pcr_stated", {}, "nipt result", ["biomedical scientist", "senior"]),
    ("undone", {"was": "nipt.judged"}, "accept", BENCH),
    ("label.intended", {"copy": 1}, "receive", BENCH),
    ("label.intended", {"copy": 7}, "receive", BENCH),
]  # fmt: skip
# What anybody may, what the application does by itself, and what another entry of the same act answers for.
NOBODYS = {
    "laboratory.set_up", "writer.began", "writer.forked", "pin.set", "second.asked", "second.given", "second.declined",
    "second.used", "signed", "break_glass.opened", "session.changed", "import.row_waits", "label.sent", "scan.judged",
    "label.sending",
    "downtime.number_issued", "specimen.renumbered", "specimen.joined", "document.issued", "document.recalled",
    "label_layout.tried", "export.saved", "export.removed",
}  # fmt: skip


@pytest.fixture
def people(shift: Shift) -> dict[str, str]:
    """One person of each role."""
    return {role.value: colleague(shift, role.value) for role in Role}


def gate(shift: Shift, who: str, *drafts: Draft, without_pin: bool = False) -> list[Draft]:
    return rights.entitled(shift.ledger, drafts, Actor(who, without_pin), ZONE)


def refusal(shift: Shift, who: str, *drafts: Draft, without_pin: bool = False) -> tuple[str, str]:
    with pytest.raises(NotAllowed) as refused:
        gate(shift, who, *drafts, without_pin=without_pin)
    return refused.value.verdict.title, refused.value.verdict.sentence


def test_every_kind_is_somebodys_job_or_is_said_to_be_nobodys() -> None:
    known = {kind.name for kind in kinds.every_kind()}
    assert {kind for kind, *_ in CASES} | NOBODYS == known
    assert not {kind for kind, *_ in CASES} & NOBODYS


@pytest.mark.parametrize(("kind", "body", "job", "roles"), CASES, ids=lambda one: one if isinstance(one, str) else "")
def test_a_job_is_done_by_the_roles_that_have_it_and_refused_to_all_others(
    kind: str, body: dict[str, object], job: str, roles: list[str], shift: Shift, people: dict[str, str]
) -> None:
    draft = Draft(kind, body)
    assert rights.job_of(draft) == job
    for role, who in people.items():
        if role in roles:
            assert [one.role for one in gate(shift, who, draft)] == [role]
        else:
            title, said = refusal(shift, who, draft)
            assert title == "Not yours to do"
            assert all(may in said for may in roles)
            assert role not in said.partition("ask")[2]


@pytest.mark.parametrize("kind", sorted(NOBODYS))
def test_what_is_nobodys_job_passes_without_a_role(kind: str, shift: Shift) -> None:
    draft = Draft(kind, {})
    assert gate(shift, colleague(shift), draft) == [draft]


def test_one_job_of_an_act_that_is_not_allowed_refuses_all_of_it(shift: Shift, people: dict[str, str]) -> None:
    act = Draft("specimen.received", {}), Draft("specimen.decided", {"outcome": "rejected"})
    assert refusal(shift, people["technician"], *act)[1].startswith("To reject a specimen, ask a biomedical scientist,")
    assert [one.role for one in gate(shift, people["senior"], *act)] == ["senior", "senior"]


def test_a_person_acts_in_the_role_that_each_job_is_done_in(shift: Shift) -> None:
    who = colleague(shift, "technician", "administrator")
    made = gate(shift, who, Draft("role.granted", {}), Draft("specimen.received", {}))
    assert [one.role for one in made] == ["administrator", "technician"]


def test_whoever_has_no_role_any_more_is_told_that_it_was_withdrawn(shift: Shift) -> None:
    who = colleague(shift, "technician")
    assert gate(shift, who, Draft("label.verified", {}))
    body = {"operator": who, "role": "technician", "by": shift.operator}
    shift.act(lambda: [Draft("role.withdrawn", body)])
    title, said = refusal(shift, who, Draft("label.verified", {}))
    assert title == "No role"
    assert "withdrawn" in said
    assert not rights.offered(shift.ledger, Actor(who), "receive", ZONE)


def test_in_a_session_without_pin_little_is_done_and_the_pin_is_asked_for(shift: Shift, people: dict[str, str]) -> None:
    senior = people["senior"]
    assert gate(shift, senior, Draft("specimen.received", {}), without_pin=True)
    said = refusal(shift, senior, Draft("case.resolved", {}), without_pin=True)[1]
    assert "opened without a PIN" in said


def test_what_is_shown_is_what_is_allowed(shift: Shift, people: dict[str, str]) -> None:
    for job, right in rights.table(shift.db).items():
        for role, who in people.items():
            assert rights.offered(shift.ledger, Actor(who), job, ZONE) == (role in right.roles)
    assert not rights.offered(shift.ledger, None, "receive", ZONE)


# --- the laboratory's own table


def approve(shift: Shift, text: str) -> None:
    assert shift.operator is not None
    shift.act(lambda: [site_rules.approval(text, "rights", shift.operator or "")])


def test_the_laboratorys_own_table_counts_and_the_words_name_who_may_there(
    shift: Shift, people: dict[str, str]
) -> None:
    assert gate(shift, people["CPGC preparer"], Draft("specimen.decided", {"outcome": "rejected"}))
    own = PRODUCT.replace(
        'words = "Reject a specimen"\nroles = ["biomedical scientist", "CPGC preparer", "senior"]',
        'words = "Reject a specimen"\nroles = ["quality manager"]',
    )
    approve(shift, own)
    said = refusal(shift, people["CPGC preparer"], Draft("specimen.decided", {"outcome": "rejected"}))[1]
    assert said == "To reject a specimen, ask a quality manager. Nothing was recorded but the scan."
    assert gate(shift, people["quality manager"], Draft("specimen.decided", {"outcome": "rejected"}))


def test_a_job_that_the_laboratorys_table_forgets_is_done_by_nobody(shift: Shift, people: dict[str, str]) -> None:
    start = PRODUCT.index('[[right]]\njob = "erase"')
    approve(shift, PRODUCT[:start] + PRODUCT[PRODUCT.index("[[right]]", start + 1) :])
    title, said = refusal(shift, people["administrator"], Draft("private.erased", {}))
    assert (title, "“erase”" in said) == ("Nobody may", True)


def test_a_table_that_would_lock_the_administrators_out_is_not_approved(shift: Shift) -> None:
    with pytest.raises(Refused, match="administrator must be able to"):
        approve(shift, PRODUCT.replace('roles = ["administrator"]', 'roles = ["senior"]'))


def settled_by(roles: str) -> str:
    own = PRODUCT.replace("EXAMPLE-1", "OWN-1")
    return own.replace(
        'words = "Settle what is in dispute"\nroles = ["senior", "quality manager", "administrator"]',
        f'words = "Settle what is in dispute"\nroles = [{roles}]',
    )


def test_a_case_is_settled_by_whom_the_laboratorys_own_table_names(shift: Shift, people: dict[str, str]) -> None:
    settle = partial(rights.reviewer_role, shift.db)
    assert [settle(people[role]) for role in ("senior", "quality manager", "technician")] == [
        "senior", "quality manager", None
    ]  # fmt: skip
    approve(shift, settled_by('"quality manager"'))
    assert (settle(people["senior"]), settle(people["quality manager"])) == (None, "quality manager")
    assert rights.who_may(shift.db, "settle case") == "a quality manager"


def test_a_table_that_lets_a_technician_settle_a_case_is_not_approved(shift: Shift) -> None:
    with pytest.raises(Refused, match="not by technician"):
        site_rules.approval(settled_by('"senior", "technician"'), "rights", shift.operator or "")


def test_tables_of_two_laboratories_in_one_process_do_not_push_each_other_out(
    shift: Shift, people: dict[str, str]
) -> None:
    example = rights.table(shift.db)
    approve(shift, settled_by('"quality manager"'))
    own = rights.table(shift.db)
    assert own is not example
    assert rights._read(PRODUCT) is example
    assert rights.table(shift.db) is own


def test_a_rule_for_the_second_person_of_a_job_that_is_none_is_not_approved() -> None:
    text = 'version = "1"\neffective = "2026-11-22"\n[[job]]\njob = "discrad"\nneeded = true\nalone = "wait"\n'
    with pytest.raises(Refused, match="discrad"):
        site_rules.approval(text, "second-person", "ada")
    site_rules.approval(text.replace("discrad", "discard"), "second-person", "ada")


# --- competences

REJECTED = Draft("specimen.decided", {"outcome": "rejected"})
TODAY = date(2026, 3, 2)


@pytest.fixture
def strict(shift: Shift, people: dict[str, str]) -> tuple[Shift, str]:
    """A laboratory that wants a competence for rejecting; somebody who has the role and none."""
    approve(shift, PRODUCT.replace('job = "reject"\n', 'job = "reject"\ncompetence = true\n'))
    return shift, people["biomedical scientist"]


def found_able(shift: Shift, who: str, since: date, until: date | None) -> None:
    senior = colleague(shift, "senior")
    draft = draft_competence(shift, who, "reject", senior)
    dated = {"since": since.isoformat(), "until": until.isoformat() if until else None}
    shift.act(lambda: [replace(draft, body=draft.body | dated)], senior)


def test_without_the_competence_the_role_is_not_enough(strict: tuple[Shift, str]) -> None:
    shift, who = strict
    assert "a competence in date is needed" in refusal(shift, who, REJECTED)[1]
    assert rights.may(shift.ledger, Actor(who), rights.table(shift.db)["reject"], ZONE).missing is Missing.COMPETENCE
    assert gate(shift, who, Draft("specimen.decided", {"outcome": "accepted"}))


def test_with_the_competence_it_is_a_premise_of_the_entry(strict: tuple[Shift, str]) -> None:
    shift, who = strict
    found_able(shift, who, TODAY, None)
    [made] = gate(shift, who, REJECTED)
    assert made.rights == ((f"competence:{who}:reject", f"operator:{who}"),)


@pytest.mark.parametrize(
    ("since", "until", "may"),
    [
        (TODAY, TODAY, True),
        (TODAY - timedelta(9), TODAY - timedelta(1), False),
        (TODAY + timedelta(1), None, False),
    ],
    ids=["its last day", "ended", "begins tomorrow"],
)
def test_a_competence_counts_in_its_days(since: date, until: date, may: bool, strict: tuple[Shift, str]) -> None:
    shift, who = strict
    found_able(shift, who, since, until)
    if may:
        assert gate(shift, who, REJECTED)
    else:
        refusal(shift, who, REJECTED)


def test_a_competence_that_was_withdrawn_is_none(strict: tuple[Shift, str]) -> None:
    shift, who = strict
    found_able(shift, who, TODAY, None)
    senior = colleague(shift, "senior")
    unfit = {"operator": who, "job": "reject", "reason": None, "by": senior, "role": "senior"}
    shift.act(lambda: [Draft("competence.withdrawn", unfit)], senior)
    refusal(shift, who, REJECTED)
    assert [row["state"] for row in people_look_up.competences(shift.db, who)] == ["withdrawn"]


# --- clocks


def clock(shift: Shift) -> TickingClock:
    assert isinstance(shift.ledger.clock, TickingClock)
    return shift.ledger.clock


def test_a_clock_that_is_set_back_revives_no_competence(strict: tuple[Shift, str]) -> None:
    shift, who = strict
    found_able(shift, who, TODAY, TODAY)
    assert gate(shift, who, REJECTED)
    clock(shift).at += timedelta(days=1)
    refusal(shift, who, REJECTED)
    rights.note_day(shift.ledger, ZONE)
    clock(shift).at -= timedelta(days=400)
    assert rights.today(shift.ledger, ZONE) == TODAY + timedelta(1)
    refusal(shift, who, REJECTED)
    shift.ledger.reload()
    refusal(shift, who, REJECTED)


def test_the_latest_day_is_written_once_a_day_and_never_goes_back(shift: Shift) -> None:
    assert store.meta(shift.db, "latest_day") is None
    rights.note_day(shift.ledger, ZONE)
    assert store.meta(shift.db, "latest_day") == TODAY.isoformat()
    clock(shift).at -= timedelta(days=3)
    rights.note_day(shift.ledger, ZONE)
    assert store.meta(shift.db, "latest_day") == TODAY.isoformat()


def test_the_hubs_clock_counts_where_it_is_known(strict: tuple[Shift, str]) -> None:
    shift, who = strict
    found_able(shift, who, TODAY, TODAY)
    clock(shift).at -= timedelta(days=30)
    shift.ledger.clock_measured(int(timedelta(days=30).total_seconds() * 1000))
    assert rights.today(shift.ledger, ZONE) == TODAY
    assert gate(shift, who, REJECTED)
    shift.ledger.clock_measured(int(timedelta(days=31).total_seconds() * 1000))
    refusal(shift, who, REJECTED)


def test_a_bench_whose_clock_once_ran_ahead_is_put_right_by_the_hub(strict: tuple[Shift, str]) -> None:
    shift, who = strict
    found_able(shift, who, TODAY, TODAY)
    clock(shift).at += timedelta(days=365)
    rights.note_day(shift.ledger, ZONE)
    clock(shift).at -= timedelta(days=365)
    refusal(shift, who, REJECTED)
    shift.ledger.clock_measured(0)
    assert gate(shift, who, REJECTED)
    rights.note_day(shift.ledger, ZONE)
    shift.ledger.clock_offset = None
    assert gate(shift, who, REJECTED)


def test_a_clock_set_back_after_the_hub_was_heard_last_revives_nothing(strict: tuple[Shift, str]) -> None:
    shift, who = strict
    found_able(shift, who, TODAY, TODAY)
    clock(shift).at += timedelta(days=2)
    shift.ledger.clock_measured(0)
    rights.note_day(shift.ledger, ZONE)
    clock(shift).at -= timedelta(days=2)
    refusal(shift, who, REJECTED)


def test_a_day_is_the_laboratorys_not_the_worlds(shift: Shift) -> None:
    clock(shift).at = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert rights.today(shift.ledger, ZONE) == date(2026, 7, 2)
    clock(shift).at = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)
    assert rights.today(shift.ledger, ZONE) == date(2026, 12, 1)


def test_the_table_is_read_anew_when_another_was_approved(shift: Shift) -> None:
    before = rights.table(shift.db)
    assert rights.table(shift.db) is before
    own = PRODUCT + "\n# ours\n"
    approve(shift, own)
    assert rights.table(shift.db) == before
    assert rights.table(shift.db) is not before
    assert site_rules.rule_text(shift.db, "rights").sha256 == sha256(own.encode()).hexdigest()


def test_what_is_told_again_because_a_case_was_settled_is_a_part_of_settling_it(
    shift: Shift, people: dict[str, str]
) -> None:
    again = Draft("specimen.received", {})
    refusal(shift, people["quality manager"], again)
    made = gate(shift, people["quality manager"], Draft("case.resolved", {}), again)
    assert [one.role for one in made] == ["quality manager", "quality manager"]
    refusal(shift, people["technician"], Draft("case.resolved", {}), again)
