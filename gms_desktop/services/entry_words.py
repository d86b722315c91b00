"""An entry in the words of the bench, for undo, timeline and lists."""

from __future__ import annotations

from collections.abc import Callable

from gms_desktop import downtime_words, nipt_words, protection_words, review_words
from gms_desktop.journal import store
from gms_desktop.journal.database import Database
from gms_desktop.journal.entry import Entry
from gms_desktop.register import label_look_up, look_up
from gms_desktop.services import (
    afterwards_entry_words,
    decision_entry_words,
    delivery_entry_words,
    examine_entry_words,
    extract_entry_words,
    index_entry_words,
    measure_entry_words,
    plate_entry_words,
    rack_entry_words,
    send_entry_words,
    site_rules,
    storage_entry_words,
    tissue_entry_words,
    volume_entry_words,
)


def entry_words(db: Database, entry: Entry) -> str:
    """What happened, short enough for a button: "receive tube 1 (ZK7Q…)"."""
    made, plain = _WORDS.get(entry.kind), entry.kind.replace(".", " ").replace("_", " ")
    try:
        return made(db, entry) if made else plain
    except (LookupError, TypeError, AttributeError):
        # Of another version, or of an application with a fault: frozen, and still to be listed.
        return plain


def _reasons(db: Database, codes: list[str]) -> str:
    known = site_rules.reason_words(db)
    return ", ".join(known.get(code, code) for code in codes)


def _received(_db: Database, entry: Entry) -> str:
    body = entry.body
    tube = f"tube {body['tube']}" if body["tube"] else "a further tube"
    how = {"code": "matched by its code", "eye": "chosen by eye", "unannounced": "not announced"}[body["matched"]]
    return f"receive {tube}, {body['type']}, as {body['accession']} ({how})"


def _decided(db: Database, entry: Entry) -> str:
    specimen = look_up.row(db, "specimen", entry.body["specimen"])
    number = specimen["accession"] if specimen else "specimen"
    outcome = {"on hold": "hold", "rejected": "reject", "accepted": "accept", "surplus": "store as surplus"}.get(
        entry.body["outcome"], entry.body["outcome"].replace("accepted", "accept")
    )
    reasons = _reasons(db, entry.body["reasons"])
    return f"{outcome} {number}" + (f": {reasons}" if reasons else "")


def _opened(db: Database, entry: Entry) -> str:
    codes = look_up.codes_of_request(db, entry.body["request"])
    request = look_up.row(db, "request", entry.body["request"])
    name = (request["referral"] if request else None) or (codes[0]["code"] if codes else "a request")
    return f"{'open' if entry.kind.endswith('opened') else 'close'} {name}"


def _import(db: Database, entry: Entry) -> str:
    known = store.private_values(db, [f"import:{entry.body['import']}"])
    name = known.get(entry.body["file"] or "") or "a file"
    rows = entry.body["landed"]
    return f"import of {rows} row{'s' if rows != 1 else ''} from {name}"


def _label(db: Database, entry: Entry) -> str:
    label = str(entry.body["label"])
    number, copy = label_look_up.number(db, label), label.rpartition(".")[2]
    which = f"label {number}" + (f", copy {copy}" if copy != "1" else "")
    match entry.kind:
        case "label.intended":
            reason = entry.body["reason"]
            return f"print {which}" + (f": {_reasons(db, [reason])}" if reason else "")
        case "label.sending":
            return f"{which} on its way to the printer"
        case "label.printed":
            by_printer = entry.body["said_by"] == "printer"
            return f"{which} printed, as {'the printer says' if by_printer else 'somebody saw'}"
        case "label.dropped":
            return f"{which} taken out of the print queue"
        case "label.sent":
            return {
                "waits": f"{which} waits: {entry.body['detail']}",
                "sent": f"{which} sent to the printer",
                "unknown": f"{which}: whether it was printed is unknown",
                "not sent": f"{which} not sent: {entry.body['detail'] or 'printer away'}",
            }[entry.body["outcome"]]
        case "label.verified":
            return f"{which} scanned on its tube"
    verb = "put off" if entry.kind == "label.put_off" else "spoiled"
    return f"{which} {verb}: {_reasons(db, [entry.body['reason']])}"


def _undone(db: Database, entry: Entry) -> str:
    former = store.by_identity(db, entry.body["of"])
    return f"undo: {entry_words(db, former.entry)}" if former else f"undo: {entry.body['was']}"


def _resolved(_db: Database, entry: Entry) -> str:
    keeps, reason = str(entry.body["keeps"]), str(entry.body["reason"])
    said = review_words.REASONS.get(reason, reason).partition(":")[0].lower()
    return f"settle a case: {review_words.KEPT.get(keeps, keeps).lower()}, since {said}"


def _joined(db: Database, entry: Entry) -> str:
    led, leads = (look_up.row(db, "specimen", entry.body[name]) for name in ("specimen", "leads"))
    return f"{led['accession'] if led else 'a number'} is led by {leads['accession'] if leads else 'another number'}"


def _link(_db: Database, entry: Entry) -> str:
    return {
        "patient.link_proposed": "proposed as the same patient",
        "patient.linked": "linked as the same patient, by two people",
        "patient.parted": "parted: not the same patient",
    }[entry.kind]


