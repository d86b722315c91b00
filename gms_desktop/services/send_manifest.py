"""The manifest of a consignment whose destination asks for one: made of the register, read back, never guessed.

What the register has no room for, where a tumour was, is asked when the consignment is closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from gms_desktop import manifest_words, words
from gms_desktop.domain import dates
from gms_desktop.domain.commands import Command
from gms_desktop.domain.consignments.destinations import Destination
from gms_desktop.domain.consignments.packing import Item
from gms_desktop.domain.identifiers import snomed
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.exchange.consignments import table_out, table_out_words
from gms_desktop.exchange.consignments.table_out import Fault
from gms_desktop.journal.database import Row
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import manifest_rows, site_rules
from gms_desktop.services.manifest_known import Known, known
from gms_desktop.services.manifest_rows import About, Cells
from gms_desktop.services.people import name_of
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Question

TABLES = frozenset(manifest_rows.ROWS)
_SAID = 3
_MOST_ASKED = 24
_TEST_NUMBER = "nhs-synthetic"
# The published example has the code of the type in the column of the state as well: it is how this table is written.
_AS_PUBLISHED = "type-code-in-state"
_FIRST = ("half-of-a-pair", "family-size")


@dataclass(frozen=True)
class Made:
    """A manifest, or why there is none.

    Attributes:
        content: the file; empty where something keeps it from being made.
        refused: why, in words.
        noticed: what is only unlikely, in words; empty for nothing.
        question: what a person has to say first.
    """

    content: bytes = field(default=b"", repr=False)
    refused: tuple[str, ...] = ()
    noticed: str = ""
    question: Question | None = None


def made(
    ledger: Ledger,
    desk: Desk,
    row: Row,
    destination: Destination,
    items: list[tuple[Row, Item]],
    answer: Answer | None = None,
) -> Made:
    """The manifest that a destination asks for.

    Args:
        ledger: the bench's.
        desk: its memory.
        row: the consignment.
        destination: as its profile says now.
        items: what is packed, with what is known of each.
        answer: where each tumour was, by the number of its tube.
    """
    table, about = destination.manifest, _about(ledger, desk, row)
    every = [known(ledger.db, packed, desk.time_zone) for packed, _ in items]
    tumours = [one.number for one in every if table == "dwgs" and one.told == manifest_rows.TUMOUR]
    if len(tumours) > _MOST_ASKED:
        return Made(refused=(manifest_words.too_many_tumours(len(tumours), _MOST_ASKED),))
    where, question = _where(tumours, answer)
    if question is not None:
        return Made(question=question)
    comments = ["; ".join(item.concessions) for _, item in items]
    of = manifest_rows.ROWS[table]
    rows = [of(about, one, said, where.get(one.number, "")) for one, said in zip(every, comments, strict=True)]
    lacking = _lacking(table, every, rows)
    return Made(refused=lacking) if lacking else _written(ledger, table, every, rows)


def _about(ledger: Ledger, desk: Desk, row: Row) -> About:
    laboratory = look_up.laboratory(ledger.db)
    session = look_up.session(ledger.db, desk.place.bench)
    return About(
        rules=site_rules.manifests(ledger.db),
        laboratory=str((laboratory or {}).get("ods") or ""),
        consignment=str(row["number"]),
        closed_on=dates.to_local(ledger.clock.now(), desk.time_zone).date(),
        approved_by=name_of(ledger.db, session["operator"]) if session and session["operator"] else "",
        priority=str(row["priority"]),
    )


def _lacking(table: str, every: list[Known], rows: list[Cells]) -> tuple[str, ...]:
    """What must be filled and is not: a sentence for each column, naming the things."""
    found: dict[tuple[str, str], list[str]] = {}
    for one, cells in zip(every, rows, strict=True):
        for column in manifest_rows.missing(table, one, cells):
            about = one.type_words if column in {"primary_sample_state", "Clinic Sample Type"} else ""
            found.setdefault((column, about), []).append(one.number)
    return tuple(manifest_words.lacks(numbers, column, about) for (column, about), numbers in found.items())


def _written(ledger: Ledger, table: str, every: list[Known], rows: list[Cells]) -> Made:
    out = table_out.write(table, rows, site_rules.severities(ledger.db))
    laboratory = look_up.laboratory(ledger.db)
    rehearsal = bool(laboratory and laboratory["rehearsal"])
    known_so = {_AS_PUBLISHED, _TEST_NUMBER} if rehearsal else {_AS_PUBLISHED}
    faults = sorted((one for one in out.faults if one.code not in known_so), key=lambda one: one.code not in _FIRST)
    numbers = [one.number for one in every]
    if not out.content:
        return Made(refused=tuple(_said(faults, numbers, blocks=True)))
    said = _said(faults, numbers, blocks=False)
    return Made(out.content, noticed=manifest_words.noticed(said[:_SAID], len(said)) if said else "")


def _said(faults: list[Fault], numbers: list[str], *, blocks: bool) -> list[str]:
    """A sentence for each sort of fault, however many things it is about; values are of the first of them."""
    alike: dict[tuple[str, str, str], Fault] = {}
    for one in faults:
        if one.blocks is blocks:
            key = (one.code, one.column, one.detail)
            before = alike.setdefault(key, one)
            alike[key] = replace(before, rows=tuple(dict.fromkeys((*before.rows, *one.rows))))
    return [table_out_words.sentence(one, numbers) for one in alike.values()]


def _where(tumours: list[str], answer: Answer | None) -> tuple[Mapping[str, str], Question | None]:
    """Where each tumour was, or the question for it."""
    if not tumours:
        return {}, None
    said = {name: value.strip() for name, value in answer.fields} if answer else {}
    problems = tuple(
        manifest_words.no_topography(number, said.get(number, ""))
        for number in tumours
        if answer is not None and not _is_coded(said.get(number, ""))
    )
    if answer is not None and not problems:
        return said, None
    question = Question(
        Command.SEND_CLOSE,
        manifest_words.TOPOGRAPHY_TITLE,
        fields=tuple((number, manifest_words.topography_of(number)) for number in tumours),
        confirm="Close it",
        problems=problems,
        values=answer.fields if answer else (),
    )
    return {}, question


def _is_coded(said: str) -> bool:
    code, term = snomed.coded(said)
    return bool(term) and not snomed.findings(code)


def asked(question: Question) -> Verdict:
    """What is said while the question stands."""
    return words.choose(question.title, (question.problems or (manifest_words.TOPOGRAPHY_HINT,))[0])
