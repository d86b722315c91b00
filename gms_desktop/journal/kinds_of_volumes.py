"""What entries about volumes state: what was taken from a container, and that one is empty.

Both are facts about the thing scanned. Neither follows what was known of it: two benches that take from one tube both
did so, and what is left is worked out from all that was taken.
"""

from __future__ import annotations

from gms_desktop.journal.entry import Body, Premises
from gms_desktop.journal.kind import Nature, exists, kind

SORTS = ("specimen", "aliquot", "eluate", "tube")


def container_of(body: Body) -> str:
    """The subject that something was taken from, or that is empty.

    Raises:
        ValueError: for a sort of thing that holds no volume.
    """
    if body["item"]["sort"] not in SORTS:
        raise ValueError(f"{body['item']['sort']} holds no volume")
    return f"{body['item']['sort']}:{body['item']['id']}"


def of_a_container(body: Body) -> Premises:
    """Something was taken from a container, or somebody says that it is empty."""
    container = container_of(body)
    return Premises((container,), expects=(exists(container),))


ROWS = (
    kind("volume.taken", Nature.FACT, "item volume target job bench", of_a_container),
    kind("container.emptied", Nature.FACT, "item reason bench", of_a_container),
)
