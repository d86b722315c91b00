"""Commands at an extraction batch: begin, fill, start, end, label an eluate, measure a blank, release what is held."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from gms_desktop import extract_words, lot_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.extraction import Protocol, Role
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.domain.volumes import Volume, read_figure, read_volume
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import Body
from gms_desktop.register import extraction_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import (
    add_on,
    batch_given_up,
    batch_kept,
    batches,
    eluates,
    extract_scans,
    lots,
    rights,
    site_rules,
    specimen_lists,
)
from gms_desktop.services.at_extract import AtExtract
from gms_desktop.services.batches import OpenBatch
from gms_desktop.services.extract_scans import PLACE, of_batch
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question

_BY_SCREEN = {"by": "hand", "device": "screen"}
AGAIN = "again"


def takes(given: Command) -> bool:
    """Whether a command is one of these."""
    return given in _DO or given in _OF_A_BATCH


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str) -> Outcome:
    """Carry a command out at the open batch, or ask what must be said first."""
    if desk.question and desk.question.command is not given:
        return Outcome(words.answer_first(desk.question.title), question=desk.question, place=PLACE)
    desk.told = dict(_BY_SCREEN)
    here = batches.at_bench(ledger.db, desk.extract.batch)
    if given in _DO:
        outcome = _DO[given](ledger, desk, answer, argument)
    elif here is None:
        outcome = Outcome(extract_words.no_batch())
    else:
        outcome = _OF_A_BATCH[given](ledger, desk, here, answer, argument)
    desk.question = outcome.question
    return replace(outcome, place=PLACE)


def ask_protocol(
    ledger: Ledger,
    desk: Desk,
    specimen: Row | None = None,
    problems: tuple[str, ...] = (),
    answer: Answer | None = None,
) -> Question:
    """What is asked before a batch begins: what this bench did last stands there, and what fits the specimen.

    After a problem what was answered stands there, not what was offered first.
    """
    rules = site_rules.extraction(ledger.db)
    fitting = protocol_of(ledger.db, specimen) if specimen else None
    last = extraction_look_up.newest_at(ledger.db, desk.place.bench)
    offered = fitting.code if fitting else last["protocol"] if last else ""
    values = (("instrument", last["instrument"] or ""), ("input", last["input"] or "")) if last else ()
    return Question(
        Command.BEGIN_BATCH,
        extract_words.PROTOCOL,
        tuple(Choice(one.code, f"{one.words} ({one.version})") for one in rules.protocols),
        many=False,
        fields=(("instrument", extract_words.INSTRUMENT), ("input", extract_words.INPUT)),
        confirm="Begin the batch",
        problems=problems,
        values=answer.fields if answer else values,
        chosen=answer.choices if answer else (offered,) if offered else (),
    )


def protocol_of(db: Database, specimen: Row) -> Protocol | None:
    """The first protocol that names the specimen's type."""
    known = specimen_lists.types(db).find(specimen["type"])
    protocols = site_rules.extraction(db).protocols
    return next((one for one in protocols if known is not None and known.code in one.takes), None)


