"""A NIPT sample on Find: what is known of it, and what may be done about it next."""

from __future__ import annotations

from gms_desktop import nipt_words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.nipt import codes, judgement
from gms_desktop.domain.nipt.codes import Acceptance, Pathway, Sequence
from gms_desktop.domain.nipt.form import Form
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import look_up, nipt_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import afterwards, families, nipt_records, undo
from gms_desktop.services.nipt_records import Subject
from gms_desktop.services.views import Offer

_TUBES = ("cell-free dna", "nipt")
_TEST = Pathway.R445.value


def named(db: Database, about: Subject) -> str:
    """A sample by our number; one that never came, by the number on its request."""
    if about.specimen is not None:
        return str(about.specimen["accession"])
    return afterwards.code_of(db, about.request) if about.request is not None else about.nipt


def is_nipt(db: Database, specimen: Row) -> bool:
    """Whether a specimen is of the sort that NIPT is drawn into, or has a record of NIPT."""
    return _tube(specimen["type"]) or _recorded(db, specimen["id"])


def awaits_nipt(db: Database, request: Row) -> bool:
    """Whether a request asks for NIPT and no specimen of it has come: its record is then the request's."""
    if look_up.specimens_of_request(db, request["id"]):
        return False
    asked = (request["test"] or "").startswith(_TEST)
    tubes = any(_tube(row["type"]) for row in look_up.tubes_of_request(db, request["id"]))
    return asked or tubes or _recorded(db, request["id"])


def _tube(kind: str | None) -> bool:
    return any(sort in (kind or "").casefold() for sort in _TUBES)


def _recorded(db: Database, nipt: str) -> bool:
    return nipt_look_up.form(db, nipt) is not None or nipt_look_up.judgement(db, nipt) is not None


def offers(ledger: Ledger, sort: str, row: Row | None) -> tuple[Offer, ...]:
    """What Find offers about a NIPT sample, and about a prenatal specimen that NIPT may have led to."""
    if row is None:
        return ()
    db, made = ledger.db, list[Offer]()
    if (sort == "specimen" and is_nipt(db, row)) or (sort == "request" and awaits_nipt(db, row)):
        made += _of_sample(db, row["id"], named(db, nipt_records.subject(db, row["id"])))
    if sort == "specimen" and (families.is_prenatal(row) or nipt_look_up.qf_pcr(db, row["id"])):
        made.append(Offer(Command.QF_PCR, f"QF-PCR of {row['accession']}", argument=row["id"]))
    return (*made, *(_taken_back(ledger, row["id"]) if made else ()))


def _of_sample(db: Database, nipt: str, number: str) -> list[Offer]:
    stated = nipt_look_up.form(db, nipt) is not None
    judged = nipt_look_up.judgement(db, nipt) is not None
    told = nipt_look_up.result(db, nipt) is not None
    made = [
        # One that never came is judged without a form.
        Offer(Command.NIPT_FORM, "NIPT form states", usual=not stated and not judged, argument=nipt),
        Offer(Command.NIPT_JUDGE, f"Judge NIPT {number}", usual=stated and not judged, argument=nipt),
    ]
    # What nobody has judged has no outcome: the facts say so, and the judgement is offered.
    if judged:
        made.append(Offer(Command.NIPT_RESULT, f"NIPT outcome of {number}", usual=not told, argument=nipt))
    return made


def not_accepted(db: Database, specimen: Row) -> str:
    """How a NIPT sample was judged where it was not accepted: it overrules what reception decided. Else empty."""
    row = nipt_look_up.judgement(db, specimen["id"])
    refused = row is not None and Acceptance(row["acceptance"]) not in judgement.ACCEPTING
    return f"NIPT: {codes.ACCEPTANCES[row['acceptance']]}" if row is not None and refused else ""


def waits(db: Database, specimen: Row) -> str:
    """What is still to be said of a NIPT sample that was accepted at reception; empty of any other."""
    if not is_nipt(db, specimen) or nipt_look_up.judgement(db, specimen["id"]) is not None:
        return ""
    return nipt_words.WAITS


def _taken_back(ledger: Ledger, nipt: str) -> tuple[Offer, ...]:
    """The bench's newest act, where it is about this sample: what was entered wrong is taken back here and now."""
    act = undo.newest(ledger)
    if act is None:
        return ()
    entries = (one.entry for one in store.of_action(ledger.db, act.action))
    touched = {subject for entry in entries for subject in entry.premises.touches}
    mine = touched & {f"nipt:{nipt}", f"qf_pcr:{nipt}"}
    return (Offer(Command.UNDO, f"Take back: {act.words}"),) if mine else ()


def facts(db: Database, sort: str, row: Row | None) -> tuple[tuple[str, str], ...]:
    """What is known of a NIPT sample, and what it still waits for; of a prenatal specimen, its QF-PCR after NIPT."""
    if row is None or sort not in {"specimen", "request"}:
        return ()
    of_nipt = is_nipt(db, row) if sort == "specimen" else _recorded(db, row["id"])
    known = _sample_facts(db, row["id"]) if of_nipt else ()
    tested = nipt_look_up.qf_pcr(db, row["id"]) if sort == "specimen" else None
    return (*known, *((("QF-PCR after NIPT", _qf_pcr(tested)),) if tested else ()))


def _sample_facts(db: Database, nipt: str) -> tuple[tuple[str, str], ...]:
    about = nipt_records.subject(db, nipt)
    form_row, judged_row, tested = (
        look(db, nipt) for look in (nipt_look_up.form, nipt_look_up.judgement, nipt_look_up.result)
    )
    known = nipt_records.private(db, about)
    form = nipt_records.form(form_row, known) if form_row else None
    judged = nipt_records.judgement(judged_row, known) if judged_row else None
    chosen = judgement.conditions_of(form or Form(), judged) if judged else (form.conditions if form else "")
    said = nipt_words.outcome_said(nipt_records.result(tested)) if tested else nipt_words.NO_OUTCOME
    return (
        ("NIPT", _which(db, form) if form else nipt_words.NO_FORM_YET),
        ("NIPT tests for", codes.CONDITIONS.get(chosen, nipt_words.CHOICE_NOT_CLEAR)),
        ("NIPT judged", codes.ACCEPTANCES[judged.acceptance.value] if judged else nipt_words.NOT_JUDGED),
        *((("NIPT outcome", said),) if judged else ()),
    )


def _which(db: Database, form: Form) -> str:
    """The pathway, kept apart from the other, and the sample's place in it."""
    pathway = nipt_words.PATHWAYS[form.pathway]
    if form.sequence is not Sequence.REPEAT:
        return f"{pathway}, {codes.SEQUENCES[form.sequence.value].lower() if form.sequence else ''}".rstrip(", ")
    first = named(db, nipt_records.subject(db, form.first))
    return f"{pathway}, repeat of {first}: {codes.REPEAT_REASONS[form.repeat_reason].lower()}"


def _qf_pcr(row: Row) -> str:
    day = nipt_records.day_of(row["reported"])
    return f"{row['indication']}, {f'reported {dates.display(day)}' if day else 'report awaited'}"
