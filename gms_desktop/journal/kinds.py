"""The one table of kinds: what each kind's body holds, what it touches, and which premises it states.

A fact happened in the world and is never refused for a soft premise; a decision is refused when what it rests on is
not so; a note names no subject (ARCHITECTURE section 5).
"""

from __future__ import annotations

from gms_desktop.journal import kinds_of_afterwards as afterwards
from gms_desktop.journal import kinds_of_consignments as consignments
from gms_desktop.journal import kinds_of_decisions as decisions
from gms_desktop.journal import kinds_of_directory as directory
from gms_desktop.journal import kinds_of_downtime as downtime
from gms_desktop.journal import kinds_of_examination as examination
from gms_desktop.journal import kinds_of_exports as exports
from gms_desktop.journal import kinds_of_extraction as extraction
from gms_desktop.journal import kinds_of_families as families
from gms_desktop.journal import kinds_of_holding_racks as holding_racks
from gms_desktop.journal import kinds_of_index_plates as index_plates
from gms_desktop.journal import kinds_of_labels as labels
from gms_desktop.journal import kinds_of_layouts as layouts
from gms_desktop.journal import kinds_of_left_out as left_out
from gms_desktop.journal import kinds_of_lots as lots
from gms_desktop.journal import kinds_of_matches as matches
from gms_desktop.journal import kinds_of_nipt as nipt
from gms_desktop.journal import kinds_of_people as people
from gms_desktop.journal import kinds_of_plates as plates
from gms_desktop.journal import kinds_of_racks as racks
from gms_desktop.journal import kinds_of_readings as readings
from gms_desktop.journal import kinds_of_reception as reception
from gms_desktop.journal import kinds_of_storage as storage
from gms_desktop.journal import kinds_of_tissue as tissue
from gms_desktop.journal import kinds_of_volumes as volumes
from gms_desktop.journal import kinds_of_weights as weights
from gms_desktop.journal.entry import Body, Pair, Premises
from gms_desktop.journal.kind import Kind, Nature, exists
from gms_desktop.journal.kind import kind as _kind


class UnknownKind(LookupError):
    """A kind, or a version of it, that this application does not know."""


def known(kind: str, version: int) -> bool:
    """Whether this version of the application can fold ``kind`` in ``version``."""
    return (kind, version) in _TABLE


def readable(kind: str, version: int, body: Body) -> bool:
    """Whether this version of the application knows the kind, and the body has the fields of it."""
    row = _TABLE.get((kind, version))
    return row is not None and body.keys() == row.fields


def newest(kind: str) -> Kind:
    """The kind in the version that is written today.

    Raises:
        UnknownKind: for a name that stands in no row of the table.
    """
    if kind not in _NEWEST:
        raise UnknownKind(kind)
    return _NEWEST[kind]


def every_kind() -> tuple[Kind, ...]:
    """Every row of the table."""
    return tuple(_TABLE.values())


def premises_of(
    kind: Kind, body: Body, operator: str | None, role: str | None = None, rights: tuple[Pair, ...] = ()
) -> Premises:
    """The premises of an entry, the operator's own among them: expected for a fact, required for a decision.

    Args:
        kind: what is recorded.
        body: the fact.
        operator: who does it.
        role: the role they do it in: rights that were withdrawn elsewhere in the meantime come to light by it.
        rights: what else gives the right: a competence, the role of a second person.

    Raises:
        ValueError: when the body has a field too many or too few.
    """
    if body.keys() != kind.fields:
        raise ValueError(f"{kind.name}: fields differ by {sorted(body.keys() ^ kind.fields)}")
    said = kind.premises(body)
    if operator is None or kind.nature is Nature.NOTE:
        return said
    own: tuple[Pair, ...] = (exists(f"operator:{operator}"),)
    if role is not None:
        own = (*own, (f"role:{operator}:{role}", f"operator:{operator}"))
    own = (*own, *rights)
    if kind.nature is Nature.DECISION:
        required = (*said.requires, *(pair for pair in own if pair not in said.requires))
        return Premises(said.touches, said.claims, required, said.expects, said.releases)
    return Premises(said.touches, said.claims, said.requires, (*said.expects, *own), said.releases)


