"""No question that a scan asks may read a whole table: at full size that alone takes longer than a scan may."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import Index

from gms_desktop.journal.database import Database, Statement
from gms_desktop.register import (
    afterwards_look_up,
    case_look_up,
    clock_look_up,
    consignment_look_up,
    decision_look_up,
    delivery_look_up,
    directory_look_up,
    downtime_look_up,
    examination_look_up,
    extraction_look_up,
    family_look_up,
    handover_look_up,
    incoming_look_up,
    label_layouts,
    label_look_up,
    library_look_up,
    look_up,
    lots,
    nipt_look_up,
    people_look_up,
    plate_look_up,
    reading_look_up,
    risk_look_up,
    said_look_up,
    site_data,
    storage_look_up,
    tissue_look_up,
    today_look_up,
)
from gms_desktop.register.rows import derived
from gms_desktop.register.versions import EVERY_GROUP

assert EVERY_GROUP

_ROOMS = {
    "": look_up,
    "afterwards ": afterwards_look_up,
    "case ": case_look_up,
    "clock ": clock_look_up,
    "consignment ": consignment_look_up,
    "decision ": decision_look_up,
    "delivery ": delivery_look_up,
    "directory ": directory_look_up,
    "downtime ": downtime_look_up,
    "examination ": examination_look_up,
    "extraction ": extraction_look_up,
    "family ": family_look_up,
    "handover ": handover_look_up,
    "incoming ": incoming_look_up,
    "label layout ": label_layouts,
    "label ": label_look_up,
    "library ": library_look_up,
    "lot ": lots,
    "nipt ": nipt_look_up,
    "people ": people_look_up,
    "plate ": plate_look_up,
    "reading ": reading_look_up,
    "risk ": risk_look_up,
    "said ": said_look_up,
    "storage ": storage_look_up,
    "site data ": site_data,
    "tissue ": tissue_look_up,
    "today ": today_look_up,
}


def is_partial(index: Index) -> bool:
    return index.dialect_options["sqlite"]["where"] is not None


# Tables that stay small, and lists that are read in the order of an index and end at their limit.
MAY_READ_ALL = {"_laboratory", "_operators", "_roles", "_disputes", "_case_entries", "_count_expected", "_count_fix_it"}
# The notes are those of labels that wait, and of a few that are settled since they were last looked through.
MAY_READ_ALL |= {"handover _receptions", "handover _labels"}
# What a laboratory has few of: deliveries (some twenty a day, and only their newest), editions of a directory, packs of
# downtime numbers, people. What a monthly report counts is asked by nobody who waits with a tube in hand.
MAY_READ_ALL |= {
    "delivery _closed_last",
    "delivery _count_changed",
    "directory _in_force",
    "directory _at",
    "directory _editions",
}
MAY_READ_ALL |= {"downtime _ranges", "downtime _packs", "people _every_competence", "people _every_role"}
MAY_READ_ALL |= {"nipt _received", "nipt _unrecorded"}
# The newest 5,000 that are accepted and not extracted: of some types none ever is.
MAY_READ_ALL |= {"extraction _waiting"}
# Of tests added on those without material.
MAY_READ_ALL |= {"today _without_material", "today _count_without_material"}
# The few places of a laboratory; and what a list for disposal is made from, that nobody waits for with a tube in hand.
MAY_READ_ALL |= {"storage _rooms", "storage _every_stored"}
# The few sets of a laboratory.
MAY_READ_ALL |= {"library _sets"}
IN_ORDER = {"tissue _cases", "_fix_it", "_imports", "handover _urgent", "library _pools", "library _index_plates"}
# Indexes that hold only what lies open, and what stands in the question itself: they are as long as what is asked for.
OF_THE_OPEN = {str(one.name) for table in derived.tables.values() for one in table.indexes if is_partial(one)}
ASKED = ("SCAN json_each ", "SCAN q", "SCAN (subquery")


def questions() -> Iterator[tuple[str, Statement]]:
    for room, name, found in ((room, *one) for room, module in _ROOMS.items() for one in vars(module).items()):
        if isinstance(found, Statement):
            yield f"{room}{name}", found
        elif name == "_row_of":
            yield from ((f"row of {table}", one) for table, one in found.items())


@pytest.mark.parametrize(("name", "question"), list(questions()), ids=[name for name, _ in questions()])
def test_a_question_reads_only_what_it_asks_for(bench_file: Database, name: str, question: Statement) -> None:
    sql = question.sql("sqlite")
    values = dict.fromkeys(re.findall(r":(\w+)", sql), "x")
    plan = [row[3] for row in bench_file.raw.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    whole = [line for line in plan if line.startswith("SCAN")]
    whole = [line for line in whole if not line.startswith(ASKED) and line.split()[-1] not in OF_THE_OPEN]
    if name in IN_ORDER:
        whole = [line for line in whole if " USING INDEX " not in line]
    assert not whole or name in MAY_READ_ALL, whole