def _begin(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    if desk.question is None:
        # The specimen that a question was about was put down when that was cancelled.
        desk.extract = replace(desk.extract, specimen="")
    if answer is None:
        return Outcome(extract_words.choose_protocol(), question=ask_protocol(ledger, desk))
    rules = site_rules.extraction(ledger.db)
    protocol = next((one for one in rules.protocols if one.code in answer.choices), None)
    given = {name: value.strip() for name, value in answer.fields}
    volume = read_volume(given.get("input", "")) if given.get("input") else None
    problems: tuple[str, ...] = () if protocol else (extract_words.PROTOCOL,)
    # It is asked here, since a batch without one cannot be started, nor what stands in it be placed elsewhere.
    problems += () if given.get("instrument") else (extract_words.NEEDS_INSTRUMENT,)
    problems += () if volume or not given.get("input") else (extract_words.volume_form(),)
    if protocol is None or problems:
        asked = ask_protocol(ledger, desk, problems=problems, answer=answer)
        return Outcome(extract_words.choose_protocol(), question=asked)
    return _begun(ledger, desk, protocol, given.get("instrument", ""), volume)


def _begun(ledger: Ledger, desk: Desk, protocol: Protocol, instrument: str, volume: Volume | None) -> Outcome:
    batch, number = ledger.identity(), ledger.next_number(desk.place.letter)
    said: Body = {name: getattr(protocol, name) for name in ("code", "version", "words", "yields", "blanks")}
    said |= {"rows": protocol.shape.rows, "columns": protocol.shape.columns}
    said |= {"needs": list(protocol.needs), "elution": protocol.elution_ul or None}
    body: Body = {"batch": batch, "number": number, "protocol": said, "instrument": instrument or None}
    body |= {"input": {"value": volume.value, "unit": volume.unit, "raw": volume.raw} if volume else None}
    draft = Draft("extraction.begun", body | {"bench": desk.place.bench}, input=desk.told)
    first = _first_specimen(ledger, desk, batch, protocol)
    if isinstance(first, Verdict):
        desk.extract = replace(desk.extract, specimen="")
        return Outcome(first)
    placed, following = (desk.extract.specimen, next(iter(protocol.shape.wells[1:]), "")) if first else ("", "")
    desk.extract = AtExtract(batch=batch)
    return Outcome(extract_words.begun(number, protocol.words, placed, following), (draft, *first))


def _first_specimen(ledger: Ledger, desk: Desk, batch: str, protocol: Protocol) -> tuple[Draft, ...] | Verdict:
    """What was scanned before there was a batch goes into its first position, in the same act; or why it may not."""
    number = desk.extract.specimen
    source = extract_scans.source_of(ledger.db, number) if number else None
    if source is None or isinstance(source, Verdict):
        return source or ()
    if (in_the_way := extract_scans.elsewhere(ledger.db, source, batch)) is not None:
        return in_the_way
    body: Body = {"batch": batch, "bench": desk.place.bench}
    body |= extract_scans.standing(ledger.db, protocol.shape.wells[0], Role.SPECIMEN, source.number, source)
    body |= {"lot": None}
    follows = f"{ledger.head.writer}/{ledger.head.last_seq + 1}"
    return (Draft("extraction.placed", body | {"follows": follows}, input=desk.told),)


def _open(ledger: Ledger, desk: Desk, _answer: Answer | None, batch: str) -> Outcome:
    return extract_scans.open_batch(ledger, desk, batch)


def _aside(_ledger: Ledger, desk: Desk, here: OpenBatch, _answer: Answer | None, _argument: str) -> Outcome:
    desk.extract = AtExtract()
    return Outcome(extract_words.aside(here.row["number"]))


def _blank(ledger: Ledger, desk: Desk, here: OpenBatch, _answer: Answer | None, _argument: str) -> Outcome:
    if here.state != "placing":
        return _not_now(here)
    return extract_scans.put(ledger, desk, here, Role.BLANK, "")


def _control(ledger: Ledger, desk: Desk, here: OpenBatch, answer: Answer | None, _argument: str) -> Outcome:
    if here.state != "placing":
        return _not_now(here)
    usable = lots.usable(ledger.db, rights.today(ledger, desk.time_zone))
    row = next((one for one in usable if answer and one["id"] in answer.choices), None)
    if not usable:
        return Outcome(lot_words.none_to_choose())
    if row is None:
        choices = tuple(lots.choice(one) for one in usable)
        asked = Question(
            Command.PLACE_CONTROL,
            "Which control goes in?",
            choices,
            many=False,
            confirm="Put the control in",
            problems=(lot_words.which_lot("control"),) if answer else (),
        )
        return Outcome(extract_words.name_control(), question=asked)
    return extract_scans.put_control(ledger, desk, here, row)


def _start(ledger: Ledger, desk: Desk, here: OpenBatch, answer: Answer | None, _argument: str) -> Outcome:
    if here.state != "placing":
        return _not_now(here)
    number = here.row["number"]
    found = here.before_start(rights.today(ledger, desk.time_zone))
    if found:
        return Outcome(extract_words.not_ready(number, extract_words.odd(found)))
    kept = batch_kept.kept(ledger.db, here)
    if kept and answer is None:
        return batch_kept.asked(ledger.db, kept)
    draft = Draft("extraction.started", of_batch(ledger, desk, here), input=desk.told)
    used = (add_on.used(ledger, desk, row) for row in kept if answer and row["id"] in answer.choices)
    return Outcome(extract_words.started(number), (draft, *used))


def _end(ledger: Ledger, desk: Desk, here: OpenBatch, _answer: Answer | None, _argument: str) -> Outcome:
    if here.state != "running":
        return _not_now(here)
    draft = Draft("extraction.ended", of_batch(ledger, desk, here), input=desk.told)
    to_come = sum(1 for row in here.positions.values() if row["role"] == "specimen" and row["state"] != "failed")
    desk.extract = replace(desk.extract, position="", scanned=False)
    return Outcome(extract_words.ended(here.row["number"], to_come), (draft,))


def _not_now(here: OpenBatch) -> Outcome:
    return Outcome(extract_words.not_so_far(here.row["number"], extract_scans.state_words(here)))


def _name(_ledger: Ledger, desk: Desk, here: OpenBatch, _answer: Answer | None, position: str) -> Outcome:
    """A position chosen on the plan: what may be done with it is offered. Its eluate still needs its source scanned."""
    return extract_scans.name_position(desk, here, position)


def _came_to_nothing(ledger: Ledger, desk: Desk, here: OpenBatch, answer: Answer | None, argument: str) -> Outcome:
    position = (answer.subject if answer else "") or argument or desk.extract.position
    row = here.positions.get(position)
    if row is None or row["state"] == "failed" or here.state == "placing":
        return Outcome(extract_words.which_position("say why it came to nothing"))
    reasons = site_rules.extraction(ledger.db).reasons
    chosen = next((code for code in reasons if answer and code in answer.choices), "")
    if not chosen:
        asked = Question(
            Command.POSITION_FAILED,
            f"Why did {position} come to nothing?",
            (*(Choice(code, said) for code, said in reasons.items()), Choice(AGAIN, extract_words.AGAIN)),
            confirm="Record it",
            subject=position,
            chosen=(AGAIN,),
        )
        return Outcome(extract_words.choose_why(position), question=asked)
    again = answer is not None and AGAIN in answer.choices and row["specimen"] is not None
    body = of_batch(ledger, desk, here) | {"position": position, "specimen": row["specimen"]}
    draft = Draft("extraction.failed", body | {"reason": reasons[chosen], "again": again}, input=desk.told)
    desk.extract = replace(desk.extract, position="", scanned=False)
    return Outcome(extract_words.nothing_came(position, row["code"] or row["role"], again), (draft,))


def _label(ledger: Ledger, desk: Desk, here: OpenBatch, _answer: Answer | None, _argument: str) -> Outcome:
    row = here.positions.get(desk.extract.position) if desk.extract.scanned else None
    if row is None or here.state != "ended":
        return Outcome(extract_words.which_position("print its label"))
    return extract_scans.labelled(ledger, desk, here, row)


def _measure(ledger: Ledger, desk: Desk, here: OpenBatch, answer: Answer | None, argument: str) -> Outcome:
    position = (answer.subject if answer else "") or argument or desk.extract.position
    row = here.positions.get(position)
    if row is None or row["role"] != Role.BLANK.value or here.state != "ended":
        return Outcome(extract_words.which_position("say what its blank measured"))
    rules = site_rules.extraction(ledger.db)
    said = dict(answer.fields).get("value", "").strip() if answer else ""
    figure = read_figure(said)
    if figure is None:
        problems = (extract_words.figure_form(rules.unit),) if answer else ()
        fields = (("value", f"{extract_words.BLANK}, {rules.unit}"),)
        title = f"What did the blank in {position} measure?"
        asked = Question(
            Command.MEASURE_BLANK, title, fields=fields, confirm="Record it", problems=problems, subject=position
        )
        return Outcome(extract_words.measure(position), question=asked)
    most = rules.limit(here.row["yields"])
    over = most is not None and figure > most
    body = of_batch(ledger, desk, here) | {"position": position, "value": said, "unit": rules.unit, "over": over}
    body |= {"most": str(most) if most is not None else None, "rules": rules.version}
    draft = Draft("extraction.blank_measured", body, input=desk.told)
    value = f"{said} {rules.unit}"
    desk.extract = replace(desk.extract, position="")
    if most is None:
        return Outcome(extract_words.blank_without_limit(position, value), (draft,))
    if over:
        return Outcome(extract_words.blank_over(position, value, f"{most} {rules.unit}", here.row["number"]), (draft,))
    return Outcome(extract_words.blank_within(position, value, f"{most} {rules.unit}"), (draft,))


def _release(ledger: Ledger, desk: Desk, here: OpenBatch, answer: Answer | None, _argument: str) -> Outcome:
    number, why = here.row["number"], answer.comment.strip() if answer else ""
    if not here.held:
        return _not_now(here)
    if not why:
        title = f"Release batch {number}?"
        asked = Question(
            Command.RELEASE_BATCH, title, comment_label=extract_words.WHY_RELEASED, confirm="Release the batch"
        )
        return Outcome(extract_words.why_release(number), question=asked)
    pen, subject = ledger.pen(), f"extraction:{here.row['id']}"
    rests = ledger.driver.holders([f"last:{subject}"])[f"last:{subject}"]
    body = {"batch": here.row["id"], "reason": pen.write(why, subject), "rests_on": rests, "bench": desk.place.bench}
    return Outcome(extract_words.released(number), (Draft("extraction.released", body, pen.values, input=desk.told),))


_DO: Mapping[Command, Callable[[Ledger, Desk, Answer | None, str], Outcome]] = {
    Command.BEGIN_BATCH: _begin,
    Command.OPEN_BATCH: _open,
    Command.POOL_ELUATES: lambda ledger, desk, _answer, _argument: eluates.pooled(ledger, desk),
    Command.ELUATE_VOLUME: lambda ledger, desk, answer, _argument: eluates.measured(ledger, desk, answer),
}
_OF_A_BATCH: Mapping[Command, Callable[[Ledger, Desk, OpenBatch, Answer | None, str], Outcome]] = {
    Command.PLACE_BLANK: _blank,
    Command.PLACE_CONTROL: _control,
    Command.START_BATCH: _start,
    Command.END_BATCH: _end,
    Command.NAME_POSITION: _name,
    Command.POSITION_FAILED: _came_to_nothing,
    Command.TAKE_OUT_OF_BATCH: batch_given_up.taken_out,
    Command.DROP_BATCH: batch_given_up.dropped,
    Command.ELUATE_LABEL: _label,
    Command.MEASURE_BLANK: _measure,
    Command.RELEASE_BATCH: _release,
    Command.BATCH_ASIDE: _aside,
}
