"""Commands about a shared request: what the other laboratory told, telling it of a cancellation, its confirmation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from gms_desktop import afterwards_words, review_words
from gms_desktop import sharing_words as words
from gms_desktop import words as every_words
from gms_desktop.documents.label import LabelUnreadable
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import Body
from gms_desktop.register import afterwards_look_up, look_up
from gms_desktop.register.afterwards import CANCELLATION_TOLD, CONFIRMED, HALF
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import (
    afterwards,
    case_documents,
    case_list,
    kept_files,
    rights,
    shared_requests,
)
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Offer, Question

FIND = "find"
KIND = "request.share_told"


@dataclass(frozen=True)
class _Asked:
    """A command about one request, as somebody gave it."""

    ledger: Ledger
    desk: Desk
    request: Row
    answer: Answer | None

    @property
    def name(self) -> str:
        """The request in words."""
        return afterwards.name_of(self.ledger.db, self.request)

    def said(self, field: str) -> str:
        """What was entered in a field."""
        return dict(self.answer.fields).get(field, "").strip() if self.answer else ""

    @property
    def day(self) -> str | None:
        """The day that was entered, today where none was; None where it is none, or has not come."""
        today, entered = rights.laboratory_day(self.ledger), self.said(words.DAY)
        found = dates.read_day(entered) if entered else today
        return found.isoformat() if found is not None and found <= today else None

    def chosen(self, every: list[Row]) -> Row | None:
        """The one laboratory, or the one that was chosen of several."""
        if len(every) == 1:
            return every[0]
        return next((one for one in every if self.answer and one["id"] in self.answer.choices), None)


def takes(given: Command) -> bool:
    """Whether a command is one of these."""
    return given in _DO


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str) -> Outcome:
    """Carry a command out, or ask what must be said first."""
    desk.told, desk.last_code = {"by": "hand", "device": "screen"}, ""
    if desk.question and desk.question.command is not given:
        return Outcome(every_words.answer_first(desk.question.title), question=desk.question)
    request = look_up.row(ledger.db, "request", (answer.subject if answer else "") or argument)
    if request is None:
        return Outcome(afterwards_words.not_known(), place=FIND)
    asked = _Asked(ledger, desk, request, answer)
    if row := case_list.held(ledger.db, f"request:{request['id']}"):
        return Outcome(review_words.in_dispute(asked.name, case_list.row_title(row)), place=FIND)
    return _DO[given](asked)


def _heard(it: _Asked) -> Outcome:
    """What they say of their half: the last that was said stands, with its day."""
    every = afterwards_look_up.shares(it.ledger.db, it.request["id"])
    if not every:
        return Outcome(words.not_shared(it.name), place=FIND)
    share = it.chosen(every)
    wrong = _wrong(it, words.NEEDS_WORDS if not it.said(words.WORDS) else "")
    if share is None or it.answer is None or wrong:
        fields = ((words.WORDS, words.THEIR_HALF), (words.WHO, words.WHO_SAID), (words.DAY, words.ON_DAY))
        return _question(it, Command.SHARE_HEARD, words.asks_half(it.name), fields, words.HEARD_CONFIRM, every, wrong)
    draft = _draft(it, share, HALF, None, words=it.said(words.WORDS))
    return Outcome(words.half_kept(shared_requests.laboratory(share)), (draft,), place=FIND)


def _tell(it: _Asked) -> Outcome:
    """Draft the letter, keep it, and record who is told."""
    every = shared_requests.outstanding(it.ledger.db, it.request["id"])
    last = afterwards_look_up.cancellation(it.ledger.db, it.request["id"])
    if not every or last is None:
        return Outcome(words.nothing_to_tell(it.name), place=FIND)
    share, standing = it.chosen(every), shared_requests.standing(last)
    wrong = _wrong(it)
    if share is None or it.answer is None or wrong:
        fields = ((words.WHO, words.WHO_WAS_TOLD), (words.WORDS, words.BESIDES), (words.DAY, words.ON_DAY))
        title = words.asks_tell(shared_requests.laboratory(share or every[0]), it.name, standing)
        return _question(it, Command.SHARE_TOLD, title, fields, words.TELL_CONFIRM, every, wrong)
    return _told(it, share, last)


def _told(it: _Asked, share: Row, last: Row) -> Outcome:
    from gms_desktop.services import sharing_letter

    document = it.ledger.identity()
    try:
        if it.desk.files is None:
            raise Refused("This bench keeps no files")
        content = sharing_letter.letter(it.ledger, it.desk, it.request, share, last, document, it.said(words.WORDS))
        it.desk.files().put(content, kept_files.PDF, f"document:{document}", kept_files.now(it.ledger))
    except (LabelUnreadable, Refused, Unavailable) as fault:
        return Outcome(words.not_drafted(str(fault)), place=FIND)
    issued: Body = {"document": document, "sort": case_documents.SHARE_LETTER, "form": "pdf"}
    issued |= {"sha256": sha256(content).hexdigest(), "about": [f"request:{it.request['id']}"]}
    issued |= dict.fromkeys(("start", "end", "replaces", "file"))
    told = _draft(it, share, CANCELLATION_TOLD, last["at"], document=document, words=it.said(words.WORDS))
    drafts = (told, Draft(case_documents.ISSUED, issued, input=it.desk.told))
    return Outcome(words.drafted(shared_requests.laboratory(share), it.name), drafts, place=FIND)


def _confirm(it: _Asked) -> Outcome:
    """They confirmed it: whether by our letter or by another way, they know."""
    every = shared_requests.outstanding(it.ledger.db, it.request["id"])
    last = afterwards_look_up.cancellation(it.ledger.db, it.request["id"])
    if not every or last is None:
        return Outcome(words.nothing_to_tell(it.name), place=FIND)
    share, standing = it.chosen(every), shared_requests.standing(last)
    wrong = _wrong(it)
    if share is None or it.answer is None or wrong:
        fields = ((words.WHO, words.WHO_CONFIRMED), (words.DAY, words.ON_DAY))
        title = words.asks_confirmed(shared_requests.laboratory(share or every[0]), it.name, standing)
        return _question(it, Command.SHARE_CONFIRMED, title, fields, words.CONFIRMED_CONFIRM, every, wrong)
    draft = _draft(it, share, CONFIRMED, last["at"])
    return Outcome(words.confirmed(shared_requests.laboratory(share), it.name, standing), (draft,), place=FIND)


def _wrong(it: _Asked, *more: str) -> tuple[str, ...]:
    if it.answer is None:
        return ()
    who = "" if it.said(words.WHO) else words.NEEDS_WHO
    return tuple(filter(None, (*more, who, "" if it.day else words.NEEDS_DAY)))


def _question(
    it: _Asked,
    given: Command,
    title: str,
    fields: tuple[tuple[str, str], ...],
    confirm: str,
    every: list[Row],
    wrong: tuple[str, ...],
) -> Outcome:
    which = tuple(Choice(one["id"], shared_requests.laboratory(one)) for one in every) if len(every) > 1 else ()
    asked = Question(
        given,
        title,
        which,
        many=False,
        fields=fields,
        confirm=confirm,
        problems=wrong,
        subject=it.request["id"],
        values=it.answer.fields if it.answer else (),
    )
    return Outcome(every_words.choose(title, " ".join(wrong)), question=asked, place=FIND)


def _draft(it: _Asked, share: Row, what: str, of: str | None, *, document: str = "", words: str = "") -> Draft:
    pen, subject = it.ledger.pen(), f"request:{it.request['id']}"
    body = {
        "request": it.request["id"],
        "share": str(share["id"]).partition("/")[2],
        "what": what,
        "of": of,
        "day": it.day,
        "who": pen.write(it.said("who"), subject),
        "words": pen.write(words, subject),
        "document": document or None,
        "bench": it.desk.place.bench,
    }
    return Draft(KIND, body, pen.values, it.desk.told)


def offers(db: Database, request: Row) -> tuple[Offer, ...]:
    """What Find offers about a request that is shared."""
    every = afterwards_look_up.shares(db, request["id"])
    if not every:
        return ()
    waiting = shared_requests.outstanding(db, request["id"])
    made = []
    if waiting:
        standing = shared_requests.standing(afterwards_look_up.cancellation(db, request["id"]))
        which, subject = shared_requests.laboratory(waiting[0]), request["id"]
        made.append(Offer(Command.SHARE_TOLD, words.tell(which, standing), argument=subject))
        made.append(Offer(Command.SHARE_CONFIRMED, words.confirmed_by(which), argument=subject))
    heard = words.heard(shared_requests.laboratory(every[-1]))
    return (*made, Offer(Command.SHARE_HEARD, heard, argument=request["id"]))


def offers_on_find(db: Database, sort: str, row: Row | None) -> tuple[Offer, ...]:
    """The same about what Find shows: a request, or a specimen and its first request."""
    if row is None or sort not in {"request", "specimen"}:
        return ()
    requests = [row] if sort == "request" else look_up.requests_of_specimen(db, row["id"])[:1]
    return tuple(offer for one in requests for offer in offers(db, one))


_DO: Mapping[Command, Callable[[_Asked], Outcome]] = {
    Command.SHARE_HEARD: _heard,
    Command.SHARE_TOLD: _tell,
    Command.SHARE_CONFIRMED: _confirm,
}
