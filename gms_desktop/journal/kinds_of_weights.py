"""What an entry about a weight states: what a balance said of the thing that was scanned before it was laid on."""

from __future__ import annotations

from gms_desktop.journal.entry import Body, Premises
from gms_desktop.journal.kind import Nature, exists, kind
from gms_desktop.journal.kinds_of_readings import item_of


def weighed(body: Body) -> Premises:
    """A weight at rest of a thing: a run of its own with one reading, which expects that the code is still its own."""
    reading, run, item = f"reading:{body['reading']}", f"run:{body['run']}", item_of(body)
    if item is None:
        raise ValueError("a weight is of something")
    subject, held = item
    return Premises((reading, run, subject), (exists(reading), exists(run)), (), (exists(subject), held))


ROWS = (
    kind("reading.weighed", Nature.FACT, "reading run item how quantities instrument serial protocol bench", weighed),
)