def _used(_db: Database, entry: Entry) -> str:
    body = entry.body
    when = {"unknown": "at a time nobody wrote down"}.get(body["precision"], f"on {body['words']}")
    said = f", outcome on the form: {body['outcome']}" if body["outcome"] else ""
    return f"enter downtime number {body['number']}: really received {when}{said}"


def _spoiled_number(_db: Database, entry: Entry) -> str:
    return f"spoil downtime number {entry.body['number']}: {downtime_words.reason(entry.body['reason'] or '')}"


def _nipt(_db: Database, entry: Entry) -> str:
    return nipt_words.entry(entry.kind, str(entry.body.get("acceptance", "")))


_WORDS: dict[str, Callable[[Database, Entry], str]] = {
    **delivery_entry_words.WORDS,
    **examine_entry_words.WORDS,
    **rack_entry_words.WORDS,
    **measure_entry_words.WORDS,
    **extract_entry_words.WORDS,
    **plate_entry_words.WORDS,
    **index_entry_words.WORDS,
    **storage_entry_words.WORDS,
    **send_entry_words.WORDS,
    **tissue_entry_words.WORDS,
    **volume_entry_words.WORDS,
    **decision_entry_words.WORDS,
    **afterwards_entry_words.WORDS,
    "specimen.received": _received,
    "specimen.decided": _decided,
    "reception.opened": _opened,
    "reception.closed": _opened,
    "import.taken_in": _import,
    "import.row_waits": lambda _db, entry: f"row {entry.body['row']} waits to be put right",
    "request.expected": lambda _db, entry: f"request expected, {entry.body['test'] or 'test not stated'}",
    "label.intended": _label,
    "label.sending": _label,
    "label.sent": _label,
    "label.printed": _label,
    "label.dropped": _label,
    "label.verified": _label,
    "label.spoiled": _label,
    "label.put_off": _label,
    "downtime.range_defined": lambda _db, entry: f"downtime numbers set aside: {entry.body['name']}",
    "downtime.pack_printed": lambda _db, entry: f"pack of {entry.body['count']} downtime numbers printed",
    "downtime.number_issued": lambda _db, entry: f"downtime number {entry.body['number']} printed",
    "downtime.number_used": _used,
    "downtime.number_spoiled": _spoiled_number,
    **dict.fromkeys(nipt_words.ENTRIES, _nipt),
    "undone": _undone,
    "case.resolved": _resolved,
    "case.reopened": lambda _db, entry: (
        f"open a case again, since {review_words.why_again(entry.body['reason']).lower()}"
    ),
    "document.issued": lambda _db, entry: review_words.issued(
        entry.body["sort"], entry.body["start"] or "", entry.body["end"] or "", entry.body["form"]
    ),
    "export.saved": lambda _db, entry: protection_words.entry(entry.kind, entry.body["sort"]),
    "export.removed": lambda _db, entry: protection_words.entry(entry.kind, ""),
    "document.recalled": lambda _db, entry: f"recall: {review_words.document(entry.body['sort'])}",
    "case.task_done": lambda _db, _entry: "what a settled case left to do was done",
    "specimen.renumbered": lambda _db, entry: f"number {entry.body['instead_of']} anew: {entry.body['accession']}",
    "specimen.joined": _joined,
    "patient.link_proposed": _link,
    "patient.linked": _link,
    "patient.parted": _link,
    "writer.forked": lambda _db, entry: (
        f"this bench was found to be a copy; {len(entry.body['numbers'])} numbers may be on two tubes"
    ),
    "laboratory.set_up": lambda _db, entry: f"laboratory {entry.body['name']} set up",
    "writer.began": lambda _db, entry: f"bench {entry.body['bench']} began to write ({entry.body['cause']})",
    "operator.added": lambda _db, _entry: "person added",
    "pin.set": lambda _db, _entry: "PIN set",
    "role.granted": lambda _db, entry: f"role granted: {entry.body['role']}",
    "role.withdrawn": lambda _db, entry: f"role withdrawn: {entry.body['role']}",
    "session.changed": lambda _db, entry: str(entry.body["how"]),
    "private.erased": lambda _db, entry: (
        f"{len(entry.body['commitments'])} identifying values erased: "
        f"{entry.body['reason']} ({entry.body['authority']})"
    ),
    "directory.taken_in": lambda _db, entry: (
        f"Test Directory taken in: {entry.body['source']} {entry.body['version'] or 'version not stated'}, "
        f"{entry.body['tests']} tests"
    ),
    "directory.indication": lambda _db, entry: f"{entry.body['code']} with {len(entry.body['tests'])} tests",
    "site_data.proposed": lambda _db, entry: f"{entry.body['name']} version {entry.body['version']} proposed",
    "label_layout.tried": lambda _db, entry: (
        f"label layout {entry.body['layout']} tried on {entry.body['model'] or 'a printer'}, {entry.body['dpi']} dpi"
    ),
    "label_layout.released": lambda _db, entry: (
        f"label layout {entry.body['layout']} released for {entry.body['model'] or 'a printer'}, "
        f"{entry.body['dpi']} dpi: {entry.body['code']} was scanned back"
    ),
    "site_data.approved": lambda _db, entry: f"{entry.body['name']} version {entry.body['version']} approved",
}
