"""What a bench's start and its scans go without, in one import for when nobody waits."""

from __future__ import annotations

from gms_desktop.services import (
    delivery_commands,
    expect,
    expected_view,
    find,
    find_commands,
    hold_commands,
    receive_commands,
    review,
    review_commands,
    unacceptable_report,
)

__all__ = [
    "delivery_commands",
    "expect",
    "expected_view",
    "find",
    "find_commands",
    "hold_commands",
    "receive_commands",
    "review",
    "review_commands",
    "unacceptable_report",
]
