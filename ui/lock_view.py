"""What the lock says: tap a badge, enter a PIN, or why that came to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gms_desktop.domain.verdicts import Verdict
from ui import words
from ui.payloads import SignInView

if TYPE_CHECKING:
    from gms_desktop.bench import Bench


def lock_view(bench: Bench, verdict: Verdict | None, wrong: str) -> SignInView:
    """The lock of a bench.

    Args:
        bench: at work.
        verdict: what a scan at the lock was answered.
        wrong: why a PIN was not the one; empty before it was entered.
    """
    session = bench.session
    if session.awaiting is not None:
        name = session.awaiting.name
        return SignInView(f"{name}, enter your PIN", wrong, name, wrong=bool(wrong), without_pin=True)
    told = verdict.sentence if verdict else session.ended
    hint = words.REHEARSAL_HINT if bench.settings.rehearsal else ""
    return SignInView(words.SIGN_IN_FIRST, told or hint, wrong=bool(told), without_pin=True)
