"""Plain SQL views on the hub's registers, for a laboratory's own system and for people who count things.

Schema ``reporting`` holds nothing that identifies a patient; ``reporting_identifiable`` gives names and numbers to
patients, members of staff and requests, to whom the laboratory grants it. Each view has every laboratory of the hub.
"""

from __future__ import annotations

import psycopg
from psycopg import sql

from gms_desktop.register.rows import derived

READER = "gms_reporting"
IDENTIFIABLE_READER = "gms_reporting_identifiable"
PLAIN, IDENTIFIABLE = "reporting", "reporting_identifiable"

VIEWS = {
    "specimens": "specimen",
    "specimen_requests": "specimen_request",
    "requests": "request",
    "request_codes": "request_code",
    "expected_tubes": "expected_tube",
    "referrals": "referral",
    "referral_members": "referral_member",
    "labels": "label",
    "deliveries": "delivery",
    "bags": "bag",
    "delivery_items": "delivery_item",
    "lots": "lot",
    "receptions": "reception",
    "examinations": "examination",
    "steps_done": "specimen_step",
    "clocks": "clock",
    "separations": "separation",
    "aliquots": "aliquot",
    "extraction_batches": "extraction",
    "extraction_positions": "extraction_position",
    "extraction_lots": "extraction_lot",
    "eluates": "eluate",
    "eluate_parents": "eluate_parent",
    "fluidx_tubes": "fluidx_tube",
    "racks": "rack",
    "plates": "plate",
    "plate_wells": "plate_well",
    "index_sets": "index_set",
    "index_plates": "index_plate",
    "libraries": "library",
    "pools": "pool",
    "pool_libraries": "pool_library",
    "runs": "run",
    "readings": "reading",
    "judgements": "judgement",
    "reading_choices": "reading_choice",
    "readings_taken_back": "taken_back",
    "measurement_concessions": "concession",
    "volumes_stated": "volume_stated",
    "volumes_taken": "volume_taken",
    "consignments": "consignment",
    "consignment_items": "consignment_item",
    "tissue_cases": "tissue_case",
    "tissue_pieces": "piece",
    "tissue_assessments": "tissue_assessment",
    "tissue_images": "piece_image",
    "tissue_agreements": "piece_agreement",
    "tissue_cases_told_apart": "tissue_apart",
    "places": "place",
    "stored": "stored",
    "specimen_links": "specimen_link",
    "specimen_risks": "specimen_risk",
    "patient_risks": "patient_risk",
    "holds": "hold",
    "assessments": "assessment",
    "consents": "consent",
    "urgent_specimens": "urgent",
    "cancellations": "cancellation",
    "amendments": "amendment",
    "request_shares": "request_share",
    "added_tests": "add_on",
    "reservations": "reservation",
    "nipt_forms": "nipt_form",
    "nipt_judgements": "nipt_judgement",
    "nipt_results": "nipt_result",
    "qf_pcr": "qf_pcr",
    "directories": "directory",
    "directories_in_force": "directory_in_force",
    "directory_indications": "indication",
    "directory_tests": "directory_test",
    "directory_unread": "directory_unread",
    "patients": "patient",
    "patient_links": "patient_link",
    "people": "operator",
    "roles": "operator_role",
    "cases": "dispute",
    "case_entries": "case_entry",
    "case_tasks": "case_task",
    "imports": "import_act",
    "fix_its": "fix_it",
    "downtime_packs": "downtime_pack",
    "downtime_numbers": "downtime_number",
    "site_data": "site_data",
    "site_proposals": "site_proposal",
    "label_trials": "label_trial",
    "label_releases": "label_release",
}
"""Each view and the register table behind it: its columns are the table's, but for those of private values."""

NAMED = {
    "patients": ("patient", "patient", "id"),
    "patient_names": ("patient_name", "patient", "patient"),
    "hospital_numbers": ("hospital_number", "patient", "patient"),
    "people": ("operator", "operator", "id"),
    "holds": ("hold", "specimen", "specimen"),
    "urgent_specimens": ("urgent", "specimen", "id"),
    "consents": ("consent", "patient", "patient"),
}
"""Each identifiable view: its table, the sort of subject that its values are about, and the column that names it."""

_PRIVATE = "_private"
_WORDS_OF_OLD = frozenset({("piece_agreement", "how")})
"""What people once wrote in the open and is private since: entries of before keep it, and no view shows it."""
_CODES_ONLY = frozenset({("tissue_case", "hospital")})
"""Codes of organisations that were not looked at when older entries were written: a view shows what can be one."""
_OURS = frozenset({"laboratory", "laboratory_name"})
_ONE_AT_A_TIME = 7_315_902_818

