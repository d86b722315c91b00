"""A hub of an earlier version is brought up with what it holds."""

from __future__ import annotations

import psycopg
import pytest
from hub_parts import SCOPE, fresh_chance

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
