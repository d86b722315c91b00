"""A hub of an earlier version is brought up with what it holds."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from hub_parts import SCOPE, EnrolledBench, HubOfTest, fresh_chance

from gms_desktop.journal.entry import Premises
from gms_desktop.sync.hub import migrations
from gms_desktop.sync.hub.enrol import Place, enrol
from gms_desktop.sync.hub.laboratory import Laboratory, init


@pytest.mark.parametrize("former", sorted(migrations.KNOWN - {migrations.HEAD}))
def test_a_hub_of_every_earlier_version_is_brought_to_this_one_and_keeps_its_benches(
    postgres: str, monkeypatch: pytest.MonkeyPatch, former: str
) -> None:
    with psycopg.connect(postgres) as admin, monkeypatch.context() as before:
        before.setattr(migrations, "HEAD", former)
        # The functions of this version are not those of a former one: its tables are what is tried.
        before.setattr(migrations, "_IN_ORDER", ())
        migrations._steps_as_sql.cache_clear()
        migrations.migrate(postgres)
        migrations._steps_as_sql.cache_clear()
        assert migrations.revision(admin) == former
    init(postgres, Laboratory(SCOPE, "EXAMPLE laboratory"))
    with psycopg.connect(postgres, autocommit=True) as admin:
        assert migrations.revision(admin) == migrations.HEAD
        made = enrol(admin, Place("127.0.0.1", 5432, "gms"), "Bench 1", SCOPE, fresh_chance())
        assert admin.execute("SELECT count(*) FROM hub.signature").fetchone() == (0,)
        admin.execute(f"DROP OWNED BY {made.login}; DROP ROLE {made.login}")


def test_what_work_rests_on_is_worked_out_anew_where_something_was_refused(
    hub: HubOfTest, bench: EnrolledBench, anothers: Callable[[], EnrolledBench]
) -> None:
    other = anothers()
    for one in (bench, other):
        one.begin()
    touching, failing = Premises(("specimen:1",)), Premises(("specimen:1",), requires=(("tube:1", "specimen:2"),))
    turns = [(bench, touching), (other, failing), (other, touching), (bench, failing), (other, failing)]
    for one, said in turns:
        one.push(one.note(said))
    holders = "SELECT key, holder FROM hub.key_holder ORDER BY key"
    known = hub.admin.execute(holders).fetchall()
    last, newest = f"{other.writer.name}/3", f"{other.writer.name}/4"
    kept = {"last:specimen:1": last, "ground:specimen:1": newest, "refused:specimen:1": last}
    assert kept.items() <= dict(known).items()
    with psycopg.connect(hub.dsn) as former:
        former.execute("SET ROLE gms_hub")
        former.execute("DELETE FROM hub.key_holder WHERE key LIKE 'refused:%'")
        former.execute("UPDATE hub.key_holder SET holder = %s WHERE key = 'ground:specimen:1'", (last,))
        former.execute("UPDATE hub.alembic_version SET version_num = '0008'")
    migrations.migrate(hub.dsn)
    assert hub.admin.execute(holders).fetchall() == known
