"""Which place and verdict an entry had that left the order: it is given back with them to a hub that is recovered."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both; of what was withdrawn before, and of what had none, they stay empty."""
    op.add_column("withdrawn", sa.Column("position", sa.BigInteger))
    op.add_column("withdrawn", sa.Column("verdict", sa.Text))
