"""Old versions of a kind are read for ever: each step turns a body of version n into one of version n + 1, on read.

The bytes are never rewritten. A sample of every version ever released is kept in the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from gms_desktop.journal.entry import Body, Entry

Step = Callable[[Body], Body]


def _agreed_2(body: Body) -> Body:
    """How a pathologist agreed is private since: what stood in the open stays where it stood."""
    return {**body, "how": None, "how_open": body["how"]}


def _piece_corrected_2(body: Body) -> Body:
    return {**body, "first_section": None, "last_section": None}


def _case_corrected_2(body: Body) -> Body:
    """The earlier values were not cited: they stand in the entries before."""
    return {**body, "earlier": {}}


def _case_2(body: Body) -> Body:
    """Nobody was asked what sort of tumour it is, nor whether its report follows."""
    return {**body, "tumour": None, "report_follows": False}


def _assessed_2(body: Body) -> Body:
    """Nobody was asked whether the block represents the tumour."""
    return {**body, "representative": None}


STEPS: Mapping[tuple[str, int], Step] = {
    ("tissue.case_opened", 1): _case_2,
    ("tissue.case_changed", 1): _case_2,
    ("tissue.assessed", 1): _assessed_2,
    ("tissue.assessment_corrected", 1): _assessed_2,
    ("tissue.agreed", 1): _agreed_2,
    ("tissue.piece_corrected", 1): _piece_corrected_2,
    ("tissue.case_corrected", 1): _case_corrected_2,
}


def upcast(entry: Entry, steps: Mapping[tuple[str, int], Step] = STEPS) -> Entry:
    """The entry with its body in the newest version that the steps lead to."""
    while (step := steps.get((entry.kind, entry.version))) is not None:
        entry = replace(entry, version=entry.version + 1, body=step(entry.body))
    return entry
