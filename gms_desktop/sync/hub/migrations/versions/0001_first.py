"""The first tables of the hub, who may read them, and nothing that a bench may write."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = (
    # The head row: locked by every append of the scope, so it is kept small and updated in place.
    """CREATE TABLE hub.scope (
        scope text COLLATE "C" PRIMARY KEY, position bigint NOT NULL, order_hash bytea NOT NULL, name text NOT NULL,
        rehearsal boolean NOT NULL, least_protocol integer NOT NULL DEFAULT 1) WITH (fillfactor = 10)""",
    """CREATE TABLE hub.recovery (
        scope text COLLATE "C" NOT NULL REFERENCES hub.scope, number integer NOT NULL, began_at timestamptz NOT NULL,
        ended_at timestamptz, reason text NOT NULL, PRIMARY KEY (scope, number))""",
    """CREATE TABLE hub.bench (
        login text COLLATE "C" PRIMARY KEY, scope text COLLATE "C" NOT NULL REFERENCES hub.scope, name text NOT NULL,
        state text NOT NULL CHECK (state IN ('invited', 'active', 'revoked')), enrolled_at timestamptz NOT NULL,
        code_valid_until timestamptz NOT NULL, began_at timestamptz)""",
    """CREATE TABLE hub.writer (
        scope text COLLATE "C" NOT NULL REFERENCES hub.scope, writer text COLLATE "C" NOT NULL,
        short_code text NOT NULL, login text COLLATE "C" NOT NULL REFERENCES hub.bench, state text NOT NULL,
        last_seq bigint NOT NULL, last_hash bytea NOT NULL, PRIMARY KEY (scope, writer)) WITH (fillfactor = 50)""",
    """CREATE TABLE hub.short_code (
        code text COLLATE "C" PRIMARY KEY, login text COLLATE "C" NOT NULL REFERENCES hub.bench, writer text,
        issued_at timestamptz NOT NULL)""",
    """CREATE TABLE hub.entry (
        scope text COLLATE "C" NOT NULL, position bigint NOT NULL, writer text COLLATE "C" NOT NULL,
        seq bigint NOT NULL, hash bytea NOT NULL, bytes bytea NOT NULL, verdict text NOT NULL,
        order_hash bytea NOT NULL, received_at timestamptz NOT NULL,
        PRIMARY KEY (scope, position), UNIQUE (scope, writer, seq)) PARTITION BY LIST (scope)""",
    """CREATE TABLE hub.key_holder (
        scope text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL, holder text NOT NULL,
        PRIMARY KEY (scope, key)) WITH (fillfactor = 80)""",
    """CREATE TABLE hub.private (
        scope text COLLATE "C" NOT NULL, subject text COLLATE "C" NOT NULL, commitment text COLLATE "C" NOT NULL,
        salt bytea NOT NULL, value text, position bigint NOT NULL, PRIMARY KEY (scope, subject, commitment))""",
    "CREATE INDEX private_by_position ON hub.private (scope, position)",
    """CREATE TABLE hub.credential (
        scope text COLLATE "C" NOT NULL REFERENCES hub.scope, operator text NOT NULL, pin integer NOT NULL,
        verifier text NOT NULL, number bigint NOT NULL, PRIMARY KEY (scope, operator, pin))""",
    # What badges and PINs are hashed with: no bench may read the table, only be given the value (decision 18).
    """CREATE TABLE hub.pepper (
        scope text COLLATE "C" PRIMARY KEY REFERENCES hub.scope, pepper bytea NOT NULL)""",
    "CREATE UNIQUE INDEX credential_by_number ON hub.credential (scope, number)",
    "CREATE SEQUENCE hub.credential_number",
    # What benches give back while a recovery is open: with the positions that it had, checked when it is put in order.
    """CREATE TABLE hub.reoffered (
        scope text COLLATE "C" NOT NULL REFERENCES hub.scope, hash bytea NOT NULL, position bigint NOT NULL,
        writer text COLLATE "C" NOT NULL, seq bigint NOT NULL, bytes bytea NOT NULL,
        login text COLLATE "C" NOT NULL REFERENCES hub.bench, PRIMARY KEY (scope, writer, seq, hash, position))""",
    """CREATE TABLE hub.reoffered_private (
        scope text COLLATE "C" NOT NULL REFERENCES hub.scope, subject text COLLATE "C" NOT NULL,
        commitment text COLLATE "C" NOT NULL, salt bytea NOT NULL, value text NOT NULL,
        PRIMARY KEY (scope, subject, commitment))""",
    """CREATE TABLE hub.digest (
        scope text COLLATE "C" NOT NULL REFERENCES hub.scope, position bigint NOT NULL, table_name text NOT NULL,
        digest text NOT NULL, register_version text NOT NULL, PRIMARY KEY (scope, position, table_name))""",
    """CREATE TABLE hub.base (
        scope text COLLATE "C" NOT NULL REFERENCES hub.scope, position bigint NOT NULL,
        register_version text NOT NULL, order_hash bytea NOT NULL, heads jsonb NOT NULL, size bigint NOT NULL,
        sha256 bytea NOT NULL, made_at timestamptz NOT NULL, PRIMARY KEY (scope, position, register_version))""",
    """CREATE TABLE hub.base_chunk (
        scope text COLLATE "C" NOT NULL, position bigint NOT NULL, register_version text NOT NULL,
        number integer NOT NULL, content bytea NOT NULL, PRIMARY KEY (scope, position, register_version, number),
        FOREIGN KEY (scope, position, register_version) REFERENCES hub.base ON DELETE CASCADE)""",
    "ALTER TABLE hub.base_chunk ALTER COLUMN content SET STORAGE EXTERNAL",
)

# The fields of an entry of format 1 in the order in which its bytes name them.
_ENVELOPE = """CREATE TYPE hub.envelope AS (
    action text, app text, because text[], body json, claims text[], clock_offset bigint, expects text[],
    format bigint, input json, kind text, occurred_at text, operator text, private text[], releases text[],
    requires text[], ruleset bigint, scope text, seq bigint, signature text, touches text[], undoes text,
    version bigint, witness text, writer text)"""

_OF_A_SCOPE = (
    "scope",
    "recovery",
    "bench",
    "writer",
    "entry",
    "key_holder",
    "private",
    "credential",
    "digest",
    "base",
    "base_chunk",
)


def upgrade() -> None:
    """Create the tables; let a bench read the rows of its own scope and its own short codes, and write none."""
    op.execute(
        "CREATE FUNCTION hub.own_scope() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER "
        "SET search_path = pg_catalog, pg_temp AS 'SELECT NULL::text'"
    )
    op.execute(_ENVELOPE)
    for table in _TABLES:
        op.execute(table)
    for name in _OF_A_SCOPE:
        _readable(name, "scope = (SELECT hub.own_scope())")
    _readable("short_code", "login = session_user")


def _readable(table: str, rows: str) -> None:
    op.execute(f"ALTER TABLE hub.{table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY own ON hub.{table} FOR SELECT TO gms_bench USING ({rows})")
    op.execute(f"GRANT SELECT ON hub.{table} TO gms_bench")
