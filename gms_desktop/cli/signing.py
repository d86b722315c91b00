"""``site-rule`` and ``erase``: acts of an administrator, signed with badge and PIN, while the application is closed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gms_desktop import rights_words
from gms_desktop.domain.rights import Alone, Role
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.errors import Refused
from gms_desktop.journal import credentials
from gms_desktop.register.ledger import Draft, Ledger, PremiseFailed
from gms_desktop.services import downtime_issue, erase, gate, people, rights, second_person, sign_in, site_rules
from gms_desktop.services.find import find
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.second_person import SecondWanted
from gms_desktop.services.set_up import SHORTEST_PIN
from gms_desktop.starting import bench_file

Say = Callable[[str], None]
ROLES = tuple(role.value for role in Role)
_ZONE = "Europe/London"
_SECOND_FIRST = (
    "This needs a second person, who is not the same person: give their badge and PIN with --second-badge and "
    "--second-pin, or do it when somebody is there."
)
_RECORDED = "Recorded"
Make = Callable[[Ledger, str], Draft]


def approve_rule(
    name: str, file: Path, data: Path, badge: str, pin: str, say: Say, second: tuple[str, str] = ("", "")
) -> int:
    """Approve the laboratory's own version of a rule set; ``second`` is the second person's badge and PIN."""
    text = file.read_text("utf-8")
    later = _signed(data, badge, pin, lambda _ledger, who: site_rules.approval(text, name, who), second)
    say(f"Approved: {name}. It holds from now on, and older judgements keep the version they were made with.")
    if later:
        say("A second person countersigns it: it stands on Today, in the list “To confirm or review”.")
    return 0


def erase_subject(code: str, reason: str, authority: str, data: Path, badge: str, pin: str, say: Say) -> int:
    """Erase what identifies the one patient that a code leads to, or, by ``import:…``, an import with its file."""
    if code.startswith("import:"):
        _signed(data, badge, pin, lambda ledger, who: erase.erasure(ledger, code, reason, authority, who))
        _empty_files(data)
        say("Erased. That a file was taken in stays; its name, its content and the rows that waited are gone.")
        return 0

    def make(ledger: Ledger, who: str) -> Draft:
        hits = find(ledger, code, "", "Europe/London").hits
        patients = [hit.subject for hit in hits if hit.subject.startswith("patient:")]
        if len(patients) != 1:
            raise Refused(f"{code} leads to {len(patients)} patients. Use the NHS number of the one who is meant.")
        return erase.erasure(ledger, patients[0], reason, authority, who)

    _signed(data, badge, pin, make)
    say("Erased. The history stays; the name, birth date and numbers are gone from this bench.")
    say("Files taken in are kept as they came and may still name the patient: Expected shows them. Erase one with")
    say("gms-desktop erase import:…, as Expected and gms-desktop files name it.")
    return 0


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

    def add(ledger: Ledger, who: str, pepper: bytes) -> None:
        if sign_in.by_badge(ledger, new_badge, pepper):
            raise Refused("This badge belongs to somebody here already. Scan the new person's own badge.")
        verifier = sign_in.make_verifier(new_pin, pepper)
        sign_in.add_operator(ledger, name.strip(), new_badge, verifier, pepper, (role,), who)

    as_administrator(data, badge, pin, add)
    say(f"{name.strip()} is added as {role}.")
    return 0


def set_pin(of_badge: str, new_pin: str, data: Path, badge: str, pin: str, say: Say) -> int:
    """Give a person a new PIN; the former one holds no more."""
    _check_new_pin(new_pin)

    def change(ledger: Ledger, who: str, pepper: bytes) -> None:
        # The entry of a PIN names no role: without this whoever has a PIN could take over an administrator's badge.
        try:
            rights.permitted(ledger, rights.Actor(who), "people", _ZONE)
        except rights.NotAllowed as fault:
            raise Refused(fault.verdict.sentence) from fault
        person = sign_in.by_badge(ledger, of_badge, pepper)
        if person is None:
            raise Refused("This badge belongs to nobody here. Scan the badge of the person who gets the new PIN.")
        verifier = sign_in.make_verifier(new_pin, pepper)
        draft, number = people.pin_set(ledger, person.id, Role.ADMINISTRATOR.value)
        ledger.append([draft], who)
        people.keep_pin(ledger, person.id, number, verifier)

    as_administrator(data, badge, pin, change)
    say("The new PIN holds from now on.")
    return 0


def set_numbers_aside(name: str, size: int, data: Path, badge: str, pin: str, say: Say) -> int:
    """Set downtime numbers aside at this bench."""
    _signed(data, badge, pin, lambda ledger, who: downtime_issue.set_aside(ledger, name, str(size), who))
    say(f"{size} downtime numbers are set aside: {name.strip()}. Make a pack: gms-desktop downtime-pack.")
    return 0


def _check_new_pin(pin: str) -> None:
    if len(pin) < SHORTEST_PIN or not pin.isdigit():
        raise Refused(f"Choose a PIN of at least {SHORTEST_PIN} digits.")


def _signed(data: Path, badge: str, pin: str, make: Make, second: tuple[str, str] = ("", "")) -> bool:
    """Record an act of an administrator through the gate of rights; whether it is to be countersigned."""
    later: list[bool] = []
    witness: list[str] = []

    def meet(ledger: Ledger, pepper: bytes) -> None:
        if second[0]:
            witness.append(met_second(ledger, *second, pepper))

    def append(ledger: Ledger, who: str, _pepper: bytes) -> None:
        later.append(_append(ledger, make(ledger, who), who, witness[0] if witness else None))

    as_administrator(data, badge, pin, append, meet)
    return later[0]


def _append(ledger: Ledger, draft: Draft, who: str, witness: str | None) -> bool:
    actor, bench = rights.Actor(who), ledger.head.writer
    outcome = Outcome(Verdict(VerdictKind.MATCHES, _RECORDED, _shown(draft)), (draft,))
    beside = gate.Beside(_witness(ledger, draft, who, witness)) if witness else gate.Beside()
    try:
        drafts, named = gate.passed(ledger, outcome, actor, _ZONE, bench, beside)
    except rights.NotAllowed as fault:
        raise Refused(fault.verdict.sentence) from fault
    except SecondWanted as wanted:
        if wanted.rule.alone is not Alone.COUNTERSIGN:
            raise Refused(_SECOND_FIRST) from wanted
        drafts, named = gate.passed(ledger, outcome, actor, _ZONE, bench, gate.Beside(later=True))
    ledger.append(drafts, who, named)
    return any(one.kind == "second.asked" for one in drafts)


def _shown(draft: Draft) -> str:
    """What is signed of an act on the command line: its plain fields, a rule set by its hash."""
    return ", ".join(f"{name}: {draft.body[name]}" for name in ("name", "version", "sha256") if name in draft.body)


def _witness(ledger: Ledger, draft: Draft, who: str, witness: str) -> second_person.Witness:
    if witness == who:
        raise Refused("The second person is never the same person. Use somebody else's badge.")
    right, said = second_person.second_permit(ledger, rights.Actor(witness), rights.job_of(draft) or "", _ZONE)
    if said.role is None:
        raise Refused(f"The second person may not confirm this. It is confirmed by {rights_words.who_may(right)}.")
    return second_person.Witness(witness, said.role.value)


def met_second(ledger: Ledger, badge: str, pin: str, pepper: bytes) -> str:
    """The second person, whose badge and PIN these are."""
    return _known(ledger, badge, pin, pepper, "Tap the badge of the second person.")


def as_administrator(
    data: Path,
    badge: str,
    pin: str,
    job: Callable[[Ledger, str, bytes], None],
    meet: Callable[[Ledger, bytes], None] = lambda _ledger, _pepper: None,
) -> None:
    """Do a job in one transaction for the administrator whose badge and PIN these are; the job gets the pepper too.

    ``meet`` checks a second person before it: a wrong PIN is counted in a transaction of its own, which must stay.

    Raises:
        Refused: when the badge or PIN is not one, or the role is missing, or a window has the bench open.
    """
    file = bench_file(data)
    if not file.path.exists():
        raise Refused("This bench is not set up yet. Start gms-desktop run and fill in the first screen.")
    file.take()
    try:
        ledger = file.open()
        try:
            who = _administrator(ledger, badge, pin, file.pepper)
            meet(ledger, file.pepper)
            with ledger.db.write():
                job(ledger, who, file.pepper)
        except PremiseFailed as fault:
            raise Refused("Only an administrator may do this. Ask one to tap the badge and enter the PIN.") from fault
        finally:
            with ledger.db.write():
                file.renew(ledger)
            ledger.db.close()
    finally:
        file.release()


def _administrator(ledger: Ledger, badge: str, pin: str, pepper: bytes) -> str:
    return _known(ledger, badge, pin, pepper, "Tap the badge of an administrator.")


def _known(ledger: Ledger, badge: str, pin: str, pepper: bytes, do: str) -> str:
    who = sign_in.by_badge(ledger, badge, pepper)
    kept = credentials.newest(ledger.db, who.id) if who else None
    now = ledger.clock.now()
    if who is None or kept is None:
        raise Refused(f"This badge belongs to nobody here. {do}")
    if sign_in.wait_until(kept, now):
        raise Refused("Too many wrong PINs. Wait, then enter it again.")
    if not sign_in.verifies(kept.verifier, pin, pepper):
        with ledger.db.write():
            credentials.put(ledger.db, sign_in.after_wrong_pin(kept, now))
        raise Refused("That is not the PIN of this badge. Enter it again.")
    return who.id