def _new(subject: str, *claims: tuple[str, str], expects: tuple[Pair, ...] = ()) -> Premises:
    return Premises(touches=(subject,), claims=(exists(subject), *claims), expects=expects)


def _about(subject: str, *expects: Pair) -> Premises:
    return Premises(touches=(subject,), expects=(exists(subject), *expects))


def _operator_added(body: Body) -> Premises:
    subject = f"operator:{body['operator']}"
    return _new(subject, *[(f"id:badge:{body['badge']}", subject)] if body["badge"] else [])


def _role_granted(body: Body) -> Premises:
    subject = f"operator:{body['operator']}"
    claim = (f"role:{body['operator']}:{body['role']}", subject)
    if body["granter"] is None:
        first = f"administrator:{body['laboratory']}"
        return Premises((subject,), (claim, (first, subject)), ((first, None), exists(subject)))
    granter = (f"role:{body['granter']}:administrator", f"operator:{body['granter']}")
    return Premises((subject,), (claim,), (granter, exists(subject)))


def _role_withdrawn(body: Body) -> Premises:
    subject = f"operator:{body['operator']}"
    held = (f"role:{body['operator']}:{body['role']}", subject)
    granter = (f"role:{body['by']}:administrator", f"operator:{body['by']}")
    return Premises((subject,), requires=(held, granter), releases=(held,))


def _patient_registered(body: Body) -> Premises:
    return _new(f"patient:{body['patient']['id']}")


def _request_expected(body: Body) -> Premises:
    request, patient = f"request:{body['request']}", f"patient:{body['patient']['id']}"
    touches, claims, expects = [request, patient], [exists(request)], []
    if body["patient"]["new"]:
        claims.append(exists(patient))
    else:
        expects.append(exists(patient))
    if body["referral"]:
        touches.append(f"referral:{body['referral']}")
        claims.append(exists(f"referral:{body['referral']}"))
    if body["import"]:
        expects.append(exists(f"import:{body['import']}"))
    return Premises(tuple(touches), tuple(claims), (), tuple(expects))


def _specimen_received(body: Body) -> Premises:
    subject = f"specimen:{body['specimen']}"
    requests = tuple(f"request:{request}" for request in body["requests"])
    named = [f"{sort}:{body[sort]}" for sort in ("patient", "delivery") if body[sort]]
    expects: tuple[Pair, ...] = tuple(exists(one) for one in (*requests, *named))
    claims = (exists(subject), (f"accession:{body['accession']}", subject))
    # The place that a request keeps for a tube: whoever receives that tube again meets the one who was there before.
    places = tuple(f"arrival:{request}/{body['tube']}" for request in body["requests"] if body["tube"])
    expects += tuple((f"last:{place}", body["follows"]) for place in places)
    return Premises((subject, *requests, *places), claims, (), expects)


def _specimen_decided(body: Body) -> Premises:
    subject = f"specimen:{body['specimen']}"
    return Premises((subject,), requires=(exists(subject), (f"last:{subject}", body["rests_on"])))


def _undone(body: Body) -> Premises:
    # Nothing has touched the subjects since, and before that nothing came between what this bench knew of them: so what
    # is put back is what was there.
    unchanged = tuple((f"last:{subject}", entry) for subject, entry, _ in body["last"])
    foreseen = tuple((f"ground:{subject}", ground) for subject, _, ground in body["last"])
    return Premises(
        touches=tuple(subject for subject, _, _ in body["last"]),
        claims=tuple((key, holder) for key, holder in body["claims"]),
        requires=(*unchanged, *foreseen),
        releases=tuple((key, holder) for key, holder in body["releases"]),
    )


