"""What is asked about a delivery, and what is wrong with an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from gms_desktop import delivery_words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.deliveries import Coded, Count, DeliveryRules, bag_codes, celsius
from gms_desktop.domain.identifiers import barcode
from gms_desktop.services import downtime_time
from gms_desktop.services.deliveries import OpenDelivery
from gms_desktop.services.views import Answer, Choice, Question

Problems = tuple[str, ...]
ARRIVAL_FIELDS = (
    ("carrier", "Carrier"),
    ("bags", "Bag and box codes"),
    ("urgent", "Urgent ones of these"),
    ("arrived", "Arrived, or drop box emptied before"),
    ("until", "Drop box only: emptied now at"),
    ("temperature", "Temperature, °C"),
    ("stated", "Specimens stated"),
)
_HOUR = ("hour", "This hour came twice. Enter “before” or “after” the clocks went back")
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class ToldDelivery:
    """A delivery as somebody entered it, read; ``ask_hour``: which of October's two hours must be said."""

    body: dict[str, Any]
    problems: Problems
    ask_hour: bool = False


def arrival(rules: DeliveryRules, local_now: datetime, bag: str = "") -> Question:
    """What is asked of a delivery that is here now."""
    stood = (("arrived", f"{local_now:%d/%m/%Y %H:%M}"), *((("bags", bag),) if bag else ()))
    return Question(
        Command.NEW_DELIVERY,
        "What does this delivery say?",
        _choices(rules.conditions),
        many=False,
        fields=ARRIVAL_FIELDS,
        confirm="Enter this delivery",
        values=stood,
    )


def again(asked: Question, answer: Answer, problems: Problems, *, ask_hour: bool = False) -> Question:
    """The question once more, with what was answered and what is wrong with it."""
    fields = (*asked.fields, _HOUR) if ask_hour and _HOUR not in asked.fields else asked.fields
    return Question(
        asked.command,
        asked.title,
        asked.choices,
        asked.many,
        asked.comment_label,
        fields,
        asked.confirm,
        problems,
        asked.subject,
        answer.fields,
    )


def read_arrival(rules: DeliveryRules, answer: Answer, now: datetime, time_zone: str) -> ToldDelivery:
    """Read what was entered of a delivery."""
    said = {name: value.strip() for name, value in answer.fields}
    first, first_problem, hour = _moment(said.get("arrived", ""), said.get("hour", ""), now, time_zone)
    last, last_problem, later_hour = _moment(said.get("until", ""), said.get("hour", ""), now, time_zone)
    codes = bag_codes(said.get("bags", ""))
    urgent = bag_codes(said.get("urgent", ""))
    chosen = next(iter(answer.choices), None)
    warmth = said.get("temperature", "")
    stated = said.get("stated", "")
    problems = [one for one in (first_problem, last_problem) if one]
    if chosen not in {one.code for one in rules.conditions}:
        problems.append("Choose its condition.")
    if warmth and celsius(warmth) is None:
        problems.append(f"Enter the temperature as a number of °C: “{warmth}” is none.")
    if any(one.private for one in barcode.recognise(said.get("carrier", ""))):
        problems.append(delivery_words.CARRIER)
    if not_counted := count_problem(stated):
        problems.append(not_counted)
    if last.at and not (first.at and first.precision == last.precision == "minute" and first.at <= last.at):
        problems.append("A drop box needs two times to the minute: emptied before, then emptied now.")
    problems += [one for code in dict.fromkeys((*codes, *urgent)) if (one := bag_problem(code))]
    body = {
        "carrier": said.get("carrier") or None,
        "bags": [{"code": code, "urgent": code in urgent} for code in dict.fromkeys((*urgent, *codes))],
        "arrived": first.at,
        "until": last.at,
        "precision": "window" if last.at else first.precision,
        "words": " to ".join(filter(None, (first.words, last.words))),
        "temperature": {"value": str(celsius(warmth)), "unit": "°C", "raw": warmth} if warmth else None,
        "condition": chosen,
        "stated": int(stated) if stated and not not_counted else None,
    }
    return ToldDelivery(body, tuple(problems), hour or later_hour)


def count_problem(said: str) -> str:
    """What is wrong with a count of specimens as it was entered; empty for one that is right, or not stated."""
    whole = said.isascii() and said.isdigit() and len(said) <= 5
    return "" if whole or not said else f"Enter the count of specimens as a whole number: “{said}” is none."


