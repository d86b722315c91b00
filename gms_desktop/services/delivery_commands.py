"""Commands about deliveries: enter one, open a bag, mark a leak, pass on, record a form alone, close the count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gms_desktop import delivery_words, words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.deliveries import Coded, Count, DeliveryRules
from gms_desktop.register import delivery_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import deliveries, families
from gms_desktop.services import delivery_questions as ask
from gms_desktop.services.deliveries import OpenDelivery
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.resolve import Resolved
from gms_desktop.services.situation import open_situation
from gms_desktop.services.views import Answer, Question

_MOST = 50
_YES, _NO = frozenset({"yes", "y"}), frozenset({"", "no", "n"})


@dataclass(frozen=True)
class _Asked:
    """What a command is given: the bench, its delivery, and what was answered."""

    ledger: Ledger
    desk: Desk
    here: OpenDelivery | None
    rules: DeliveryRules
    answer: Answer | None
    zone: str

    @property
    def bench(self) -> str:
        return self.desk.place.bench

    def draft(self, kind: str, body: dict[str, object], made: tuple[Draft, ...] = ()) -> tuple[Draft, ...]:
        """One more draft of the same act, by this bench."""
        return (*made, Draft(kind, body | {"bench": self.bench}, input=self.desk.told))


def takes(given: Command) -> bool:
    """Whether a command is one of these."""
    return given in _DO


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, zone: str) -> Outcome:
    """Carry a command out, or ask what must be said first."""
    desk.told, desk.last_code = {"by": "hand", "device": "screen"}, ""
    if desk.question and desk.question.command is not given:
        return Outcome(words.answer_first(desk.question.title), question=desk.question)
    here = deliveries.at_bench(ledger.db, desk.place.bench, zone)
    outcome = _DO[given](_Asked(ledger, desk, here, deliveries.rules(ledger.db), answer, zone))
    desk.question = outcome.question
    return outcome


def scan_bag(ledger: Ledger, desk: Desk, code: Resolved, zone: str) -> Outcome | None:
    """A bag of an open delivery was scanned: what is booked now comes from it. None where the code is no such bag."""
    found = delivery_look_up.open_bags_by_code(ledger.db, code.code)
    if not found:
        return None
    booking = delivery_look_up.booking(ledger.db, desk.place.bench) or {}
    mine = [bag for bag in found if bag["delivery"] == booking.get("delivery")]
    if len(found) > 1 and not mine:
        return Outcome(delivery_words.bag_of_several(code.code, len(found)))
    bag = (mine or found)[0]
    here = deliveries.described(ledger.db, bag["delivery"], zone, bag["code"])
    assert here is not None
    return _opened(_Asked(ledger, desk, here, deliveries.rules(ledger.db), None, zone), here, bag["code"])


def _asks(question: Question, problem: str = "") -> Outcome:
    if problem:
        return Outcome(words.choose("There is a problem", problem), question=question)
    return Outcome(words.choose(*delivery_words.ASKED[question.command]), question=question)


def _again(question: Question, answer: Answer, *problems: str) -> Outcome:
    return _asks(ask.again(question, answer, problems), " ".join(problems))


def _new(asked: _Asked) -> Outcome:
    now = asked.ledger.clock.now()
    question = ask.arrival(asked.rules, dates.to_local(now, asked.zone), _bag_in_hand(asked.desk))
    if asked.answer is None:
        return _asks(question)
    told = ask.read_arrival(asked.rules, asked.answer, now, asked.zone)
    if told.problems:
        repeated = ask.again(question, asked.answer, told.problems, ask_hour=told.ask_hour)
        return _asks(repeated, " ".join(told.problems))
    delivery = asked.ledger.identity()
    drafts = asked.draft("delivery.arrived", told.body | {"delivery": delivery})
    bags = told.body["bags"]
    first = bags[0]["code"] if bags else None
    drafts = asked.draft("delivery.taken_up", {"delivery": delivery, "bag": first}, drafts)
    name = deliveries.name(told.body, asked.zone)
    return Outcome(delivery_words.arrived(name, first or "", bool(bags and bags[0]["urgent"])), drafts)


def _bag_in_hand(desk: Desk) -> str:
    """The last code that stands on nothing known here is a bag's, as like as not."""
    return desk.unknown if len(desk.unknown) <= 60 and " " not in desk.unknown else ""


def _next_bag(asked: _Asked) -> Outcome:
    here = asked.here
    if here is None:
        return Outcome(words.attention("No delivery", delivery_words.NOTHING_OPEN))
    question = ask.next_bag(here, _bag_in_hand(asked.desk))
    if asked.answer is None or asked.answer.subject != here.id:
        return _asks(question)
    said = {name: value.strip() for name, value in asked.answer.fields}
    code = next(iter(asked.answer.choices), "") or said.get("code", "")
    if not code or " " in code:
        return _again(question, asked.answer, "Choose a bag, or scan its code.")
    known = next((bag for bag in here.bags if bag["code"] == code), None)
    answered = said.get("urgent", "").casefold()
    wrong = "" if answered in _YES | _NO else delivery_words.URGENT_OR_NOT
    if problems := tuple(filter(None, ("" if known else ask.bag_problem(code), wrong))):
        return _again(question, asked.answer, *problems)
    urgent = answered in _YES
    found = asked.draft("delivery.bag_found", {"delivery": here.id, "bag": code, "urgent": urgent})
    if known:
        return _opened(asked, here, code, found if urgent and not known["urgent"] else ())
    drafts = asked.draft("delivery.taken_up", {"delivery": here.id, "bag": code}, found)
    return Outcome(delivery_words.bag_new(code, here.name), drafts)


