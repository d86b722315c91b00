"""Files as they came: their chunks beside the journal, and what they are evidence of."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TABLES = (
    """CREATE TABLE hub.file (
        scope text COLLATE "C" NOT NULL REFERENCES hub.scope, sha256 text COLLATE "C" NOT NULL, size bigint NOT NULL,
        media_type text NOT NULL, complete boolean NOT NULL DEFAULT false, emptied boolean NOT NULL DEFAULT false,
        begun_at timestamptz NOT NULL, PRIMARY KEY (scope, sha256))""",
    """CREATE TABLE hub.file_chunk (
        scope text COLLATE "C" NOT NULL, sha256 text COLLATE "C" NOT NULL, number integer NOT NULL,
        content bytea NOT NULL, PRIMARY KEY (scope, sha256, number),
        FOREIGN KEY (scope, sha256) REFERENCES hub.file ON DELETE CASCADE)""",
    "ALTER TABLE hub.file_chunk ALTER COLUMN content SET STORAGE EXTERNAL",
    # The name is the commitment to the private value that the file is called by: erased with it, its content goes.
    """CREATE TABLE hub.file_citation (
        scope text COLLATE "C" NOT NULL, subject text COLLATE "C" NOT NULL, sha256 text COLLATE "C" NOT NULL,
        name text COLLATE "C" NOT NULL, PRIMARY KEY (scope, subject, sha256),
        FOREIGN KEY (scope, sha256) REFERENCES hub.file ON DELETE CASCADE)""",
)


def upgrade() -> None:
    """Create the tables; let a bench read the files of its own scope, and write none."""
    for table in _TABLES:
        op.execute(table)
    for name in ("file", "file_chunk"):
        op.execute(f"ALTER TABLE hub.{name} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own ON hub.{name} FOR SELECT TO gms_bench USING (scope = (SELECT hub.own_scope()))")
        op.execute(f"GRANT SELECT ON hub.{name} TO gms_bench")
    op.execute("ALTER TABLE hub.file_citation ENABLE ROW LEVEL SECURITY")
