"""The NIPT samples of a period, read from the register together: a statement a table, however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gms_desktop.domain.nipt.codes import Acceptance, Pathway
from gms_desktop.domain.nipt.metrics import NiptSample
from gms_desktop.domain.nipt.record import Mother, Places, Record
from gms_desktop.domain.nipt.result import Then
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import nipt_look_up
from gms_desktop.services import nipt_records
from gms_desktop.services.nipt_clocks import Receipt, receipts
from gms_desktop.services.nipt_records import Known, day_of

_Found = dict[str, Row]


class _Read:
    """The rows of many records of NIPT, and the identifying values beside them."""

    def __init__(self, db: Database, names: Sequence[str], time_zone: str) -> None:
        def rows(table: str, ids: Sequence[str] = names) -> _Found:
            return nipt_look_up.together(db, table, ids)

        self.forms, self.judged, self.tested = rows("nipt_form"), rows("nipt_judgement"), rows("nipt_result")
        self.specimens = rows("specimen")
        said = [*self.forms.values(), *self.judged.values()]
        asked = [row["request"] for row in said if row["request"]]
        self.requests = rows("request", asked)
        self.codes = nipt_look_up.together(db, "request_code", asked, "request")
        self._of = {row["id"]: row["request"] for row in said}
        about = [*self.specimens.values(), *self.requests.values()]
        patients = [row["patient"] for row in about if row["patient"]]
        self.patients = rows("patient", patients)
        subjects = [*(f"patient:{one}" for one in patients), *(f"nipt:{name}" for name in names)]
        self.known: Known = store.private_values(db, subjects)
        self.came: dict[str, Receipt] = receipts(db, list(self.specimens.values()), time_zone)

    def request(self, name: str) -> Row | None:
        return self.requests.get(self._of.get(name) or "")


def records(db: Database, names: Sequence[str], places: Places, time_zone: str) -> list[Record]:
    """Samples as the file tells them.

    Args:
        db: the bench's database.
        names: of the records.
        places: the hub and the laboratory; the requesting hospital is each sample's own.
        time_zone: the laboratory's.
    """
    read = _Read(db, names, time_zone)
    return [_record(read, name, places) for name in names]


def _record(read: _Read, name: str, places: Places) -> Record:
    form, judged, tested = (table.get(name) for table in (read.forms, read.judged, read.tested))
    specimen, request = read.specimens.get(name), read.request(name)
    stated = nipt_records.form(form, read.known) if form else None
    code = read.codes.get(name)
    return Record(
        # Of a sample that never came, the sender's number on its request.
        id=str(specimen["accession"] if specimen else code["code"] if code else name),
        mother=_mother(read, specimen or request, stated.postcode if stated else ""),
        places=replace(places, hospital=str((request or {}).get("sender") or "")),
        form=stated,
        judged=nipt_records.judgement(judged, read.known) if judged else None,
        judged_on=day_of(judged["day"]) if judged else None,
        result=nipt_records.result(tested) if tested else None,
        received=read.came[name].day if specimen else None,
    )


def _mother(read: _Read, about: Row | None, postcode: str) -> Mother:
    row = read.patients.get((about["patient"] if about else None) or "")
    if row is None:
        return Mother(postcode=postcode)
    said = {name: read.known.get(row[f"{name}_private"] or "") or "" for name in ("nhs", "surname", "forename", "born")}
    return Mother(**said, postcode=postcode)


def samples(db: Database, start: str, time_zone: str) -> list[NiptSample]:
    """Samples that were booked in at ``start`` (UTC text) or later, as the measures count them."""
    specimens = nipt_look_up.received_since(db, start)
    names = [row["id"] for row in specimens]
    forms, judged, tested = (
        nipt_look_up.together(db, table, names) for table in ("nipt_form", "nipt_judgement", "nipt_result")
    )
    came = receipts(db, specimens, time_zone)
    return [
        _sample(row, came[row["id"]], *(table.get(row["id"]) for table in (forms, judged, tested))) for row in specimens
    ]


def _sample(
    specimen: Row, came: Receipt, form: Row | None = None, judged: Row | None = None, tested: Row | None = None
) -> NiptSample:
    result = nipt_records.result(tested) if tested else None
    told = result is not None and result.then is Then.REPEAT_ASKED
    return NiptSample(
        id=specimen["accession"],
        booked=came.booked,
        physical=came.physical,
        pathway=Pathway(form["pathway"]) if form else None,
        sampled=day_of(form["sampled"]) if form else None,
        acceptance=Acceptance(judged["acceptance"]) if judged else None,
        repeat_asked=told or bool(judged and judged["repeat_asked"]),
        missing=bool(judged and judged["missing"]),
        outcome=result.outcome if result else None,
        reported=result.reported if result else None,
    )
