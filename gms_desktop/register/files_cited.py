"""Which entries cite a file of the file store, and whose files were erased."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gms_desktop.journal import store
from gms_desktop.journal.canonical import NotCanonical
from gms_desktop.journal.database import Database, text_statement
from gms_desktop.journal.entry import Entry, from_bytes
from gms_desktop.register import look_up, reading_look_up

_KINDS = (
    "import.taken_in",
    "downtime.pack_printed",
    "directory.taken_in",
    "document.issued",
    "run.imported",
    "tissue.imaged",
    "consignment.temperature_logged",
    "consignment.arrival_logged",
)
_PARTS = ("import:", "downtime_pack:", "directory:", "document:", "run:", "piece:")
_TABLES = {"import": "import_act", **{name: name for name in ("downtime_pack", "directory", "run", "piece")}}
# Other documents are made again from what the register holds, and their entry has only their hash.
_QC_REPORT = "qc-report"
_HISTORY = "history"
_ANSWERS = tuple(f"consignment-answer{part}" for part in ("", "-letter", "-received", "-table"))
_OF_CONSIGNMENTS = (*_ANSWERS, "consignment-chase", "dwgs-manifest", "gel1004-manifest")
_KEPT_DOCUMENTS = ("repeat-request", "shared-request-letter", _QC_REPORT, _HISTORY, *_OF_CONSIGNMENTS)
# A letter is called by the patient whom it names: that patient's erasure is the letter's. A QC report says what was
# typed at an instrument and why something was conceded, a history whatever was: each goes with the values of any run,
# thing or patient that it names.
_erased = text_statement("SELECT id, at FROM erasure")
_a_touch = text_statement("SELECT n FROM touch WHERE subject = :subject LIMIT 1")
_touched = text_statement(
    "SELECT e.bytes FROM touch t JOIN entry e ON e.n = t.n WHERE t.subject = :subject ORDER BY t.n LIMIT 20"
)
# A walk over the whole journal, for who proves it: only what names such a kind is decoded.
_of_kind = text_statement(
    "SELECT e.bytes FROM entry e JOIN writer w ON w.writer = e.writer "
    "WHERE instr(e.bytes, CAST(:named AS BLOB)) > 0 ORDER BY e.n"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """An entry that cites a file.

    Attributes:
        writer, seq: the entry.
        subject: what it is about, such as ``import:…``.
        touches: every subject it touches; the file's name is a value of one of them.
        sha256: the file, in hex.
        name: the commitment to the file's name; ``""`` where it has none.
        at: when it was recorded, as entries write time.
    """

    writer: str
    seq: int
    subject: str
    sha256: str
    name: str
    at: str
    touches: tuple[str, ...] = ()


def citation_of(entry: Entry) -> Citation | None:
    """What an entry cites; None for the kinds that cite no file."""
    said = entry.body
    if entry.kind not in _KINDS or not said.get("sha256"):
        return None
    if entry.kind == "document.issued" and said.get("sort") not in _KEPT_DOCUMENTS:
        return None
    subject = next((one for one in entry.premises.touches if one.startswith(_PARTS)), "")
    touches = tuple(entry.premises.touches)
    return Citation(
        entry.writer, entry.seq, subject, said["sha256"], said.get("file") or "", entry.occurred_at, touches
    )


def citing(db: Database, subject: str, sha256: str) -> Citation | None:
    """The entry about a subject that cites a file, or None when it is not recorded here."""
    entries = [from_bytes(bytes(content)) for (content,) in db.tuples(_touched, {"subject": subject})]
    entries += [one.entry for one in store.newest(db) if subject in one.entry.premises.touches]
    found = (cited for one in entries if (cited := citation_of(one)) is not None)
    return next((cited for cited in found if cited.sha256 == sha256 and cited.subject == subject), None)


def own(db: Database) -> Iterator[Citation]:
    """What the entries of this bench's own writers cite, oldest first. Reads the whole journal."""
    for kind in _KINDS:
        for lot in db.stream(_of_kind, {"named": f'"kind":"{kind}"'}):
            for (content,) in lot:
                try:
                    cited = citation_of(from_bytes(bytes(content)))
                except NotCanonical:
                    # What such an entry is worth is for whoever proves the journal to say.
                    continue
                if cited is not None:
                    yield cited


def erased_subjects(db: Database) -> dict[str, str]:
    """Of what something was erased, with when it last was."""
    return dict(db.tuples(_erased))


def is_cited(db: Database, subject: str) -> bool:
    """Whether an entry about a subject is recorded here, or was before the journal was pruned."""
    if db.one(_a_touch, {"subject": subject}) or any(subject in one.entry.premises.touches for one in store.newest(db)):
        return True
    part, _, row_id = subject.partition(":")
    table = _TABLES.get(part)
    return table is not None and look_up.row(db, table, row_id) is not None


def erased(db: Database, kept: list[tuple[str, str]]) -> set[str]:
    """The files whose name was erased: their content must go too.

    Args:
        db: the bench's file.
        kept: what is kept, as pairs of subject and hash.
    """
    gone = erased_subjects(db)
    found = set()
    for subject, sha256 in kept:
        may_be = subject in gone or (gone and subject.startswith(("document:", "piece:")))
        cited = citing(db, subject, sha256) if may_be else None
        if cited is not None and _is_erased(db, cited, gone):
            found.add(sha256)
    return found


def _is_erased(db: Database, cited: Citation, gone: dict[str, str]) -> bool:
    """Whether a file's name was erased, or what a QC report or a history says of a run or thing since it was made."""
    if store.private_values(db, cited.touches).get(cited.name, "") is None:
        return True
    if not any(f"documents:{sort}" in cited.touches for sort in (_QC_REPORT, _HISTORY)):
        return False
    return any(gone.get(one, "") >= cited.at for one in (*cited.touches, *_readings(db, cited, gone)))


def _readings(db: Database, cited: Citation, gone: dict[str, str]) -> Iterator[str]:
    """Erased readings of a run or thing that a report names: what was typed at the instrument stands in it."""
    for subject, at in gone.items():
        if subject.startswith("reading:") and at >= cited.at:
            row = reading_look_up.reading(db, subject.partition(":")[2])
            if row is not None and {f"run:{row['run']}", row["item"]} & set(cited.touches):
                yield subject
