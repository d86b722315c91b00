"""The site's reasons and the codes they stand for elsewhere: blank where none fits, never one of our own."""

from __future__ import annotations

import tomllib
from importlib.resources import files

REASONS = tomllib.loads(files("resources").joinpath("rules", "reasons.toml").read_text("utf-8"))["reason"]
HL7 = {"EX", "QS", "RA", "RB", "RC", "RD", "RE", "RH", "RI", "RM", "RN", "RP", "RR", "RS"}
FHIR = {
    "further-information-needed", "awaiting-sample", "awaiting-rod-and-or-sample", "invalid-request", "pipeline-error",
    "time-for-task-exceeded", "unable-to-interpret", "sample-sub-optimal", "task-no-longer-required",
    "no-sample-provided", "scheduled-delay", "awaiting-order-detail", "other",
}  # fmt: skip


def test_every_code_is_one_that_its_table_has() -> None:
    assert {one["hl7"] for one in REASONS if "hl7" in one} <= HL7
    assert {one["fhir"] for one in REASONS if "fhir" in one} <= FHIR
    assert {one["nipt"] for one in REASONS if "nipt" in one} <= {str(code) for code in range(1, 13)}


def test_every_nipt_rejection_of_a_tube_that_came_has_a_reason() -> None:
    assert {one["nipt"] for one in REASONS if "nipt" in one} == {str(code) for code in range(2, 13)}


def test_every_reason_to_reject_has_the_status_reason_of_a_specimen_that_will_not_do() -> None:
    assert all(one["fhir"] == "sample-sub-optimal" for one in REASONS if "reject" in one["for"])


def test_missing_paperwork_stops_testing_and_leaving_and_nothing_else() -> None:
    stops = {one["code"]: one.get("stops") for one in REASONS}
    assert stops["missing-paperwork"] == stops["no-request"] == ["testing", "leaving"]
