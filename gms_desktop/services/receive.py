"""Reception: open a request by scanning anything of it, match its tubes, label them, decide, one order at a time.

Everything that lasts is in the register, so that a bench killed half way opens where it stood. Only an open
question and the scanner's own repeat are kept here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from devices.values import Entered, Scan
from gms_desktop import family_words, queue_words, review_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.identifiers.barcode import Kind
from gms_desktop.domain.label_queue import INTENDED, OUT
from gms_desktop.domain.priority_rule import URGENT
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.files.store import FileStore
from gms_desktop.journal.database import Row
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import (
    afterwards,
    arrive,
    case_list,
    concessions,
    consent_check,
    decide,
    deliveries,
    families,
    identity_check,
    separated,
    urgent_commands,
)
from gms_desktop.services.arrive import Place
from gms_desktop.services.at_extract import AtExtract
from gms_desktop.services.at_index import AtIndex
from gms_desktop.services.at_measure import AtMeasure
from gms_desktop.services.at_plate import AtPlate
from gms_desktop.services.at_rack import AtRack
from gms_desktop.services.at_send import AtSend
from gms_desktop.services.at_storage import AtStorage
from gms_desktop.services.at_tissue import AtTissue
from gms_desktop.services.downtime_open import OpenNumber
from gms_desktop.services.label_lanes import Lanes
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.people_words import person
from gms_desktop.services.resolve import Resolved
from gms_desktop.services.situation import Situation, Tube, open_situation, situation
from gms_desktop.services.undo import NothingToUndo
from gms_desktop.services.views import Answer, Choice, Question

if TYPE_CHECKING:
    from gms_desktop.exchange.consignments.contents import Manifest
    from gms_desktop.exchange.consignments.series import Gathered

REPEAT_TIME = timedelta(milliseconds=1500)


@dataclass
class Desk:
    """What the bench remembers between scans and may forget in a crash.

    Attributes:
        place: the bench and its printer.
        question: the question that stands open.
        said_once: an answer that must be given once more before it is carried out.
        last_code: the last code scanned, and when.
        unknown: the last code that stands on nothing known: an unannounced arrival begins with it.
        asked: what "another tube, or the same again?" was asked about.
        downtime: the downtime number whose form is being entered.
        time_zone: the laboratory's.
        member: whose tube of the open family is taken before the others'.
        files: where documents are kept that are drafted here.
        lanes: which labels come out of which printer, and how each was when it was asked last.
        rack: the work at a rack.
        extract: the work at an extraction batch.
        storage: the work at storage.
        tissue: the work at a tissue case.
        measure: the run that is taken in.
        send: the work at a consignment.
        series: the codes of a letter that were scanned so far.
        secret: what the benches of the laboratory share: its signature on what leaves is made of it.
        hub: whether the hub is away, and when this bench last agreed with it (UTC text, empty: never).
        nothing_to_undo: the entries that were looked through for something to undo, and hold nothing.
        told_missing: by the SHA-256 of an answer of ours: the consignment with what we said never came.
        keep_dates: keeps how an instrument writes its dates, as a setting of this bench.
    """

    place: Place
    question: Question | None = None
    said_once: Answer | None = None
    last_code: str = ""
    last_at: datetime | None = None
    asked: Resolved | None = None
    unknown: str = ""
    told: dict[str, str] = field(default_factory=dict)
    downtime: OpenNumber | None = None
    time_zone: str = "Europe/London"
    member: str = ""
    files: Callable[[], FileStore] | None = None
    lanes: Callable[[], Lanes] = Lanes
    rack: AtRack = field(default_factory=AtRack)
    extract: AtExtract = field(default_factory=AtExtract)
    plate: AtPlate = field(default_factory=AtPlate)
    index: AtIndex = field(default_factory=AtIndex)
    storage: AtStorage = field(default_factory=AtStorage)
    tissue: AtTissue = field(default_factory=AtTissue)
    measure: AtMeasure = field(default_factory=AtMeasure)
    send: AtSend = field(default_factory=AtSend)
    series: Gathered | None = None
    hub: Callable[[], tuple[bool, str]] = lambda: (False, "")
    secret: Callable[[], bytes] = lambda: b""
    nothing_to_undo: NothingToUndo = field(default_factory=NothingToUndo)
    told_missing: dict[str, Manifest] = field(default_factory=dict)
    keep_dates: Callable[[str, str], None] = lambda _instrument, _order: None


def scan(ledger: Ledger, desk: Desk, code: Resolved, said: Scan) -> Outcome:
    """Answer one scan at reception."""
    desk.told = {"by": said.entered.value, "device": said.source}
    repeated = _is_repeat(desk, code, said)
    desk.last_code, desk.last_at = code.code, said.at
    urgent_commands.pass_by(desk)
    if desk.question:
        return Outcome(words.answer_first(desk.question.title), question=desk.question)
    if repeated:
        return Outcome(words.repeated(code.code))
    if (stopped := _in_review(ledger, code)) is not None:
        return Outcome(stopped)
    here = open_situation(ledger.db, desk.place.bench)
    if here and here.in_hand:
        return _while_in_hand(ledger, desk, here, here.in_hand, code)
    if desk.downtime or code.is_a(Kind.DOWNTIME):
        from gms_desktop.services import downtime_entry

        return downtime_entry.scan(ledger, desk, code)
    if code.number:
        return _own_number(ledger, desk, here, code)
    desk.unknown = ""
    if not code.matches:
        from gms_desktop.services import delivery_commands

        bag = delivery_commands.scan_bag(ledger, desk, code, desk.time_zone)
        if bag is not None:
            return bag
        if code.is_a(Kind.GS1):
            from gms_desktop.services import lots

            kit = lots.scan(ledger, said, desk.place.bench, desk.time_zone)
            if kit is not None:
                return kit
        from gms_desktop.services import found_by_code

        if thing := found_by_code.thing(ledger.db, code, said.text):
            return Outcome(words.wrong_kind(code.code, thing))
        desk.unknown = said.text.strip() if not code.patients and code.is_a(Kind.UNKNOWN) else ""
        return Outcome(_nothing_found(code))
    return _request_code(ledger, desk, here, code)


def _in_review(ledger: Ledger, code: Resolved) -> Verdict | None:
    """What is said of a thing in dispute, or of one that a settled case left something to do with."""
    row = case_list.held_code(ledger.db, code)
    if row is not None:
        return review_words.in_dispute(code.code, case_list.row_title(row))
    task = case_list.task_on(ledger.db, code)
    if task is None or code.specimens:
        return None
    from gms_desktop.services import case_tasks

    return review_words.left_to_do(code.code, case_tasks.of_row(task).words(ledger.db))


def _is_repeat(desk: Desk, code: Resolved, said: Scan) -> bool:
    soon = desk.last_at is not None and timedelta(0) < said.at - desk.last_at < REPEAT_TIME
    return said.entered is Entered.SCANNED and soon and code.code == desk.last_code


def _while_in_hand(ledger: Ledger, desk: Desk, here: Situation, tube: Tube, code: Resolved) -> Outcome:
    assert tube.specimen is not None
    number = str(tube.specimen["accession"])
    if code.number == number:
        return put_on(ledger, desk, here, tube)
    if code.number:
        copies = look_up.labels_of_number(ledger.db, code.number)
        if tube.label is not None and tube.label["state"] == INTENDED and copies[0]["state"] in OUT:
            # The tube in hand has no label yet: it may wait for this one, which is put on its own tube now.
            return _own_number(ledger, desk, None, code)
        state = "of a tube that is done" if copies[0]["state"] == "verified" else "of another tube"
        return Outcome(words.foreign_label(number, f"{code.number}, {state}"))
    # A form, or a code that stands for all tubes of a request, says nothing of which tube was scanned.
    if any((match.request, match.place) == (tube.request["id"], tube.place) for match in code.matches):
        return Outcome(words.own_code(code.code, number, tube.number))
    return Outcome(_of_someone_else(ledger, here, tube, code) or words.label_first(number, tube.number))


def _of_someone_else(ledger: Ledger, here: Situation, tube: Tube, code: Resolved) -> Verdict | None:
    """What is said of a form that is for nobody of the open request; None for one of them, and for a tube's code."""
    others = {match.request for match in code.matches}
    a_form = all(match.place is None for match in code.matches)
    if not others or not a_form or not others.isdisjoint(one["id"] for one in here.requests):
        return None
    rows = [row for one in sorted(others) if (row := look_up.row(ledger.db, "request", one)) is not None]
    whose = words.names(tuple(dict.fromkeys(person(ledger.db, row["patient"]).name for row in rows)))
    number = str(tube.specimen["accession"]) if tube.specimen else ""
    return words.someone_elses(code.code, whose, tube.number, here.who(tube).name, number)