def bag_problem(code: str) -> str:
    """Why a code cannot be a bag's; empty where it can."""
    if len(code) > 60:
        return f"Scan the bag again: “{code[:20]}…” is longer than any bag's code."
    return delivery_words.PATIENTS_NUMBER if any(one.private for one in barcode.recognise(code)) else ""


def _moment(said: str, which: str, now: datetime, zone: str) -> tuple[downtime_time.Happened, str, bool]:
    """A time of day alone means today."""
    local = dates.to_local(now, zone)
    full = f"{local:%d/%m/%Y} {said}" if said[:2].strip().isdigit() and ":" in said and "/" not in said else said
    read = downtime_time.happened(full, which, now, _LONG_AGO, zone)
    return read, read.problem, read.ask_hour


def next_bag(here: OpenDelivery, code: str = "") -> Question:
    """Which bag is opened now: urgent ones stand first."""
    choices = tuple(Choice(bag["code"], _bag_label(bag)) for bag in here.bags if bag["code"] != here.bag)
    return Question(
        Command.NEXT_BAG,
        f"Which bag of {here.name} is open now?",
        choices,
        many=False,
        fields=(("code", "Another bag: scan or type its code"), ("urgent", "Urgent? Enter “yes”")),
        confirm="Book from this bag",
        values=(("code", code),) if code else (),
        subject=here.id,
    )


def _bag_label(bag: dict[str, Any]) -> str:
    said = ["URGENT"] if bag["urgent"] else []
    said += ["opened"] if bag["state"] == "opened" else []
    said += ["leak"] if bag["leak"] else []
    return "  ".join((bag["code"], *said))


def leak(here: OpenDelivery) -> Question:
    """Which bag leaks."""
    choices = tuple(Choice(bag["code"], _bag_label(bag)) for bag in here.bags)
    first = tuple(one for one in choices if one.code == here.bag)
    ordered = (*first, *(one for one in choices if one not in first))
    return Question(
        Command.BAG_LEAKS,
        f"Which bag of {here.name} leaks?",
        ordered,
        many=False,
        comment_label="What leaks, and on to what",
        confirm="Mark everything in it",
        subject=here.id,
    )


def passed_on(rules: DeliveryRules, where: str) -> Question:
    """What is passed on unopened, and to whom."""
    return Question(
        Command.NOT_FOR_US,
        f"What is not for us{where}?",
        _choices(rules.pass_on),
        many=False,
        fields=(("what", "What it is, as it is marked"), ("to", "Passed on to")),
        comment_label="Comment",
        confirm="Passed on unopened",
    )


def form_alone(rules: DeliveryRules, name: str, request: str | None) -> Question:
    """A form without its specimen; of a request by its name, or of none that is known."""
    whose = f" {name}" if name else ""
    return Question(
        Command.FORM_ALONE,
        f"Form{whose} without its specimen",
        _choices(rules.forms),
        many=False,
        fields=() if request else (("what", "What the form says: its number, the patient, the sender"),),
        comment_label="Comment",
        confirm="Record the form",
        subject=request or "",
    )


def form_answer(forms: tuple[tuple[str, str], ...]) -> Question:
    """What became of a form that had come alone."""
    return Question(
        Command.FORM_ANSWERED,
        "What became of the form?",
        tuple(Choice(item, title) for item, title in forms),
        many=False,
        comment_label="Who said what",
        confirm="Record the answer",
    )


def close(rules: DeliveryRules, here: OpenDelivery, count: Count) -> Question:
    """Stated and found differ, or nothing was stated: why."""
    asks = (("stated", "Specimens stated on its list"),) if count.stated is None else ()
    return Question(
        Command.CLOSE_DELIVERY,
        f"{here.name}: {delivery_words.counted(count)}. Why?",
        _choices(rules.differences),
        many=False,
        fields=asks,
        comment_label="Comment",
        confirm="Close with this reason",
        subject=here.id,
    )


def which(open_ones: tuple[tuple[str, str], ...]) -> Question:
    """From which delivery this bench books now."""
    return Question(
        Command.TAKE_UP_DELIVERY,
        "From which delivery is booked now?",
        (
            *(Choice(delivery, title) for delivery, title in open_ones),
            Choice("", delivery_words.UNDELIVERED.capitalize()),
        ),
        many=False,
        confirm="Book from it",
    )


def _choices(coded: tuple[Coded, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(one.code, one.words, one.needs_comment) for one in coded)
