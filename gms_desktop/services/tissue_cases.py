"""Tissue cases: begun, changed, and the specimens that join them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from gms_desktop import tissue_same_words, tissue_words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.identifiers import ods
from gms_desktop.domain.tissue.pieces import Sort
from gms_desktop.domain.tissue.rules import TissueRules
from gms_desktop.domain.tissue.same import Numbered
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import Body
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Draft, Ledger, Pen
from gms_desktop.services import piece_labels, site_rules, specimen_lists, tissue_adequacy, tissue_same, tissue_whose
from gms_desktop.services.at_tissue import AtTissue
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question

_FIELDS = (
    ("histology", tissue_words.HISTOLOGY),
    ("hospital", tissue_words.HOSPITAL),
    ("clinician", tissue_words.CLINICIAN),
    ("referred_on", tissue_words.REFERRED_ON),
    ("comment", tissue_words.COMMENT),
)
_TO = "to "
_SAME, _TUMOUR = "same ", "tumour "
_ARRIVES = tuple(one for one in Sort if one.arrives)
_SORT_OF = {
    "ffpe": Sort.BLOCK,
    "fresh-tissue": Sort.FRESH,
    "frozen-tissue": Sort.FRESH,
    "stabilised-tissue": Sort.FRESH,
}


def begin(ledger: Ledger, desk: Desk, answer: Answer | None) -> Outcome:
    """A case begins; a specimen that was scanned for it is its first piece, where it is clear what that is."""
    rules, answer = site_rules.tissue(ledger.db), _whole(desk, answer)
    if answer is None:
        # What was filled in before a person was asked about another case stands in the form again.
        waits = desk.tissue.waits if _waits_for(desk, desk.tissue.specimen) else None
        likely = _likely(ledger, _scanned(ledger, desk))
        chosen = waits.choices if waits else (likely.value,) if likely else ()
        return _asks(ledger.db, rules, Command.TISSUE_CASE, tissue_words.OPEN_CASE, (), waits, chosen=chosen, of=desk)
    said = {name: value.strip() for name, value in answer.fields}
    problems = _problems(
        rules, answer, said.get("referred_on", ""), dates.to_local(ledger.clock.now(), desk.time_zone).date()
    )
    if problems:
        return _asks(ledger.db, rules, Command.TISSUE_CASE, tissue_words.OPEN_CASE, problems, answer, of=desk)
    others = tissue_same.with_histology(ledger.db, said.get("histology", ""))
    if others and not answer.comment.strip():
        return _asks_why(desk, Command.TISSUE_CASE, Numbered.HISTOLOGY, others, answer, desk.tissue.specimen)
    case, number = ledger.identity(), ledger.next_number(desk.place.letter)
    pen, subject = Pen(ledger.chance), f"tissue_case:{case}"
    referred = dates.read_day(said.get("referred_on", ""))
    body: Body = {"case": case, "number": number, "hospital": ods.normalise(said.get("hospital", "")) or None}
    body |= {name: pen.write(said.get(name), subject) for name in ("histology", "clinician", "comment")}
    body |= {"referred_on": referred.isoformat() if referred else None}
    body |= _chosen(ledger.db, rules, answer.choices)
    opened = Draft("tissue.case_opened", body | {"bench": desk.place.bench}, pen.values, input=desk.told)
    apart = _told_apart(ledger, desk, case, others, Numbered.HISTOLOGY, answer)
    first = _first(ledger, desk, case, answer)
    joined, labels = _with_label(ledger, desk, first) if first else ((), ())
    desk.tissue = AtTissue(case=case, specimen=desk.tissue.specimen, clean_for=desk.tissue.clean_for)
    if first is not None:
        desk.tissue = replace(desk.tissue, piece=str(first.body["piece"]), specimen="")
    return Outcome(tissue_words.case_opened(number), (opened, *apart, *joined), print_labels=labels)


def change(ledger: Ledger, desk: Desk, case: Row, answer: Answer | None) -> Outcome:
    """Urgency, flags or receiver of a case are others."""
    rules = site_rules.tissue(ledger.db)
    if answer is None:
        follows = (tissue_words.REPORT_FOLLOWS,) if case["report_follows"] else ()
        tumour = (_TUMOUR + case["tumour"],) if case["tumour"] else ()
        flags = json.loads(case["flags"] or "[]")
        chosen = (case["urgency"] or "", *tumour, *follows, *flags, _TO + (case["receiver"] or ""))
        return _asks(
            ledger.db, rules, Command.TISSUE_CHANGE, tissue_words.CHANGE, (), chosen=chosen, fields=_FIELDS[-1:]
        )
    problems = _problems(rules, answer, "", None, commented=case["comment_private"] is not None)
    if problems:
        return _asks(
            ledger.db, rules, Command.TISSUE_CHANGE, tissue_words.CHANGE, problems, answer, fields=_FIELDS[-1:]
        )
    pen = Pen(ledger.chance)
    comment = pen.write(dict(answer.fields).get("comment", "").strip(), f"tissue_case:{case['id']}")
    body: Body = {"case": case["id"], "comment": comment, "bench": desk.place.bench}
    changed = Draft(
        "tissue.case_changed", body | _chosen(ledger.db, rules, answer.choices), pen.values, input=desk.told
    )
    return Outcome(tissue_words.case_changed(str(case["number"])), (changed,))


def join(ledger: Ledger, desk: Desk, case: Row, answer: Answer | None) -> Outcome:
    """The specimen that was scanned is a piece of the open case."""
    name = (answer.subject.removeprefix(_SAME) if answer else "") or desk.tissue.specimen
    specimen = look_up.row(ledger.db, "specimen", name) if name else None
    if specimen is None:
        return Outcome(tissue_words.no_piece())
    if (whose := tissue_whose.another_patients(ledger.db, case, specimen)) is not None:
        return Outcome(whose)
    answer = _whole(desk, answer)
    sorts = [one for one in _ARRIVES if answer and one in answer.choices]
    sort = sorts[0] if len(sorts) == 1 else None
    if sort is None or answer is None:
        waits = desk.tissue.waits if _waits_for(desk, specimen["id"]) else None
        return _asks_sort(ledger, specimen, answer or waits, (tissue_words.SORT_PROBLEM,) if answer else ())
    outside = dict(answer.fields).get("outside", "").strip()
    others = tissue_same.with_block(ledger.db, outside, case["id"])
    if others and not answer.comment.strip():
        return _asks_why(desk, Command.TISSUE_JOIN, Numbered.BLOCK, others, answer, specimen["id"])
    apart = _told_apart(ledger, desk, case["id"], others, Numbered.BLOCK, answer)
    draft = _joined(ledger, desk, case["id"], specimen, sort, outside)
    desk.tissue = replace(desk.tissue, piece=str(draft.body["piece"]), specimen="", waits=None)
    drafts, labels = _with_label(ledger, desk, draft)
    words = tissue_words.joined(str(specimen["accession"]), sort.value, str(case["number"]), labelled=bool(labels))
    return Outcome(words, (*drafts, *apart), print_labels=labels)


def _numbers(others: tuple[Row, ...]) -> tuple[str, ...]:
    return tuple(str(one["number"]) for one in others)


def _told_apart(
    ledger: Ledger, desk: Desk, case: str, others: tuple[Row, ...], numbered: Numbered, answer: Answer
) -> tuple[Draft, ...]:
    return (tissue_same.told_apart(ledger, desk, case, others, numbered, answer.comment),) if others else ()


def _waits_for(desk: Desk, specimen: str) -> bool:
    return desk.tissue.waits is not None and desk.tissue.waits.subject == _SAME + specimen


def _whole(desk: Desk, answer: Answer | None) -> Answer | None:
    """The form that waited, with the reason that was asked for; else what was answered."""
    waits = desk.tissue.waits
    if answer is None or waits is None or not answer.subject.startswith(_SAME) or answer.subject != waits.subject:
        return answer
    return replace(waits, comment=answer.comment)


def _asks_why(
    desk: Desk, given: Command, numbered: Numbered, others: tuple[Row, ...], answer: Answer, specimen: str
) -> Outcome:
    """A question of its own: whoever scanned the wrong case sees no long form, but which case has the number."""
    subject = _SAME + specimen
    again = desk.tissue.waits is not None and answer.subject == subject
    desk.tissue = replace(desk.tissue, waits=replace(answer, subject=subject))
    title, stands = tissue_same_words.is_it(_numbers(others)), tissue_same_words.problem(numbered, _numbers(others))
    asked = Question(
        given,
        title,
        comment_label=tissue_same_words.WHY_TWO,
        confirm="Open the case" if given is Command.TISSUE_CASE else "Take it into the case",
        problems=(stands, *((tissue_same_words.WHY_TWO_PROBLEM,) if again else ())),
        subject=subject,
    )
    return Outcome(tissue_words.answer_needed(title), question=asked)


def _asks_sort(ledger: Ledger, specimen: Row, answer: Answer | None, problems: tuple[str, ...]) -> Outcome:
    likely = _likely(ledger, specimen)
    asked = Question(
        Command.TISSUE_JOIN,
        tissue_words.WHICH_SORT,
        tuple(Choice(one.value, one.value.capitalize()) for one in _ARRIVES),
        many=False,
        fields=(("outside", tissue_words.OUTSIDE),),
        confirm=f"Take {specimen['accession']} into the case",
        problems=problems,
        values=answer.fields if answer else (),
        chosen=answer.choices if answer else (likely.value,) if likely else (),
        subject=specimen["id"],
    )
    return Outcome(tissue_words.answer_needed(tissue_words.WHICH_SORT), question=asked)


def _scanned(ledger: Ledger, desk: Desk) -> Row | None:
    return look_up.row(ledger.db, "specimen", desk.tissue.specimen) if desk.tissue.specimen else None


def _first(ledger: Ledger, desk: Desk, case: str, answer: Answer) -> Draft | None:
    """The specimen that was scanned before there was a case; None where nobody said what it is."""
    specimen, sort = _scanned(ledger, desk), next((one for one in _ARRIVES if one in answer.choices), None)
    return _joined(ledger, desk, case, specimen, sort, "") if specimen and sort else None


def _likely(ledger: Ledger, specimen: Row | None) -> Sort | None:
    """What a specimen most often is by its type, for a person to look at; None for a type that says nothing of it."""
    known = specimen_lists.types(ledger.db).find(specimen["type"]) if specimen else None
    return _SORT_OF.get(known.code) if known else None


def _joined(ledger: Ledger, desk: Desk, case: str, specimen: Row, sort: Sort, outside: str) -> Draft:
    piece, pen = ledger.identity(), Pen(ledger.chance)
    body: Body = {"piece": piece, "case": case, "specimen": specimen["id"], "number": specimen["accession"]}
    body |= {"sort": sort.value, "outside": pen.write(outside, f"piece:{piece}"), "bench": desk.place.bench}
    return Draft("tissue.piece_joined", body, pen.values, input=desk.told)


def _with_label(ledger: Ledger, desk: Desk, draft: Draft) -> tuple[tuple[Draft, ...], tuple[str, ...]]:
    """What joined, and the intention to print the label that its cassette needs beside that of its bag or pot."""
    said = draft.body
    label = piece_labels.first(ledger.db, desk.place, said | {"id": said["piece"], "parent": None})
    return ((draft, label), (str(label.body["label"]),)) if label else ((draft,), ())


def _chosen(db: Database, rules: TissueRules, choices: tuple[str, ...]) -> Body:
    urgency = next(one.urgency.value for one in rules.urgencies if one.urgency in choices)
    flags = [one.code for one in rules.flags if one.code in choices]
    receiver = next((one.code for one in tissue_adequacy.receivers(db) if _TO + one.code in choices), None)
    tumour = next((one.code for one in rules.tumours if _TUMOUR + one.code in choices), None)
    referral: Body = {"tumour": tumour, "report_follows": tissue_words.REPORT_FOLLOWS in choices}
    return referral | {"urgency": urgency, "flags": flags, "receiver": receiver}


def _sorts() -> tuple[Choice, ...]:
    return tuple(Choice(one.value, one.value.capitalize(), under=tissue_words.IT_IS, one_of=True) for one in _ARRIVES)


def _choices(db: Database, rules: TissueRules) -> Iterator[Choice]:
    for one in rules.urgencies:
        words = f"{one.words}: {one.days} days from acquisition"
        yield Choice(one.urgency.value, words, under=tissue_words.SOON, one_of=True)
    for tumour in rules.tumours:
        yield Choice(_TUMOUR + tumour.code, tumour.words, under=tissue_words.TUMOUR, one_of=True)
    yield Choice(tissue_words.REPORT_FOLLOWS, tissue_words.REPORT_FOLLOWS, under=tissue_words.REPORT_IS)
    for flag in rules.flags:
        yield Choice(flag.code, flag.words, under=tissue_words.FLAGGED)
    for receiver in tissue_adequacy.receivers(db):
        yield Choice(_TO + receiver.code, receiver.name, under=tissue_words.GOES_TO, one_of=True)


def _problems(
    rules: TissueRules, answer: Answer, day: str, today: date | None, *, commented: bool = False
) -> tuple[str, ...]:
    urgencies = [one for one in rules.urgencies if one.urgency in answer.choices]
    hospital = dict(answer.fields).get("hospital", "").strip()
    found = () if len(urgencies) == 1 else (tissue_words.URGENCY_PROBLEM,)
    if sum(one.startswith(_TO) for one in answer.choices) > 1:
        found = (*found, tissue_words.RECEIVER_PROBLEM)
    if sum(one in answer.choices for one in _ARRIVES) > 1:
        found = (*found, tissue_words.SORT_PROBLEM)
    if sum(one.startswith(_TUMOUR) for one in answer.choices) > 1:
        found = (*found, tissue_words.TUMOUR_PROBLEM)
    if not commented and not dict(answer.fields).get("comment", "").strip():
        flags = [one for one in rules.flags if one.in_comment and one.code in answer.choices]
        found = (*found, *(tissue_words.in_comment(one.words) for one in flags))
    if hospital and not ods.is_ods(hospital):
        found = (*found, tissue_words.HOSPITAL_PROBLEM)
    read = dates.read_day(day)
    if day and read is None:
        return (*found, tissue_words.DAY_PROBLEM)
    return (*found, tissue_words.FUTURE_PROBLEM) if read is not None and today and read > today else found


def _asks(
    db: Database,
    rules: TissueRules,
    given: Command,
    title: str,
    problems: tuple[str, ...],
    answer: Answer | None = None,
    *,
    chosen: tuple[str, ...] = (),
    fields: tuple[tuple[str, str], ...] = _FIELDS,
    of: Desk | None = None,
) -> Outcome:
    asked = Question(
        given,
        title,
        (*(_sorts() if of is not None and of.tissue.specimen else ()), *_choices(db, rules)),
        fields=fields,
        confirm="Open the case" if given is Command.TISSUE_CASE else "Record the change",
        problems=problems,
        values=answer.fields if answer else (),
        chosen=answer.choices if answer else chosen,
    )
    return Outcome(tissue_words.answer_needed(title), question=asked)