_ROLE = """DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {}) THEN CREATE ROLE {} NOLOGIN; END IF;
END $$"""
_ENTRIES = """SELECT e.scope AS laboratory, s.name AS laboratory_name, e.position, e.writer, e.seq, e.verdict,
    e.received_at, j.entry ->> 'kind' AS kind, j.entry ->> 'occurred_at' AS occurred_at,
    j.entry ->> 'operator' AS operator, j.entry ->> 'action' AS action
    FROM hub.entry e JOIN hub.scope s ON s.scope = e.scope,
    LATERAL (SELECT convert_from(e.bytes, 'UTF8')::json AS entry) AS j"""


def make_views(connection: psycopg.Connection) -> None:
    """Make the views anew on the registers in use, in one transaction; as an administrator who may make roles."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_ONE_AT_A_TIME,))
        for role in (READER, IDENTIFIABLE_READER):
            connection.execute(sql.SQL(_ROLE).format(sql.Literal(role), sql.Identifier(role)))
        for schema, role in ((PLAIN, READER), (IDENTIFIABLE, IDENTIFIABLE_READER)):
            connection.execute(
                sql.SQL("CREATE SCHEMA IF NOT EXISTS {} AUTHORIZATION gms_hub; GRANT USAGE ON SCHEMA {} TO {}").format(
                    sql.Identifier(schema), sql.Identifier(schema), sql.Identifier(role)
                )
            )
        connection.execute("SET LOCAL ROLE gms_hub")
        registers = connection.execute(
            "SELECT DISTINCT ON (f.scope) f.scope, f.schema_name FROM hub.followed f JOIN pg_namespace n "
            "ON n.nspname = f.schema_name ORDER BY f.scope, f.folded_at DESC"
        ).fetchall()
        _view(connection, PLAIN, "entries", sql.SQL(_ENTRIES))
        for name, table in VIEWS.items():
            if registers and table in derived.tables:
                _view(connection, PLAIN, name, _union([_plain(table, *one) for one in registers]))
        for name, (table, sort, column) in NAMED.items():
            if registers and table in derived.tables:
                _view(connection, IDENTIFIABLE, name, _union([_named(table, sort, column, *one) for one in registers]))
        for schema, role in ((PLAIN, READER), (IDENTIFIABLE, IDENTIFIABLE_READER)):
            connection.execute(
                sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA {} TO {}").format(
                    sql.Identifier(schema), sql.Identifier(role)
                )
            )


def _view(connection: psycopg.Connection, schema: str, name: str, body: sql.Composable) -> None:
    where = sql.Identifier(schema, name)
    connection.execute(sql.SQL("DROP VIEW IF EXISTS {} CASCADE").format(where))
    connection.execute(sql.SQL("CREATE VIEW {} AS {}").format(where, body))


def _union(parts: list[sql.Composed]) -> sql.Composed:
    return sql.SQL(" UNION ALL ").join(parts)


def _laboratory(scope: str) -> sql.Composed:
    name = sql.SQL("(SELECT s.name FROM hub.scope s WHERE s.scope = {}) AS laboratory_name").format(sql.Literal(scope))
    return sql.SQL("{}::text AS laboratory, {}").format(sql.Literal(scope), name)


def _plain(table: str, scope: str, register: str) -> sql.Composed:
    every = (column.name for column in derived.tables[table].columns if not column.name.endswith(_PRIVATE))
    columns = [name for name in every if (table, name) not in _WORDS_OF_OLD]
    named = sql.SQL(", ").join(_code(one) if (table, one) in _CODES_ONLY else _column(one) for one in columns)
    return sql.SQL("SELECT {}, {} FROM {} t").format(_laboratory(scope), named, sql.Identifier(register, table))


def _column(name: str) -> sql.Composable:
    """A column under its own name; ``laboratory`` is the one whose register it is, another's is another."""
    own = sql.Identifier("t", name)
    return sql.SQL("{} AS {}").format(own, sql.Identifier(f"other_{name}")) if name in _OURS else own


def _code(name: str) -> sql.Composable:
    """A code of an organisation; NULL for other words in its place."""
    own = sql.Identifier("t", name)
    return sql.SQL("CASE WHEN {} ~ '^[A-Z0-9]{{3,6}}$' THEN {} END AS {}").format(own, own, sql.Identifier(name))


def _named(table: str, sort: str, subject: str, scope: str, register: str) -> sql.Composed:
    columns = [
        _value(column.name, sort, subject, scope) if column.name.endswith(_PRIVATE) else _column(column.name)
        for column in derived.tables[table].columns
    ]
    return sql.SQL("SELECT {}, {} FROM {} t").format(
        _laboratory(scope), sql.SQL(", ").join(columns), sql.Identifier(register, table)
    )


def _value(column: str, sort: str, subject: str, scope: str) -> sql.Composed:
    """The value behind a commitment, NULL once it is erased."""
    return sql.SQL(
        "(SELECT p.value FROM hub.private p "
        "WHERE p.scope = {} AND p.subject = {} || t.{} AND p.commitment = t.{}) AS {}"
    ).format(
        sql.Literal(scope),
        sql.Literal(f"{sort}:"),
        sql.Identifier(subject),
        sql.Identifier(column),
        sql.Identifier(column.removesuffix(_PRIVATE)),
    )
