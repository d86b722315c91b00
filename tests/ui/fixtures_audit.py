"""A made-up audit trail, as the Reports screen paints it."""

from __future__ import annotations

from gms_desktop import protection_words
from gms_desktop.documents.audit_trail import Trace
from gms_desktop.services.audit_view import AuditView

_BY = ("Adaeze Okafor", "Reception 1")


def _row(minute: int, act: str, kind: str, recorded: str = "") -> Trace:
    at = f"23-Nov-2026 09:{minute:02}"
    entry = f"01JD7Q3ZE0/{minute}"
    return Trace(at, f"2026-11-23T09:{minute:02}:00Z", act, kind, recorded, *_BY, entry, str(minute), "ok", "0" * 64)


ROWS = (
    _row(0, "Sign in", "session.began"),
    _row(2, "Receive 26K7Q0051B", "specimen.received", "Scanned Q26-118901-1"),
    _row(3, "Accept 26K7Q0051B", "specimen.decided", "Accepted"),
    _row(4, "Label 26K7Q0051B (undone)", "label.printed", "One label"),
)
ASKED = {"from": "23-Nov-2026", "to": "23-Nov-2026", "person": "", "kind": "", "about": ""}
TRAIL = AuditView(protection_words.audit_heading(len(ROWS), more=False), ASKED, ROWS, read=True)
