"""Every sentence about a receiver's acknowledgement as a table (GEL1005): read, matched, or where it does not match."""

from __future__ import annotations

from collections.abc import Sequence

from gms_desktop.domain.verdicts import Verdict
from gms_desktop.words import refused

_NAMED = 5
_ASK = "Nothing of the file was recorded. Ask the receiver."


def not_read(code: str, row: int, value: str) -> Verdict:
    """A table that cannot be read whole."""
    said = {
        "table": "The table cannot be read.",
        "empty": "The table has no row below its headings.",
        "cell": f"Row {row} has no Laboratory Sample ID, or no Participant ID.",
        "received": f"Row {row} says “{value}” under Sample Received, where Yes or No belongs.",
        "time": f"Row {row} says “{value}” under Sample Received DateTime, which is no time with its zone.",
    }.get(code, "The table cannot be read.")
    return refused("Answer not taken in", f"{said} {_ASK}")


def _listed(numbers: Sequence[str]) -> str:
    more = f" and {len(numbers) - _NAMED} more" if len(numbers) > _NAMED else ""
    return f"{', '.join(numbers[:_NAMED])}{more}"


def of_nothing(samples: Sequence[str]) -> Verdict:
    """No sample in it was sent from here."""
    return refused("Not our consignment", f"{_listed(samples)}: nothing of this has left here. {_ASK}")


def of_several(consignments: Sequence[str]) -> Verdict:
    """Its rows are about several consignments."""
    return refused(
        "Several consignments",
        f"The file is about {_listed(consignments)}. Nothing of it was recorded: ask for a file for each, or "
        "enter what it says with “It arrived”.",
    )


def mismatched(found: Sequence[str]) -> Verdict:
    """Rows that cannot be what was sent."""
    return refused("Does not match", f"{' '.join(found)} {_ASK}")


def strange(samples: Sequence[str], number: str) -> str:
    """Samples that are named and were never in the consignment."""
    return f"Not in {number}: {_listed(samples)}."


def other_participant(samples: Sequence[str]) -> str:
    """Samples with another participant than the one that was sent."""
    return f"Another participant than the one that was sent: {_listed(samples)}."


def other_laboratory(said: Sequence[str], ours: str) -> str:
    """Rows for another laboratory."""
    return f"For laboratory {_listed(said)}, and this one is {ours}."


def too_early(samples: Sequence[str]) -> str:
    """Samples that are said to have arrived before the courier had them."""
    return f"Received before it left here: {_listed(samples)}."


def contradicts(samples: Sequence[str]) -> str:
    """Samples that are said to be received and not received."""
    return f"Both Yes and No: {_listed(samples)}."


def nothing_received(number: str) -> Verdict:
    """Every row says No."""
    return refused(
        "Nothing received",
        f"The file says that nothing of {number} arrived. Nothing was recorded. Ring the receiver and the courier.",
    )


def told_by(name: str, generated: str) -> str:
    """How an arrival was told, where a table without a signature told it."""
    made = f", made {generated}" if generated else ""
    return f"Table {name or 'without a name'} (GEL1005, not signed){made}"


def at_different_times(first: str, last: str) -> str:
    """The things arrived one after the other."""
    return f"Received from {first} to {last}"
