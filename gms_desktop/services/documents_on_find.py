"""Papers that were made here, as Find shows them by the code at their top: what each is, whether it counts."""

from __future__ import annotations

import re

from gms_desktop import review_words
from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry
from gms_desktop.services import case_documents
from gms_desktop.services.views import Hit

SORT = "document"
_IDENTITY = re.compile(r"[0-9a-z]{20}")


def subjects(db: Database, query: str) -> list[str]:
    """The paper whose code this is."""
    code = query.strip().lower()
    return [f"{SORT}:{code}"] if _IDENTITY.fullmatch(code) and _issued(db, code) is not None else []


def hit(db: Database, document: str) -> Hit | None:
    """A paper as Find lists it."""
    issued = _issued(db, document)
    if issued is None:
        return None
    said = issued.body
    name = review_words.named(said["sort"], said["start"] or "", said["end"] or "", said["form"] or "")
    return Hit(f"{SORT}:{document}", f"{name[:1].upper()}{name[1:]}", _standing(db, document), SORT)


def facts(db: Database, sort: str, document: str) -> tuple[tuple[str, str], ...]:
    """Whether the paper in hand still counts."""
    if sort != SORT or _issued(db, document) is None:
        return ()
    return (("Document code", document), ("This paper", _standing(db, document)))


def issued(db: Database, subject: str) -> Entry | None:
    """The entry with which a paper was made; None for anything else."""
    sort, _, document = subject.partition(":")
    return _issued(db, document) if sort == SORT else None


def _issued(db: Database, document: str) -> Entry | None:
    found = (one.entry for one in store.of_subject(db, f"{SORT}:{document}"))
    return next((one for one in found if one.kind == case_documents.ISSUED), None)


def _standing(db: Database, document: str) -> str:
    own = [one.entry for one in store.of_subject(db, f"{SORT}:{document}")]
    if any(one.kind == case_documents.RECALLED for one in own):
        return review_words.PAPER_RECALLED
    sort = next(str(one.body["sort"]) for one in own if one.kind == case_documents.ISSUED)
    counts = any(one.body["document"] == document for one in case_documents.standing(db, sort))
    return review_words.PAPER_COUNTS if counts else review_words.PAPER_REPLACED
