"""What stands in which position of an extraction robot: CSV with the columns that the robot wants."""

from __future__ import annotations

from gms_desktop.domain.extraction import Batch, Position
from gms_desktop.domain.racks.wells import read_well
from gms_desktop.exchange.worklists.settings import Table
from gms_desktop.exchange.worklists.tables import read_table_of, write_table
from gms_desktop.exchange.worklists.transfers import Told, WorklistError


def write(batch: Batch, how: Table) -> bytes:
    """The positions of a batch in the order of filling, read back and compared with it.

    Raises:
        WorklistError: when nothing is placed, or the text would say something else.
    """
    wells = [well for well in batch.protocol.shape.wells if well in batch.positions]
    if not wells:
        raise WorklistError(["nothing is placed"])
    rows = [_row(batch, well, batch.positions[well]) for well in wells]
    content = write_table(rows, how)
    fields = [one.field for one in how.columns if one.field]
    back = [_padded(told) for told in read_table_of(content, how)]
    if back != [{name: row[name] for name in fields} for row in rows]:
        raise WorklistError([f"the text differs from batch {batch.number}"])
    return content


def _row(batch: Batch, well: str, one: Position) -> dict[str, str]:
    return {"batch": batch.number, "position_well": well, "role": one.role.value, "code": one.code}


def _padded(told: Told) -> dict[str, str]:
    return dict(told) | {name: read_well(said) or said for name, said in told.items() if name.endswith("_well")}
