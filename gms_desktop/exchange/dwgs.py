"""The digital manifest for whole genome sequencing sent away (dWGS).

Source: NHS England RGL to SGL standard operating procedure v0.4 (draft), Appendix 3, 37 national and 5 local fields, as
published in the North West GMSA guide; public copy dated 2025-09-04. The order below is the published order.
"""

from __future__ import annotations

from collections.abc import Iterator

from gms_desktop.exchange.across_rows import (
    codes_in_state_column,
    family_sizes,
    one_proband,
    one_row_for_each_tube,
    patient_number_in_codes,
    racks_with_several_consignments,
    repeated_rows,
    repeated_wells,
)
from gms_desktop.exchange.coded_words import ROLES
from gms_desktop.exchange.expected import ExpectedRow, Field, RowProblem
from gms_desktop.exchange.layout import Anchor, Cells, Layout

NATIONAL_COLUMNS = (
    "referral_id", "clinical_indication_test_type_id", "patient_nhs_number", "patient_ngis_id", "patient_date_of_birth",
    "ordering_entity_id", "glh_laboratory_id", "primary_sample_received_date", "primary_sample_id_as_received_by_glh",
    "primary_sample_id_in_glh_lims", "primary_sample_type", "primary_sample_state", "received_sample_topography",
    "received_sample_morphology", "received_sample_tumour_content_%", "received_sample_comments",
    "received_sample_collection_date", "dispatched_sample_id_in_glh_lims", "dispatched_sample_lsid",
    "dispatched_sample_type", "dispatched_sample_state", "dispatched_sample_volume_(ul)",
    "laboratory_remaining_volume_banked_(ul)", "glh_concentration_(ng/ul)", "glh_od260/280", "glh_din_value",
    "glh_percentage_DNA_over_23kb", "glh_qc_status", "glh_sample_dispatch_date", "glh_sample_consignment_number",
    "plating_organisation", "gmc_rack_id", "gmc_rack_well", "dna_extraction_protocol", "prolonged_sample_storage",
    "retrospective_sample", "approved_by",
)  # fmt: skip

LOCAL_COLUMNS = ("patient_forename", "patient_surname", "family_structure", "participant_type", "clinical_information")

COLUMNS = NATIONAL_COLUMNS + LOCAL_COLUMNS

MUST = (
    "referral_id",
    "patient_ngis_id",
    "glh_laboratory_id",
    "primary_sample_type",
    "primary_sample_state",
    "dispatched_sample_lsid",
    "dispatched_sample_type",
    "dispatched_sample_state",
)

CANCER_MUST = ("received_sample_topography", "received_sample_tumour_content_%")


def cancer_fields(cells: Cells, row: ExpectedRow) -> Iterator[RowProblem]:
    """Topography and tumour content must be stated for cancer (test codes that begin with M); said as a warning."""
    if not row.test.upper().startswith("M"):
        return
    for column in CANCER_MUST:
        if not cells.raw(column).strip():
            yield RowProblem(row.row, cells.heading(column), "", "cancer-field-blank", row.test, blocks=False)


LAYOUT = Layout(
    name="dWGS digital manifest",
    known=COLUMNS,
    must_columns=MUST,
    must_cells=MUST,
    columns={
        Field.REFERRAL_ID: ("referral_id",),
        Field.TEST: ("clinical_indication_test_type_id",),
        Field.NHS_NUMBER: ("patient_nhs_number",),
        Field.NGIS_PARTICIPANT_ID: ("patient_ngis_id",),
        Field.BIRTH_DATE: ("patient_date_of_birth",),
        Field.LOCATION: ("ordering_entity_id",),
        Field.SENDER_ODS: ("glh_laboratory_id",),
        Field.COLLECTED: ("received_sample_collection_date",),
        # What travels is the dispatched tube. The primary specimen stays with the sender and may have several tubes.
        Field.SPECIMEN_CODES: ("dispatched_sample_lsid", "dispatched_sample_id_in_glh_lims"),
        Field.SPECIMEN_TYPE: ("dispatched_sample_type",),
        Field.SPECIMEN_STATE: ("dispatched_sample_state",),
        Field.CONSIGNMENT: ("glh_sample_consignment_number",),
        Field.RACK_ID: ("gmc_rack_id",),
        Field.RACK_WELL: ("gmc_rack_well",),
        Field.FORENAME: ("patient_forename",),
        Field.SURNAME: ("patient_surname",),
        Field.FAMILY_STRUCTURE: ("family_structure",),
        Field.ROLE: ("participant_type",),
    },
    anchor=Anchor("participant_type", frozenset(ROLES)),
    lab_sample_columns=("dispatched_sample_lsid",),
    row_checks=(
        cancer_fields,
        patient_number_in_codes(
            "gmc_rack_id", "glh_sample_consignment_number", "dispatched_sample_lsid", "dispatched_sample_id_in_glh_lims"
        ),
    ),
    file_checks=(racks_with_several_consignments, repeated_wells, family_sizes, one_proband, codes_in_state_column),
    cross_checks=(repeated_rows, one_row_for_each_tube("dispatched_sample_lsid")),
)
