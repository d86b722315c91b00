"""Files kept as they came, as Find shows them: by name, by hash, and beside what came in with them."""

from __future__ import annotations

import re
from collections.abc import Callable

from gms_desktop.files.kept import Kept
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.journal.entry import Entry
from gms_desktop.register import library_look_up, look_up, plate_look_up, rack_look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import kept_files
from gms_desktop.services.sign_in import operator
from gms_desktop.services.views import Hit, ImportLine

WhatIsKept = Callable[[str], Kept | None]
_HASH = re.compile(r"[0-9a-f]{8,64}")
_MOST = 1_000


def subjects(db: Database, query: str) -> list[str]:
    """The imports whose file has this name, or these words in it, or a hash that begins so (eight digits at least)."""
    words = query.casefold().split()
    if not words:
        return []
    if _HASH.fullmatch(words[0]) and len(words) == 1:
        rows = look_up.imports(db, _MOST)
        return [f"import:{row['id']}" for row in rows if str(row["sha256"]).startswith(words[0])]
    known = store.find_private(db, query.split(maxsplit=1)[0])
    found = [subject for subject, _ in known if subject.startswith("import:")]
    # Other values of an import are cells that wait, which name patients: only the file's own name is looked at.
    return [subject for subject in dict.fromkeys(found) if all(word in _name(db, subject).casefold() for word in words)]


def hit(db: Database, subject: str) -> Hit | None:
    """A file as one of the things found."""
    row = look_up.row(db, "import_act", subject.partition(":")[2])
    if row is None:
        return None
    return Hit(
        subject, _name(db, subject) or "a file", f"{row['landed']} rows, {row['sha256'][:12]}", "file as it came"
    )


def of_subject(ledger: Ledger, subject: str, minute: Callable[[str], str], kept: WhatIsKept) -> tuple[ImportLine, ...]:
    """The files that brought a thing in.

    Args:
        ledger: the bench's.
        subject: a file itself, a request, a specimen or a patient.
        minute: a stored time as it is shown.
        kept: what is known of the file with a hash.
    """
    db = ledger.db
    letters = (*_paper(ledger, subject, minute, kept), *_letters(ledger, subject, minute, kept))
    found = (look_up.row(db, "import_act", one) for one in dict.fromkeys(_imports(db, subject)))
    came = (line(ledger, row, _name(db, f"import:{row['id']}"), minute, kept) for row in found if row is not None)
    return (*_histories(ledger, subject, minute, kept), *letters, *came)


def _paper(ledger: Ledger, subject: str, minute: Callable[[str], str], kept: WhatIsKept) -> tuple[ImportLine, ...]:
    """A paper itself, by the code at its top."""
    from gms_desktop.services import documents_on_find

    issued = documents_on_find.issued(ledger.db, subject)
    here = documents_on_find.hit(ledger.db, subject.partition(":")[2]) if issued is not None else None
    return (_issued(ledger, issued, here.title, minute, kept),) if issued is not None and here is not None else ()


def _histories(ledger: Ledger, subject: str, minute: Callable[[str], str], kept: WhatIsKept) -> tuple[ImportLine, ...]:
    """The histories that were put on paper, of a thing or of what it was made from; the newest first."""
    from gms_desktop.services import case_documents, history_on_find

    if subject.partition(":")[0] not in history_on_find.SORTS:
        return ()
    made = [one for one in case_documents.about(ledger.db, subject) if one.body["sort"] == case_documents.HISTORY]
    named = [(one, history_on_find.file_name(ledger.db, str(one.body["about"][0]))) for one in made]
    return tuple(_issued(ledger, one, name, minute, kept) for one, name in named[::-1])


def _letters(ledger: Ledger, subject: str, minute: Callable[[str], str], kept: WhatIsKept) -> tuple[ImportLine, ...]:
    """The letters about a specimen, worklists of a plate and sheets of a pool that still count; the newest first."""
    from gms_desktop.services import case_documents

    if subject.startswith("plate:"):
        return _worklists(ledger, subject, minute, kept)
    if subject.startswith("rack:"):
        return _maps(ledger, subject, minute, kept)
    if subject.startswith("pool:"):
        return _sheets(ledger, subject, minute, kept)
    reports = _qc_reports(ledger, subject, minute, kept)
    if not subject.startswith("specimen:"):
        return reports
    row = look_up.row(ledger.db, "specimen", subject.partition(":")[2])
    about = case_documents.about(ledger.db, subject) if row is not None else []
    letters = [one for one in about if one.body["sort"] == case_documents.REPEAT_REQUEST]
    number = str(row["accession"]) if row else ""
    name = f"Letter asking for another specimen, {number}.pdf"
    return (*reports, *(_issued(ledger, one, name, minute, kept) for one in letters[::-1]))


