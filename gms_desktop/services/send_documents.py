"""The papers of a consignment: made when it is closed, kept as they were made, recalled when it is opened again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256

from gms_desktop import send_words
from gms_desktop.documents.label import LabelUnreadable
from gms_desktop.documents.packing_list import Line, Papers
from gms_desktop.documents.rejection_report import Imprint
from gms_desktop.domain import dates
from gms_desktop.domain.consignments.destinations import Destination
from gms_desktop.domain.consignments.packing import Item
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.exchange.consignments import series
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import consignment_look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services import case_documents, kept_files, send_item, send_signed, send_tissue
from gms_desktop.services.imprints import imprint
from gms_desktop.services.receive import Desk

LETTER, LIST, TABLE = "send-away-letter", "packing-list", "packing-list-table"
SIGNED = "signed-consignment"
_FORMS = {LETTER: ("pdf", kept_files.PDF), LIST: ("pdf", kept_files.PDF), TABLE: ("csv", "text/csv")}
_FORMS |= {SIGNED: ("gmsc", "application/octet-stream")}
NAMES = {LETTER: "letter.pdf", LIST: "packing-list.pdf", TABLE: "packing-list.csv", SIGNED: "manifest.gmsc"}
NAMES |= {sort: f"{table}.csv" for table, sort in case_documents.MANIFESTS.items()}


@dataclass(frozen=True)
class Issued:
    """The papers that were made: their identities, the hash of the list, and what is recorded of them."""

    documents: tuple[str, ...]
    manifest: str
    drafts: tuple[Draft, ...]


def issue(
    ledger: Ledger, desk: Desk, row: Row, destination: Destination, items: list[tuple[Row, Item]], manifest: bytes = b""
) -> Issued | str:
    """Make and keep the papers; why they could not be made otherwise.

    Args:
        ledger: the bench's.
        desk: its memory.
        row: the consignment.
        destination: as its profile says now.
        items: what is packed, with what is known of each.
        manifest: the table that the destination asks for; empty where it asks for none.
    """
    if desk.files is None:
        return "this bench keeps no files"
    made = list[_Paper]()
    by, lines = imprint(ledger, desk.place.bench), _lines(ledger.db, destination, items, desk.time_zone)
    tissue = send_tissue.lines(ledger.db, [one for one, _ in items])
    try:
        if manifest:
            made.append(_kept(ledger, desk, row, case_documents.MANIFESTS[destination.manifest], manifest))
        signed = send_signed.signed(ledger, desk, row, destination, items)
        made.append(_kept(ledger, desk, row, SIGNED, signed))
        for sort in (LETTER, LIST, TABLE):
            document = ledger.identity()
            papers = _papers(ledger, desk, document, row, destination, lines)
            content = _made(sort, replace(papers, series=series.split(signed), tissue=tissue), by)
            made.append(_kept(ledger, desk, row, sort, content, document))
    except (LabelUnreadable, Refused, Unavailable) as fault:
        return str(fault).rstrip(".")
    table = next(one.sha256 for one in made if one.sort == TABLE)
    return Issued(tuple(one.document for one in made), table, tuple(one.draft for one in made))


@dataclass(frozen=True)
class _Paper:
    sort: str
    document: str
    sha256: str
    draft: Draft


def _kept(ledger: Ledger, desk: Desk, row: Row, sort: str, content: bytes, document: str = "") -> _Paper:
    """A paper in the file store, with what is recorded of it."""
    if desk.files is None:
        raise Refused("this bench keeps no files")
    document = document or ledger.identity()
    form, media_type = _FORMS.get(sort, ("csv", "text/csv"))
    desk.files().put(content, media_type, f"document:{document}", kept_files.now(ledger))
    digest = sha256(content).hexdigest()
    about = {"about": [f"consignment:{row['id']}"], "start": None, "end": None, "replaces": None, "file": None}
    body = {"document": document, "sort": sort, "form": form, "sha256": digest} | about
    return _Paper(sort, document, digest, Draft("document.issued", body, input=desk.told))


def recalled(ledger: Ledger, desk: Desk, row: Row) -> tuple[Draft, ...]:
    """What is recorded when the papers of a consignment count no more."""
    return tuple(
        Draft(
            case_documents.RECALLED,
            {"document": one.body["document"], "sort": one.body["sort"], "reason": "consignment opened again"},
            input=desk.told,
        )
        for one in case_documents.about(ledger.db, f"consignment:{row['id']}")
    )


def kept(db: Database, consignment: str) -> dict[str, str]:
    """The hash of each paper that counts, by its sort."""
    found = {one.body["sort"]: one.body["sha256"] for one in case_documents.about(db, f"consignment:{consignment}")}
    return {sort: found[sort] for sort in NAMES if sort in found}


def _made(sort: str, papers: Papers, by: Imprint) -> bytes:
    from gms_desktop.documents.packing_list_csv import packing_list_csv
    from gms_desktop.documents.packing_list_pdf import packing_list_pdf, send_away_letter_pdf

    if sort == TABLE:
        return packing_list_csv(papers, by)
    return packing_list_pdf(papers, by) if sort == LIST else send_away_letter_pdf(papers, by)


def _papers(
    ledger: Ledger, desk: Desk, document: str, row: Row, destination: Destination, lines: tuple[Line, ...]
) -> Papers:
    former = consignment_look_up.consignment(ledger.db, row["follows"] or "")
    now = dates.to_local(ledger.clock.now(), desk.time_zone)
    facts = (
        ("Priority", str(row["priority"])),
        ("Closed", dates.display_minute(now)),
        ("Keep at", destination.temperature),
        ("With it", ", ".join(destination.documents)),
        ("ODS code", destination.ods),
        ("Telephone", destination.telephone),
        ("Profile", f"{row['destination']} {row['version']}"),
        ("Key of our signed file", send_signed.fingerprint(desk)),
    )
    return Papers(
        code=document,
        number=str(row["number"]),
        to=(destination.name, *(one for one in destination.address if one != destination.name)),
        example=destination.example,
        facts=tuple((name, value) for name, value in facts if value),
        lines=lines,
        follows=str(former["number"]) if former else "",
    )


def _lines(db: Database, destination: Destination, items: list[tuple[Row, Item]], zone: str) -> tuple[Line, ...]:
    conceded = (send_item.on_paper(db, item, zone) for _, item in items)
    every = enumerate(zip(items, conceded, strict=True), start=1)
    return tuple(_line(destination, place, *one, said) for place, (one, said) in every)


def _line(destination: Destination, place: int, row: Row, item: Item, conceded: str) -> Line:
    sort = send_words.ONE.get(row["sort"], str(row["sort"]))
    ids = (", ".join(said) for said in (item.referrals, item.participants, item.tubes))
    shown = ids if destination.identifiers else ()
    return Line(place, sort, str(row["number"]), row["container"] or "", conceded, *shown)
