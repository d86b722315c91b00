"""The Receive screen in words: one order in the heading, and under it what the register holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from gms_desktop import afterwards_words, delivery_words, identity_words, queue_words, review_words, words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.label_queue import INTENDED, NOT_SENT, UNKNOWN
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import (
    afterwards,
    case_list,
    decision_offers,
    delivery_view,
    examine_view,
    families,
    identity_check,
    label_queue_view,
    priorities,
    risks,
    test_directory,
    undo,
)
from gms_desktop.services.compare import differing, lines
from gms_desktop.services.decide import outcome_words
from gms_desktop.services.device_words import printer_to_do
from gms_desktop.services.people_words import Person
from gms_desktop.services.receive import Desk
from gms_desktop.services.situation import Situation, Tube, open_situation
from gms_desktop.services.views import Banner, Offer, ReceiveView, ScanLine, TubeLine


def view(ledger: Ledger, desk: Desk, verdict: Verdict | None, time_zone: str) -> ReceiveView:
    """Everything the screen paints, read from the register."""
    db = ledger.db
    here = open_situation(db, desk.place.bench)
    why = _why_label_waits(db, desk, here)
    finished = _named(verdict, here)
    tube = _shown(here, finished, desk.member)
    act = undo.newest(ledger, desk.nothing_to_undo)
    shown = ReceiveView(
        heading=heading(here, desk, too_few=identity_check.too_few(db, here), label_waits=why),
        verdict=afterwards.told_at_once(db, here, _overtaken(db, verdict, here, finished, why, desk), time_zone),
        banner=_banner(db, here, tube, time_zone) if here and tube else None,
        checks_title=f"Tube {tube.number} against request" if tube and here and here.in_hand else "",
        checks=lines(db, here, tube) + afterwards.checks(db, tube) if here and tube and here.in_hand else (),
        checks_note=identity_check.note(db, here, tube) if here and tube and here.in_hand else "",
        tubes_title=_title(here) + decision_offers.title(db, here) + afterwards.title(here, db) if here else "",
        tubes=tuple(_tube_line(db, here, one, why) for one in here.tubes) if here else (),
        offers=() if desk.question else offers(here),
        question=desk.question,
        scans=scans(db, desk.place.bench, time_zone),
        undo=f"Undo: {_short(act.words)}" if act else "",
        delivery=delivery_view.line(db, desk, here, time_zone),
    )
    if desk.question is not None and desk.question.command in delivery_words.ASKED:
        # It is about the delivery: whose tube was scanned last is beside the point, and might be taken for it.
        return replace(shown, banner=None, checks=(), tubes_title="", tubes=())
    return examine_view.on_receive(ledger, shown, here, time_zone)


def _why_label_waits(db: Database, desk: Desk, here: Situation | None) -> str:
    """Why the label of the tube in hand does not come out; empty where it does, or is out."""
    tube = here.in_hand if here else None
    if tube is None or tube.label is None or tube.label["state"] != INTENDED or not tube.label_waits:
        return ""
    return label_queue_view.why_here(db, desk.place.bench, desk.lanes(), tube.label["sort"])


_GOOD = frozenset({VerdictKind.ACCEPTED, VerdictKind.FINISHED, VerdictKind.MATCHES, VerdictKind.FOUND})


def _named(verdict: Verdict | None, here: Situation | None) -> Tube | None:
    """The tube of the open request that a good verdict is about: it names its number."""
    if verdict is None or here is None or verdict.kind not in _GOOD:
        return None
    arrived = (tube for tube in here.tubes if tube.specimen is not None)
    return next((tube for tube in arrived if tube.specimen and tube.specimen["accession"] in verdict.sentence), None)


def _overtaken(
    db: Database, verdict: Verdict | None, here: Situation | None, named: Tube | None, waits: str, desk: Desk
) -> Verdict | None:
    """What no longer holds is not said: a tube in dispute, or a match whose label did not come out."""
    if named is not None and named.held and named.specimen is not None:
        row = case_list.held(db, f"specimen:{named.specimen['id']}")
        number = str(named.specimen["accession"])
        return review_words.in_dispute(number, case_list.row_title(row) if row else "Review lists it")
    tube = here.in_hand if here else None
    if verdict is None or verdict.kind is not VerdictKind.MATCHES or tube is None or tube.specimen is None:
        return verdict
    if waits:
        status = desk.lanes().status(tube.label["sort"] if tube.label else None)
        return queue_words.waits(tube.specimen["accession"], waits, printer_to_do(status) if status else "")
    state = tube.label["state"] if tube.label else ""
    return words.label_trouble(tube.specimen["accession"], state) if state in {"unknown", "not sent"} else verdict


def heading(here: Situation | None, desk: Desk, *, too_few: bool = False, label_waits: str = "") -> str:
    """The one order that is awaited next.

    Args:
        here: what lies on the bench.
        desk: the question that stands open, and whose tube comes next.
        too_few: what was marked leaves too little that agrees.
        label_waits: why the label of the tube in hand does not come out; empty where it does.
    """
    if desk.question:
        return desk.question.title
    if here is None:
        return words.SCAN_FIRST
    tube = here.in_hand
    if tube is not None and tube.specimen is not None:
        return identity_words.order_too_few(tube.number) if too_few else _order(tube, label_waits)
    if here.put_aside:
        return f"Print and scan the label of tube {here.put_aside[0].number}, or go on with this patient"
    if here.awaited:
        following = families.in_order(here, desk.member)[0]
        return families.scan_next(here, following) if families.several(here) else _scan_next(following)
    cancelled = here.may_come and all(afterwards.is_cancelled(one) for one in here.requests)
    return afterwards_words.CANCELLED_COMES if cancelled else words.SCAN_FIRST


def _scan_next(tube: Tube) -> str:
    role = tube.request["role"]
    return (
        f"Scan tube {tube.number}, the {role}'s"
        if role in {"mother", "father", "proband"}
        else f"Scan tube {tube.number}"
    )


def _order(tube: Tube, label_waits: str) -> str:
    assert tube.specimen is not None
    decided = tube.specimen["outcome"] is not None
    if tube.cancelled and not decided:
        return afterwards_words.order_cancelled(tube.number)
    if differing(tube) and not decided:
        return f"Tube {tube.number} differs: hold, reject or accept at discretion"
    if not tube.label_waits:
        return f"Compare tube {tube.number}, scan its label"
    state = tube.label["state"] if tube.label else ""
    if label_waits:
        return queue_words.order_waits(tube.number, label_waits)
    if state == "not sent":
        return f"Label {tube.number} is not printed: print it again or put it off"
    if state == "unknown":
        return f"Look at the printer: did label {tube.number} come out?"
    return (
        f"Label tube {tube.number}, scan the label" if decided else f"Compare, label tube {tube.number}, scan the label"
    )


def _shown(here: Situation | None, finished: Tube | None, member: str) -> Tube | None:
    """Whose tube it is about: in a family the next person stands there only once something of theirs is scanned."""
    if here is None:
        return None
    awaited = next(iter(families.in_order(here, member)), None)
    return here.in_hand or finished or awaited or (here.tubes[-1] if here.tubes else None)


def banner(person: Person, request: Row | None, role: str = "") -> Banner:
    """Who this is about, always in the same form."""
    urgent = bool(request) and request["priority"] == "urgent" if request else False
    risk = request["risk"] if request else ""
    return Banner(
        role=role or "Patient",
        name=person.name,
        born=person.born_words,
        nhs_number=person.nhs_words,
        hospital_number=person.hospital_words,
        urgent=f"URGENT  {request['test'] or ''}".strip() if urgent and request else "",
        hazard="HAZARD" if risk == "yes" else "",
    )


def with_test(db: Database, who: Banner, request: Row | None) -> Banner:
    """The banner with the test that is asked for, as the Test Directory has it, and what is odd about it."""
    if request is None:
        return who
    test, odd = test_directory.in_words(db, request)
    return replace(who, test=test, test_odd=odd)


def _banner(db: Database, here: Situation, tube: Tube, time_zone: str) -> Banner:
    made = with_test(db, banner(here.who(tube), tube.request, _role(tube)), tube.request)
    made = risks.with_hazard(db, made, tube.specimen, tube.request["patient"])
    return priorities.with_priority(db, made, tube.request, tube.specimen, time_zone)


def _role(tube: Tube) -> str:
    return str(tube.request["role"] or "patient").capitalize()


def _title(here: Situation) -> str:
    structure = f", {len(here.requests)} people" if len(here.requests) > 1 else ""
    kind = "Referral" if here.request["referral"] else "Request"
    return f"{kind} {here.name}{structure}"


def _tube_line(db: Database, here: Situation, tube: Tube, label_waits: str) -> TubeLine:
    in_hand = here.in_hand is not None and here.in_hand.key == tube.key
    state, kind = _state(tube, waits=in_hand and bool(label_waits))
    if tube.elsewhere and not tube.done:
        state = f"{state}, at {tube.elsewhere}"
    leak = delivery_view.leak_words(db, tube.specimen) if tube.specimen else ""
    if leak:
        kind = VerdictKind.ATTENTION
    return TubeLine(
        key=tube.key,
        number=tube.number,
        who=f"{_role(tube)}   {here.who(tube).name}",
        specimen_type=decision_offers.type_shown(db, tube),
        accession=str(tube.specimen["accession"]) if tube.specimen else "",
        state=state,
        seen=leak,
        kind=kind,
        current=in_hand,
    )


_LABEL_WORDS = {
    "intended": ("label prints", VerdictKind.MATCHES),
    "sending": ("label prints", VerdictKind.MATCHES),
    "printed": ("label awaited", VerdictKind.MATCHES),
    "waits": ("label waits for the printer", VerdictKind.ATTENTION),
    "sent": ("label awaited", VerdictKind.MATCHES),
    "unknown": ("printed or not: unknown", VerdictKind.ATTENTION),
    "not sent": ("label not printed", VerdictKind.ATTENTION),
    "put off": ("label put off", VerdictKind.ATTENTION),
    "spoiled": ("label spoiled", VerdictKind.ATTENTION),
}
_OUTCOME_KINDS = {
    "on hold": VerdictKind.ATTENTION,
    "rejected": VerdictKind.REFUSED,
    "surplus": VerdictKind.FINISHED,
    None: VerdictKind.ATTENTION,
}


def _state(tube: Tube, *, waits: bool = False) -> tuple[str, VerdictKind | None]:
    if tube.specimen is None:
        return ("request cancelled", VerdictKind.ATTENTION) if tube.cancelled else ("awaited", None)
    if tube.held:
        return "in dispute: review rack", VerdictKind.REFUSED
    if tube.led_by is not None:
        return "second number of one tube", None
    outcome = tube.specimen["outcome"]
    label = tube.label["state"] if tube.label else "spoiled"
    if label == "verified":
        return outcome_words(outcome), _OUTCOME_KINDS.get(outcome, VerdictKind.ACCEPTED)
    said, kind = _LABEL_WORDS["waits" if waits else label]
    return (f"{outcome}, {said}", kind) if outcome else (said, kind)


def offers(here: Situation | None) -> tuple[Offer, ...]:
    """Commands that may be given now, each naming what it acts on."""
    if here is None:
        return (Offer(Command.UNANNOUNCED, "Unannounced arrival"),)
    tube = here.in_hand
    if tube is not None:
        return _offers_in_hand(tube)
    made = [Offer(Command.NO_CODE, "No code on this tube")] if here.may_come else []
    if len({tube.request["patient"] for tube in here.awaited}) > 1:
        made.append(Offer(Command.OTHER_MEMBER, "Another member first"))
    made += [
        Offer(Command.TAKE_UP_LABEL, f"Print label {aside.number} now", argument=aside.key) for aside in here.put_aside
    ]
    done = [one for one in here.tubes if one.done]
    made += [Offer(Command.PRINT_AGAIN, f"Print label {one.number} again", argument=one.key) for one in done[-1:]]
    if not here.keeps_patient:
        made += [Offer(Command.FINISH, f"Close {here.name}"), Offer(Command.UNANNOUNCED, "Unannounced arrival")]
    return (*made, *decision_offers.on_receive(here))


def _offers_in_hand(tube: Tube) -> tuple[Offer, ...]:
    n = tube.number
    undecided = tube.specimen is not None and tube.specimen["outcome"] is None
    made = []
    if undecided:
        made += [
            Offer(Command.SOMETHING_DIFFERS, "Something does not agree"),
            Offer(Command.HOLD, f"Hold tube {n}"),
            Offer(Command.REJECT, f"Reject tube {n}"),
        ]
    if undecided and tube.cancelled:
        made.append(Offer(Command.SURPLUS, f"Store tube {n} as surplus", usual=True))
    if undecided and not tube.cancelled:
        made += [
            Offer(Command.ACCEPT_WITH_COMMENT, f"Accept tube {n} with comment"),
            Offer(Command.ACCEPT_AT_DISCRETION, f"Accept tube {n} at discretion"),
        ]
    if tube.label_waits:
        made += _offers_of_label(n, str(tube.label["state"]) if tube.label else "")
    return tuple(made)


def _offers_of_label(n: int, state: str) -> list[Offer]:
    made = [Offer(Command.PUT_LABEL_OFF, f"Put label {n} off")]
    if state == INTENDED:
        return [*made, Offer(Command.RUN_QUEUE, "Try the printer now")]
    if state == UNKNOWN:
        made += label_queue_view.asked_of_unknown(str(n))
    made.append(Offer(Command.PRINT_AGAIN, f"Print label {n} again", usual=state == NOT_SENT))
    return [*made, Offer(Command.LABEL_SPOILED, f"Spoil label {n}")]


def scans(db: Database, bench: str, time_zone: str, most: int = 10) -> tuple[ScanLine, ...]:
    """The last scans with their raw code."""
    rows = look_up.last_scans(db, bench, most)
    known = store.private_values(db, [f"scan:{row['id']}" for row in rows])
    return tuple(
        ScanLine(
            at=local_time(row["at"], time_zone),
            code=row["text"] or known.get(row["text_private"]) or "(not kept)",
            words=str(row["title"]).lower(),
            kind=VerdictKind(row["verdict"]),
            typed=row["entered"] == "typed",
        )
        for row in rows
    )


def local_time(at: str, time_zone: str) -> str:
    """A stored time as the wall clock of the laboratory shows it."""
    return dates.to_local(datetime.fromisoformat(at), time_zone).strftime("%H:%M:%S")


def _short(text: str) -> str:
    """The head of an act's words, as a button names it: "receive tube 1", "hold 26K…"."""
    for end in (", ", " (", ": "):
        text = text.partition(end)[0]
    return text
