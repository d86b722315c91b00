"""Tables and statements of ``files.db``."""

from __future__ import annotations

from gms_desktop.journal.database import text_statement

NAME = "files.db"
FORMAT = 1

TABLES = (
    """CREATE TABLE file (
        sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, media_type TEXT NOT NULL, made_at TEXT NOT NULL,
        state TEXT NOT NULL, confirmed_at TEXT, confirmed_in TEXT, kept_until TEXT, orphan_since TEXT
        ) WITHOUT ROWID""",
    """CREATE TABLE chunk (
        sha256 TEXT NOT NULL REFERENCES file, number INTEGER NOT NULL, content BLOB NOT NULL,
        UNIQUE (sha256, number))""",
    """CREATE TABLE citation (
        subject TEXT NOT NULL, sha256 TEXT NOT NULL REFERENCES file, cited INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (subject, sha256)) WITHOUT ROWID""",
    "CREATE INDEX file_by_state ON file (state, made_at)",
)

_FILE = (
    "SELECT sha256, size, media_type, made_at, state, confirmed_at, confirmed_in, kept_until, orphan_since FROM file"
)
ONE = text_statement(f"{_FILE} WHERE sha256 = :sha256")
ALL = text_statement(f"{_FILE} ORDER BY made_at, sha256")
IN_STATE = text_statement(f"{_FILE} WHERE state = :state ORDER BY made_at, sha256")
NOT_CONFIRMED_IN = text_statement(
    f"{_FILE} WHERE state = 'here' AND confirmed_in IS NOT :epoch ORDER BY confirmed_at IS NOT NULL, made_at, sha256"
)
NEW_FILE = text_statement(
    "INSERT INTO file (sha256, size, media_type, made_at, state) VALUES (:sha256, :size, :media_type, :made_at, :state)"
)
BECOME = text_statement(
    "UPDATE file SET size = :size, media_type = :media_type, made_at = :made_at, state = :state, orphan_since = NULL "
    "WHERE sha256 = :sha256"
)
SET_STATE = text_statement("UPDATE file SET state = :state, orphan_since = NULL WHERE sha256 = :sha256")
SET_ORPHAN = text_statement("UPDATE file SET orphan_since = :at WHERE sha256 = :sha256")
CONFIRM = text_statement("UPDATE file SET confirmed_at = :at, confirmed_in = :epoch WHERE sha256 = :sha256")
CITE = text_statement("INSERT OR IGNORE INTO citation (subject, sha256) VALUES (:subject, :sha256)")
CITATIONS = text_statement("SELECT subject, sha256 FROM citation ORDER BY subject, sha256")
SUBJECTS = text_statement("SELECT subject FROM citation WHERE sha256 = :sha256 ORDER BY subject")
NOT_SEEN_CITED = text_statement(
    "SELECT subject, sha256 FROM citation WHERE sha256 NOT IN (SELECT sha256 FROM citation WHERE cited)"
)
SEEN_CITED = text_statement("UPDATE citation SET cited = 1 WHERE subject = :subject AND sha256 = :sha256")
UNCITE = text_statement("DELETE FROM citation WHERE sha256 = :sha256")
PUT_CHUNK = text_statement("INSERT OR REPLACE INTO chunk (sha256, number, content) VALUES (:sha256, :number, :content)")
CHUNK = text_statement("SELECT content FROM chunk WHERE sha256 = :sha256 AND number = :number")
NUMBERS = text_statement("SELECT number FROM chunk WHERE sha256 = :sha256 ORDER BY number")
DROP_CHUNKS = text_statement("DELETE FROM chunk WHERE sha256 = :sha256")
