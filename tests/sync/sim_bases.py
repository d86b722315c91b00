"""A newer base is put under a simulated bench at work, lot by lot, and the entries it stands for are taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim_bench import Crashed
from sqlalchemy.schema import CreateTable
from sqlcipher3 import dbapi2 as driver

from gms_desktop.journal.database import Database, dialect_named
from gms_desktop.register import base as register_base
from gms_desktop.register.base import RegisterBase
from gms_desktop.sync import base_adopting, base_file, pruning

if TYPE_CHECKING:
    from sim_bench import Bench
    from sim_world import World

LOT = 9


def keeps_its_base_new(world: World, bench: Bench) -> None:
    """Now and then a base of the hub's head is fetched, adopted in lots and pruned to; each lot may be the last."""
    # A bench of another version waits for a base of its own, which no hub here makes.
    if not world.bases or not bench.up or bench.lacks or bench.state.working:
        return
    if world.bases_random.random() >= world.bases:
        return
    try:
        _adopts(world, bench)
        _prunes(bench)
    except (Crashed, driver.OperationalError):
        world.note(bench.name, "is cut short with its base")


def _adopts(world: World, bench: Bench) -> None:
    base, rows = world.hub.base()
    if not base.position or not base_adopting.may_adopt(bench.db, base):
        return
    raw = bench.faulty.raw
    _attach(raw, rows)
    try:
        more = True
        while more:
            with bench.transaction():
                more = base_adopting.step(bench.db, base, LOT)
    finally:
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        raw.execute(f"DETACH {base_file.ATTACHED}")
    world.note(bench.name, "has a base at", base.position)
    _more_is_known(world, base)


def _more_is_known(world: World, base: RegisterBase) -> None:
    world.based = max(world.based, base.position)


def _attach(raw: driver.Connection, rows: Database) -> None:
    """What base_file.attach does with the file that came."""
    raw.execute(f"ATTACH ':memory:' AS {base_file.ATTACHED}")
    for table in register_base.copied_tables():
        made = str(CreateTable(table).compile(dialect=dialect_named("sqlite")))
        raw.execute(made.replace("CREATE TABLE ", f"CREATE TABLE {base_file.ATTACHED}.", 1))
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        marks = ", ".join("?" for _ in table.columns)
        raw.executemany(
            f"INSERT INTO {base_file.ATTACHED}.{table.name} ({names}) VALUES ({marks})",
            rows.raw.execute(f"SELECT {names} FROM {table.name}").fetchall(),
        )


def _prunes(bench: Bench) -> None:
    while True:
        with bench.transaction():
            if base_adopting.tidy(bench.db, LOT):
                continue
            if not pruning.waits(bench.db):
                return
            pruning.prune(bench.db, bench.clock.now(), LOT)
