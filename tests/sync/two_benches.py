"""Two benches of one laboratory with their real files, services and sync code, and a hub that they reach or do not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sim_file import fresh_file
from sim_hub import SCOPE, Hub

from devices.values import Entered, Scan
from gms_desktop.domain.commands import Command
from gms_desktop.domain.minting import CountedChance, instant
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry, Premises
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import gate, people, review, rights, sign_in
from gms_desktop.services.arrive import Place
from gms_desktop.services.carry_out import carry_out
from gms_desktop.services.find import find
from gms_desktop.services.gate import Beside
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk, scan
from gms_desktop.services.resolve import resolve
from gms_desktop.services.review_views import ReviewView
from gms_desktop.services.scan_log import scan_draft
from gms_desktop.services.views import Answer, FindView
from gms_desktop.sync import outbox, rebase, replica
from gms_desktop.sync.unplaced import Unplaced

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ZONE = "Europe/London"
PEPPER = b"pepper"
_NUMBER = {"Bench 1": 1, "Bench 2": 2}


@dataclass
class Ticking:
    """A clock that both benches look at: every look is two seconds later."""

    at: datetime = NINE

    def now(self) -> datetime:
        self.at += timedelta(seconds=2)
        return self.at


@dataclass
class AtBench:
    """One bench and whoever works at it."""

    name: str
    clock: Ticking
    hub: Hub
    operator: str = ""
    flips: list[rebase.Flip] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.db = Database(fresh_file(), "sqlite")
        number = _NUMBER[self.name]
        self.ledger = Ledger(self.db, CountedChance(number * 10_000), self.clock, "0.1")
        with self.db.write():
            self.ledger.begin_writer(SCOPE, f"K7{number}", "set up", self.name)
            replica.put_standing(self.db, replica.standing(self.db, SCOPE))
        self.unplaced = Unplaced(self.ledger)
        self.desk = Desk(Place(self.ledger.head.writer, "Z", "printer", "tube"))

    def does(self, *drafts: Draft) -> list[Entry]:
        """Record an act."""
        with self.db.write():
            return self.ledger.append(drafts, self.operator or None)

    def signs_in(self, operator: str) -> None:
        """Somebody works here from now on."""
        self.operator = operator
        self.does(sign_in.session_draft(self.ledger.head.writer, f"s-{operator}", operator, "signed in"))

    def scans(self, code: str) -> Verdict:
        """Scan at reception: the answer is recorded with its scan."""
        said = Scan(code.encode(), code, None, self.clock.now(), "scanner", Entered.SCANNED)
        with self.db.write():
            outcome = scan(self.ledger, self.desk, resolve(self.db, code), said)
            drafts = [*outcome.drafts]
            drafts.append(
                scan_draft(
                    self.ledger,
                    self.desk.place.bench,
                    said,
                    outcome.verdict,
                    len(drafts) + 1,
                    private=False,
                    secret=False,
                )
            )
            self.ledger.append(drafts, self.operator)
        return outcome.verdict

    def gives(
        self, given: Command, answer: Answer | None = None, argument: str = "", beside: Beside | None = None
    ) -> Outcome:
        """Give a command: what it does goes through the gate, as at a bench."""
        with self.db.write():
            outcome = carry_out(self.ledger, self.desk, given, answer, argument, ZONE)
            if outcome.drafts:
                actor = rights.actor(self.db, self.ledger.head.writer)
                drafts, by = gate.passed(self.ledger, outcome, actor, ZONE, self.name, beside or Beside())
                self.ledger.append(drafts, self.operator, by)
        return outcome

    def settles(self, given: Command, reason: str = "tubes-looked-at", comment: str = "") -> Verdict:
        """Settle the case in view for one story, with a reason."""
        root = self.review().chosen
        assert self.gives(given, None, root).question is not None
        return self.gives(given, Answer((reason,), comment, subject=root)).verdict

    def review(self, chosen: str = "") -> ReviewView:
        """The Review screen."""
        return review.view(self.ledger, chosen, None, self.desk.question, ZONE)

    def finds(self, code: str) -> FindView:
        """The Find screen."""
        with self.db.write():
            return find(self.ledger, code, "", ZONE)

    def number(self, request: str) -> str:
        """The number of the newest specimen of a request that this bench received."""
        rows = look_up.specimens_of_request(self.db, request)
        return [row["accession"] for row in rows if row["bench"] == self.ledger.head.writer][-1]

    def states_raw(self, kind: str, premises: Premises, body: dict[str, Any] | None = None) -> Entry:
        """Record what a later version of the application will know, with the premises it will state."""
        head = self.ledger.head
        entry = Entry(
            writer=head.writer,
            seq=head.last_seq + 1,
            scope=head.scope,
            occurred_at=instant(self.clock.now()),
            app="0.9",
            kind=kind,
            version=1,
            action=f"{head.writer}/{head.last_seq + 1}",
            body=body or {},
            premises=premises,
            operator=self.operator,
        )
        with self.db.write():
            self.ledger.record_again([entry], ())
        return entry

    # --- the network ---

    def pushes(self) -> None:
        """Send everything that the hub has not acknowledged."""
        while True:
            with self.db.write():
                push = outbox.next_push(self.db, SCOPE)
            if push is None:
                return
            answer = self.hub.append(push, instant(self.clock.now()))
            with self.db.write():
                outbox.note_answer(self.db, push, answer)

    def pulls(self) -> None:
        """Take everything that the hub has placed."""
        while (at := replica.standing(self.db, SCOPE)).position < self.hub.head:
            page = self.hub.pull(at, 50).page
            assert page is not None
            with self.db.write():
                self.flips += rebase.take_page(self.ledger, self.unplaced, page).flips

    def verdict_of(self, entry: Entry) -> str:
        """What the hub said of an entry, as this bench has it."""
        found = store.by_identity(self.db, entry.id)
        assert found is not None
        return found.verdict


@dataclass
class Laboratory:
    """Ada may settle cases; Bob and Cem receive."""

    hub: Hub = field(default_factory=Hub)
    clock: Ticking = field(default_factory=Ticking)

    def __post_init__(self) -> None:
        self.one, self.two = (AtBench(name, self.clock, self.hub) for name in _NUMBER)
        body = {"laboratory": SCOPE, "name": "Example", "ods": "R0A", "letter": "Z", "time_zone": ZONE}
        self.one.does(Draft("laboratory.set_up", {**body, "rehearsal": True}))
        with self.one.db.write():
            self.ada = self._person("Ada Example", "badge-a", ("administrator",), None)
            self.bob = self._person("Bob Example", "badge-b", ("biomedical scientist",), self.ada)
            self.cem = self._person("Cem Example", "badge-c", ("biomedical scientist",), self.ada)
        self.one.signs_in(self.bob)
        self.meets()
        self.two.signs_in(self.cem)
        self.meets()

    def _person(self, name: str, badge: str, roles: tuple[str, ...], granter: str | None) -> str:
        return people.add(self.one.ledger, name, badge, "verifier", PEPPER, roles, granter)

    def meets(self) -> None:
        """The network is there: both send, both take."""
        for bench in (self.one, self.two, self.one, self.two):
            bench.pushes()
            bench.pulls()

    def expects(
        self,
        code: str,
        surname: str = "OYELARAN",
        nhs: str = "",
        bench: AtBench | None = None,
        born: str = "",
        tubes: int = 1,
    ) -> str:
        """A request for one patient with its tubes is entered; the benches do not hear of it by this alone."""
        at = bench or self.one
        ledger = at.ledger
        pen, patient, request = ledger.pen(), ledger.identity(), ledger.identity()
        subject = f"patient:{patient}"
        person = {"id": patient, "new": True, "person": "person", "surname": pen.write(surname, subject)}
        # Of another birth date for each code: who shares surname and birth date must be told apart first.
        born = born or ("1970-01-01" if nhs else f"{1930 + sum(map(ord, code)) % 90}-01-01")
        person |= {"forename": pen.write("Test", subject), "born": pen.write(born, subject)}
        person |= {
            "born_precision": "day",
            "sex": None,
            "nhs": pen.write(nhs or None, subject),
            "nhs_state": "not traced",
        }
        person |= {"participant": None, "mother": None, "hospital": []}
        body = {"request": request, "referral": None, "patient": person, "role": "proband", "structure": None}
        body |= {"test": "R14.1", "codes": [{"code": code, "ods": "RR8"}], "sender": "RR8", "requestor": None}
        body |= {"location": None, "priority": "routine", "category": "clinical", "risk": "not stated"}
        expected = [{"type": "EDTA blood", "code": f"{code}-{place}"} for place in range(1, tubes + 1)]
        body |= {"tubes": expected, "collected": None, "import": None}
        at.does(Draft("request.expected", {**body, "row": None, "origin": "entered"}, pen.values))
        return request


def same_case(laboratory: Laboratory) -> ReviewView:
    """Both benches show the same list."""
    one, two = laboratory.one.review(), laboratory.two.review()
    assert [line.title for line in one.cases] == [line.title for line in two.cases]
    assert one.chosen == two.chosen
    return one
