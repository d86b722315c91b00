"""What simulated people may do, and do about each other: roles, competences, badges, second persons, notes."""

from __future__ import annotations

from importlib.resources import files
from random import Random
from typing import TYPE_CHECKING

from sim_hub import SCOPE

from gms_desktop.domain.rights import Alone, Role
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.errors import Refused
from gms_desktop.journal.database import Row, text_statement
from gms_desktop.register import look_up, people_look_up
from gms_desktop.register.ledger import Draft
from gms_desktop.services import gate, people, rights, second_person
from gms_desktop.services.gate import Beside
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.rights import Actor, NotAllowed
from gms_desktop.services.second_person import SecondWanted, Shown, Witness

if TYPE_CHECKING:
    from sim_bench import Bench

ZONE = "Europe/London"
FIRST = ("administrator", "senior", "biomedical scientist")
"""Roles of whoever sets a laboratory up: one who could only administer it could receive nothing."""
OWN_RIGHTS = (
    files("resources")
    .joinpath("rules", "rights.toml")
    .read_text("utf-8")
    .replace('job = "reject"\n', 'job = "reject"\ncompetence = true\n')
)
_operators = text_statement("SELECT id FROM operator ORDER BY id")
_patients = text_statement("SELECT id FROM patient ORDER BY id LIMIT 2")
_notes = text_statement("SELECT id FROM handover_note ORDER BY id")
_sessions = text_statement("SELECT id, operator FROM break_glass ORDER BY id")
_seconds = text_statement("SELECT * FROM second ORDER BY id")


