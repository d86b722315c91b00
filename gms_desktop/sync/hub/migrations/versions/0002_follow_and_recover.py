"""How far the hub's register has come, under which server each scope last worked, and what a recovery brought back."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_STEPS = (
    # One row a register: a newer version folds its own from the start while the older one still answers.
    """CREATE TABLE hub.followed (
        scope text COLLATE "C" NOT NULL REFERENCES hub.scope, register_version text NOT NULL, schema_name text NOT NULL,
        position bigint NOT NULL, order_hash bytea NOT NULL, folded_at timestamptz NOT NULL, trouble text NOT NULL,
        PRIMARY KEY (scope, register_version)) WITH (fillfactor = 20)""",
    # The server's identity and timeline under which the scope last took entries in: another one is a restored or
    # promoted server, and nothing is taken in before a person has opened a recovery.
    """CREATE TABLE hub.worked (
        scope text COLLATE "C" PRIMARY KEY REFERENCES hub.scope ON DELETE CASCADE, instance text NOT NULL)""",
    "ALTER TABLE hub.recovery ADD opened_by text NOT NULL DEFAULT '', ADD closed_by text",
    "ALTER TABLE hub.reoffered ADD verdict text NOT NULL DEFAULT '', ADD offered_at timestamptz NOT NULL DEFAULT now()",
    """CREATE TABLE hub.gave_back (
        scope text COLLATE "C" NOT NULL REFERENCES hub.scope, login text COLLATE "C" NOT NULL REFERENCES hub.bench,
        at timestamptz NOT NULL, PRIMARY KEY (scope, login))""",
    """CREATE TABLE hub.recovered (
        scope text COLLATE "C" NOT NULL, number integer NOT NULL, line bigint NOT NULL, writer text NOT NULL,
        seq bigint NOT NULL, former_position bigint NOT NULL, former_verdict text NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('placed', 'there', 'left')), position bigint, verdict text,
        why text NOT NULL, PRIMARY KEY (scope, number, line),
        FOREIGN KEY (scope, number) REFERENCES hub.recovery)""",
)


def upgrade() -> None:
    """Create the tables. None of them is a bench's to read."""
    for step in _STEPS:
        op.execute(step)
