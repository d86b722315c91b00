"""GEL1004: the message "sample sent" of the centralised whole genome service, retiring but still in use.

Source: column names and values as read by the national plating hub's own public software, dated 2024-11-13. The message
carries no name, birth date or NHS number. Files of 2019 lack the columns after "Is Proband".
"""

from __future__ import annotations

from gms_desktop.exchange.across_rows import (
    one_proband,
    one_row_for_each_tube,
    racks_with_several_consignments,
    repeated_rows,
    repeated_wells,
)
from gms_desktop.exchange.coded_words import PROBAND_FLAGS
from gms_desktop.exchange.expected import Field
from gms_desktop.exchange.layout import Anchor, Layout

COLUMNS = (
    "Participant ID", "Group ID", "Disease Area", "GMC Rack ID", "Clinic Sample Type", "GLH Sample Consignment Number",
    "Laboratory Sample ID", "Laboratory ID", "Laboratory Sample Volume", "GMC Rack Well", "Plating Organisation",
    "Priority", "Is Proband", "Is Repeat", "Sample Tissue Type", "Rack Type", "Sample Delivery Mode",
)  # fmt: skip

OPTIONAL = ("Is Repeat", "Sample Tissue Type", "Rack Type", "Sample Delivery Mode")

MUST = (
    "Participant ID",
    "Group ID",
    "GMC Rack ID",
    "Laboratory Sample ID",
    "Laboratory ID",
    "GMC Rack Well",
    "Is Proband",
)

RACK_TYPES = frozenset({"rp", "rf", "cg", "ct"})

LAYOUT = Layout(
    name="GEL1004",
    known=COLUMNS,
    must_columns=MUST,
    must_cells=("Participant ID", "Group ID", "Laboratory Sample ID"),
    columns={
        Field.NGIS_PARTICIPANT_ID: ("Participant ID",),
        Field.REFERRAL_ID: ("Group ID",),
        Field.RACK_ID: ("GMC Rack ID",),
        Field.SPECIMEN_TYPE: ("Clinic Sample Type",),
        Field.CONSIGNMENT: ("GLH Sample Consignment Number",),
        Field.SPECIMEN_CODES: ("Laboratory Sample ID",),
        Field.SENDER_ODS: ("Laboratory ID",),
        Field.RACK_WELL: ("GMC Rack Well",),
        Field.PRIORITY: ("Priority",),
        Field.ROLE: ("Is Proband",),
    },
    optional=OPTIONAL,
    roles=PROBAND_FLAGS,
    anchor=Anchor("Rack Type", RACK_TYPES),
    lab_sample_columns=("Laboratory Sample ID",),
    local_codes=("Laboratory ID",),
    file_checks=(racks_with_several_consignments, repeated_wells, one_proband),
    cross_checks=(repeated_rows, one_row_for_each_tube("Laboratory Sample ID")),
)