def _opened(asked: _Asked, here: OpenDelivery, code: str, said: tuple[Draft, ...] = ()) -> Outcome:
    """A bag that is known is opened; ``said``: that it is urgent, which its list did not say."""
    urgent = bool(said) or any(bag["code"] == code and bag["urgent"] for bag in here.bags)
    first = () if urgent else tuple(one for one in here.urgent_bags if one != code)
    drafts = asked.draft("delivery.taken_up", {"delivery": here.id, "bag": code}, said)
    return Outcome(delivery_words.bag_opened(code, first), drafts)


def _leaks(asked: _Asked) -> Outcome:
    here = asked.here
    if here is None or not here.bags:
        return Outcome(
            words.attention("No bag", "Enter the bag first: it needs a code, so that what came in it is known.")
        )
    question = ask.leak(here)
    if asked.answer is None or asked.answer.subject != here.id:
        return _asks(question)
    bag = next(iter(asked.answer.choices), "")
    if bag not in {row["code"] for row in here.bags}:
        return _again(question, asked.answer, "Choose the bag that leaks.")
    pen = asked.ledger.pen()
    comment = pen.write(asked.answer.comment.strip(), f"delivery:{here.id}")
    body = {"delivery": here.id, "bag": bag, "comment": comment, "bench": asked.bench}
    marked = delivery_look_up.specimens_of_bag(asked.ledger.db, here.id, bag)
    said = delivery_words.leaked(bag, tuple(str(row["accession"]) for row in marked))
    return Outcome(said, (Draft("delivery.leaked", body, pen.values, asked.desk.told),))


def _pass_on(asked: _Asked) -> Outcome:
    question = ask.passed_on(asked.rules, f" in {asked.here.name}" if asked.here else "")
    if asked.answer is None:
        return _asks(question)
    said = {name: value.strip() for name, value in asked.answer.fields}
    reason, problems = _reason(asked.rules.pass_on, asked.answer)
    if not said.get("to"):
        problems = (*problems, "Enter to whom it was passed on.")
    if problems:
        return _again(question, asked.answer, *problems)
    return Outcome(delivery_words.passed_on(said["to"]), _item(asked, "item.passed_on", reason, said))


def _item(
    asked: _Asked, kind: str, reason: str, said: Mapping[str, str], request: str | None = None
) -> tuple[Draft, ...]:
    assert asked.answer is not None
    item, pen = asked.ledger.identity(), asked.ledger.pen()
    subject = f"item:{item}"
    body: dict[str, object] = {
        "item": item,
        "delivery": asked.here.id if asked.here else None,
        "bag": asked.here.bag or None if asked.here else None,
        "what": pen.write(said.get("what"), subject),
        "reason": reason,
        "comment": pen.write(asked.answer.comment.strip(), subject),
        "bench": asked.bench,
    }
    body |= {"request": request} if kind == "item.form_found" else {"to": pen.write(said.get("to"), subject)}
    return (Draft(kind, body, pen.values, asked.desk.told),)


def _reason(offered: tuple[Coded, ...], answer: Answer) -> tuple[str, tuple[str, ...]]:
    chosen = next((one for one in offered if one.code in answer.choices), None)
    if chosen is None:
        return "", ("Choose a reason.",)
    if chosen.needs_comment and not answer.comment.strip():
        return chosen.code, (f"Enter a comment for “{chosen.words}”.",)
    return chosen.code, ()


def _form_alone(asked: _Asked) -> Outcome:
    request, name = _form_of(asked)
    question = ask.form_alone(asked.rules, name, request)
    if asked.answer is None or (asked.answer.subject and asked.answer.subject != request):
        return _asks(question)
    said = {field: value.strip() for field, value in asked.answer.fields}
    reason, problems = _reason(asked.rules.forms, asked.answer)
    if request is None and not said.get("what"):
        problems = (*problems, "Enter what the form says, or scan the form first.")
    if problems:
        return _again(question, asked.answer, *problems)
    return Outcome(delivery_words.form_found(name), _item(asked, "item.form_found", reason, said, request))


def _form_of(asked: _Asked) -> tuple[str | None, str]:
    """The request that a form alone is of, and its name: in a family that of the member whose tube is awaited."""
    around = open_situation(asked.ledger.db, asked.bench)
    tube = next(iter(families.in_order(around, asked.desk.member)), None) if around else None
    if around is None or tube is None:
        return None, ""
    whose = f", {around.who(tube).name}" if families.several(around) else ""
    return tube.request["id"], f"{around.name}{whose}"


