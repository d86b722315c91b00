"""Whether a request may proceed, and consent as stated: asked apart from whether a specimen is fit."""

from __future__ import annotations

from gms_desktop import consent_words, words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import decision_look_up, look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services.decision_subject import Subject
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.people_words import person
from gms_desktop.services.situation import situation
from gms_desktop.services.stops import REFUSED, TESTING, absent
from gms_desktop.services.views import Answer, Choice, Question

_STATE, _SOURCE, _REST = "=", "@", "rest:present"


def request_name(db: Database, request: str) -> str:
    """A request by its number."""
    here = situation(db, request)
    return here.name if here else "the request"


def assess(ledger: Ledger, about: Subject, answer: Answer | None) -> Outcome:
    """Say of each thing that must come with a request whether it is present, absent or not needed."""
    if about.request is None:
        return Outcome(words.nothing_open())
    name = request_name(ledger.db, about.request["id"])
    said = _items(answer) if answer else None
    if answer is None or said is None:
        return _asks(about, name, () if answer is None else (consent_words.SAY_OF_EACH,))
    lacking = tuple(item for item, state in said if state == "absent")
    return Outcome(consent_words.assessed(name, lacking), (_assessed(ledger, about.request, said, answer.comment),))


def _asks(about: Subject, name: str, problems: tuple[str, ...]) -> Outcome:
    choices = (
        Choice(_REST, consent_words.REST_PRESENT),
        *(Choice(f"{item}:absent", f"{said} absent") for item, said in consent_words.ITEMS.items()),
        *(Choice(f"{item}:not-needed", f"{said} not needed") for item, said in consent_words.ITEMS.items()),
    )
    question = Question(
        Command.ASSESS_REQUEST,
        consent_words.assess_title(name),
        choices,
        comment_label="Comment",
        confirm="Record what came with it",
        problems=problems,
        subject=about.argument,
    )
    return Outcome(words.choose(question.title, " ".join(problems) or consent_words.SAY_OF_EACH), question=question)


def _items(answer: Answer) -> list[list[str]] | None:
    """Each item with its one state; None where one has none, or two."""
    chosen = [code.partition(":")[::2] for code in answer.choices if code != _REST]
    if _REST in answer.choices:
        said_of = {item for item, _ in chosen}
        chosen += [(item, "present") for item in consent_words.ITEMS if item not in said_of]
    items = [item for item, _ in chosen]
    whole = sorted(items) == sorted(consent_words.ITEMS) and all(
        state in consent_words.ITEM_STATES for _, state in chosen
    )
    said = dict(chosen)
    return [[item, said[item]] for item in consent_words.ITEMS] if whole else None


def _assessed(ledger: Ledger, request: Row, items: list[list[str]], comment: str) -> Draft:
    subject, pen = f"assessment:{request['id']}", ledger.pen()
    body = {
        "request": request["id"],
        "items": items,
        "proceeds": "no" if any(state == "absent" for _, state in items) else "yes",
        "comment": pen.write(comment.strip() or None, subject),
        "rests_on": ledger.driver.holders([f"last:{subject}"])[f"last:{subject}"],
    }
    return Draft("request.assessed", body, pen.values)


def state_consent(ledger: Ledger, about: Subject, answer: Answer | None) -> Outcome:
    """Record what a patient agreed to, as stated; withdrawn or declined for testing, all they gave is held."""
    if not about.patient:
        return Outcome(words.nothing_open())
    problems = _consent_problems(answer) if answer else ()
    if answer is None or problems:
        return _asks_consent(ledger.db, about, problems)
    uses = tuple(use for use in consent_words.USES if use in answer.choices)
    state = next(one for one in consent_words.STATES if f"{_STATE}{one}" in answer.choices)
    drafts = [_stated(ledger, about.patient, use, state, answer) for use in uses]
    rows = _follows(ledger.db, about.patient, state) if TESTING in uses else []
    drafts += [_held(row, state) for row in rows]
    numbers = tuple(str(row["accession"]) for row in rows)
    return Outcome(consent_words.consent(uses, state, numbers), tuple(drafts))


