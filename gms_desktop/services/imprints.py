"""Who makes a paper at a bench, where and when: the words at its head."""

from __future__ import annotations

from gms_desktop.documents.rejection_report import Imprint
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import kept_files
from gms_desktop.services.find import local_minute
from gms_desktop.services.people import name_of


def imprint(ledger: Ledger, bench: str) -> Imprint:
    """What stands on a paper that is made now by whoever is signed in at the bench.

    Raises:
        RuntimeError: no laboratory is set up, which its first writer does.
    """
    laboratory = look_up.laboratory(ledger.db)
    if laboratory is None:
        raise RuntimeError("a laboratory is set up with its first writer")
    session = look_up.session(ledger.db, bench)
    who = name_of(ledger.db, session["operator"]) if session and session["operator"] else "the application"
    made_at = local_minute(kept_files.now(ledger), laboratory["time_zone"])
    return Imprint(laboratory["name"], made_at, who, bool(laboratory["rehearsal"]))
