"""The second person on a real ledger: beside, at another bench, afterwards; once, never oneself; void signatures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from importlib.resources import files

import pytest
from shift import Shift, TickingClock, held
from shift_people import colleague

from gms_desktop import people_words
from gms_desktop.domain.minting import instant
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.journal.entry import Entry
from gms_desktop.journal.kinds_of_people import competence_key
from gms_desktop.register import people_look_up
from gms_desktop.register.ledger import Draft, PremiseFailed
from gms_desktop.services import gate, lapsing, rights, second_person, site_rules
from gms_desktop.services.gate import Beside
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.rights import Actor
from gms_desktop.services.second_person import SecondWanted, Shown, Witness

ZONE = "Europe/London"
SAID = Verdict(VerdictKind.MATCHES, "Parted", "OYELARAN and MÜLLER-ŠKVORECKÝ are two people.")
OTHERWISE = Verdict(VerdictKind.MATCHES, "Parted", "OYELARAN and NGUYỄN are two people.")
PRODUCT = files("resources").joinpath("rules", "second-person.toml").read_text("utf-8")
LATER = PRODUCT.replace('job = "link patients"\nneeded = true\nalone = "another bench"\nhours = 12',
                        'job = "link patients"\nneeded = true\nalone = "countersign"\nhours = 24')  # fmt: skip


class Bench:
    """A bench with two scientists, a senior, a technician and two patients."""

    def __init__(self, day: Shift) -> None:
        self.day = day
        self.ada, self.bob = colleague(day, "biomedical scientist"), colleague(day, "biomedical scientist")
        self.senior, self.technician = colleague(day, "senior"), colleague(day, "technician")
        self.patients = [day.expect()["patient"]["id"] for _ in range(2)]

    @property
    def subject(self) -> str:
        return f"patient:{self.patients[0]}"

    def part(self, who: str) -> Draft:
        body = {"patient": self.patients[0], "other": self.patients[1], "reason": "looked-at", "by": who}
        return Draft("patient.parted", body)

    def does(
        self, who: str, witness: str | None = None, *, said: Verdict = SAID, later: bool = False, role: str = ""
    ) -> list[Entry]:
        """Part the patients through the gate, as the bench does, with whoever stands beside."""
        beside = Beside(Witness(witness, role or "biomedical scientist") if witness else None, later)
        with self.day.db.write():
            outcome = Outcome(said, (self.part(who),))
            drafts, by = gate.passed(self.day.ledger, outcome, Actor(who), ZONE, self.day.bench, beside)
            return self.day.ledger.append(drafts, who, by)

    def wanted(self, who: str, said: Verdict = SAID) -> SecondWanted:
        with pytest.raises(SecondWanted) as wanted:
            self.does(who, said=said)
        return wanted.value

    def asks(self, who: str, said: Verdict = SAID) -> str:
        """Ask at another bench; what was asked."""
        wanted = self.wanted(who, said)
        draft = second_person.asked(self.day.ledger, wanted, who, self.day.bench)
        self.day.act(lambda: [draft], who)
        return str(draft.body["second"])

    def confirms(self, who: str, name: str, role: str = "biomedical scientist", asked_by: str = "") -> list[Entry]:
        row = people_look_up.second(self.day.db, name)
        assert row is not None
        body = {"second": name, "sha256": row["sha256"], "by": who, "role": role, "asked_by": asked_by or row["by"]}
        view = Shown(row["job"], row["subject"], "what was shown")
        on = {row["subject"]: self.day.last(row["subject"])}
        sign = second_person.signed(self.day.ledger, view, Witness(who, role), on)
        return self.day.act(lambda: [Draft("second.given", body, role=role), sign], who)

    def signatures(self) -> list[str]:
        return [row["id"] for row in people_look_up.signatures_of(self.day.db, self.subject)]

    def void(self) -> list[bool]:
        return [second_person.is_void(self.day.ledger, name) for name in self.signatures()]


@pytest.fixture
def bench(shift: Shift) -> Bench:
    return Bench(shift)


def kinds_of(entries: Sequence[Entry]) -> list[str]:
    return [entry.kind for entry in entries]


def test_what_needs_a_second_person_waits_and_says_what_they_would_sign(bench: Bench) -> None:
    wanted = bench.wanted(bench.ada)
    assert wanted.rule.job == "link patients"
    assert wanted.shown.subject == bench.subject
    assert wanted.shown.words == (
        "Link two patients as one person, or part them\nParted. OYELARAN and MÜLLER-ŠKVORECKÝ are two people."
    )
    assert wanted.shown.sha256 == sha256(wanted.shown.words.encode()).hexdigest()
    assert held(bench.day.db).keys().isdisjoint({"asked", "used"})


def test_what_needs_none_passes_as_it_is(bench: Bench) -> None:
    outcome = Outcome(SAID, (bench.day.draft_delivery("d1"),))
    made, witness = gate.passed(bench.day.ledger, outcome, Actor(bench.technician), ZONE, "b", Beside())
    assert ([draft.kind for draft in made], witness) == (["delivery.arrived"], None)


def test_a_proposal_and_the_link_of_two_people_need_no_third(bench: Bench) -> None:
    both = {"patient": bench.patients[0], "other": bench.patients[1]}
    linked = Draft("patient.linked", both | {"by": bench.bob, "witness": bench.ada})
    for draft in (Draft("patient.link_proposed", both | {"reason": "same NHS number"}), linked):
        assert second_person.witnessed(bench.day.ledger, [draft], Actor(bench.bob), SAID, None, ZONE) == ([draft], None)


# --- beside


def test_who_stands_beside_signs_in_the_same_act_and_their_role_is_a_premise_of_it(bench: Bench) -> None:
    parted, signed = bench.does(bench.ada, bench.bob)
    assert (parted.kind, signed.kind) == ("patient.parted", "signed")
    assert parted.action == signed.action
    assert (parted.operator, parted.witness) == (bench.ada, bench.bob)
    assert (f"role:{bench.bob}:biomedical scientist", f"operator:{bench.bob}") in parted.premises.requires
    assert (signed.body["by"], signed.body["role"]) == (bench.bob, "biomedical scientist")
    assert signed.body["sha256"] == Shown("", "", f"{_words()}\nParted. {SAID.sentence}").sha256
    assert bench.void() == [False]


def _words() -> str:
    return "Link two patients as one person, or part them"


def test_nobody_stands_beside_themselves(bench: Bench) -> None:
    with pytest.raises(SecondWanted):
        bench.does(bench.ada, bench.ada)
    with pytest.raises(SecondWanted):
        bench.does(bench.ada, bench.ada, said=OTHERWISE)


def test_a_witness_who_has_lost_the_role_meanwhile_refuses_the_act(bench: Bench) -> None:
    gone = {"operator": bench.bob, "role": "biomedical scientist", "by": bench.day.operator}
    bench.day.act(lambda: [Draft("role.withdrawn", gone)])
    with pytest.raises(rights.NotAllowed):
        bench.does(bench.ada, bench.bob)
    bench.day.ledger.reload()
    assert bench.signatures() == []


def test_who_may_be_the_second_person_follows_the_job_or_the_rule(bench: Bench) -> None:
    def may(who: str, job: str) -> bool:
        return second_person.second_permit(bench.day.ledger, Actor(who), job, ZONE)[1].role is not None

    assert may(bench.bob, "link patients")
    assert not may(bench.technician, "link patients")
    assert may(bench.senior, "approve rules")
    assert not may(bench.bob, "approve rules")
    assert not second_person.second_permit(bench.day.ledger, Actor(bench.bob, True), "link patients", ZONE)[1].role


# --- at another bench


def test_what_was_confirmed_at_another_bench_is_done_once(bench: Bench) -> None:
    name = bench.asks(bench.ada)
    bench.wanted(bench.ada)
    bench.confirms(bench.bob, name)
    made = bench.does(bench.ada)
    assert kinds_of(made) == ["patient.parted", "second.used"]
    assert {entry.witness for entry in made} == {bench.bob}
    assert (f"role:{bench.bob}:biomedical scientist", f"operator:{bench.bob}") in made[0].premises.requires
    bench.wanted(bench.ada)


def test_a_confirmation_serves_only_who_asked_for_it(bench: Bench) -> None:
    bench.confirms(bench.bob, bench.asks(bench.ada))
    bench.wanted(bench.senior)
    bench.wanted(bench.bob)


def test_a_confirmation_of_other_words_is_none(bench: Bench) -> None:
    bench.confirms(bench.bob, bench.asks(bench.ada))
    bench.wanted(bench.ada, said=OTHERWISE)
    assert kinds_of(bench.does(bench.ada)) == ["patient.parted", "second.used"]


def test_a_confirmation_about_others_is_none(bench: Bench) -> None:
    bench.confirms(bench.bob, bench.asks(bench.ada))
    bench.patients.reverse()
    bench.wanted(bench.ada)


def test_what_was_declined_is_not_done(bench: Bench) -> None:
    name = bench.asks(bench.ada)
    body = {"second": name, "reason": None, "by": bench.bob, "role": "biomedical scientist", "asked_by": bench.ada}
    bench.day.act(lambda: [Draft("second.declined", body, role="biomedical scientist")], bench.bob)
    bench.wanted(bench.ada)


def test_nobody_confirms_what_they_asked(bench: Bench) -> None:
    name = bench.asks(bench.ada)
    with pytest.raises(ValueError, match="same person"):
        bench.confirms(bench.ada, name)
    bench.day.ledger.reload()
    with pytest.raises(PremiseFailed, match="asked:"):
        bench.confirms(bench.ada, name, asked_by=bench.bob)


def test_who_confirmed_and_lost_the_role_since_is_no_second_person_any_more(bench: Bench) -> None:
    bench.confirms(bench.bob, bench.asks(bench.ada))
    bench.day.act(lambda: [bench.day.draft_role(bench.bob, "technician", bench.day.operator)])
    gone = {"operator": bench.bob, "role": "biomedical scientist", "by": bench.day.operator}
    bench.day.act(lambda: [Draft("role.withdrawn", gone)])
    bench.wanted(bench.ada)


def test_of_two_that_were_asked_the_second_lapses_with_what_is_done_on_the_first(bench: Bench) -> None:
    for name in (bench.asks(bench.ada), bench.asks(bench.ada)):
        bench.confirms(bench.bob, name)
    bench.does(bench.ada)
    assert bench.wanted(bench.ada).lapsed == people_words.LAPSED_BY_CHANGE


def forward(bench: Bench, by: timedelta) -> None:
    clock = bench.day.ledger.clock
    assert isinstance(clock, TickingClock)
    clock.at += by


def test_what_was_confirmed_serves_until_its_hours_are_over_and_not_after(bench: Bench) -> None:
    bench.confirms(bench.bob, bench.asks(bench.ada))
    forward(bench, timedelta(hours=13))
    wanted = bench.wanted(bench.ada)
    assert "lapsed at" in wanted.lapsed
    bench.confirms(bench.bob, bench.asks(bench.ada))
    forward(bench, timedelta(hours=11))
    assert kinds_of(bench.does(bench.ada)) == ["patient.parted", "second.used"]


def test_what_was_asked_and_nobody_answered_waits_no_more_once_it_has_lapsed(bench: Bench) -> None:
    name = bench.asks(bench.ada)
    assert [row["id"] for row in lapsing.waiting(bench.day.ledger, ZONE)] == [name]
    forward(bench, timedelta(hours=13))
    assert lapsing.waiting(bench.day.ledger, ZONE) == []
    [(row, why)] = lapsing.lately(bench.day.ledger, ZONE)
    assert (row["id"], why.since) == (name, row["due"])
    forward(bench, timedelta(hours=24))
    assert lapsing.lately(bench.day.ledger, ZONE) == []


def test_a_later_change_of_what_it_is_about_makes_a_confirmation_lapse(bench: Bench) -> None:
    bench.confirms(bench.bob, bench.asks(bench.ada))
    bench.day.scan()
    bench.day.expect()
    assert lapsing.lately(bench.day.ledger, ZONE) == []
    reason = {"patient": bench.patients[0], "other": bench.patients[1], "reason": "same NHS number"}
    bench.day.act(lambda: [Draft("patient.link_proposed", reason)])
    assert bench.wanted(bench.ada).lapsed == people_words.LAPSED_BY_CHANGE


def test_a_clock_set_back_by_days_revives_no_confirmation(bench: Bench) -> None:
    bench.confirms(bench.bob, bench.asks(bench.ada))
    forward(bench, timedelta(days=2))
    rights.note_day(bench.day.ledger, ZONE)
    forward(bench, timedelta(days=-2))
    assert "lapsed at" in bench.wanted(bench.ada).lapsed


# --- afterwards


@pytest.fixture
def later(bench: Bench) -> Bench:
    """A laboratory that has it countersigned within a day."""
    administrator = bench.day.operator or ""
    bench.day.act(lambda: [site_rules.approval(LATER, "second-person", administrator)])
    return bench


def test_what_is_countersigned_later_is_done_now_and_stands_on_the_list(later: Bench) -> None:
    made = later.does(later.ada, later=True)
    assert kinds_of(made) == ["patient.parted", "second.asked"]
    assert made[0].witness is None
    [row] = people_look_up.seconds(later.day.db, "asked")
    assert (row["alone"], row["act"], row["by"], row["subject"]) == (
        "countersign", made[0].action, later.ada, later.subject
    )  # fmt: skip
    later.confirms(later.bob, row["id"])
    assert people_look_up.seconds(later.day.db, "asked") == []
    assert later.void() == [False]


def test_a_countersignature_allows_nothing_further(later: Bench) -> None:
    made = later.does(later.ada, later=True)
    [row] = people_look_up.seconds(later.day.db, "asked")
    later.confirms(later.bob, row["id"])
    later.wanted(later.ada)
    assert made[0].kind == "patient.parted"


def test_a_countersignature_is_overdue_when_its_time_has_passed_and_not_before(later: Bench) -> None:
    later.does(later.ada, later=True)
    [row] = people_look_up.seconds(later.day.db, "asked")
    clock = later.day.ledger.clock
    assert isinstance(clock, TickingClock)
    assert not second_person.is_overdue(row, instant(clock.at + timedelta(hours=23, minutes=59)))
    assert second_person.is_overdue(row, instant(clock.at + timedelta(hours=24, seconds=1)))


def test_what_waits_at_another_bench_is_never_overdue(bench: Bench) -> None:
    row = people_look_up.second(bench.day.db, bench.asks(bench.ada))
    assert row is not None
    assert not second_person.is_overdue(row, "2999-01-01T00:00:00.000000Z")


# --- signatures


def test_a_signature_is_void_as_soon_as_what_was_signed_changes(bench: Bench) -> None:
    bench.does(bench.ada, bench.bob)
    assert bench.void() == [False]
    bench.day.scan()
    bench.day.expect()
    assert bench.void() == [False]
    reason = {"patient": bench.patients[0], "other": bench.patients[1], "reason": "same NHS number"}
    bench.day.act(lambda: [Draft("patient.link_proposed", reason)])
    assert bench.void() == [True]


def test_of_two_acts_the_later_signature_stands_and_the_former_is_void(bench: Bench) -> None:
    bench.does(bench.ada, bench.bob)
    bench.does(bench.ada, bench.senior, role="senior")
    assert bench.void() == [True, False]


def test_a_signature_about_something_that_nobody_touched_stands(bench: Bench) -> None:
    view = Shown("discard", "specimen:none", "Discard nothing")
    draft = second_person.signed(bench.day.ledger, view, Witness(bench.senior, "senior"), {"specimen:none": None})
    bench.day.act(lambda: [draft], bench.senior)
    assert not second_person.is_void(bench.day.ledger, draft.body["signature"])


def test_what_was_shown_stands_beside_the_journal_and_its_hash_in_it(bench: Bench) -> None:
    _, signed = bench.does(bench.ada, bench.bob)
    assert "OYELARAN" not in signed.to_bytes().decode()
    assert signed.body["words"] in signed.private


# --- several jobs in one act, and what gives a witness the right


def approves_and_parts(bench: Bench, who: str, witness: str) -> list[Entry]:
    """One act in which a rule set is approved and two patients are parted."""
    text = PRODUCT.replace("EXAMPLE-1", "OWN-1")
    with bench.day.db.write():
        outcome = Outcome(SAID, (site_rules.approval(text, "second-person", who), bench.part(who)))
        drafts, by = gate.passed(bench.day.ledger, outcome, Actor(who), ZONE, bench.day.bench, Beside(Witness(witness)))
        return bench.day.ledger.append(drafts, who, by)


def test_of_several_jobs_in_one_act_a_witness_who_may_confirm_only_one_confirms_none(bench: Bench) -> None:
    administrator = colleague(bench.day, "administrator")
    with pytest.raises(rights.NotAllowed) as refused:
        approves_and_parts(bench, administrator, bench.bob)
    assert "senior" in refused.value.verdict.sentence
    assert bench.signatures() == []


def test_of_several_jobs_in_one_act_a_witness_signs_each_in_the_role_that_may(bench: Bench) -> None:
    administrator = colleague(bench.day, "administrator")
    both = colleague(bench.day, "biomedical scientist", "quality manager")
    made = approves_and_parts(bench, administrator, both)
    signed = [entry for entry in made if entry.kind == "signed"]
    roles = {entry.body["job"]: entry.body["role"] for entry in signed}
    assert roles == {"approve rules": "quality manager", "link patients": "biomedical scientist"}
    approved, parted = made[:2]
    assert (f"role:{both}:quality manager", f"operator:{both}") in approved.premises.requires
    assert (f"role:{both}:biomedical scientist", f"operator:{both}") in parted.premises.requires


def draft_able(bench: Bench, person: str) -> Draft:
    body = {"operator": person, "job": "link patients", "since": "2026-01-01", "until": None, "evidence": None}
    return Draft("competence.granted", {**body, "by": bench.senior, "role": "senior"})


def test_a_witness_needs_the_competence_that_the_job_needs_and_it_is_a_premise(bench: Bench) -> None:
    text = files("resources").joinpath("rules", "rights.toml").read_text("utf-8").replace("EXAMPLE-1", "OWN-1")
    line = 'words = "Link two patients as one person, or part them"\n'
    own = text.replace(line, f"{line}competence = true\n")
    administrator = bench.day.operator or ""
    bench.day.act(lambda: [site_rules.approval(own, "rights", administrator)])
    for person in (bench.ada, bench.bob):
        with pytest.raises(rights.NotAllowed):
            bench.does(bench.ada, bench.bob)
        bench.day.act(lambda who=person: [draft_able(bench, who)], bench.senior)  # type: ignore[misc]
    made = bench.does(bench.ada, bench.bob)
    for person in (bench.ada, bench.bob):
        assert competence_key(person, "link patients") in made[0].premises.requires


def test_rights_come_before_second_persons(bench: Bench) -> None:
    with pytest.raises(rights.NotAllowed):
        bench.does(bench.technician, bench.bob)
