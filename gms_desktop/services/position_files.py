"""The position file of an extraction robot: written from the batch, and a robot's own file read beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from gms_desktop import extract_words
from gms_desktop.domain.racks.wells import read_well
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.errors import Refused
from gms_desktop.exchange.worklists import position_file
from gms_desktop.exchange.worklists.settings import Table, read_worklist_rules
from gms_desktop.exchange.worklists.tables import read_table_of
from gms_desktop.exchange.worklists.transfers import WorklistError
from gms_desktop.journal.database import Database
from gms_desktop.services.batches import OpenBatch
from gms_desktop.services.site_rules import rule_text

_rules = lru_cache(maxsize=2)(read_worklist_rules)


def _table(db: Database) -> Table:
    return _rules(rule_text(db, "worklists").text).extraction


def written(db: Database, here: OpenBatch) -> bytes:
    """The file of a batch, read back and compared before it is handed out.

    Raises:
        Refused: when nothing is placed, or the file would say something else.
    """
    try:
        return position_file.write(here.batch, _table(db))
    except WorklistError as fault:
        raise Refused(f"No file was written for batch {here.row['number']}: {fault}.") from fault


def compared(db: Database, here: OpenBatch, content: bytes) -> Verdict:
    """A file as the robot has it: each position holds what it holds here, or the first that differs is named."""
    number = here.row["number"]
    try:
        told = [dict(one) for one in read_table_of(content, _table(db))]
    except WorklistError as fault:
        return extract_words.positions_differ(number, str(fault))
    said = {read_well(one.get("position_well", "")) or one.get("position_well", ""): one for one in told}
    expected = {position: _said(one) for position, one in here.positions.items()}
    differ = next((position for position in sorted({*said, *expected}) if not _same(position, said, expected)), None)
    if differ is None and len(told) == len(expected) and all(one.get("batch", number) == number for one in told):
        return extract_words.positions_agree(number, len(expected))
    what = (
        f"{differ} holds {expected.get(differ, 'nothing')}, and the file says {_told(said, differ)}" if differ else ""
    )
    return extract_words.positions_differ(number, what or "the file is of another batch")


def _said(row: Mapping[str, str]) -> str:
    return str(row["code"] or row["role"])


def _told(said: Mapping[str, Mapping[str, str]], position: str) -> str:
    one = said.get(position)
    return (one.get("code") or one.get("role") or "nothing") if one else "nothing"


def _same(position: str, said: Mapping[str, Mapping[str, str]], expected: Mapping[str, str]) -> bool:
    return position in said and position in expected and _told(said, position) == expected[position]