def _consent_problems(answer: Answer) -> tuple[str, ...]:
    states = [one for one in consent_words.STATES if f"{_STATE}{one}" in answer.choices]
    sources = [one for one in consent_words.SOURCES if f"{_SOURCE}{one}" in answer.choices]
    day = dict(answer.fields).get("stated_on", "").strip()
    found = []
    if not set(answer.choices) & consent_words.USES.keys() or not states or not sources:
        found.append(consent_words.SAY_CONSENT)
    elif len(states) > 1 or len(sources) > 1:
        found.append(consent_words.ONE_STATE)
    if day and dates.read_day(day) is None:
        found.append(consent_words.DAY_WANTED)
    return tuple(found)


def _asks_consent(db: Database, about: Subject, problems: tuple[str, ...]) -> Outcome:
    choices = [Choice(use, f"For {said.lower()}") for use, said in consent_words.USES.items()]
    choices += [Choice(f"{_STATE}{one}", f"… {said}") for one, said in consent_words.STATES.items()]
    choices += [Choice(f"{_SOURCE}{one}", said) for one, said in consent_words.SOURCES.items()]
    question = Question(
        Command.STATE_CONSENT,
        consent_words.consent_title(person(db, about.patient).name),
        tuple(choices),
        fields=(("said_by", consent_words.SAID_BY), ("stated_on", consent_words.STATED_ON)),
        confirm="Record it as stated",
        problems=problems,
        subject=about.argument,
    )
    return Outcome(words.choose("Consent", " ".join(problems) or consent_words.SAY_CONSENT), question=question)


def _stated(ledger: Ledger, patient: str, use: str, state: str, answer: Answer) -> Draft:
    said, pen = dict(answer.fields), ledger.pen()
    day = dates.read_day(said.get("stated_on", "").strip())
    source = next(one for one in consent_words.SOURCES if f"{_SOURCE}{one}" in answer.choices)
    body = {
        "patient": patient,
        "use": use,
        "state": state,
        "source": source,
        "said_by": pen.write(said.get("said_by", "").strip() or None, f"patient:{patient}"),
        "stated_on": day.isoformat() if day else None,
    }
    return Draft("consent.stated", body, pen.values)


def _follows(db: Database, patient: str, state: str) -> list[Row]:
    """The specimens that are stopped by a refusal, or go on with a consent that is stated anew."""
    linked = look_up.linked_with(db, patient)
    rows = [row for one in (patient, *linked) for row in look_up.specimens_of_patient(db, one)]
    held = {row["id"]: _consent_hold(db, row["id"]) for row in rows}
    if state in REFUSED:
        return [row for row in rows if row["outcome"] != "rejected" and not held[row["id"]]]
    return [row for row in rows if held[row["id"]]]


def _consent_hold(db: Database, specimen: str) -> bool:
    return any(row["hold"] == "consent" for row in decision_look_up.open_holds(db, specimen))


def _held(row: Row, state: str) -> Draft:
    if state not in REFUSED:
        return Draft("hold.released", {"specimen": row["id"], "hold": "consent", "reason": "consent given"})
    terms = {"reasons": ["consent-withdrawn"], "stops": ["testing", "leaving"], "chase_whom": None, "chase_by": None}
    return Draft("hold.placed", {"specimen": row["id"], "hold": "consent", **terms})


def facts(db: Database, request: Row | None, patient: str | None) -> tuple[tuple[str, str], ...]:
    """Whether the request may proceed, and the consent as stated, for Find."""
    found = []
    if request is not None:
        row = decision_look_up.assessment(db, request["id"])
        found.append(
            ("Request", consent_words.request_state(absent(row) if row else (), row["proceeds"] if row else None))
        )
    if patient:
        said = [
            consent_words.use(row["use"], row["state"], row["source"], row["stated_on"] or "")
            for row in decision_look_up.consents(db, patient)
        ]
        found.append(("Consent", "; ".join(said) or "not stated"))
    return tuple(found)
