"""Consent at the bench: what came of somebody who withdrew or declined is held or rejected, and nothing else."""

from __future__ import annotations

from gms_desktop import consent_words
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.journal.database import Database
from gms_desktop.services.situation import Tube
from gms_desktop.services.stops import TESTING, refused_uses


def refused(db: Database, tube: Tube) -> Verdict | None:
    """Why a tube is not accepted for want of consent; None when nothing of the sort is stated."""
    return refused_for(db, str(tube.request["patient"] or ""), f"Tube {tube.number}")


def refused_for(db: Database, patient: str, name: str) -> Verdict | None:
    """Why something of a patient is not accepted for want of consent."""
    state = refused_uses(db, patient).get(TESTING) if patient else None
    return consent_words.without_consent(name, state) if state is not None else None
