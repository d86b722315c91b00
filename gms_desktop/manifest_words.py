"""Every sentence about the manifest of a consignment for whole genome sequencing: what it lacks, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from gms_desktop.domain.verdicts import Verdict
from gms_desktop.words import refused

_NAMED = 5
_ADD = "Add it to the request."
_TUBE = "Put the DNA into a FluidX tube at Racks."
_RACK = "Read its rack on the Racks screen, and save the reading."
_RULES = "An administrator lays it down in the rule set manifests."
_TOLD = "The request has to tell germline from tumour: put its test and its role right, or name it in the rule set "
DO = {
    "dispatched_sample_lsid": _TUBE,
    "Laboratory Sample ID": _TUBE,
    "referral_id": _ADD,
    "Group ID": _ADD,
    "patient_ngis_id": _ADD,
    "Participant ID": _ADD,
    "glh_laboratory_id": "The laboratory has no ODS code: an administrator enters it.",
    "Laboratory ID": _RULES,
    "primary_sample_type": f"{_TOLD}plating-national.",
    "dispatched_sample_type": f"{_TOLD}plating-national.",
    "Sample Tissue Type": f"{_TOLD}plating-national.",
    "Rack Type": f"{_TOLD}plating-national.",
    "primary_sample_state": _RULES,
    "Clinic Sample Type": _RULES,
    "dispatched_sample_state": _RULES,
    "Disease Area": "Put the test on the request.",
    "patient_forename": _ADD,
    "patient_surname": _ADD,
    "family_structure": _ADD,
    "participant_type": "Say on the request who of the family it is.",
    "Is Proband": "Say on the request who of the family it is.",
    "GMC Rack ID": _RACK,
    "GMC Rack Well": _RACK,
    "received_sample_topography": "Close it again, and enter where the tumour was.",
    "received_sample_tumour_content_%": "Assess its tissue on the Tissue screen.",
}
"""What to do about a column that is not filled."""

TOPOGRAPHY_TITLE = "Where was each tumour?"
TOPOGRAPHY_HINT = "Enter each as code|term of SNOMED CT."


def lacks(numbers: Sequence[str], column: str, about: str) -> str:
    """A column that must be filled and is not, for these things."""
    more = f" and {len(numbers) - _NAMED} more" if len(numbers) > _NAMED else ""
    of = f" ({about})" if about else ""
    return f"{', '.join(numbers[:_NAMED])}{more}: nothing for {column}{of}. {DO.get(column, _RULES)}"


def not_made(said: Sequence[str], many: int) -> Verdict:
    """The manifest cannot be made: the consignment stays open."""
    more = f" {many - len(said)} more." if many > len(said) else ""
    return refused("Manifest not whole", f"The consignment is still open. {' '.join(said)}{more}")


def topography_of(number: str) -> str:
    """The field for the topography of one tumour."""
    return f"{number}, code|term"


def no_topography(number: str, said: str) -> str:
    """What was entered is no coded topography."""
    return f"{number}: “{said}” is no SNOMED CT code with its term, as 76752008|Breast structure."


def too_many_tumours(many: int, most: int) -> str:
    """More tumours than a person is asked about at once."""
    return (
        f"It holds {many} tumours, and where each was is asked for {most} at most. Take some out, and send them after."
    )


def noticed(said: Sequence[str], many: int) -> str:
    """What is only unlikely in a manifest that was made."""
    more = f" {many - len(said)} more." if many > len(said) else ""
    return f"Its manifest: {' '.join(said)}{more}"
