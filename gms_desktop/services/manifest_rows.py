"""Rows of the manifests of whole genome sequencing, made from what the register knows of each tube; nothing is guessed.

Columns: the digital manifest for whole genome sequencing sent away (dWGS) and GEL1004, as ``exchange`` names them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from devices.measured import Analyte
from gms_desktop.domain.consignments.manifest_rules import ManifestRules
from gms_desktop.services.manifest_known import OVER_23_KB, Known

Cells = dict[str, str]
TOPOGRAPHY = "received_sample_topography"
CONTENT = "received_sample_tumour_content_%"
TUMOUR = "tumour"
"""What a request tells of a specimen of a tumour (rule set plating-national)."""


@dataclass(frozen=True)
class About:
    """What all rows of one manifest have in common.

    Attributes:
        laboratory: ODS code of the laboratory that sends.
        consignment: its number.
        closed_on: the day on which it is closed.
        approved_by: who closes it.
        priority: ``urgent`` or ``routine``.
    """

    rules: ManifestRules
    laboratory: str
    consignment: str
    closed_on: date
    approved_by: str
    priority: str


def dwgs(about: About, one: Known, comment: str, topography: str) -> Cells:
    """A row of the dWGS manifest; a column that nothing is known of is left out.

    Args:
        about: the consignment.
        one: the tube.
        comment: what was conceded of it, in words.
        topography: where a tumour was, ``code|term``.
    """
    said = _of_person(one) | _of_specimen(about, one) | _of_dispatch(about, one) | _of_readings(one)
    tumour = {TOPOGRAPHY: topography, CONTENT: one.neoplastic} if one.told == TUMOUR else {}
    more = {"received_sample_comments": comment, "approved_by": about.approved_by}
    return {column: cell for column, cell in (said | tumour | more).items() if cell}


def _of_person(one: Known) -> Cells:
    request, person = one.request, one.person
    role = str(request.get("role") or "")
    return {
        "referral_id": str(request.get("referral") or ""),
        "clinical_indication_test_type_id": str(request.get("test") or ""),
        "patient_nhs_number": person.nhs if person else "",
        "patient_ngis_id": person.participant if person else "",
        "patient_date_of_birth": _iso(person.born) if person else "",
        "ordering_entity_id": str(request.get("sender") or ""),
        "patient_forename": person.forename if person else "",
        "patient_surname": person.surname if person else "",
        "family_structure": one.structure.capitalize(),
        "participant_type": "Proband" if role == "proband" else "Family Member" if role else "",
    }


def _of_specimen(about: About, one: Known) -> Cells:
    return {
        "glh_laboratory_id": about.laboratory,
        "primary_sample_received_date": one.received_on,
        "primary_sample_id_as_received_by_glh": str(one.specimen.get("sender_code") or ""),
        "primary_sample_id_in_glh_lims": str(one.specimen.get("accession") or ""),
        "primary_sample_type": about.rules.sample.get(one.told, ""),
        "primary_sample_state": about.rules.specimen.get(one.type_code, ""),
        "received_sample_collection_date": one.collected_on,
    }


def _of_dispatch(about: About, one: Known) -> Cells:
    return {
        "dispatched_sample_id_in_glh_lims": one.eluate,
        "dispatched_sample_lsid": one.tube,
        "dispatched_sample_type": about.rules.sample.get(one.told, "") if one.tube else "",
        "dispatched_sample_state": about.rules.material.get(_material(about, one), "") if one.tube else "",
        "dispatched_sample_volume_(ul)": one.volume,
        "laboratory_remaining_volume_banked_(ul)": one.banked,
        "glh_sample_dispatch_date": about.closed_on.isoformat(),
        "glh_sample_consignment_number": about.consignment,
        "plating_organisation": about.rules.plating_organisation,
        "gmc_rack_id": one.rack,
        "gmc_rack_well": one.well,
        "dna_extraction_protocol": one.protocol,
    }


def _of_readings(one: Known) -> Cells:
    said = one.readings
    return {
        "glh_concentration_(ng/ul)": said.get(Analyte.CONCENTRATION.value, ""),
        "glh_od260/280": said.get(Analyte.A260_280.value, ""),
        "glh_din_value": said.get(Analyte.DIN.value, ""),
        "glh_percentage_DNA_over_23kb": said.get(OVER_23_KB, ""),
        "glh_qc_status": "Pass" if one.passed else "",
    }


def _material(about: About, one: Known) -> str:
    return one.material or about.rules.unextracted


def _iso(born: str) -> str:
    """A birth date that is certain to the day; empty for words of a file."""
    try:
        return date.fromisoformat(born).isoformat()
    except ValueError:
        return ""


def gel1004(about: About, one: Known, _comment: str, _topography: str) -> Cells:
    """A row of GEL1004: no name, birth date or NHS number."""
    rules, request, role = about.rules, one.request, str(one.request.get("role") or "")
    test = str(request.get("test") or "").upper()
    said = {
        "Participant ID": one.person.participant if one.person else "",
        "Group ID": str(request.get("referral") or ""),
        "Disease Area": next((area for letter, area in rules.disease_area.items() if test.startswith(letter)), ""),
        "GMC Rack ID": one.rack,
        "Clinic Sample Type": rules.clinic_type.get(one.type_code, ""),
        "GLH Sample Consignment Number": about.consignment,
        "Laboratory Sample ID": one.tube,
        "Laboratory ID": rules.laboratory_id,
        "Laboratory Sample Volume": one.volume,
        "GMC Rack Well": one.well,
        "Plating Organisation": rules.plating_organisation,
        "Priority": about.priority.capitalize(),
        "Is Proband": ("TRUE" if role == "proband" else "FALSE") if role else "",
        "Sample Tissue Type": rules.tissue_type.get(one.told, ""),
        "Rack Type": rules.rack_type.get(one.told, ""),
    }
    return {column: cell for column, cell in said.items() if cell}


MUST: Mapping[str, tuple[str, ...]] = {
    "dwgs": (
        "dispatched_sample_lsid",
        "referral_id",
        "patient_ngis_id",
        "glh_laboratory_id",
        "primary_sample_type",
        "primary_sample_state",
        "dispatched_sample_type",
        "dispatched_sample_state",
        "patient_forename",
        "patient_surname",
        "family_structure",
        "participant_type",
    ),
    "gel1004": (
        "Laboratory Sample ID",
        "Participant ID",
        "Group ID",
        "GMC Rack ID",
        "GMC Rack Well",
        "Laboratory ID",
        "Disease Area",
        "Clinic Sample Type",
        "Is Proband",
        "Sample Tissue Type",
        "Rack Type",
    ),
}
"""Columns that each row must fill (nhs-domain sections 4.5 and 4.6); for a tumour topography and content as well."""

ROWS: Mapping[str, Callable[[About, Known, str, str], Cells]] = {"dwgs": dwgs, "gel1004": gel1004}


def missing(table: str, one: Known, cells: Cells) -> tuple[str, ...]:
    """The columns that this row must fill and does not."""
    tumour = (TOPOGRAPHY, CONTENT) if table == "dwgs" and one.told == TUMOUR else ()
    return tuple(column for column in (*MUST[table], *tumour) if not cells.get(column))
