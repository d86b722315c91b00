"""The templates of entries that were proved once: an entry that meets one needs no second look."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


_FORMER = (
    "shape_of(text)",
    "keep_shapes(text[], text[])",
    "counted(text)",
    "whole(integer[], text[], text[])",
    "say_faults(text, text, bigint, bytea[])",
)


def upgrade() -> None:
    """Create the table in place of the shapes. It can be emptied at any time: what is missing is proved again.

    No bench may read it. ``_at`` is the place of a part of the bytes, split at their quotation marks, from 1.
    """
    op.execute("DROP TABLE hub.shape")
    for former in _FORMER:
        op.execute(f"DROP FUNCTION IF EXISTS hub.{former}")
    op.execute(
        """CREATE TABLE hub.template (
            kind text COLLATE "C" NOT NULL, quotes integer NOT NULL, digest bytea NOT NULL,
            pattern text COLLATE "C" NOT NULL, scope_at integer NOT NULL, writer_at integer NOT NULL,
            seq_at integer NOT NULL, place integer[] NOT NULL, key_at integer[] NOT NULL, stated_at integer[] NOT NULL,
            cited_at integer[] NOT NULL, number_key text[] NOT NULL, number_nth integer[] NOT NULL,
            number_tail integer[] NOT NULL,
            PRIMARY KEY (kind, quotes, digest))"""
    )
    # Looked up by both, and the scope is nearly always the same: what differs is compared first.
    op.execute(
        "ALTER TABLE hub.key_holder DROP CONSTRAINT key_holder_pkey, "
        "ADD CONSTRAINT key_holder_pkey PRIMARY KEY (key, scope)"
    )
