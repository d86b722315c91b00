"""Which benches have given all back in a recovery: it is not closed while one is in the middle of it."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what a bench says at the end of giving back; one of an earlier version never says it."""
    op.execute("ALTER TABLE hub.gave_back ADD all_given boolean NOT NULL DEFAULT false")
