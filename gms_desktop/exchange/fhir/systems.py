"""Names of identifier systems and code systems as the public guide writes them (uk.nhsdigital.r4.genomics 0.3.0)."""

from __future__ import annotations

GUIDE = "uk.nhsdigital.r4.genomics 0.3.0, public copy; draft, not to be used without direction"
DRAFT = {"system": "https://fhir.nhs.uk/CodeSystem/gms-desktop-status", "code": "draft", "display": GUIDE}

NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
ODS = "https://fhir.nhs.uk/Id/ods-organization-code"
ORDER = "https://fhir.nhs.uk/Id/GMSOrder"
NATIONAL_SPECIMEN = "https://fhir.nhs.uk/Id/GMSSpecimen"
LOCAL_SPECIMEN = "https://fhir.nhs.uk/local-identifier/specimen"

BUSINESS_STATUS = "https://fhir.nhs.uk/CodeSystem/business-status-genomics"
STATUS_REASON = "https://fhir.nhs.uk/CodeSystem/task-statusReason-genomics"
TASK_CODE = "https://fhir.nhs.uk/CodeSystem/task-code-genomics"
INFO_TYPE = "https://fhir.nhs.uk/CodeSystem/additional-infotype-genomics"
SNOMED = "http://snomed.info/sct"
TEST_DIRECTORY = "https://fhir.nhs.uk/CodeSystem/GenomicTestDirectory"
