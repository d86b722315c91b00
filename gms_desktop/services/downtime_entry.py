"""Back-entry: a downtime number is scanned, its tube's request too when there is one, and its form is entered.

The specimen gets our own number and label like any arrival. The downtime number is tied to it for ever; what really
happened, when and by whom, stands beside who enters it now.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from gms_desktop import downtime_words, words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.identifiers import downtime
from gms_desktop.domain.identifiers.barcode import Kind
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.register import downtime_look_up, look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import arrive, decide, hold_terms, unannounced
from gms_desktop.services.arrive import Arrival
from gms_desktop.services.downtime_open import OpenNumber, TiedTube
from gms_desktop.services.downtime_time import Happened, happened
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.resolve import Resolved
from gms_desktop.services.situation import Situation, Tube, open_situation, situation
from gms_desktop.services.views import Answer, Question

PLACE, THEN = "downtime", "receive"
_DECIDE = {"on hold": Command.HOLD, "rejected": Command.REJECT}


def scan(ledger: Ledger, desk: Desk, code: Resolved) -> Outcome:
    """A downtime number, or, while one is open, a code of its tube or request."""
    if code.is_a(Kind.DOWNTIME):
        return _number(ledger, desk, code.code)
    assert desk.downtime is not None
    return _tie(ledger, desk, desk.downtime, code)


def _number(ledger: Ledger, desk: Desk, number: str) -> Outcome:
    if desk.downtime and desk.downtime.number != number:
        return Outcome(downtime_words.other_number_open(desk.downtime.number, number), place=PLACE)
    refusal = unfit(ledger, desk.place.letter, number)
    if refusal is not None:
        desk.downtime = None
        return Outcome(refusal, place=PLACE)
    desk.downtime = desk.downtime or OpenNumber(number)
    return Outcome(downtime_words.number_found(number, printed_words(ledger, number)), place=PLACE)


def unfit(ledger: Ledger, letter: str, number: str) -> Verdict | None:
    """Why nothing can be received under a downtime number, or None."""
    row = downtime_look_up.number(ledger.db, number)
    if row is None or row["state"] is None:
        foreign = downtime.letter_of(number) != letter
        return downtime_words.number_foreign(number, letter) if foreign else downtime_words.number_unknown(number)
    if look_up.in_dispute(ledger.db, f"downtime:{number}"):
        return downtime_words.number_in_dispute(number)
    if row["state"] == "spoiled":
        return downtime_words.number_spoiled(number, downtime_words.reason(row["reason"] or ""))
    if row["state"] == "used":
        specimen = look_up.row(ledger.db, "specimen", row["specimen"])
        return downtime_words.number_used(number, specimen["accession"] if specimen else "a specimen")
    return None


def printed_at(ledger: Ledger, number: str) -> datetime:
    """When the pack with a number was printed."""
    row = downtime_look_up.number(ledger.db, number)
    pack = downtime_look_up.pack(ledger.db, row["pack"]) if row and row["pack"] else None
    return datetime.fromisoformat(pack["at"] if pack else row["at"] if row else "1970-01-01T00:00:00Z")


def printed_words(ledger: Ledger, number: str) -> str:
    """When that was, as the laboratory's clock shows it."""
    return dates.display_minute(dates.to_local(printed_at(ledger, number), zone_of(ledger)))


def zone_of(ledger: Ledger) -> str:
    """The laboratory's time zone."""
    laboratory = look_up.laboratory(ledger.db)
    return laboratory["time_zone"] if laboratory else "Europe/London"


def _tie(ledger: Ledger, desk: Desk, opened: OpenNumber, code: Resolved) -> Outcome:
    tubes = _tubes(ledger, code)
    awaited = [(here, tube) for here, tube in tubes if tube.specimen is None]
    if not tubes:
        return Outcome(downtime_words.request_unknown(opened.number, code.code), place=PLACE)
    if not awaited:
        accession = next(tube.specimen["accession"] for _, tube in tubes if tube.specimen)
        return Outcome(downtime_words.tube_received(opened.number, accession), place=PLACE)
    if len(awaited) > 1:
        return Outcome(downtime_words.which_tube(code.code), place=PLACE)
    [(here, tube)] = awaited
    own = any((match.request, match.place) == (tube.request["id"], tube.place) for match in code.matches)
    kept = code.code if not code.private and not code.is_a(Kind.REFERRAL) else None
    said = f"tube {tube.number} of {here.name}, {here.who(tube).name}, {tube.type}"
    tied = TiedTube(tube.request["id"], tube.key, "code" if own else "eye", kept if own else None, said)
    desk.downtime = replace(opened, tube=tied, problems=())
    return Outcome(downtime_words.request_tied(opened.number, said), place=PLACE)


def _tubes(ledger: Ledger, code: Resolved) -> list[tuple[Situation, Tube]]:
    """Every tube that a code can stand on: the one it is on when that is known, else all of its requests."""
    found: dict[str, tuple[Situation, Tube]] = {}
    for match in code.matches:
        around = situation(ledger.db, match.request)
        for tube in around.tubes if around else ():
            if around and tube.request["id"] == match.request and match.place in (None, tube.place):
                found[tube.key] = (around, tube)
    return list(found.values())


