"""Opens a settled case again, with a reason: its tubes are held once more, and what was left to do is withdrawn."""

from __future__ import annotations

from gms_desktop import review_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry
from gms_desktop.register import case_look_up, cases, look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import rights
from gms_desktop.services.case_list import row_title
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.views import Answer, Choice, Offer, Question

PLACE = "review"
# Done, they gave a tube another number: the case cannot be put back to what it was.
_NUMBERING = ("renumber", "receive-again")


def offer(ledger: Ledger, subject: str) -> tuple[Offer, ...]:
    """The button on a thing whose case is settled, for whoever may open it again."""
    db, session = ledger.db, look_up.session(ledger.db, ledger.head.writer)
    operator = session["operator"] if session else None
    settled = resolution_of(db, subject) if operator and rights.reviewer_role(db, operator) else None
    if settled is None:
        return ()
    return (Offer(Command.REOPEN_CASE, review_words.REOPEN_BUTTON, argument=f"case:{settled.id}"),)


def resolution_of(db: Database, subject: str) -> Entry | None:
    """The newest entry that settled a case about a subject, on either side, and whose case is not open again."""
    sort, _, subject_id = subject.partition(":")
    requests = look_up.requests_of_specimen(db, subject_id) if sort == "specimen" else []
    for touched in (subject, *(f"request:{row['id']}" for row in requests)):
        entries = [one.entry for one in store.of_subject(db, touched) if one.verdict != "refused"]
        again = {one.body.get("resolution") for one in entries if one.kind == cases.REOPENED}
        settled = [one for one in entries if one.kind == cases.RESOLVED and one.body.get("resolution") not in again]
        about = [one for one in settled if touched == subject or _is_other_side(one, subject)]
        if about:
            return about[-1]
    return None


def _is_other_side(settled: Entry, subject: str) -> bool:
    return any(one.get("other") == subject for one in settled.body["settled"])


def command(ledger: Ledger, operator: str | None, answer: Answer | None, argument: str) -> Outcome:
    """Open a settled case again, or ask why."""
    role = rights.reviewer_role(ledger.db, operator) if operator else None
    if operator is None or role is None:
        return Outcome(review_words.not_allowed(rights.who_may(ledger.db, "settle case")), place=PLACE)
    named = ((answer.subject if answer else "") or argument).removeprefix("case:")
    act = _act(ledger.db, named)
    why_not = _why_not(ledger, act)
    if why_not:
        return Outcome(review_words.not_opened_again(why_not), place=PLACE)
    reason = next((code for code in review_words.WHY_AGAIN if answer and code in answer.choices), "")
    comment = answer.comment.strip() if answer else ""
    if not reason or (reason == "other" and not comment):
        missing = ("Enter which reason.",) if reason else ("Choose the reason.",)
        return _asked(named, missing if answer else ())
    drafts = tuple(_draft(ledger, one, (reason, comment), (operator, role)) for one in act)
    withdrawn = sum(len(draft.body["tasks"]) for draft in drafts)
    return Outcome(review_words.opened_again(_title(act), withdrawn), drafts, place=PLACE)


def _asked(named: str, problems: tuple[str, ...]) -> Outcome:
    question = Question(
        command=Command.REOPEN_CASE,
        title=review_words.REOPEN_TITLE,
        choices=tuple(Choice(code, label, code == "other") for code, label in review_words.WHY_AGAIN.items()),
        many=False,
        comment_label="Comment",
        confirm=review_words.REOPEN_CONFIRM,
        problems=problems,
        subject=f"case:{named}",
    )
    told = " ".join(problems) or "Choose the reason, then confirm."
    return Outcome(words.choose(review_words.REOPEN_CONFIRM, told), question=question, place=PLACE)


def _act(db: Database, named: str) -> list[Entry]:
    """The entries that settled the case: one, or several of one act where it had very many subjects."""
    one = store.by_identity(db, named) if "/" in named else None
    found = store.of_action(db, one.entry.action) if one is not None else []
    return [one.entry for one in found if one.entry.kind == cases.RESOLVED and one.verdict != "refused"]


def _why_not(ledger: Ledger, act: list[Entry]) -> str:
    """Why it cannot be opened again, in words; empty when it can."""
    settled = [one for entry in act for one in entry.body["settled"]]
    if not settled:
        return review_words.REOPENED_SINCE
    if any(name not in one for one in settled for name in cases.KEPT):
        return review_words.BY_ANOTHER_VERSION
    wanted = f"resolution:{act[0].body['resolution']}"
    holders = ledger.driver.holders([f"case:{one['entry']}" for one in settled])
    if any(holder != wanted for holder in holders.values()):
        return review_words.REOPENED_SINCE
    left = [task["subject"] for entry in act for task in entry.body["tasks"]]
    done = case_look_up.tasks_done(ledger.db, act[0].body["resolution"], left)
    return review_words.NUMBERED_SINCE if any(str(row["thing"]).startswith(_NUMBERING) for row in done) else ""


def about(db: Database, named: str) -> tuple[str, str, tuple[str, ...]]:
    """Of ``case:ENTRY`` the entry that names the case, what it is about in words, and its subjects."""
    act = _act(db, named.removeprefix("case:"))
    if not act:
        return "", "", ()
    return str(act[0].body["case"]), _title(act), tuple(one["subject"] for one in act[0].body["settled"])


def _title(act: list[Entry]) -> str:
    settled = [one for entry in act for one in entry.body["settled"]]
    head = next((one for one in settled if one["entry"] == one.get("root")), settled[0])
    return row_title(dict.fromkeys(cases.KEPT) | head)


def _draft(ledger: Ledger, settled: Entry, why: tuple[str, str], by: tuple[str, str]) -> Draft:
    """The entry that opens again what one entry settled."""
    body, pen = settled.body, ledger.pen()
    subject = body["settled"][0]["subject"]
    resolution = str(body["resolution"])
    waiting = case_look_up.tasks_open(ledger.db, resolution, [task["subject"] for task in body["tasks"]])
    said = {
        "case": body["case"],
        "resolution": resolution,
        "reason": why[0],
        "comment": pen.write(why[1] or None, subject),
        "by": by[0],
        "role": by[1],
        "settled": [_as_it_was(ledger.db, one) for one in body["settled"]],
        "led": _led(ledger.db, settled),
        "tasks": [{"subject": row["subject"], "task": row["task"]} for row in waiting],
    }
    told = {"by": "hand", "device": "screen"}
    return Draft("case.reopened", said, pen.values, told, because=(body["case"], settled.id))


def _as_it_was(db: Database, settled: dict[str, str | None]) -> dict[str, str | None]:
    """What the case held of one entry and one of its subjects."""
    failed = store.by_identity(db, str(settled["entry"]))
    if failed is None:
        return settled | dict.fromkeys(cases.OF_THE_ENTRY)
    entry = failed.entry
    of_it = (failed.verdict, entry.kind, entry.operator, entry.writer, entry.occurred_at)
    return settled | dict(zip(cases.OF_THE_ENTRY, of_it, strict=True))


def _led(db: Database, settled: Entry) -> list[str]:
    """The specimen whose number came to be led by the other's with it."""
    joined = (one.entry for one in store.of_action(db, settled.action) if one.entry.kind == "specimen.joined")
    return [str(entry.body["specimen"]) for entry in joined]
