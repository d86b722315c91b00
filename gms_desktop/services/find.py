"""Find by anything: scan or type a code, a number or a name; then the whole history of what was chosen."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from gms_desktop import identity_words, review_words, words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.identifiers import barcode
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.store import Stored
from gms_desktop.register import downtime_look_up, examination_look_up, look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import (
    afterwards,
    afterwards_commands,
    case_list,
    case_reopen,
    case_words,
    concessions,
    decision_offers,
    deliveries,
    documents_on_find,
    examine_view,
    extract_on_find,
    families,
    family_commands,
    found_by_code,
    found_files,
    found_places,
    history_on_find,
    index_on_find,
    label_on_find,
    link_patients,
    lots,
    made_from,
    measure_on_find,
    nipt_on_find,
    plate_on_find,
    priorities,
    proceed_commands,
    rack_on_find,
    risks,
    send_on_find,
    separated,
    shared_requests,
    sharing_commands,
    site_rules,
    storage_on_find,
    stored_material,
    tissue_history,
    tissue_on_find,
    volume_commands,
)
from gms_desktop.services.decide import outcome_words
from gms_desktop.services.downtime_time import shown
from gms_desktop.services.entry_words import entry_words
from gms_desktop.services.label_queue_view import state_words
from gms_desktop.services.people_words import person
from gms_desktop.services.receive_view import banner, with_test
from gms_desktop.services.resolve import resolve
from gms_desktop.services.standing import standings
from gms_desktop.services.views import Banner, FindView, Hit, Offer, TimelineLine

MOST_HITS = 100
# Of so many patients found by name or number, the specimens are listed too.
_WITH_SPECIMENS = 20


def find(
    ledger: Ledger,
    query: str,
    chosen: str,
    time_zone: str,
    symbology: str | None = None,
    kept: found_files.WhatIsKept = lambda _: None,
) -> FindView:
    """Look for ``query``; show the history of ``chosen``, or of the only hit; ``kept`` tells where its files are."""
    db = ledger.db
    hits = lots.dated(ledger, _hits(db, query, symbology)) if query.strip() else ()
    subject = chosen or (hits[0].subject if len(hits) == 1 else "")
    if not query.strip() and not subject:
        return FindView("Scan or type anything", query)
    verdict = (
        None if hits or chosen else words.nothing_found(query, words.looks_like(barcode.recognise(query, symbology)))
    )
    if not subject:
        heading = f"{len(hits)} things found: choose one" if hits else "Nothing found"
        return FindView(heading, query, verdict, hits)
    files = found_files.of_subject(ledger, subject, partial(local_minute, time_zone=time_zone), kept)
    return replace(_history(ledger, query, hits, subject, time_zone), files=files)


def _hits(db: Database, query: str, symbology: str | None) -> tuple[Hit, ...]:
    code = resolve(db, query, symbology)
    subjects: dict[str, None] = {}
    subjects.update({f"specimen:{specimen}": None for specimen in code.specimens})
    subjects.update(dict.fromkeys(found_by_code.of_numbers(db, code, query)))
    if (held := case_list.held_code(db, code)) is not None and not code.specimens:
        # What was refused stands in no table: its codes lead to its case all the same.
        subjects[f"case:{held['root']}"] = None
    if code.number and (poured := examination_look_up.aliquot_by_accession(db, code.number)) is not None:
        subjects[f"specimen:{poured['specimen']}"] = None
    elif code.number and not code.specimens and not subjects:
        subjects.update({f"label:{row['id']}": None for row in look_up.labels_of_number(db, code.number)})
    if (lot := lots.subject(query, symbology, db)) is not None:
        subjects[lot] = None
    subjects.update(dict.fromkeys(lots.subjects(db, query)))
    subjects.update(dict.fromkeys(found_by_code.of_things(db, query)))
    subjects.update(dict.fromkeys(found_places.subjects(db, code)))
    subjects.update({f"request:{match.request}": None for match in code.matches})
    subjects.update({f"patient:{patient}": None for patient in code.patients})
    if not subjects:
        subjects.update(dict.fromkeys(subject for subject, _ in _by_words(db, query)))
        subjects.update(dict.fromkeys(found_files.subjects(db, query)))
    for subject in [one for one in subjects if one.startswith("patient:")][:_WITH_SPECIMENS]:
        specimens = look_up.specimens_of_patient(db, subject.partition(":")[2])
        subjects.update({f"specimen:{row['id']}": None for row in specimens})
    found = (_hit(db, subject) for subject in list(subjects)[:MOST_HITS])
    return tuple(hit for hit in found if hit)


def _by_words(db: Database, query: str) -> list[tuple[str, str]]:
    """Subjects in whose private values every word typed begins some word."""
    found: list[tuple[str, str]] | None = None
    for word in query.replace(",", " ").split():
        these = [one for one in store.find_private(db, word) if not one[0].startswith("import:")]
        keep = {subject for subject, _ in these}
        found = these if found is None else [one for one in found if one[0] in keep]
    return found or []


def _hit(db: Database, subject: str) -> Hit | None:
    sort, _, subject_id = subject.partition(":")
    if sort == "specimen":
        row = look_up.row(db, "specimen", subject_id)
        return Hit(subject, row["accession"], _specimen_detail(db, row), "specimen") if row else None
    if sort == "request":
        row = look_up.row(db, "request", subject_id)
        return Hit(subject, _request_title(db, row), afterwards.hit_words(db, row), "request") if row else None
    if sort == "patient":
        who = person(db, subject_id)
        return Hit(subject, who.name, f"born {who.born_words or words.NOT_STATED}", "patient")
    if sort in _HITS:
        return _HITS[sort](db, subject)
    if sort == "case":
        case = case_list.find_case(db, subject_id)
        return Hit(subject, case.title, review_words.REVIEW_RACK, "in dispute") if case else None
    if sort == "label":
        row = look_up.row(db, "label", subject_id)
        return (
            Hit(subject, f"Label {row['accession']}", f"copy {row['copy']}, {row['state']}", "label") if row else None
        )
    return None


def _id(subject: str) -> str:
    return subject.partition(":")[2]


_HITS: Mapping[str, Callable[[Database, str], Hit | None]] = {
    "import": found_files.hit,
    "lot": lambda db, subject: lots.hit(db, _id(subject)),
    "eluate": lambda db, subject: extract_on_find.hit(db, "eluate", _id(subject)),
    "extraction": lambda db, subject: extract_on_find.hit(db, "extraction", _id(subject)),
    "tube": lambda db, subject: rack_on_find.hit(db, "tube", _id(subject)),
    "rack": lambda db, subject: rack_on_find.hit(db, "rack", _id(subject)),
    "plate": lambda db, subject: plate_on_find.hit(db, _id(subject)),
    "index_plate": lambda db, subject: index_on_find.hit(db, "index_plate", _id(subject)),
    "library": lambda db, subject: index_on_find.hit(db, "library", _id(subject)),
    "pool": lambda db, subject: index_on_find.hit(db, "pool", _id(subject)),
    "place": lambda db, subject: storage_on_find.hit(db, _id(subject)),
    "consignment": lambda db, subject: send_on_find.hit(db, _id(subject)),
    "tissue_case": lambda db, subject: tissue_on_find.hit(db, "tissue_case", _id(subject)),
    "piece": lambda db, subject: tissue_on_find.hit(db, "piece", _id(subject)),
    "delivery": found_places.hit,
    "downtime": found_places.hit,
    documents_on_find.SORT: lambda db, subject: documents_on_find.hit(db, _id(subject)),
}


def _specimen_detail(db: Database, row: Row) -> str:
    outcome = nipt_on_find.not_accepted(db, row) or outcome_words(row["outcome"])
    return f"{person(db, row['patient']).name}  {row['type']}  {outcome}"


def _request_title(db: Database, row: Row) -> str:
    codes = look_up.codes_of_request(db, row["id"])
    name = row["referral"] or (codes[0]["code"] if codes else "Request without a number")
    return f"{name}  {row['test'] or ''}".strip()


def _history(ledger: Ledger, query: str, hits: tuple[Hit, ...], subject: str, time_zone: str) -> FindView:
    db = ledger.db
    sort, _, subject_id = subject.partition(":")
    held = _held(db, subject)
    lines = timeline(db, (subject, *related(db, sort, subject_id)), time_zone)
    hit = next((one for one in hits if one.subject == subject), None) or _hit(db, subject)
    row = look_up.row(db, sort, subject_id) if sort in {"specimen", "request", "label"} else None
    specimen = row if sort == "specimen" else made_from.specimen(db, sort, subject_id)
    patient = subject_id if sort == "patient" else (row or specimen or {}).get("patient")
    request = row if sort == "request" else _first_request(db, specimen)
    verdict = review_words.in_dispute(hit.title if hit else "This", case_list.row_title(held)) if held else None
    verdict = verdict or afterwards.found(db, sort, row, time_zone)
    verdict = verdict or concessions.found(db, row if sort == "specimen" else None)
    return FindView(
        heading=hit.title if hit else "Its history",
        query=query,
        verdict=verdict,
        hits=hits,
        chosen=subject,
        banner=_banner(db, patient, request, specimen, time_zone) if patient else None,
        facts=(lots.facts(ledger, subject_id) if sort == "lot" else found_places.facts(db, subject))
        + (separated.of_tube(db, subject_id, resolve(db, query).number) if sort == "specimen" and query else ())
        + afterwards.facts(db, sort, row, time_zone)
        + shared_requests.on_find(db, sort, row)
        + stored_material.facts(db, sort, row)
        + rack_on_find.facts(db, sort, subject_id)
        + extract_on_find.facts(db, sort, subject_id)
        + plate_on_find.facts(db, sort, subject_id)
        + index_on_find.facts(db, sort, subject_id)
        + measure_on_find.facts(ledger, sort, subject_id)
        + storage_on_find.facts(db, sort, subject_id)
        + send_on_find.facts(db, sort, subject_id, time_zone)
        + label_on_find.facts(db, sort, subject_id)
        + documents_on_find.facts(db, sort, subject_id)
        + tissue_on_find.facts(db, sort, subject_id, time_zone)
        + _facts(db, sort, row, request, time_zone)
        + examine_view.facts(ledger, row if sort == "specimen" else None, time_zone)
        + (_of_patient(db, patient) if patient else ()),
        timeline=lines[::-1],
        offers=() if held else _every_offer(ledger, subject, row, patient, time_zone),
    )


def _of_patient(db: Database, patient: str) -> tuple[tuple[str, str], ...]:
    return families.former_names(db, patient) + link_patients.facts(db, patient)


def _every_offer(
    ledger: Ledger, subject: str, row: Row | None, patient: str | None, time_zone: str
) -> tuple[Offer, ...]:
    sort, _, subject_id = subject.partition(":")
    specimen = row if sort == "specimen" else None
    of_patient = _offers_of_patient(ledger.db, sort, subject_id) + family_commands.offers(sort, row, patient)
    seen = examine_view.offers_on_find(ledger, specimen, time_zone)
    seen += examine_view.risk_offers(ledger.db, sort, subject_id, row)
    seen += volume_commands.offers(ledger.db, sort, subject_id)
    seen += rack_on_find.offers(ledger.db, sort, subject_id) + lots.offers(ledger, sort, subject_id)
    seen += measure_on_find.offers(ledger, sort, subject_id)
    seen += send_on_find.offers(ledger.db, sort, subject_id)
    seen += afterwards_commands.offers(ledger.db, sort, row)
    seen += sharing_commands.offers_on_find(ledger.db, sort, row)
    made = nipt_on_find.offers(ledger, sort, row) + _offers(ledger.db, sort, row)
    return made + seen + of_patient + case_reopen.offer(ledger, subject) + history_on_find.offers(subject)


def _banner(db: Database, patient: str, request: Row | None, specimen: Row | None, time_zone: str) -> Banner:
    made = with_test(db, banner(person(db, patient), request), request)
    made = risks.with_hazard(db, made, specimen, patient)
    return priorities.with_priority(db, made, request, specimen, time_zone)


def _held(db: Database, subject: str) -> Row | None:
    """What holds a subject, or the first of a case."""
    sort, _, subject_id = subject.partition(":")
    if sort != "case":
        return case_list.held(db, subject)
    case = case_list.find_case(db, subject_id)
    return case.head if case else None


def _offers_of_patient(db: Database, sort: str, subject_id: str) -> tuple[Offer, ...]:
    if sort != "patient":
        return ()
    return (*link_patients.offers(db, subject_id), *decision_offers.of_patient(subject_id))


def _first_request(db: Database, specimen: Row | None) -> Row | None:
    return next(iter(look_up.requests_of_specimen(db, specimen["id"])), None) if specimen else None


def related(db: Database, sort: str, subject_id: str) -> list[str]:
    """The subjects beside a thing whose entries are its history too."""
    found = [*_related(db, sort, subject_id), *storage_on_find.related(db, sort, subject_id)]
    found += [*index_on_find.related(db, sort, subject_id), *tissue_on_find.related(db, sort, subject_id)]
    return found + label_on_find.related(db, sort, subject_id)


def _related(db: Database, sort: str, subject_id: str) -> list[str]:
    if sort == "specimen":
        labels = [f"label:{row['id']}" for row in look_up.labels_of_specimen(db, subject_id)]
        requests = [row["id"] for row in look_up.requests_of_specimen(db, subject_id)]
        own = [f"nipt:{subject_id}", f"qf_pcr:{subject_id}"]
        return [*labels, *(f"{sort}:{one}" for one in requests for sort in ("request", "assessment")), *own]
    if sort == "request":
        return [f"assessment:{subject_id}", f"nipt:{subject_id}"]
    if sort == "case":
        case = case_list.find_case(db, subject_id)
        return list(case.subjects) if case else []
    if sort == "patient":
        return [f"specimen:{row['id']}" for row in look_up.specimens_of_patient(db, subject_id)]
    return []


def _facts(
    db: Database, sort: str, row: Row | None, request: Row | None, time_zone: str
) -> tuple[tuple[str, str], ...]:
    if sort == "request":
        said = proceed_commands.facts(db, request, (request or {}).get("patient"))
        return (*said, *nipt_on_find.facts(db, sort, row))
    if sort != "specimen" or row is None:
        return ()
    requests = look_up.requests_of_specimen(db, row["id"])
    reasons = site_rules.reason_words(db)
    given = ", ".join(reasons.get(code, code) for code in json.loads(row["reasons"] or "[]"))
    facts = (
        ("Outcome", outcome_words(row["outcome"])),
        ("Reasons", given),
        ("Identity", _identity(row)),
        ("Specimen type", row["type"]),
        ("Sender's number", " ".join(filter(None, (row["sender"], row["sender_code"])))),
        ("Requests", "  ".join(_request_title(db, one) for one in requests)),
        ("Booked in", local_minute(row["received_at"], time_zone)),
        ("Physically received", deliveries.received_words(db, row, time_zone)),
        ("In its bag", deliveries.leak_words(db, row)),
        ("Collected", row["collected"] or "not stated: unknown"),
        ("Priority", row["priority"] or words.NOT_STATED),
        ("Label", _label(look_up.labels_of_specimen(db, row["id"]))),
        ("Leading number", case_words.specimen_number(db, row["led_by"]) if row["led_by"] else ""),
    )
    return tuple(
        (name, value)
        for name, value in (
            # Before the outcome at reception, which it may overrule.
            *nipt_on_find.facts(db, "specimen", row),
            *facts,
            *decision_offers.facts(db, row, request),
            *families.facts(db, row),
            *_of_the_outage(db, row["id"], time_zone),
        )
        if value
    )


def _label(copies: list[Row]) -> str:
    """How the newest copy of a label stands, and which copy it is."""
    if not copies:
        return ""
    stands = state_words(copies[-1])
    return f"copy {copies[-1]['copy']}, {stands}" if len(copies) > 1 else stands


def _identity(row: Row) -> str:
    said = json.loads(row["identity"] or "{}")
    return identity_words.finding(said["finding"], said["rule"], said["version"]) if said else ""


def _of_the_outage(db: Database, specimen: str, time_zone: str) -> tuple[tuple[str, str], ...]:
    """The number that a specimen had while the systems were down, and when and by whom it was really received."""
    row = downtime_look_up.number_of(db, specimen)
    if row is None:
        return ()
    known = store.private_values(db, [f"downtime:{row['id']}"])
    who = known.get(row["who_private"] or "")
    received = shown(row["precision"], row["happened"], time_zone) + (f", by {who}" if who else "")
    return ("Downtime number", row["id"]), ("Really received", received)


def _offers(db: Database, sort: str, row: Row | None) -> tuple[Offer, ...]:
    if sort == "request" and row is not None:
        return decision_offers.of_request(row["id"], row["priority"])
    if sort != "specimen" or row is None:
        return ()
    made = []
    labels = look_up.labels_of_specimen(db, row["id"])
    if labels:
        made.append(Offer(Command.PRINT_AGAIN, f"Print label {row['accession']} again", argument=row["id"]))
    if row["outcome"] == "on hold":
        made += [
            Offer(Command.ACCEPT_WITH_COMMENT, f"Accept {row['accession']} with comment", argument=row["id"]),
            Offer(Command.ACCEPT_AT_DISCRETION, f"Accept {row['accession']} at discretion", argument=row["id"]),
            Offer(Command.REJECT, f"Reject {row['accession']}", argument=row["id"]),
            Offer(Command.SURPLUS, f"Store {row['accession']} as surplus", argument=row["id"]),
        ]
    elif afterwards.may_be_put_away(db, row):
        made += [
            Offer(Command.HOLD, f"Hold {row['accession']}", argument=row["id"]),
            Offer(Command.SURPLUS, f"Store {row['accession']} as surplus", argument=row["id"]),
        ]
    return (*made, *decision_offers.of_specimen(db, row))


def timeline(db: Database, subjects: tuple[str, ...], time_zone: str) -> tuple[TimelineLine, ...]:
    """Everything that touched these subjects, oldest first, undone acts marked as such."""
    return lines_of(db, store.of_subjects(db, subjects), subjects, time_zone)


def lines_of(
    db: Database, ordered: Sequence[Stored], subjects: Sequence[str], time_zone: str
) -> tuple[TimelineLine, ...]:
    """These entries as lines, with the comments that stand among the private values of these subjects."""
    undone = {one.entry.body["of"] for one in ordered if one.entry.kind == "undone" and one.verdict != "refused"}
    people = _names(db, {one.entry.operator for one in ordered if one.entry.operator})
    comments = store.private_values(db, [subject for subject in subjects if subject.startswith("specimen:")])
    lines = [_line(db, one, people, comments, undone, time_zone) for one in ordered]
    became = standings(db, ordered)
    return tuple(
        replace(line, kind=became[one.entry.id][0], standing=became[one.entry.id][1])
        if one.entry.id in became
        else line
        for one, line in zip(ordered, lines, strict=True)
    )


def _names(db: Database, operators: set[str]) -> dict[str, str]:
    names = {}
    known = store.private_values(db, [f"operator:{operator}" for operator in operators])
    for operator in operators:
        row = look_up.row(db, "operator", operator)
        names[operator] = (known.get(row["name_private"]) if row else None) or "unknown person"
    return names


_KINDS = {"accepted": VerdictKind.ACCEPTED, "on hold": VerdictKind.ATTENTION, "rejected": VerdictKind.REFUSED}


def _line(
    db: Database, one: Stored, people: dict[str, str], comments: dict[str, str | None], undone: set[str], time_zone: str
) -> TimelineLine:
    entry = one.entry
    began = look_up.incarnation(db, entry.writer)
    detail = " ".join(filter(None, (entry.input.get("by"), entry.input.get("device"))))
    comment = comments.get(entry.body.get("comment") or "")
    outcome = entry.body.get("outcome", "") if entry.kind == "specimen.decided" else ""
    return TimelineLine(
        at=local_minute(entry.occurred_at, time_zone),
        who=people.get(entry.operator or "", "the application"),
        where=began["bench"] if began else "another bench",
        words=_sentence(entry_words(db, entry))
        + (f" “{comment}”" if comment else "")
        + tissue_history.beside(db, entry),
        detail=detail,
        kind=_KINDS.get(outcome, VerdictKind.ACCEPTED if outcome else None),
        undone=entry.id in undone,
    )


def _sentence(said: str) -> str:
    return said[:1].upper() + said[1:]


def local_minute(at: str, time_zone: str) -> str:
    """A stored time as ``21-Nov-2026 14:02`` on the laboratory's wall clock."""
    return dates.display_minute(dates.to_local(datetime.fromisoformat(at), time_zone))