def _private_erased(body: Body) -> Premises:
    asked = (f"role:{body['by']}:administrator", f"operator:{body['by']}")
    # A scan is no thing that anybody claimed: what was scanned is named by its own entry.
    there = () if body["subject"].startswith("scan:") else (exists(body["subject"]),)
    return Premises((body["subject"],), requires=(*there, asked))


def _reception(body: Body) -> Premises:
    return Premises((f"reception:{body['bench']}",), expects=(exists(f"request:{body['request']}"),))


REVIEWERS = ("senior", "quality manager", "administrator")


def _case_resolved(body: Body) -> Premises:
    if body["role"] not in REVIEWERS:
        raise ValueError(f"{body['role']} resolves no case")
    settled = [(one["subject"], one["entry"]) for one in body["settled"]]
    subjects = dict.fromkeys([*(subject for subject, _ in settled), *(task["subject"] for task in body["tasks"])])
    # What was settled is settled once, and for ever: the second of two benches to do so is refused.
    taken = tuple(
        (f"case:{entry}", f"resolution:{body['resolution']}") for entry in dict.fromkeys(e for _, e in settled)
    )
    role = (f"role:{body['by']}:{body['role']}", f"operator:{body['by']}")
    return Premises(
        tuple(subjects),
        (*taken, *((key, holder) for key, holder in body["claims"])),
        (role, *((key, holder) for key, holder in body["stands"])),
        (),
        tuple((key, holder) for key, holder in body["releases"]),
    )


def _case_reopened(body: Body) -> Premises:
    if body["role"] not in REVIEWERS:
        raise ValueError(f"{body['role']} opens no case again")
    subjects = dict.fromkeys(one["subject"] for one in (*body["settled"], *body["tasks"]))
    subjects |= dict.fromkeys(f"specimen:{specimen}" for specimen in body["led"])
    # What was settled is free to be settled again; of two benches that open it again the first counts.
    taken = tuple(
        (f"case:{entry}", f"resolution:{body['resolution']}")
        for entry in dict.fromkeys(one["entry"] for one in body["settled"])
    )
    role = (f"role:{body['by']}:{body['role']}", f"operator:{body['by']}")
    return Premises(tuple(subjects), (), (role, *taken), (), taken)


def _document_issued(body: Body) -> Premises:
    # What it is about is named, so that whoever asks a specimen's history finds the documents that rest on it.
    about = tuple(str(one) for one in body["about"])
    expects: tuple[Pair, ...] = (exists(f"document:{body['replaces']}"),) if body["replaces"] else ()
    made = exists(f"document:{body['document']}")
    return Premises((made[1], f"documents:{body['sort']}", *about), (made,), (), expects)


def _document_recalled(body: Body) -> Premises:
    subject = f"document:{body['document']}"
    return Premises((subject, f"documents:{body['sort']}"), expects=(exists(subject),))


def _case_task_done(body: Body) -> Premises:
    # The subject of a refused entry never came to be; that its case is settled is what this stands on.
    return Premises((body["subject"],), expects=((f"case:{body['case']}", f"resolution:{body['resolution']}"),))


def _specimen_renumbered(body: Body) -> Premises:
    subject = f"specimen:{body['specimen']}"
    return Premises((subject,), ((f"accession:{body['accession']}", subject),), (), (exists(subject),))


def _specimen_joined(body: Body) -> Premises:
    subjects = tuple(f"specimen:{body[name]}" for name in ("specimen", "leads"))
    return Premises(subjects, (), tuple(exists(subject) for subject in subjects))


def _patient_proposed(body: Body) -> Premises:
    subjects = tuple(f"patient:{body[name]}" for name in ("patient", "other"))
    return Premises(subjects, expects=tuple(exists(subject) for subject in subjects))


def _patient_linked(body: Body) -> Premises:
    subjects = tuple(f"patient:{body[name]}" for name in ("patient", "other"))
    people = tuple(exists(f"operator:{body[name]}") for name in ("by", "witness"))
    if body["by"] == body["witness"]:
        raise ValueError("a link needs two people")
    return Premises(subjects, (), (*(exists(subject) for subject in subjects), *people))


