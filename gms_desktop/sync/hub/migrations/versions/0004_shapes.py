"""The shapes of bodies whose keys were found in order once: an entry of a known shape needs no second look."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table. It can be emptied at any time: what is missing is proved again. No bench may read it."""
    op.execute(
        """CREATE TABLE hub.shape (
            kind text COLLATE "C" NOT NULL, shape text COLLATE "C" NOT NULL, PRIMARY KEY (kind, shape))"""
    )