def _form_answered(asked: _Asked) -> Outcome:
    db = asked.ledger.db
    open_ones = delivery_look_up.open_forms(db, _MOST)
    if not open_ones:
        return Outcome(words.attention("No form", "No form waits for its specimen."))
    question = ask.form_answer(tuple((row["id"], deliveries.form_title(db, row)) for row in open_ones))
    if asked.answer is None:
        return _asks(question)
    item = next((row["id"] for row in open_ones if row["id"] in asked.answer.choices), None)
    comment = asked.answer.comment.strip()
    if item is None or not comment:
        return _again(question, asked.answer, "Choose the form, and enter who said what.")
    pen = asked.ledger.pen()
    body = {"item": item, "answer": pen.write(comment, f"item:{item}"), "bench": asked.bench}
    return Outcome(delivery_words.form_answered(), (Draft("item.answered", body, pen.values, asked.desk.told),))


def _close(asked: _Asked) -> Outcome:
    here = asked.here
    if here is None:
        return Outcome(words.attention("No delivery", delivery_words.NOTHING_OPEN))
    around = open_situation(asked.ledger.db, asked.bench)
    if around and around.in_hand and around.in_hand.specimen:
        return Outcome(words.label_waits(around.in_hand.specimen["accession"], around.in_hand.number))
    answer, count = asked.answer, here.count
    if answer is None and count.agrees:
        return _closed(asked, here, count, None)
    if answer is None or answer.subject != here.id:
        return Outcome(delivery_words.differs(here.name, count), question=ask.close(asked.rules, here, count))
    said = dict(answer.fields).get("stated", "").strip()
    if wrong := ask.count_problem(said):
        return _again(ask.close(asked.rules, here, count), answer, wrong)
    if said:
        count = Count(int(said), count.booked, count.passed_on)
    if count.agrees:
        return _closed(asked, here, count, None)
    reason, problems = _reason(asked.rules.differences, answer)
    if problems:
        return _again(ask.close(asked.rules, here, here.count), answer, *problems)
    return _closed(asked, here, count, reason)


def _closed(asked: _Asked, here: OpenDelivery, count: Count, reason: str | None) -> Outcome:
    pen = asked.ledger.pen()
    comment = pen.write(asked.answer.comment.strip() if asked.answer else None, f"delivery:{here.id}")
    body = {"delivery": here.id, "stated": count.stated, "found": count.found, "reason": reason, "comment": comment}
    body["follows"] = _last_counted(asked, here.id)
    counted = Draft("delivery.closed", body | {"bench": asked.bench}, pen.values, asked.desk.told)
    drafts = asked.draft("delivery.put_away", {"delivery": here.id}, (counted,))
    return Outcome(delivery_words.closed(here.name, count), drafts)


def _last_counted(asked: _Asked, delivery: str) -> str | None:
    """The entry that last settled a delivery's count, as known here."""
    key = f"last:counting:{delivery}"
    return asked.ledger.driver.holders([key])[key]


def _take_up(asked: _Asked) -> Outcome:
    db = asked.ledger.db
    closed = [*delivery_look_up.count_changed(db, _MOST), *delivery_look_up.closed_last(db, 5)]
    closed = list({row["id"]: row for row in closed}.values())
    rows = [*delivery_look_up.open_deliveries(db, _MOST), *closed]
    question = ask.which(tuple((row["id"], _title(row, asked.zone)) for row in rows))
    if asked.answer is None:
        return _asks(question)
    if not asked.answer.choices:
        return _again(question, asked.answer, "Choose a delivery.")
    chosen = next((row for row in rows if row["id"] in asked.answer.choices), None)
    if chosen is None:
        return Outcome(delivery_words.put_away(), asked.draft("delivery.put_away", {"delivery": None}))
    name = deliveries.name(chosen, asked.zone)
    drafts: tuple[Draft, ...] = ()
    if chosen["state"] == "closed":
        follows = _last_counted(asked, chosen["id"])
        drafts = asked.draft("delivery.opened_again", {"delivery": chosen["id"], "follows": follows})
    drafts = asked.draft("delivery.taken_up", {"delivery": chosen["id"], "bag": None}, drafts)
    return Outcome(delivery_words.opened_again(name) if len(drafts) > 1 else delivery_words.taken_up(name), drafts)


def _title(row: dict[str, object], zone: str) -> str:
    return deliveries.name(row, zone) + ("  (closed: opens again)" if row["state"] == "closed" else "")


_DO: Mapping[Command, Callable[[_Asked], Outcome]] = {
    Command.NEW_DELIVERY: _new,
    Command.NEXT_BAG: _next_bag,
    Command.BAG_LEAKS: _leaks,
    Command.NOT_FOR_US: _pass_on,
    Command.FORM_ALONE: _form_alone,
    Command.FORM_ANSWERED: _form_answered,
    Command.CLOSE_DELIVERY: _close,
    Command.TAKE_UP_DELIVERY: _take_up,
}