class People:
    """The people of one bench, as far as its own file knows them."""

    def __init__(self, bench: Bench, random: Random) -> None:
        self.bench = bench
        self.random = random
        self.who: str | None = None

    # --- who acts, and whether they may ---

    def somebody_comes(self) -> None:
        """Whoever acts next: mostly one of those who may do much."""
        known = self.known()
        able = [one for one in known if look_up.roles(self.bench.db, one)] or known
        self.who = self.random.choice(able if self.random.random() < 0.9 else known) if known else None

    def known(self) -> list[str]:
        """Everybody whom this bench knows."""
        return [row[0] for row in self.bench.db.tuples(_operators)]

    def role_for(self, job: str) -> str:
        """The role in which whoever acts does a job; what they hold, or claim to, where they may not."""
        ledger, actor = self.bench.ledger, Actor(self.who or "nobody")
        said = rights.may(ledger, actor, rights.table(ledger.db)[job], ZONE)
        return said.role.value if said.role else Role.SENIOR.value

    def passed(self, drafts: list[Draft]) -> tuple[list[Draft], str | None]:
        """The act as the product's own gate lets it through; nothing when it does not."""
        if self.who is None or not drafts:
            return drafts, None
        actor = Actor(self.who, self.random.random() < 0.05)
        outcome = Outcome(Verdict(VerdictKind.MATCHES, "Done", drafts[0].kind if drafts else ""), tuple(drafts))
        ledger, bench = self.bench.ledger, self.bench.name
        try:
            return gate.passed(ledger, outcome, actor, ZONE, bench, Beside())
        except NotAllowed:
            return [], None
        except SecondWanted as wanted:
            beside = self._beside(wanted)
            if beside is not None:
                return gate.passed(ledger, outcome, actor, ZONE, bench, beside)
            if wanted.rule.alone is Alone.ANOTHER_BENCH:
                return [second_person.asked(ledger, wanted, actor.operator, bench)], None
        return [], None

    def _beside(self, wanted: SecondWanted) -> Beside | None:
        """Somebody stands beside, or it is countersigned later, or neither."""
        if self.random.random() < 0.4:
            other = self.random.choice(self.known())
            _, said = second_person.second_permit(self.bench.ledger, Actor(other), wanted.rule.job, ZONE)
            if said.role is not None and other != self.who:
                return Beside(Witness(other, said.role.value))
        return Beside(later=True) if wanted.rule.alone is Alone.COUNTERSIGN else None

    # --- what they do ---

    def set_up(self, name: str) -> list[Draft]:
        """The first administrator of a bench that knows nobody: two benches may each have one."""
        body = {"laboratory": SCOPE, "name": "Example", "ods": "R0A", "letter": "Z", "time_zone": ZONE}
        first = {"operator": name, "granter": None, "laboratory": SCOPE}
        granted = {"operator": name, "granter": name, "laboratory": SCOPE}
        return [
            Draft("laboratory.set_up", {**body, "rehearsal": True}),
            Draft("operator.added", {"operator": name, "name": None, "badge": f"badge-{name}"}),
            Draft("role.granted", {**first, "role": FIRST[0]}),
            *(Draft("role.granted", {**granted, "role": role}) for role in FIRST[1:]),
        ]

    def add(self) -> list[Draft]:
        """Somebody comes to work here, with a role where an administrator adds them."""
        # Few badges: two benches give one badge to two people now and then.
        operator = self.bench.ledger.identity()
        badge = f"badge-{self.random.randrange(12)}"
        added = Draft("operator.added", {"operator": operator, "name": None, "badge": badge})
        if self.who is None:
            return [added]
        role = self.random.choice(list(Role)).value
        body = {"operator": operator, "role": role, "granter": self.who, "laboratory": SCOPE}
        return [added, Draft("role.granted", body)]

    def role(self) -> list[Draft]:
        """A role is given or withdrawn, also one's own."""
        assert self.who is not None
        held = [(row["operator"], row["role"]) for row in people_look_up.every_role(self.bench.db)]
        one = (self.random.choice(self.known()), self.random.choice(list(Role)).value)
        operator, role = self.random.choice(held) if held and self.random.random() < 0.5 else one
        try:
            return [people.role_changed(self.bench.ledger, operator, role, self.who)]
        except (Refused, ValueError):
            return []

    def badge(self) -> list[Draft]:
        """Somebody gets another badge."""
        operator = self.random.choice(self.known())
        row = look_up.row(self.bench.db, "operator", operator)
        badge = f"badge-{self.random.randrange(12)}"
        body = {"operator": operator, "badge": badge, "former": row["badge"] if row else None, "by": self.who}
        return [Draft("badge.changed", body)] if row and row["badge"] != badge else []

    def competence(self) -> list[Draft]:
        """Somebody is found able to do a job, or unable."""
        assert self.who is not None
        operator, ledger = self.random.choice(self.known()), self.bench.ledger
        role = self.role_for("competences")
        held = [row for row in people_look_up.every_competence(self.bench.db) if row["state"] == "held"]
        if held and self.random.random() < 0.4:
            one = self.random.choice(held)
            return [people.competence_withdrawn(ledger, one["operator"], one["job"], "audit", self.who, role)]
        day = rights.today(ledger, ZONE)
        until = self.random.choice((None, day, day.replace(year=day.year + 1)))
        job = self.random.choice(("reject", "discard"))
        try:
            return [people.competence_granted(ledger, operator, job, day, until, "seen", self.who, role)]
        except Refused:
            return []

    def own_rights(self) -> list[Draft]:
        """The laboratory approves a table of its own, in which one job needs a competence."""
        body = {"name": "rights", "version": "1", "effective": "2026-03-02", "sha256": "ab" * 32, "text": OWN_RIGHTS}
        return [Draft("site_data.approved", {**body, "by": self.who})]

    def patients(self) -> list[Draft]:
        """Two patients are parted: what wants a second person who may be at another bench."""
        known = [row[0] for row in self.bench.db.tuples(_patients)]
        given = [row for row in people_look_up.seconds(self.bench.db, "given") if row["job"] == "link patients"]
        patient = known[0] if known else ""
        if given:
            # Whoever asked does it now that it is confirmed: at each bench that has heard of it, if they are quick.
            row = self.random.choice(given)
            self.who, patient = row["by"], str(row["subject"]).partition(":")[2]
        other = next((one for one in known if one != patient), None)
        body = {"patient": patient, "other": other, "reason": "looked-at", "by": self.who}
        return [Draft("patient.parted", body)] if patient and other else []

    def answer(self) -> list[Draft]:
        """A second person confirms what was asked, or declines: also what somebody else answered meanwhile."""
        rows = [row for row in self.bench.db.all(_seconds) if row["by"] is not None]
        elsewhere = [row for row in rows if row["alone"] == Alone.ANOTHER_BENCH and row["state"] == "asked"]
        rows = elsewhere if elsewhere and self.random.random() < 0.7 else rows
        row = self.random.choice(rows) if rows else None
        may = self._who_confirm(row) if row else {}
        if row is None or not may:
            return []
        self.who = self.random.choice(sorted(may))
        role = may[self.who]
        body = {"second": row["id"], "by": self.who, "role": role, "asked_by": row["by"]}
        if self.random.random() < 0.2:
            return [Draft("second.declined", body | {"reason": None}, role=role)]
        given = Draft("second.given", body | {"sha256": row["sha256"]}, role=role)
        return [given, self._signed(row, Witness(self.who, role))]

    def _who_confirm(self, row: Row) -> dict[str, str]:
        """Who may confirm what was asked, and in which role."""
        ledger, others = self.bench.ledger, [one for one in self.known() if one != row["by"]]
        said = {one: second_person.second_permit(ledger, Actor(one), row["job"], ZONE)[1].role for one in others}
        return {one: role.value for one, role in said.items() if role is not None}

    def _signed(self, row: Row, by: Witness) -> Draft:
        key = f"last:{row['subject']}"
        last = self.bench.ledger.driver.holders([key])[key]
        shown = Shown(row["job"], row["subject"], "what was shown")
        return second_person.signed(self.bench.ledger, shown, by, {row["subject"]: last})

    def session(self) -> list[Draft]:
        """A session without PIN is opened, or one is reviewed, also one that somebody else reviewed meanwhile."""
        rows = self.bench.db.tuples(_sessions)
        if rows and self.random.random() < 0.5:
            session, operator = self.random.choice(rows)
            body = {"session": session, "operator": operator, "finding": "in-order", "comment": None, "by": self.who}
            role = self.role_for("review break-glass")
            return [Draft("break_glass.reviewed", body | {"role": role})] if operator != self.who else []
        opened = {"session": self.bench.ledger.identity(), "operator": self.random.choice(self.known())}
        more = {"reason": "badge-lost", "comment": None, "bench": self.bench.ledger.head.writer}
        return [Draft("break_glass.opened", opened | more)]

    def note(self) -> list[Draft]:
        """A note for the next shift is written, or read."""
        rows = self.bench.db.tuples(_notes)
        if rows and self.random.random() < 0.6:
            return [Draft("handover.note_acknowledged", {"note": self.random.choice(rows)[0], "by": self.who})]
        ledger = self.bench.ledger
        name, pen = ledger.identity(), ledger.pen()
        text = pen.write("OYELARAN", f"note:{name}")
        body = {"note": name, "text": text, "by": self.who, "bench": ledger.head.writer}
        return [Draft("handover.note_written", body, pen.values)]