def put_on(ledger: Ledger, desk: Desk, here: Situation, tube: Tube) -> Outcome:
    """The label was scanned on its tube: it is verified, and a good tube is accepted with it."""
    assert tube.specimen is not None
    number = str(tube.specimen["accession"])
    if desk.told.get("by") == Entered.TYPED.value:
        return Outcome(words.typed_number(number))
    if tube.label is not None and tube.label["state"] == "not sent":
        return Outcome(words.not_printed(number))
    if tube.label is not None and tube.label["state"] == INTENDED and tube.label["copy"] > 1:
        return Outcome(queue_words.former_copy(number, int(tube.label["copy"])))
    undecided = tube.specimen["outcome"] is None
    if (cancelled := afterwards.of_label(ledger.db, tube)) is not None:
        return Outcome(cancelled)
    shown = identity_check.at_label(ledger, here, tube)
    if undecided and (refusal := consent_check.refused(ledger.db, tube)) is not None:
        return Outcome(refusal)
    if undecided and shown.stopped is not None:
        desk.question = shown.stopped.question
        return shown.stopped
    drafts: list[Draft] = []
    if tube.label is not None and tube.label["state"] != "verified":
        drafts.append(Draft("label.verified", {"label": tube.label["id"]}, input=desk.told))
    if undecided:
        found = shown.identity
        drafts.append(
            decide.decision(ledger, tube.specimen["id"], "accepted", found.lines, told=desk.told, identity=found)
        )
        accepted = words.accepted(tube.number, number, _waits(ledger, tube.specimen))
        return _on_tube(ledger, desk, here, tube, Outcome(accepted, tuple(drafts)))
    drafts += identity_check.compared_now(desk.told, tube, shown)
    outcome = str(tube.specimen["outcome"])
    then = _waits(ledger, tube.specimen) if outcome.startswith("accepted") else ()
    said = words.verified(tube.number, number, decide.outcome_words(outcome), then)
    return _on_tube(ledger, desk, here, tube, Outcome(said, tuple(drafts)))


