"""``site-rule`` and ``erase``: acts of an administrator, signed with badge and PIN, while the application is closed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from gms_desktop.bench_file import DATABASE
from gms_desktop.cli.exported import say_saved
from gms_desktop.cli.reading import key_for, reading
from gms_desktop.cli.signed_in import ADMINISTRATORS_BADGE, SignedIn, known, signed_in
from gms_desktop.domain.rights import Alone, Role
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.errors import Refused
from gms_desktop.files import tables
from gms_desktop.files.store import FileStore
from gms_desktop.given_text import text_of
from gms_desktop.register.ledger import Draft, PremiseFailed
from gms_desktop.services import (
    downtime_issue,
    erase,
    files_naming,
    gate,
    patients_values,
    people,
    rights,
    second_person,
    sign_in,
    site_rules,
)
from gms_desktop.services.find import find
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.second_person import SecondWanted
from gms_desktop.services.set_up import SHORTEST_PIN
from gms_desktop.services.sign_in import Operator
from gms_desktop.starting import bench_file

Say = Callable[[str], None]
ROLES = tuple(role.value for role in Role)
_SECOND_FIRST = (
    "This needs a second person, who is not the same person: give their badge and PIN with --second-badge and "
    "--second-pin, or do it when somebody is there."
)
_RECORDED = "Recorded"
Make = Callable[[SignedIn], Draft | tuple[Draft, ...]]


def approve_rule(
    name: str, file: Path, data: Path, badge: str, pin: str, say: Say, second: tuple[str, str] = ("", "")
) -> int:
    """Approve the laboratory's own version of a rule set; ``second`` is the second person's badge and PIN."""
    text = text_of(file)
    later = _signed(data, badge, pin, lambda by: site_rules.approval(text, name, by.who.id), second)
    say(f"Approved: {name}. It holds from now on, and older judgements keep the version they were made with.")
    if later:
        say("A second person countersigns it: it stands on Today, in the list “To confirm or review”.")
    return 0


def erase_subject(code: str, reason: str, authority: str, data: Path, badge: str, pin: str, say: Say) -> int:
    """Erase what identifies the one patient that a code leads to, or, by ``import:…``, an import with its file."""
    if code.startswith("import:"):
        _signed(data, badge, pin, lambda by: erase.erasure(by.ledger, code, reason, authority, by.who.id))
        _empty_files(data)
        say("Erased. That a file was taken in stays; its name, its content and the rows that waited are gone.")
        return 0

    names: list[tuple[str, ...]] = []
    papers: list[str] = []
    alone: list[str] = []

    def make(by: SignedIn) -> tuple[Draft, ...]:
        hits = find(by.ledger, code, "", by.time_zone).hits
        found = [hit.subject.partition(":")[2] for hit in hits if hit.subject.startswith("patient:")]
        # Words about one patient may hold another's number.
        patients = [one for one in found if patients_values.has_number(by.ledger.db, one, code)] or found
        if len(patients) != 1:
            raise Refused(f"{code} leads to {len(patients)} patients. Use the NHS number of the one who is meant.")
        names.extend(patients_values.names(by.ledger.db, patients[0]))
        papers.extend(patients_values.papers(by.ledger.db, patients[0]))
        alone.extend(patients_values.papers_alone(by.ledger.db, patients[0]))
        return erase.erasures(by.ledger, patients[0], reason, authority, by.who.id)

    _signed(data, badge, pin, make)
    _empty_files(data)
    say("Erased. The history stays; the name, birth date and numbers are gone from this bench, with what was said of")
    say("the patient's specimens, tissue and measurements, and letters and pictures.")
    say("Files taken in are kept as they came. Erase one that names the patient: gms-desktop erase import:…")
    if papers:
        say("The kept papers of these consignments name the patient, and went to their receivers:")
        say(f"  {', '.join(papers)}")
    if alone:
        say(f"Of these, nothing of anybody else was in {', '.join(alone)}.")
    saved = say_saved(data, say)
    return max(_named_still(data, tuple(names), say), int(bool(papers)), saved)


def _named_still(data: Path, names: tuple[tuple[str, ...], ...], say: Say) -> int:
    """Look through every value and file that is kept here for the patient; 1 where one is left to see to."""
    beside, path = data / tables.NAME, data / DATABASE
    with reading(path, data) as db:
        left = patients_values.named_still(db, names)
    with closing(FileStore(beside, key_for(path, data), read_only=True)) as store:
        files = files_naming.naming(store, names)
    if files.unread or files.elsewhere:
        say(f"Not looked through: {files.unread} files without text, {files.elsewhere} that only the hub has.")
    if not left and not files.subjects:
        say("Looked through: no value and no file that is kept here names the patient any more.")
        return 0
    lines = [f"  {subject} ({count})" for subject, count in sorted(left.items())]
    lines += [f"  {subject}: in a file" for subject in sorted(files.subjects)]
    say(f"Named still in what is not the patient's alone, {len(lines)} things. A person decides about each:")
    for line in lines:
        say(line)
    return 1


def _empty_files(data: Path) -> None:
    """Opening the files empties those whose names were erased."""
    file = bench_file(data)
    file.take()
    try:
        _ = file.files
    finally:
        file.release()


def add_person(name: str, role: str, new_badge: str, new_pin: str, data: Path, badge: str, pin: str, say: Say) -> int:
    """Add a person with a role, a badge and a PIN."""
    if role not in ROLES:
        raise Refused(f"“{role}” is no role. Choose one of: {', '.join(ROLES)}.")
    _check_new_pin(new_pin)

    def add(by: SignedIn) -> None:
        by.may("people")
        pepper = by.file.pepper
        verifier = sign_in.make_verifier(new_pin, pepper)
        people.add(by.ledger, name, new_badge, verifier, pepper, (role,), by.who.id, by.entitled)

    as_administrator(data, badge, pin, add)
    say(f"{name.strip()} is added as {role}.")
    return 0


def set_pin(of_badge: str, new_pin: str, data: Path, badge: str, pin: str, say: Say) -> int:
    """Give a person a new PIN; the former one holds no more."""
    _check_new_pin(new_pin)

    def change(by: SignedIn) -> None:
        # The entry of a PIN names no role: without this whoever has a PIN could take over an administrator's badge.
        role, ledger, pepper = by.may("people"), by.ledger, by.file.pepper
        person = sign_in.by_badge(ledger, of_badge, pepper)
        if person is None:
            raise Refused("This badge belongs to nobody here. Scan the badge of the person who gets the new PIN.")
        verifier = sign_in.make_verifier(new_pin, pepper)
        draft, number = people.pin_set(ledger, person.id, role)
        ledger.append([draft], by.who.id)
        people.keep_pin(ledger, person.id, number, verifier)

    as_administrator(data, badge, pin, change)
    say("The new PIN holds from now on.")
    return 0


def set_numbers_aside(name: str, size: int, data: Path, badge: str, pin: str, say: Say) -> int:
    """Set downtime numbers aside at this bench."""
    _signed(data, badge, pin, lambda by: downtime_issue.set_aside(by.ledger, name, str(size), by.who.id))
    say(f"{size} downtime numbers are set aside: {name.strip()}. Make a pack: gms-desktop downtime-pack.")
    return 0


def _check_new_pin(pin: str) -> None:
    if len(pin) < SHORTEST_PIN or not pin.isdigit():
        raise Refused(f"Choose a PIN of at least {SHORTEST_PIN} digits.")


def _signed(data: Path, badge: str, pin: str, make: Make, second: tuple[str, str] = ("", "")) -> bool:
    """Record an act of an administrator through the gate of rights; whether it is to be countersigned."""
    later: list[bool] = []
    witness: list[Operator] = []

    def meet(by: SignedIn) -> None:
        if second[0]:
            witness.append(known(by.ledger, *second, by.file.pepper, "Tap the badge of the second person."))

    def append(by: SignedIn) -> None:
        made = make(by)
        drafts = made if isinstance(made, tuple) else (made,)
        later.append(_append(by, drafts, witness[0].id if witness else None))

    as_administrator(data, badge, pin, append, meet)
    return later[0]


def _append(by: SignedIn, made: tuple[Draft, ...], witness: str | None) -> bool:
    ledger, zone = by.ledger, by.time_zone
    outcome = Outcome(Verdict(VerdictKind.MATCHES, _RECORDED, _shown(made[0])), made)
    if witness == by.who.id:
        raise Refused("The second person is never the same person. Use somebody else's badge.")
    beside = gate.Beside(second_person.Witness(witness)) if witness else gate.Beside()
    try:
        drafts, named = gate.passed(ledger, outcome, by.actor, zone, ledger.head.writer, beside)
    except rights.NotAllowed as fault:
        raise Refused(fault.verdict.sentence) from fault
    except SecondWanted as wanted:
        if wanted.rule.alone is not Alone.COUNTERSIGN:
            raise Refused(_SECOND_FIRST) from wanted
        drafts, named = gate.passed(ledger, outcome, by.actor, zone, ledger.head.writer, gate.Beside(later=True))
    ledger.append(drafts, by.who.id, named)
    return any(one.kind == "second.asked" for one in drafts)


def _shown(draft: Draft) -> str:
    """What is signed of an act on the command line: its plain fields, a rule set by its hash."""
    return ", ".join(f"{name}: {draft.body[name]}" for name in ("name", "version", "sha256") if name in draft.body)


def as_administrator(
    data: Path,
    badge: str,
    pin: str,
    job: Callable[[SignedIn], None],
    meet: Callable[[SignedIn], None] = lambda _by: None,
) -> None:
    """Do a job in one transaction for the administrator whose badge and PIN these are.

    ``meet`` checks a second person before it: a wrong PIN is counted in a transaction of its own, which must stay.

    Raises:
        Refused: when the badge or PIN is not one, or the role is missing, or a window has the bench open.
    """
    with signed_in(data, badge, pin, ADMINISTRATORS_BADGE) as by:
        meet(by)
        try:
            with by.ledger.db.write():
                job(by)
        except PremiseFailed as fault:
            raise Refused("Only an administrator may do this. Ask one to tap the badge and enter the PIN.") from fault
