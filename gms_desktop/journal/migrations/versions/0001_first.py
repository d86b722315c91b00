"""The first tables of the journal."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create entry, entry_place, touch, private, private_term, writer, credential and meta."""
    serial = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "entry",
        sa.Column("n", serial, primary_key=True, autoincrement=True),
        sa.Column("writer", sa.Text, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("position", sa.BigInteger),
        sa.Column("formers", sa.Text),
        sa.Column("stand", sa.Text),
    )
    op.create_table(
        "entry_place",
        sa.Column("writer", sa.Text, primary_key=True),
        sa.Column("seq", sa.BigInteger, primary_key=True),
        sa.Column("n", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "touch",
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("n", sa.BigInteger, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "private",
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("commitment", sa.Text, primary_key=True),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.Column("value", sa.Text),
        sqlite_with_rowid=False,
    )
    op.create_table("private_unindexed", sa.Column("subject", sa.Text, primary_key=True), sqlite_with_rowid=False)
    op.create_table(
        "private_term",
        sa.Column("term", sa.Text(collation="C").with_variant(sa.Text(), "sqlite"), primary_key=True),
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("commitment", sa.Text, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "writer",
        sa.Column("writer", sa.Text, primary_key=True),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("short_code", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
    )
    op.create_table(
        "credential",
        sa.Column("operator", sa.Text, primary_key=True),
        sa.Column("pin", sa.Integer, primary_key=True),
        sa.Column("verifier", sa.Text, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.Text),
    )
    op.create_table("meta", sa.Column("name", sa.Text, primary_key=True), sa.Column("value", sa.Text, nullable=False))
