"""Entries about consignments, in the words of the bench."""

from __future__ import annotations

from collections.abc import Callable

from gms_desktop import answer_correct_words, together_words
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry
from gms_desktop.register import consignment_look_up
from gms_desktop.services import sent_things


def number(db: Database, consignment: str) -> str:
    """The number of a consignment, as words name it."""
    row = consignment_look_up.consignment(db, consignment)
    return str(row["number"]) if row and row["number"] else "a consignment"


def _thing(db: Database, entry: Entry) -> str:
    thing = sent_things.of_row(db, entry.body["sort"], entry.body["item"])
    return thing.name if thing else f"a {entry.body['sort']} that is not known here"


def _opened(db: Database, entry: Entry) -> str:
    body = entry.body
    after = f", following {number(db, body['follows'])}" if body["follows"] else ""
    return f"open consignment {body['number']} for {body['name']}, {body['priority']}{after}"


def _packed(db: Database, entry: Entry) -> str:
    body = entry.body
    into = f", {body['container']}" if body["container"] else ""
    conceded = f", with concession: {'; '.join(body['concessions'])}" if body["concessions"] else ""
    left = f", left behind by {number(db, body['follows'])}" if body["follows"] else ""
    return f"pack {_thing(db, entry)} into {number(db, body['consignment'])}{into}{conceded}{left}"


def _closed(db: Database, entry: Entry) -> str:
    body = entry.body
    things = "1 thing" if body["items"] == 1 else f"{body['items']} things"
    away = ", the hub being away" if body["hub_away"] else ""
    return f"close consignment {number(db, body['consignment'])} with {things}{away}"


def _sent_apart(db: Database, entry: Entry) -> str:
    return together_words.recorded(number(db, entry.body["consignment"]), entry.body["without"])


def _handed_over(db: Database, entry: Entry) -> str:
    body = entry.body
    by = f" as {body['reference']}" if body["reference"] else ""
    return f"hand {number(db, body['consignment'])} to {body['courier']}{by}"


def _arrived(db: Database, entry: Entry) -> str:
    body = entry.body
    told = [one for *_, one in body["items"] if one != "received"]
    amiss = f", {len(told)} missing, damaged or rejected" if told else ", all as sent"
    return f"{number(db, body['consignment'])} arrived{amiss}"


def _arrival_corrected(db: Database, entry: Entry) -> str:
    body, it = entry.body, number(db, entry.body["consignment"])
    if body["at"] is None:
        return answer_correct_words.entry_not_arrived(it)
    return answer_correct_words.entry_arrived(it, sum(1 for *_, one in body["items"] if one != "received"))


def _returned(db: Database, entry: Entry) -> str:
    body = entry.body
    how = "was left behind by" if body["how"] == "left behind" else "came back from"
    return f"{_thing(db, entry)} {how} {number(db, body['consignment'])}"


def _of(words: str) -> Callable[[Database, Entry], str]:
    return lambda db, entry: words.format(number=number(db, entry.body["consignment"]))


WORDS: dict[str, Callable[[Database, Entry], str]] = {
    "consignment.opened": _opened,
    "consignment.item_packed": _packed,
    "consignment.item_unpacked": lambda db, entry: (
        f"take {_thing(db, entry)} out of {number(db, entry.body['consignment'])}"
    ),
    "consignment.closed": _closed,
    "consignment.sent_apart": _sent_apart,
    "consignment.reopened": _of("open consignment {number} again"),
    "consignment.handed_over": _handed_over,
    "consignment.arrived": _arrived,
    "consignment.arrival_corrected": _arrival_corrected,
    "consignment.step_undone": lambda db, entry: answer_correct_words.entry_undone(
        number(db, entry.body["consignment"]), entry.body["step"]
    ),
    "consignment.answer_corrected": lambda _db, entry: answer_correct_words.entry_answer(
        withdrawn=entry.body["withdrawn"]
    ),
    "consignment.reconciled": _of("reconcile consignment {number}"),
    "consignment.ended": _of("end consignment {number}"),
    "consignment.item_returned": _returned,
    "consignment.chased": _of("chase consignment {number}"),
    "consignment.temperature_logged": _of("temperature of consignment {number} on its way"),
    "consignment.arrival_logged": lambda _db, _entry: "temperature of a consignment on its way to us",
    "consignment.recall_told": lambda db, entry: (
        f"tell {entry.body['receiver']} that {_thing(db, entry)} is in dispute"
    ),
}