def _waits(ledger: Ledger, specimen: Row) -> tuple[str, ...]:
    """What must come before work on an accepted specimen: its NIPT form and judgement, the rest of its family."""
    from gms_desktop.services.nipt_on_find import waits

    missing = families.waiting_for(ledger.db, specimen)
    of_family = family_words.work_waits(missing) if missing else ""
    return tuple(filter(None, (waits(ledger.db, specimen), of_family)))


def _on_tube(ledger: Ledger, desk: Desk, here: Situation, tube: Tube, outcome: Outcome) -> Outcome:
    """The label is on: once the last tube of an urgent request is here it is asked who was told."""
    assert tube.specimen is not None
    ask = tube.specimen["priority"] == URGENT and not here.awaited
    desk.question = urgent_commands.asks(ledger.db, tube.specimen) if ask else None
    return replace(outcome, question=desk.question)


def _own_number(ledger: Ledger, desk: Desk, here: Situation | None, code: Resolved) -> Outcome:
    number = code.number
    specimen = look_up.specimen_by_accession(ledger.db, number)
    if specimen is None:
        from gms_desktop.services import found_by_code

        return separated.scanned(ledger, desk.told, number) or Outcome(found_by_code.no_specimen(ledger.db, code))
    for tube in here.tubes if here else ():
        if here and tube.specimen and tube.specimen["id"] == specimen["id"] and not tube.done:
            if tube.label is not None and tube.label["state"] == "spoiled":
                return Outcome(words.spoiled_label(number))
            return put_on(ledger, desk, here, tube)
    label = look_up.labels_of_specimen(ledger.db, specimen["id"])[-1]
    outcome = decide.outcome_words(specimen["outcome"])
    if label["state"] in look_up.UNSETTLED and desk.told.get("by") != Entered.TYPED.value:
        verified = Draft("label.verified", {"label": label["id"]}, input=desk.told)
        return Outcome(words.verified_number(number, outcome), (verified,))
    cancelled = afterwards.of_number(ledger.db, specimen, desk.time_zone)
    said = cancelled or words.already_received(number, outcome)
    return Outcome(concessions.beside(ledger.db, specimen, said))


def _nothing_found(code: Resolved) -> Verdict:
    if code.is_a(Kind.RUN_TOGETHER):
        return words.run_together(next(one.parts for one in code.kinds if one.kind is Kind.RUN_TOGETHER))
    for one in code.kinds:
        if one.kind.value in words.WRONG_KINDS and one.kind is not Kind.FLUIDX:
            return words.wrong_kind(code.code, words.WRONG_KINDS[one.kind.value])
    return words.unknown_code(code.code, words.looks_like(code.kinds))


def _request_code(ledger: Ledger, desk: Desk, here: Situation | None, code: Resolved) -> Outcome:
    fits = fitting(here, code) if here else []
    if here and fits:
        return _tube_code(ledger, desk, here, fits, code)
    situations = _situations(ledger, code)
    if len(situations) > 1:
        return _which_request(desk, situations, code)
    return open_request(ledger, desk, here, situations[0], code)


def fitting(here: Situation, code: Resolved) -> list[Tube]:
    """The tubes of the open request that a code can stand on."""
    places = {(match.request, match.place) for match in code.matches}
    return [t for t in here.tubes if (t.request["id"], t.place) in places or (t.request["id"], None) in places]


def _situations(ledger: Ledger, code: Resolved) -> list[Situation]:
    found: dict[str, Situation] = {}
    for match in code.matches:
        around = situation(ledger.db, match.request)
        if around:
            found.setdefault(around.request["referral"] or around.request["id"], around)
    return list(found.values())


