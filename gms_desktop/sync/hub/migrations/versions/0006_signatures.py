"""Who signed how far each writer had come, and who gave back what in a recovery."""

from alembic import op

revision = "0006"
down_revision = "0004"
branch_labels = None
depends_on = None

_STEPS = (
    # A login names its keys itself and takes none back: what one of them signed was written at its bench.
    """CREATE TABLE hub.signing_key (
        scope text COLLATE "C" NOT NULL REFERENCES hub.scope, login text COLLATE "C" NOT NULL REFERENCES hub.bench,
        public bytea NOT NULL, named_at timestamptz NOT NULL, PRIMARY KEY (scope, login, public))""",
    # The newest of each writer: by the chain it covers all before it.
    """CREATE TABLE hub.signature (
        scope text COLLATE "C" NOT NULL REFERENCES hub.scope, writer text COLLATE "C" NOT NULL, seq bigint NOT NULL,
        hash bytea NOT NULL, public bytea NOT NULL, signature bytea NOT NULL, signed_at timestamptz NOT NULL,
        PRIMARY KEY (scope, writer)) WITH (fillfactor = 50)""",
    "ALTER TABLE hub.signature ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY own ON hub.signature FOR SELECT TO gms_bench USING (scope = (SELECT hub.own_scope()))",
    "GRANT SELECT ON hub.signature TO gms_bench",
    """CREATE TABLE hub.reoffered_signature (
        scope text COLLATE "C" NOT NULL REFERENCES hub.scope, writer text COLLATE "C" NOT NULL, seq bigint NOT NULL,
        hash bytea NOT NULL, public bytea NOT NULL, signature bytea NOT NULL,
        login text COLLATE "C" NOT NULL REFERENCES hub.bench, PRIMARY KEY (scope, writer, seq, hash, public, login))""",
    """ALTER TABLE hub.reoffered ADD logins text[] NOT NULL DEFAULT '{}', ADD proof text NOT NULL DEFAULT '',
        ADD owner text""",
    """ALTER TABLE hub.gave_back ADD entries bigint NOT NULL DEFAULT 0, ADD bytes bigint NOT NULL DEFAULT 0,
        ADD turned_away bigint NOT NULL DEFAULT 0""",
    "ALTER TABLE hub.recovery ADD most_bytes bigint NOT NULL DEFAULT 4000000000",
)


def upgrade() -> None:
    """Create the tables. A bench reads the signatures of its own scope, and nothing else of these."""
    for step in _STEPS:
        op.execute(step)
