"""Tables of the journal and what stands beside it. The bytes are the record; the columns beside them are derived."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text, text

journal = MetaData()

# `n` is this store's own order of arrival; on a bench without a hub it is also the order of the fold. What an act
# leaves beside its bytes stands in the same row, since each further page is encrypted and written at every scan:
# `formers`, what its entry changed (emptied when it is too old to be undone), and `stand`, the digests after the act.
entry = Table(
    "entry",
    journal,
    Column("n", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("writer", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("position", BigInteger),
    Column("formers", Text),
    Column("stand", Text),
)

# A place in the hub's order is given once. What is unplaced is what a bench without a hub has only: it has no index.
_placed = text("position IS NOT NULL")
Index("entry_by_position", entry.c.position, unique=True, sqlite_where=_placed)

# Where an entry stands in `entry`, and below it what it touches: found again in the bytes, so both follow when the
# bench is idle. What is asked before looks at the newest entries themselves as well.
entry_place = Table(
    "entry_place",
    journal,
    Column("writer", Text, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("n", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

touch = Table(
    "touch",
    journal,
    Column("subject", Text, primary_key=True),
    Column("n", BigInteger, primary_key=True),
    sqlite_with_rowid=False,
)

# Keyed by subject first: what belongs to one person stands together, and is read together.
private = Table(
    "private",
    journal,
    Column("subject", Text, primary_key=True),
    Column("commitment", Text, primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    Column("value", Text),
    sqlite_with_rowid=False,
)

# Subjects whose values are not in the search index yet: filled with the entry, emptied when the bench is idle.
private_unindexed = Table(
    "private_unindexed", journal, Column("subject", Text, primary_key=True), sqlite_with_rowid=False
)

private_term = Table(
    "private_term",
    journal,
    Column("term", Text(collation="C").with_variant(Text(), "sqlite"), primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("commitment", Text, primary_key=True),
    sqlite_with_rowid=False,
)

# How far a writer has come stands in `meta`, written now and then, and after that in its newest entries themselves.
writer = Table(
    "writer",
    journal,
    Column("writer", Text, primary_key=True),
    Column("scope", Text, nullable=False),
    Column("short_code", Text, nullable=False),
    Column("state", Text, nullable=False),
)

# Where the chain of every other writer stands, whose entries came from the hub.
chain_head = Table(
    "chain_head",
    journal,
    Column("writer", Text, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

# Entries that this bench took out of its order: re-homed under a new writer, or no longer in the hub's order. Kept for
# ever, folded never; with the place and the verdict that they had, for a hub that is recovered.
withdrawn = Table(
    "withdrawn",
    journal,
    Column("writer", Text, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("hash", LargeBinary, primary_key=True),
    Column("bytes", LargeBinary, nullable=False),
    Column("why", Text, nullable=False),
    Column("position", BigInteger),
    Column("verdict", Text),
    sqlite_with_rowid=False,
)

credential = Table(
    "credential",
    journal,
    Column("operator", Text, primary_key=True),
    Column("pin", Integer, primary_key=True),
    Column("verifier", Text, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Text),
)

meta = Table("meta", journal, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))
