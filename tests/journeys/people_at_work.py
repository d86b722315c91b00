"""People at one bench in tests: who works there beside the two of the rehearsal, and how they sign in and stand by."""

from __future__ import annotations

from bench_top import OKAFOR, PIN, WAIT_S, BenchTop, Person

from devices.values import Entered, Scan
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.register import look_up
from gms_desktop.rehearsal.made_up import MadeUpPerson
from gms_desktop.services import sign_in
from gms_desktop.services.answers import SignedIn
from gms_desktop.services.people_view import ConfirmView, PeopleView
from gms_desktop.sessions import OpenedWithoutPin

NOVAK = MadeUpPerson("B. Novak", "BADGE-NOVAK", "biomedical scientist")
BRIGHT = MadeUpPerson("J. Bright", "BADGE-BRIGHT", "senior")
MENSAH = MadeUpPerson("K. Mensah", "BADGE-MENSAH", "quality manager")
TWICE = (
    Person("Twice", "W1", "W1-1", forename="Ada", nhs="9990000018", born="05/03/1971"),
    Person("Twice", "W2", "W2-1", forename="Ada Maria", born="05/03/1971"),
)


def added(bench: BenchTop, *people: MadeUpPerson, roles: tuple[str, ...] = ()) -> None:
    """Whoever is signed in adds these people, each with a badge and the PIN of the rehearsal."""
    for person in people:
        said = bench.bench.people.add(person.name, person.badge, roles or (person.role,), PIN).result(WAIT_S)
        assert said.title == "Added", said


def id_of(bench: BenchTop, person: MadeUpPerson) -> str:
    def read(ledger: sign_in.Ledger) -> str:
        who = sign_in.by_badge(ledger, person.badge, bench.bench.file.pepper)
        assert who is not None
        return who.id

    return bench.read(read)


def read_off(bench: BenchTop, code: str) -> Scan:
    """A badge under the scanner."""
    bench.clock.forward(5)
    return Scan(code.encode(), code, "Data Matrix", bench.clock.now(), "Scanner", Entered.SCANNED)


def works(bench: BenchTop, person: MadeUpPerson = OKAFOR, pin: str = PIN) -> None:
    """A person signs in, whoever was there before."""
    if bench.bench.strip().operator != person.name or bench.bench.strip().locked:
        assert bench.signs_in(person, pin), bench.words


def stands_beside(bench: BenchTop, person: MadeUpPerson, pin: str = PIN) -> SignedIn:
    """A second person taps a badge and enters a PIN."""
    bench.clock.forward(5)
    bench.scans_at_once(person.badge)
    told = bench.bench.pin(pin).result(WAIT_S)
    if told.answered is not None:
        bench.verdict = told.answered.verdict
    return told


def people_view(bench: BenchTop, person: MadeUpPerson | None = None) -> PeopleView:
    return bench.bench.people.view(id_of(bench, person) if person else "").result(WAIT_S)


def confirm_view(bench: BenchTop, chosen: str = "") -> ConfirmView:
    return bench.bench.people.confirm_view(chosen).result(WAIT_S)


def role(bench: BenchTop, person: MadeUpPerson, which: str) -> Verdict:
    return bench.asks_for(Command.CHANGE_ROLE, f"{id_of(bench, person)}/{which}")


def without_pin(bench: BenchTop, person: MadeUpPerson, reason: str = "badge-lost", comment: str = "") -> SignedIn:
    opened = OpenedWithoutPin(id_of(bench, person), reason, comment)
    return bench.bench.sessions.open_without_pin(opened).result(WAIT_S)


def two_registrations(bench: BenchTop) -> tuple[str, str]:
    """One patient registered twice, by identity."""
    bench.expects(*TWICE)
    rows = bench.rows("SELECT id FROM patient ORDER BY id")
    assert len(rows) == len(TWICE)
    return rows[0]["id"], rows[1]["id"]


def linked(bench: BenchTop) -> str:
    """Two patients, proposed by R. Okafor and linked by B. Novak; the argument that names the pair."""
    one, other = two_registrations(bench)
    works(bench, OKAFOR)
    assert bench.asks_for(Command.LINK_PATIENTS, f"propose:{one}/{other}").title == "Proposed", bench.verdict
    works(bench, NOVAK)
    assert bench.asks_for(Command.LINK_PATIENTS, f"link:{one}/{other}").title == "Linked", bench.verdict
    return f"{one}/{other}"


def state_of_pair(bench: BenchTop, pair: str) -> str:
    one, _, other = pair.partition("/")

    def read(ledger: sign_in.Ledger) -> str:
        return str({row["other"]: row for row in look_up.links_of_patient(ledger.db, one)}[other]["state"])

    return bench.read(read)
