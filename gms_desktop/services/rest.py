"""What a bench's start and its scans go without, in one import for when nobody waits."""

from __future__ import annotations

from gms_desktop.domain.identifiers import nhs_number
from gms_desktop.journal.database import Database
from gms_desktop.services import (
    carry_out,
    delivery_commands,
    expect,
    expected_view,
    find,
    find_commands,
    gate,
    hold_commands,
    rack_taking,
    rack_view,
    receive_commands,
    review,
    review_commands,
    rights,
    second_person,
    site_rules,
    unacceptable_report,
)

__all__ = [
    "carry_out",
    "delivery_commands",
    "expect",
    "expected_view",
    "find",
    "find_commands",
    "gate",
    "hold_commands",
    "rack_taking",
    "rack_view",
    "receive_commands",
    "review",
    "review_commands",
    "second_person",
    "unacceptable_report",
]


def read_rules(db: Database) -> None:
    """Read the rules that a first act and a first rack would wait for, and what is loaded with the first number."""
    rights.table(db)
    site_rules.racks(db)
    second_person.rules(db)
    nhs_number.check_digit_agrees("9990000000")
