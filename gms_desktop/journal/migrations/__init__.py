"""Steps of the journal's own tables, by alembic. The register's tables are never migrated: they are rebuilt."""

from __future__ import annotations

from functools import cache

from sqlalchemy.engine import Dialect

from gms_desktop.journal.database import Database, dialect_named

HEAD = "0003"
KNOWN = frozenset({"0001", "0002", "0003"})


def dialect_of(db: Database) -> Dialect:
    """SQLAlchemy's dialect for a database."""
    return dialect_named(db.dialect)


def revision(db: Database) -> str | None:
    """The revision that the file is at; None for an empty one."""
    if db.dialect == "sqlite":
        there = db.raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    else:
        there = db.raw.execute("SELECT to_regclass('alembic_version')").fetchone()[0]
    if not there:
        return None
    row = db.raw.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


def upgrade(db: Database) -> None:
    """Run the steps that are missing, in one transaction, as SQL text that alembic writes."""
    start = revision(db)
    if start == HEAD:
        return
    with db.write():
        db.script(_steps_as_sql(db.dialect, start))


@cache
def _steps_as_sql(dialect: str, start: str | None) -> tuple[str, ...]:
    from io import StringIO
    from pathlib import Path

    from alembic import command
    from alembic.config import Config

    out = StringIO()
    config = Config(output_buffer=out)
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["dialect"] = dialect
    command.upgrade(config, f"{start or 'base'}:{HEAD}", sql=True)
    code = "\n".join(line for line in out.getvalue().splitlines() if not line.startswith("--"))
    return tuple(text for part in code.split(";\n") if (text := part.strip().rstrip(";")))