def _patient_parted(body: Body) -> Premises:
    subjects = tuple(f"patient:{body[name]}" for name in ("patient", "other"))
    return Premises(subjects, (), (*(exists(subject) for subject in subjects), exists(f"operator:{body['by']}")))


_FACT, _DECISION, _NOTE = Nature.FACT, Nature.DECISION, Nature.NOTE

_ROWS = (
    _kind(
        "laboratory.set_up",
        _FACT,
        "laboratory name ods letter time_zone rehearsal",
        lambda body: _new(f"laboratory:{body['laboratory']}"),
    ),
    _kind("writer.began", _FACT, "writer short_code cause former bench", lambda body: _new(f"writer:{body['writer']}")),
    _kind("writer.forked", _FACT, "writer seq numbers", lambda body: _about(f"writer:{body['writer']}")),
    _kind("operator.added", _FACT, "operator name badge", _operator_added),
    _kind("pin.set", _FACT, "operator pin", lambda body: _about(f"operator:{body['operator']}")),
    _kind("badge.changed", _DECISION, "operator badge former by", people.badge_changed),
    _kind("role.granted", _DECISION, "operator role granter laboratory", _role_granted),
    _kind("role.withdrawn", _DECISION, "operator role by", _role_withdrawn),
    _kind("competence.granted", _DECISION, "operator job since until evidence by role", people.competence_granted),
    _kind("competence.withdrawn", _DECISION, "operator job reason by role", people.competence_withdrawn),
    _kind("second.asked", _FACT, "second job subject words sha256 by alone due bench", people.second_asked),
    _kind("second.given", _DECISION, "second sha256 by role asked_by", people.second_decided),
    _kind("second.declined", _DECISION, "second reason by role asked_by", people.second_decided),
    _kind("second.used", _DECISION, "second witness use", people.second_used),
    _kind("signed", _DECISION, "signature job words sha256 rests_on by role", people.signed),
    _kind("break_glass.opened", _FACT, "session operator reason comment bench", people.break_glass_opened),
    _kind("break_glass.reviewed", _DECISION, "session operator finding comment by role", people.break_glass_reviewed),
    _kind("handover.note_written", _FACT, "note text by bench", people.note_written),
    _kind("handover.note_acknowledged", _FACT, "note by", people.note_acknowledged),
    _kind(
        "session.changed",
        _FACT,
        "bench session operator how",
        lambda body: Premises((f"bench:{body['bench']}",), expects=(exists(f"writer:{body['bench']}"),)),
    ),
    _kind("patient.registered", _FACT, "patient", _patient_registered),
    _kind(
        "request.expected",
        _FACT,
        "request referral patient role structure test codes sender requestor location priority category risk tubes "
        "collected import row origin",
        _request_expected,
    ),
    _kind(
        "import.taken_in",
        _FACT,
        "import file sha256 size layout landed waiting already",
        lambda body: _new(f"import:{body['import']}"),
    ),
    _kind(
        "import.row_waits",
        _FACT,
        "import row column value reason detail",
        lambda body: _about(f"import:{body['import']}"),
    ),
    _kind("reception.opened", _FACT, "bench request", _reception),
    _kind("reception.closed", _FACT, "bench request awaited", _reception),
    _kind(
        "delivery.arrived",
        _FACT,
        "delivery carrier bags arrived until precision words temperature condition stated bench",
        reception.arrived,
    ),
    _kind("delivery.bag_found", _FACT, "delivery bag urgent bench", reception.about),
    _kind("delivery.taken_up", _FACT, "delivery bag bench", reception.taken_up),
    _kind("delivery.put_away", _FACT, "delivery bench", reception.put_away),
    _kind("delivery.leaked", _FACT, "delivery bag comment bench", reception.about),
    _kind("delivery.closed", _FACT, "delivery stated found reason comment bench follows", reception.counted),
    _kind("delivery.opened_again", _FACT, "delivery bench follows", reception.counted),
    *lots.ROWS,
    *exports.ROWS,
    _kind("item.passed_on", _FACT, "item delivery bag what to reason comment bench", reception.item),
    _kind("item.form_found", _FACT, "item delivery bag what request reason comment bench", reception.item),
    _kind("item.answered", _FACT, "item answer bench", reception.item_answered),
    _kind(
        "specimen.received",
        _FACT,
        "specimen accession requests patient tube type sender_code sender collected taken delivery bag risk priority "
        "category matched bench follows",
        _specimen_received,
    ),
    _kind(
        "specimen.decided",
        _DECISION,
        "specimen outcome reasons comment compared identity stops chase_whom chase_by rests_on",
        _specimen_decided,
    ),
    _kind("specimen.compared", _FACT, "specimen compared", decisions.about_specimen),
    _kind("hold.placed", _FACT, "specimen hold reasons stops chase_whom chase_by", decisions.about_specimen),
    _kind("hold.chased", _FACT, "specimen hold whom how comment chase_by", decisions.about_specimen),
    _kind("hold.answered", _FACT, "specimen hold answer whom", decisions.about_specimen),
    _kind("hold.released", _FACT, "specimen hold reason", decisions.about_specimen),
    _kind("request.assessed", _DECISION, "request items proceeds comment rests_on", decisions.request_assessed),
    _kind("consent.stated", _FACT, "patient use state source said_by stated_on", decisions.consent_stated),
    _kind(
        "request.priority_raised",
        _FACT,
        "request specimens priority was whom how comment",
        decisions.priority_raised,
    ),
    _kind("urgent.told", _FACT, "specimen whom how", decisions.about_specimen),
    _kind("urgent.acknowledged", _FACT, "specimen step", decisions.about_specimen),
    _kind(
        "specimen.examined",
        _FACT,
        "specimen condition volume type_found type_expected cytology cells papers history bench",
        examination.of_a_specimen,
    ),
    _kind("specimen.step_done", _FACT, "specimen step bench", examination.of_a_specimen),
    _kind("separation.spun", _FACT, "separation specimen programme spins began ended bench", examination.spun),
    _kind(
        "aliquot.made",
        _FACT,
        "aliquot accession specimen separation material volume haemolysis bench",
        examination.aliquot_made,
    ),
    _kind("risk.stated", _FACT, "specimen patient risk told bench", examination.risk_stated),
    _kind("risk.released", _DECISION, "specimen patient reason rests_on bench", examination.risk_released),
    _kind("label.intended", _FACT, labels.INTENDED, labels.intended),
    _kind("label.sending", _FACT, "label", labels.about),
    _kind("label.sent", _FACT, labels.SENT, labels.about),
    _kind("label.printed", _FACT, "label said_by", labels.about),
    _kind("label.dropped", _FACT, "label", labels.about),
    _kind("label.verified", _FACT, "label", labels.about),
    _kind("label.spoiled", _FACT, "label reason", labels.about),
    _kind("label.put_off", _FACT, "label reason", labels.about),
    _kind("site_data.proposed", _DECISION, layouts.PROPOSED, layouts.proposed),
    _kind("label_layout.tried", _FACT, layouts.TRIED, layouts.tried),
    _kind("label_layout.released", _FACT, layouts.RELEASED, layouts.released),
    _kind("site_data.approved", _DECISION, "name version effective sha256 text by", layouts.approved),
    _kind("directory.taken_in", _DECISION, directory.TAKEN_IN, directory.taken_in),
    _kind("directory.indication", _DECISION, directory.INDICATION, directory.indication),
    _kind("private.erased", _DECISION, "subject commitments reason authority by", _private_erased),
    _kind(
        "scan.judged",
        _NOTE,
        "bench raw text private symbology source entered keyed repaired faults verdict title words",
        lambda _body: Premises(),
    ),
    _kind(
        "downtime.range_defined", _DECISION, "range name writer letter short_code first last by", downtime.range_defined
    ),
    _kind(
        "downtime.pack_printed",
        _FACT,
        "pack range bench count sha256 pages",
        lambda body: _new(f"downtime_pack:{body['pack']}", expects=(exists(f"downtime_range:{body['range']}"),)),
    ),
    _kind("downtime.number_issued", _FACT, "number pack place", downtime.number_issued),
    _kind(
        "downtime.number_used",
        _FACT,
        "number specimen happened precision words who outcome bench",
        downtime.number_used,
    ),
    _kind("downtime.number_spoiled", _FACT, "number reason comment bench", downtime.number_spoiled),
    _kind(
        "case.resolved",
        _DECISION,
        "case resolution keeps reason comment by role settled stands releases claims tasks",
        _case_resolved,
    ),
    _kind(
        "case.reopened",
        _DECISION,
        "case resolution reason comment by role settled led tasks",
        _case_reopened,
    ),
    _kind("document.issued", _FACT, "document sort form sha256 start end about replaces file", _document_issued),
    _kind("document.recalled", _FACT, "document sort reason", _document_recalled),
    _kind("case.task_done", _FACT, "case resolution subject task", _case_task_done),
    _kind("specimen.renumbered", _FACT, "specimen accession instead_of", _specimen_renumbered),
    _kind("specimen.joined", _DECISION, "specimen leads", _specimen_joined),
    _kind(
        "patient.named",
        _FACT,
        "patient name person surname forename born nhs hospital cause said_by follows",
        families.named,
    ),
    _kind("specimen.linked", _FACT, "specimen other relation parted", families.specimens_linked),
    _kind("request.cancelled", _FACT, "request asked_by how reason bench follows", afterwards.cancelling),
    _kind("request.revived", _FACT, "request asked_by how reason bench follows", afterwards.cancelling),
    _kind(
        "request.amended",
        _FACT,
        "request amendment fields test priority details requestor location asked_by how reason bench follows",
        afterwards.amended,
    ),
    _kind("request.shared", _FACT, "request share to ods asked_by how reason bench", afterwards.shared),
    _kind("request.share_told", _FACT, "request share what of day who words document bench", afterwards.shared),
    _kind(
        "request.added_on",
        _FACT,
        "request of patient test code priority asked_by how reason bench",
        afterwards.added_on,
    ),
    _kind("material.reserved", _DECISION, "specimen aliquot request volume bench rests_on", afterwards.reserved),
    _kind("material.released", _DECISION, "specimen aliquot request volume reason bench", afterwards.released),
    _kind("patient.link_proposed", _FACT, "patient other reason", _patient_proposed),
    _kind("patient.linked", _DECISION, "patient other by witness", _patient_linked),
    _kind("patient.parted", _DECISION, "patient other reason by", _patient_parted),
    _kind("nipt.stated", _FACT, nipt.STATED, nipt.stated),
    _kind("nipt.judged", _DECISION, nipt.JUDGED, nipt.judged),
    _kind("nipt.result_stated", _FACT, nipt.RESULT_STATED, nipt.result_stated),
    _kind("nipt.qf_pcr_stated", _FACT, nipt.QF_PCR_STATED, nipt.qf_pcr_stated),
    *racks.ROWS,
    *extraction.ROWS,
    *plates.ROWS,
    *left_out.ROWS,
    *index_plates.ROWS,
    *holding_racks.ROWS,
    *storage.ROWS,
    *readings.ROWS,
    *weights.ROWS,
    *consignments.ROWS,
    *volumes.ROWS,
    *matches.ROWS,
    *tissue.ROWS,
    _kind("undone", _DECISION, "of was rows last claims releases", _undone),
)

_TABLE = {(row.name, row.version): row for row in _ROWS}
_NEWEST = {row.name: row for row in sorted(_ROWS, key=lambda row: row.version)}