def enter(ledger: Ledger, desk: Desk, answer: Answer | None) -> Outcome:
    """Take the form in: the specimen arrives, and its downtime number is tied to it."""
    opened = desk.downtime
    if opened is None or answer is None or answer.subject != opened.number:
        return Outcome(downtime_words.nothing_open(), place=PLACE)
    said = {name: value.strip() for name, value in answer.fields}
    stands = _stands(ledger, desk, opened)
    if stands is not None:
        return Outcome(stands, place=PLACE)
    when = happened(
        said.get("when", ""),
        said.get("which", ""),
        ledger.clock.now(),
        printed_at(ledger, opened.number),
        zone_of(ledger),
    )
    problems = _problems(ledger, opened, said, when)
    desk.downtime = replace(opened, values=answer.fields, problems=problems, ask_hour=when.ask_hour)
    if problems:
        return Outcome(words.choose("There is a problem", " ".join(text for _, text in problems)), place=PLACE)
    return _entered(ledger, desk, desk.downtime, said, when)


def _stands(ledger: Ledger, desk: Desk, opened: OpenNumber) -> Verdict | None:
    """What stands in the way of an arrival now, whatever was so when the number was scanned."""
    here = open_situation(ledger.db, desk.place.bench)
    if here and here.in_hand and here.in_hand.specimen:
        return words.label_waits(here.in_hand.specimen["accession"], here.in_hand.number)
    requests = {row["id"] for row in here.requests} if here else set()
    if here and here.put_aside and (opened.tube is None or opened.tube.request not in requests):
        numbers = words.names(tuple(str(tube.specimen["accession"]) for tube in here.put_aside if tube.specimen))
        return words.patient_change(numbers)
    refusal = unfit(ledger, desk.place.letter, opened.number)
    if refusal is not None:
        desk.downtime = None
    return refusal


def _problems(ledger: Ledger, opened: OpenNumber, said: dict[str, str], when: Happened) -> tuple[tuple[str, str], ...]:
    found = [("which" if when.ask_hour else "when", when.problem)] if when.problem else []
    if not said.get("who"):
        found.append(("who", downtime_words.WHO_WANTED))
    if opened.tube is None:
        found += [("", text) for text in unannounced.problems(ledger, said, said.get("person") or "person")]
    return tuple(found)


def _entered(ledger: Ledger, desk: Desk, opened: OpenNumber, said: dict[str, str], when: Happened) -> Outcome:
    desk.told = {"by": "hand", "device": "screen"}
    outcome = said.get("outcome", "") if said.get("outcome", "") in downtime_words.OUTCOMES else ""
    around = situation(ledger.db, opened.tube.request) if opened.tube else None
    tube = next((one for one in around.tubes if opened.tube and one.key == opened.tube.key), None) if around else None
    if opened.tube and tube is None:
        return Outcome(words.changed_meanwhile(), place=PLACE)
    if tube is not None and tube.specimen is not None:
        return Outcome(downtime_words.tube_received(opened.number, tube.specimen["accession"]), place=PLACE)
    number = opened.number
    if opened.tube is None or tube is None:
        made = unannounced.arrival(ledger, desk, said, said.get("person") or "person")
        verdict, question = downtime_words.entered_and_held(number, made.number), None
    else:
        made = _arrival(ledger, desk, tube, opened.tube)
        verdict = downtime_words.entered(number, made.number, outcome)
        question = _reasons(ledger, _DECIDE[outcome], tube, made) if outcome in _DECIDE else None
    used = _used(ledger, desk, number, made.specimen, said.get("who", ""), outcome, when)
    desk.downtime, desk.question = None, question
    return Outcome(verdict, (*made.drafts, used), question=question, print_labels=(made.label,), place=THEN)


def _reasons(ledger: Ledger, given: Command, tube: Tube, made: Arrival) -> Question:
    """Why a tube was held or rejected, asked of it at once."""
    asked = decide.question(ledger.db, given, tube.number, values=hold_terms.prefilled(ledger, tube.request))
    return replace(asked, subject=made.specimen)


def _arrival(ledger: Ledger, desk: Desk, tube: Tube, tied: TiedTube) -> Arrival:
    """The arrival of an expected tube, its request opened where it is not open here."""
    made = arrive.arrive(ledger, desk.place, tube, tied.matched, tied.code, desk.told, earlier=True)
    here = open_situation(ledger.db, desk.place.bench)
    if here and tied.request in {row["id"] for row in here.requests}:
        return made
    opened = Draft("reception.opened", {"bench": desk.place.bench, "request": tied.request}, input=desk.told)
    return replace(made, drafts=(opened, *made.drafts))


def _used(ledger: Ledger, desk: Desk, number: str, specimen: str, who: str, outcome: str, when: Happened) -> Draft:
    pen = ledger.pen()
    body = {
        "number": number,
        "specimen": specimen,
        "happened": when.at,
        "precision": when.precision,
        "words": when.words,
        "who": pen.write(who, f"downtime:{number}"),
        "outcome": outcome or None,
        "bench": desk.place.bench,
    }
    return Draft("downtime.number_used", body, pen.values, desk.told)