def _qc_reports(ledger: Ledger, subject: str, minute: Callable[[str], str], kept: WhatIsKept) -> tuple[ImportLine, ...]:
    """The QC reports that have a value of a tube or specimen."""
    from gms_desktop.services import case_documents, measure_matching

    if subject.partition(":")[0] not in {"specimen", "tube", "eluate", "aliquot"}:
        return ()
    item = measure_matching.item_of(ledger.db, subject)
    made = [one for one in case_documents.about(ledger.db, subject) if one.body["sort"] == case_documents.QC_REPORT]
    code = item.code if item else ""
    named = [(one, f"QC report {code}".strip() + f".{one.body['form']}") for one in made]
    return tuple(_issued(ledger, one, name, minute, kept) for one, name in named[::-1])


def _worklists(ledger: Ledger, subject: str, minute: Callable[[str], str], kept: WhatIsKept) -> tuple[ImportLine, ...]:
    from gms_desktop.services import case_documents, plate_files

    row = plate_look_up.plate(ledger.db, subject.partition(":")[2])
    code = str(row["code"]) if row else ""
    about = [one for one in case_documents.about(ledger.db, subject) if one.body["sort"] in plate_files.NAMES]
    named = [(one, f"{code} {plate_files.NAMES[one.body['sort']]}") for one in about]
    return tuple(_issued(ledger, one, name, minute, kept) for one, name in named[::-1])


def _maps(ledger: Ledger, subject: str, minute: Callable[[str], str], kept: WhatIsKept) -> tuple[ImportLine, ...]:
    from gms_desktop.services import case_documents, rack_maps

    row = rack_look_up.rack(ledger.db, subject.partition(":")[2])
    made = case_documents.about(ledger.db, rack_maps.about(row["id"])) if row else []
    named = [(one, f"{row['code']} {rack_maps.NAMES[one.body['sort']]}") for one in made if row]
    return tuple(_issued(ledger, one, name, minute, kept) for one, name in named[::-1])


def _sheets(ledger: Ledger, subject: str, minute: Callable[[str], str], kept: WhatIsKept) -> tuple[ImportLine, ...]:
    from gms_desktop.services import case_documents, sample_sheets

    row = library_look_up.pool(ledger.db, subject.partition(":")[2])
    name = sample_sheets.file_name(str(row["code"]) if row else "")
    sort = case_documents.SAMPLE_SHEET
    about = [one for one in case_documents.about(ledger.db, subject) if one.body["sort"] == sort]
    return tuple(_issued(ledger, one, name, minute, kept) for one in about[::-1])


def _issued(ledger: Ledger, issued: Entry, name: str, minute: Callable[[str], str], kept: WhatIsKept) -> ImportLine:
    who = operator(ledger, issued.operator) if issued.operator else None
    digest = issued.body["sha256"]
    row = {"action": issued.action}
    return ImportLine(
        at=minute(issued.occurred_at),
        who=who.name if who else "the application",
        file=name,
        landed=0,
        waiting=0,
        already=0,
        subject=f"document:{issued.body['document']}",
        sha256=digest,
        came_in_at=kept_files.came_in_at(ledger.db, row),
        kept=kept_files.whereabouts(ledger, row, kept(digest)),
    )


def line(ledger: Ledger, row: Row, name: str, minute: Callable[[str], str], kept: WhatIsKept) -> ImportLine:
    """A file that was taken in, in words."""
    who = operator(ledger, row["operator"]) if row["operator"] else None
    return ImportLine(
        at=minute(row["at"]),
        who=who.name if who else "the application",
        file=name or "a file",
        landed=row["landed"],
        waiting=row["waiting"],
        already=row["already"],
        subject=f"import:{row['id']}",
        sha256=row["sha256"],
        came_in_at=kept_files.came_in_at(ledger.db, row),
        kept=kept_files.whereabouts(ledger, row, kept(row["sha256"])),
    )


def _imports(db: Database, subject: str) -> list[str]:
    sort, _, subject_id = subject.partition(":")
    match sort:
        case "import":
            return [subject_id]
        case "request":
            rows = [row] if (row := look_up.row(db, "request", subject_id)) else []
        case "specimen":
            rows = look_up.requests_of_specimen(db, subject_id)
        case "patient":
            rows = look_up.requests_of_patient(db, subject_id)
        case _:
            rows = []
    return [str(row["import"]) for row in rows if row["import"]]


def _name(db: Database, subject: str) -> str:
    row = look_up.row(db, "import_act", subject.partition(":")[2])
    known = store.private_values(db, [subject])
    return (known.get(row["file_private"] or "") or "") if row is not None else ""
