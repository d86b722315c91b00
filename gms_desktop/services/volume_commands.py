"""Commands about volumes: how much goes into the tube that is bound, what is left of a thing, that one is empty."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from gms_desktop import tube_words, volume_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.remaining import Remaining, in_ul
from gms_desktop.domain.volumes import How, Volume, read_volume
from gms_desktop.journal.database import Database
from gms_desktop.register import extraction_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import case_list, eluates, stored_things, volume_left
from gms_desktop.services.examined import volume_body
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Offer, Question

_BY_SCREEN = {"by": "hand", "device": "screen"}
_FIND, _RACKS, _STORAGE = "find", "racks", "storage"


def takes(given: Command) -> bool:
    """Whether a command is one of these."""
    return given in {Command.BIND_VOLUME, Command.VOLUME_LEFT, Command.EMPTIED}


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str) -> Outcome:
    """Carry a command out, or ask what must be said first."""
    at_desk = given is Command.BIND_VOLUME or (given is Command.EMPTIED and not argument and _asked_here(desk, answer))
    place = (_RACKS if given is Command.BIND_VOLUME else _STORAGE) if at_desk else _FIND
    if at_desk and desk.question and desk.question.command is not given and not _told_to(desk, given):
        return Outcome(words.answer_first(desk.question.title), question=desk.question, place=place)
    desk.told = dict(_BY_SCREEN)
    if given is Command.BIND_VOLUME:
        outcome = _bind(ledger.db, desk, answer)
    else:
        item = (answer.subject if answer else "") or argument or f"{desk.storage.sort}:{desk.storage.item}"
        outcome = _of_thing(ledger, desk, given, answer, item)
    if at_desk:
        desk.question = outcome.question
    return replace(outcome, place=place)


def _told_to(desk: Desk, given: Command) -> bool:
    """Whether the open question itself says to press this: what is to be discarded is said to be empty first."""
    return given is Command.EMPTIED and desk.question is not None and desk.question.command is Command.DISCARD


def _asked_here(desk: Desk, answer: Answer | None) -> bool:
    """Whether it is asked on Storage, of what is in hand there: a question of Find stands with Find alone."""
    return answer is None or (desk.question is not None and desk.question.command is Command.EMPTIED)


def offers(db: Database, sort: str, name: str) -> tuple[Offer, ...]:
    """What Find offers about the volume of a tube or an eluate."""
    thing = _thing(db, f"{sort}:{name}") if sort in volume_left.SORTS else None
    if thing is None:
        return ()
    item = f"{sort}:{name}"
    empty = (one := volume_left.left(db, item)) is not None and one.emptied
    said = Offer(Command.VOLUME_LEFT, "Volume left or taken", argument=item)
    return (said,) if empty else (said, Offer(Command.EMPTIED, "It is empty", argument=item))


def _bind(db: Database, desk: Desk, answer: Answer | None) -> Outcome:
    source = desk.rack.source
    if source is None:
        return Outcome(words.nothing_in_hand())
    one = volume_left.left(db, f"{source.sort}:{source.id}")
    volume = read_volume(dict(answer.fields).get("volume", "")) if answer else None
    ul = in_ul(volume.value, volume.unit) if volume else None
    if volume is None or not ul:
        question = Question(
            Command.BIND_VOLUME,
            f"How much of {source.number} goes into its tube?",
            fields=(("volume", volume_words.VOLUME),),
            confirm="So much goes in",
            problems=(volume_words.FORM,) if answer else (),
            subject=source.id,
        )
        return Outcome(volume_words.asks_bind(source.number, one), question=question)
    if one is not None and ul > one.ul:
        return Outcome(volume_words.not_so_much(source.number, ul, one))
    desk.rack = replace(desk.rack, source=replace(source, take=(volume.value, volume.unit)))
    return Outcome(volume_words.bind_volume(source.number, ul))


def _of_thing(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, item: str) -> Outcome:
    name = _thing(ledger.db, item)
    if name is None:
        return Outcome(words.nothing_in_hand())
    if case_list.held(ledger.db, item) is not None:
        return Outcome(tube_words.in_dispute(name))
    one = volume_left.left(ledger.db, item)
    if given is Command.EMPTIED:
        return _empty(ledger, desk, answer, item, name, one)
    return _volume(ledger, desk, answer, item, name, one)


def _volume(ledger: Ledger, desk: Desk, answer: Answer | None, item: str, name: str, one: Remaining | None) -> Outcome:
    chosen = [each for each in volume_words.CHOICES if answer and each in answer.choices]
    volume = read_volume(dict(answer.fields).get("volume", "")) if answer else None
    ul = in_ul(volume.value, volume.unit) if volume else None
    question = Question(
        Command.VOLUME_LEFT,
        f"What is left of {name}?",
        tuple(Choice(code, said) for code, said in volume_words.CHOICES.items()),
        many=True,
        fields=(("volume", volume_words.VOLUME),),
        comment_label=volume_words.WHY,
        confirm="Record it",
        problems=(volume_words.ONE_AND_VOLUME,) if answer else (),
        subject=item,
        values=answer.fields if answer else (),
        chosen=answer.choices if answer else (),
    )
    if answer is None or volume is None or ul is None or len(chosen) != 1:
        return Outcome(volume_words.asks(name, one), question=question)
    if chosen[0] == volume_words.TAKEN:
        return _taken(desk, answer, item, (name, volume, ul), one, question)
    if not ul:
        # Who says that nothing is left says that it is empty.
        return _empty(ledger, desk, replace(answer, comment=answer.comment or chosen[0]), item, name, one)
    how = How.MEASURED if chosen[0] == volume_words.LEFT_MEASURED else How.ESTIMATED
    draft = _states(desk, item, volume, how)
    return Outcome(volume_words.recorded(name, ul, how.value), (draft,))


def _states(desk: Desk, item: str, volume: Volume, how: How) -> Draft:
    sort, _, name = item.partition(":")
    said = {"volume": volume_body(volume, how), "bench": desk.place.bench}
    if sort == "eluate":
        return Draft("eluate.measured", {"eluate": name} | said, input=desk.told)
    return Draft("tube.volume_stated", {"tube": name, "reason": how.value} | said, input=desk.told)


def _taken(
    desk: Desk,
    answer: Answer,
    item: str,
    wanted: tuple[str, Volume, Decimal],
    one: Remaining | None,
    question: Question,
) -> Outcome:
    """So much was taken: where that is more than remains it is asked about, and then recorded as it happened."""
    name, volume, ul = wanted
    if not ul:
        return Outcome(volume_words.asks(name, one), question=question)
    if one is not None and ul > one.ul and volume_words.ALL_THE_SAME not in answer.choices:
        anyway = Choice(volume_words.ALL_THE_SAME, volume_words.ALL_THE_SAME_WORDS)
        said = volume_words.more_asked(name, ul, one)
        again = replace(question, choices=(*question.choices, anyway), problems=(said.sentence,))
        return Outcome(said, question=again)
    draft = volume_left.taken(desk, item, volume_body(volume, How.STATED), None, "by hand")
    return Outcome(volume_words.taken(name, ul, one), (draft,))


def _empty(ledger: Ledger, desk: Desk, answer: Answer | None, item: str, name: str, one: Remaining | None) -> Outcome:
    if one is not None and one.emptied:
        return Outcome(volume_words.empty_already(name))
    why = answer.comment.strip() if answer else ""
    if not why:
        question = Question(
            Command.EMPTIED,
            f"Is {name} empty?",
            comment_label=volume_words.WHY_EMPTY,
            confirm="It is empty",
            problems=("Say how it is known.",) if answer else (),
            subject=item,
        )
        return Outcome(volume_words.asks_empty(name, one), question=question)
    pen, (sort, _, held) = ledger.pen(), item.partition(":")
    body = {"item": {"sort": sort, "id": held}, "reason": pen.write(why, item), "bench": desk.place.bench}
    return Outcome(volume_words.is_empty(name), (Draft("container.emptied", body, pen.values, input=desk.told),))


def _thing(db: Database, item: str) -> str | None:
    """What a tube or an eluate is called; None for what is none, or is gone."""
    sort, _, name = item.partition(":")
    if sort not in volume_left.SORTS or stored_things.gone(db, name, "") is not None:
        return None
    row = extraction_look_up.eluate(db, name) if sort == "eluate" else None
    if row is not None:
        return eluates.named(db, row)
    thing = stored_things.of_row(db, sort, name)
    return thing.name if thing else None
