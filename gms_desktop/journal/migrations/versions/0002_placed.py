"""What a bench with a hub keeps: the order of what is placed, the heads of other writers, what was re-homed."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Index entries by position; create chain_head and withdrawn."""
    placed = sa.text("position IS NOT NULL")
    op.create_index(
        "entry_by_position", "entry", ["position"], unique=True, sqlite_where=placed, postgresql_where=placed
    )
    op.create_table(
        "chain_head",
        sa.Column("writer", sa.Text, primary_key=True),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "withdrawn",
        sa.Column("writer", sa.Text, primary_key=True),
        sa.Column("seq", sa.BigInteger, primary_key=True),
        sa.Column("hash", sa.LargeBinary, primary_key=True),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
