"""Brings a hub's database to this version: roles, tables by alembic, functions written anew each time."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import psycopg

HEAD = "0009"
KNOWN = frozenset({"0001", "0002", "0003", "0004", "0006", "0007", "0008", "0009"})
_FUNCTIONS = Path(__file__).parents[1] / "functions"
_IN_ORDER = ("standing", "canonical", "read", "judge", "files", "append", "pull", "sign", "recover", "rights")
_ONE_AT_A_TIME = 7_315_902_816

_ROLES = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gms_hub') THEN CREATE ROLE gms_hub NOLOGIN; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gms_bench') THEN CREATE ROLE gms_bench NOLOGIN; END IF;
    IF NOT pg_has_role(current_user, 'gms_hub', 'MEMBER') THEN GRANT gms_hub TO CURRENT_USER; END IF;
END $$;
"""
_SCHEMA = "CREATE SCHEMA IF NOT EXISTS hub AUTHORIZATION gms_hub; GRANT USAGE ON SCHEMA hub TO gms_bench;"


class NewerHub(Exception):
    """The hub's database was brought up by a newer version of the application than this one."""


def revision(connection: psycopg.Connection) -> str | None:
    """The revision that the database is at; None for one without a hub."""
    row = connection.execute("SELECT to_regclass('hub.alembic_version')").fetchone()
    if row is None or row[0] is None:
        return None
    found = connection.execute("SELECT version_num FROM hub.alembic_version").fetchone()
    return str(found[0]) if found else None


def migrate(dsn: str) -> None:
    """Bring the database to this version, in one transaction; as an administrator who may make roles.

    Raises:
        NewerHub: when it is at a revision that this version does not know. It is left as it is.
        psycopg.Error: when the server cannot be reached or refuses.
    """
    import psycopg

    with psycopg.connect(dsn) as connection:
        # Roles belong to the whole server, so two migrations of two databases must not meet here.
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_ONE_AT_A_TIME,))
        start = revision(connection)
        if start is not None and start not in KNOWN:
            raise NewerHub(f"The hub is at {start}; this version knows {HEAD}. Use the newer version of gms_desktop.")
        _run(connection, _ROLES)
        _run(connection, _SCHEMA)
        connection.execute("SET LOCAL ROLE gms_hub")
        if start != HEAD:
            _run(connection, _steps_as_sql(start))
        for name in _IN_ORDER:
            _run(connection, (_FUNCTIONS / f"{name}.sql").read_text(encoding="utf-8"))


def _run(connection: psycopg.Connection, script: str) -> None:
    connection.execute(script)


@cache
def _steps_as_sql(start: str | None) -> str:
    from io import StringIO

    from alembic import command
    from alembic.config import Config

    out = StringIO()
    config = Config(output_buffer=out)
    config.set_main_option("script_location", str(Path(__file__).parent))
    command.upgrade(config, f"{start or 'base'}:{HEAD}", sql=True)
    return out.getvalue()
