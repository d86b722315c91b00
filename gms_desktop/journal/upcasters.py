"""Old versions of a kind are read for ever: each step turns a body of version n into one of version n + 1, on read.

The bytes are never rewritten. A sample of every version ever released is kept in the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from gms_desktop.journal.entry import Body, Entry

Step = Callable[[Body], Body]

# No kind has a second version yet. The first one adds its step here: ("specimen.received", 1): to_version_2.
STEPS: Mapping[tuple[str, int], Step] = {}


def upcast(entry: Entry, steps: Mapping[tuple[str, int], Step] = STEPS) -> Entry:
    """The entry with its body in the newest version that the steps lead to."""
    while (step := steps.get((entry.kind, entry.version))) is not None:
        entry = replace(entry, version=entry.version + 1, body=step(entry.body))
    return entry
