"""What a bench remembers of index plates and pools in hand before they are kept, and may forget in a crash.

The bench has it from its start on: what indexes plates is loaded with the first of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gms_desktop.domain.index_plates import IndexSet


@dataclass(frozen=True)
class AtIndex:
    """The work at index plates and pools.

    Attributes:
        on: whether Plates shows them, rather than plans and plates.
        file: the set of a file that was read, until it has its name; with the file's hash.
        index_plate: the index plate in hand.
        plate: the plate whose wells get indexes, or whose libraries are in view.
        wells: the proposal: each well of the plate with its index well.
        chosen: the well whose index well is chosen next.
        code: what was scanned and may be a new index plate.
        pooling: whether a pool is put together.
        pooled: the libraries that go into it.
        pool: a pool that was made.
        sheet: the sample sheet that was written last, by its document and its file name.
    """

    on: bool = False
    file: tuple[IndexSet, str] | None = None
    index_plate: str = ""
    plate: str = ""
    wells: tuple[tuple[str, str], ...] = ()
    chosen: str = ""
    code: str = ""
    pooling: bool = False
    pooled: tuple[str, ...] = ()
    pool: str = ""
    sheet: tuple[str, str] = ("", "")
