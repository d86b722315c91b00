"""Whose key signed a consignment that is taken in: known, not compared yet, or another's."""

from __future__ import annotations

from dataclasses import replace

from gms_desktop.exchange.consignments.as_expected import SIGNED_BY
from gms_desktop.exchange.expected import FileProblem, Reading
from gms_desktop.journal.database import Database
from gms_desktop.services import site_rules

WRONG_KEY = "consignment-wrong-key"


def checked(db: Database, reading: Reading) -> Reading:
    """A file whose signer was looked up: of a known key nothing is said, and under a wrong one nothing is read."""
    found = [_settled(db, one) if one.reason_code == SIGNED_BY else one for one in reading.file_problems]
    problems = tuple(one for one in found if one is not None)
    if any(one.reason_code == WRONG_KEY for one in problems):
        return replace(reading, rows=(), refused=(), file_problems=problems)
    return replace(reading, file_problems=problems)


def _settled(db: Database, problem: FileProblem) -> FileProblem | None:
    name, ods, fingerprint = problem.detail.split("|")
    known = site_rules.senders(db).get(ods.upper())
    said = f"{name} ({ods or 'no ODS code'})"
    if known is None:
        return replace(problem, detail=f"{said} with the key {fingerprint}")
    if fingerprint in known.fingerprints:
        return None
    return FileProblem(WRONG_KEY, f"The file says that it comes from {said}, and is signed with the key {fingerprint}")
