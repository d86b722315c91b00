"""Hamilton worklists: CSV with the columns that the laboratory's method wants."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from gms_desktop.domain.racks.wells import Shape
from gms_desktop.exchange.worklists.settings import Table
from gms_desktop.exchange.worklists.tables import read_table_of, write_table
from gms_desktop.exchange.worklists.transfers import PLATE_96, Told, Transfer, check_plan, proved


def write(transfers: Sequence[Transfer], how: Table, shape: Shape = PLATE_96) -> bytes:
    """A worklist, read back and compared with the plan.

    Raises:
        WorklistError: when the plan cannot be written, or the text would say something else.
    """
    fields = [one.field for one in how.columns if one.field]
    check_plan(transfers, shape, with_volume="volume_ul" in fields)
    content = write_table([_row(one, fields) for one in transfers], how)
    return proved(content, partial(read, how=how), transfers, fields)


def read(content: bytes, how: Table) -> list[Told]:
    """The transfers of such a worklist.

    Raises:
        WorklistError: when its columns are others.
    """
    return read_table_of(content, how)


def _row(one: Transfer, fields: Sequence[str]) -> dict[str, str]:
    row = {name: one.field(name) for name in fields}
    return row | {"diluent_ul": row.get("diluent_ul") or "0"}