def _which_request(desk: Desk, situations: list[Situation], code: Resolved) -> Outcome:
    choices = tuple(
        Choice(one.request["id"], f"{one.people[one.request['patient']].name}  {one.name}  {one.request['test'] or ''}")
        for one in situations
    )
    desk.question = Question(
        command=Command.OPEN_REQUEST,
        title="Which request is this?",
        choices=choices,
        many=False,
        confirm="Open this request",
    )
    verdict = words.attention("More than one", f"{code.code} stands on {len(situations)} requests. Choose one of them.")
    return Outcome(verdict, question=desk.question)


def open_request(ledger: Ledger, desk: Desk, here: Situation | None, around: Situation, code: Resolved) -> Outcome:
    """Open a request; a code that stands on one tube of it receives that tube at once."""
    if here and here.keeps_patient:
        numbers = words.names(tuple(str(tube.specimen["accession"]) for tube in here.keeps_patient if tube.specimen))
        return Outcome(words.patient_change(numbers))
    opened = Draft("reception.opened", {"bench": desk.place.bench, "request": around.request["id"]}, input=desk.told)
    placed = {(match.request, match.place) for match in code.matches if match.place is not None}
    fits = [tube for tube in around.tubes if (tube.request["id"], tube.place) in placed]
    if len(fits) == 1 and fits[0].specimen is None:
        received = receive_tube(ledger, desk, around, fits[0], "code", code)
        said = families.left_open(here, received.verdict)
        return Outcome(said, (opened, *received.drafts), print_labels=received.print_labels)
    who = around.people[around.request["patient"]].name
    cancelled = afterwards.of_opened(ledger.db, around.request, desk.time_zone)
    said = cancelled or words.opened(f"{who}, {around.name}", len(around.awaited))
    return Outcome(families.left_open(here, said), (opened,))


def _tube_code(ledger: Ledger, desk: Desk, here: Situation, fits: list[Tube], code: Resolved) -> Outcome:
    if code.patients or code.is_a(Kind.REFERRAL):
        return Outcome(words.scan_the_tube(code.code))
    if len({tube.request["patient"] for tube in fits}) > 1:
        return Outcome(words.attention("Whose tube?", f"{code.code} stands for the family. Scan the tube itself."))
    awaited = [tube for tube in fits if tube.specimen is None and may_carry(tube, code)]
    received = [tube for tube in fits if tube.specimen is not None]
    if not received and awaited:
        expected = next(iter(families.in_order(here, desk.member)), awaited[0])
        of_another = awaited[0].request["patient"] != expected.request["patient"]
        if families.several(here) and of_another and not awaited[0].cancelled:
            return Outcome(_of_another(here, awaited[0], expected, code))
        return receive_tube(ledger, desk, here, awaited[0], "code", code)
    return _ask_another(desk, code) if received else Outcome(words.scan_the_tube(code.code))


def _of_another(here: Situation, tube: Tube, expected: Tube, code: Resolved) -> Verdict:
    who, wanted = here.who(tube).name, here.who(expected).name
    return family_words.another_member(code.code, tube.request["role"], who, expected.request["role"], wanted)


def may_carry(tube: Tube, code: Resolved) -> bool:
    """Whether a code can stand on a tube: a tube with a code of its own is not received by the form's."""
    return not tube.code or tube.code == code.code or any(match.place == tube.place for match in code.matches)


def _ask_another(desk: Desk, code: Resolved) -> Outcome:
    desk.asked = code
    desk.question = Question(
        command=Command.ANOTHER_TUBE,
        title="Another tube, or the same tube again?",
        choices=(Choice("another", "Another tube with this code"), Choice("same", "The same tube again")),
        many=False,
        confirm="Go on",
    )
    return Outcome(words.same_again(code.code), question=desk.question)


def receive_tube(
    ledger: Ledger, desk: Desk, here: Situation, tube: Tube, matched: str, code: Resolved | None
) -> Outcome:
    """Receive a tube of the open request: number, label, and the order to compare.

    A patient's number or a referral is not the sender's number of a tube, so it is not kept as one.
    """
    kept = code.code if code and not code.private and not code.is_a(Kind.REFERRAL) else None
    made = arrive.arrive(ledger, desk.place, tube, matched, kept, desk.told)
    answered = deliveries.answered_by_arrival(ledger.db, tube.request["id"], desk.place.bench)
    who = here.who(tube).name
    whose = f"{(tube.request['role'] or '').capitalize()} {who},".strip()
    verdict = afterwards.of_arrival(ledger.db, tube, made.number, desk.time_zone)
    verdict = verdict or words.tube_matches(whose, tube.number, tube.type, made.number)
    return Outcome(verdict, (*made.drafts, *answered), print_labels=(made.label,))
