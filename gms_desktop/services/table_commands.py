"""Commands at the laboratory's own tables: point at a file's columns, propose, approve. Nothing is read before that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from devices.instruments.cells import Mark
from devices.instruments.mapped import Preview, preview, runs_in_rows
from devices.instruments.mapped.pointing import UNIT, Meaning, Pointed, profile_of
from devices.instruments.mapped.profile import COLUMNS, Profile, ProfileProblem
from devices.instruments.rows import folded
from devices.instruments.units import unit_in, unit_of
from devices.measured import Analyte, DateOrder, InstrumentRun, RunDefect
from gms_desktop import table_words, words
from gms_desktop.domain.commands import Command
from gms_desktop.errors import Refused
from gms_desktop.instrument_tables import TableFile
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import rights, site_tables
from gms_desktop.services.at_measure import AtMeasure, AtTable
from gms_desktop.services.measure_scans import PLACE
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.people import name_of
from gms_desktop.services.receive import Desk
from gms_desktop.services.views import Answer, Choice, Question

_OF = "of:"
_LONGEST = 60
_UNDECIDED = (RunDefect.DATE_UNDECIDED, RunDefect.DECIMALS_UNDECIDED)


def takes(given: Command) -> bool:
    """Whether a command is one of these."""
    return given in _DO


def command(ledger: Ledger, desk: Desk, given: Command, answer: Answer | None, argument: str) -> Outcome:
    """Carry a command out, or ask what must be said first."""
    if desk.question and desk.question.command is not given:
        return Outcome(words.answer_first(desk.question.title), question=desk.question, place=PLACE)
    desk.told = {"by": "hand", "device": "screen"}
    try:
        outcome = _DO[given](ledger, desk, answer, argument)
    except Refused as fault:
        outcome = Outcome(table_words.not_usable(str(fault).rstrip(".")))
    desk.question = outcome.question
    return replace(outcome, place=PLACE)


def take(ledger: Ledger, desk: Desk, file: TableFile) -> Outcome:
    """Open a file to point at; one that an own table reads already stands as it is read."""
    at = _with_headings(AtTable(file=file.name, sheets=file.sheets), 0, 0)
    known = next((one for one in site_tables.in_force(ledger.db) if one.words == file.read_as), None)
    if known is not None and at is not None:
        at = _as_known(at, known.profile)
    if at is None or at.pointed is None:
        return Outcome(words.refused("No table", table_words.no_table(file.name)), place=PLACE)
    desk.question, desk.measure = None, AtMeasure(table=at)
    said = table_words.opened(file.name, len(at.pointed.headings))
    return Outcome(table_words.opened_again(file.name, file.read_as) if known else said, place=PLACE)


def _as_known(at: AtTable, profile: Profile) -> AtTable | None:
    """The sheet whose headings a table names, with what was said of them before."""
    for sheet in range(len(at.sheets)):
        for line in [
            row.line for row in at.sheets[sheet] if set(map(folded, profile.needs)) <= set(map(folded, row.cells))
        ]:
            found = _with_headings(at, sheet, line)
            if found is not None and found.pointed is not None:
                pointed = _pointed_by(profile, found.pointed)
                return replace(found, pointed=pointed, name=profile.name, instrument=profile.instrument)
    return at


def _pointed_by(profile: Profile, blank: Pointed) -> Pointed:
    form, by_heading = profile.form, {folded(heading): at for at, heading in reversed(tuple(enumerate(blank.headings)))}
    said = {by_heading[folded(heading)]: Meaning(name) for name in COLUMNS for heading in getattr(form, name)}
    for one in form.values:
        said[by_heading[folded(one.headings[0])]] = Meaning(analyte=one.analyte, unit=one.unit, part=one.part)
        said |= {by_heading[folded(heading)]: Meaning(UNIT) for heading in one.unit_column}
    known = profile.known
    return Pointed(blank.headings, tuple(sorted(said.items())), known.date_order, known.mark, form.lines_apart)


def preview_of(at: AtTable) -> Preview | None:
    """The table that is pointed at."""
    return preview(at.sheets[at.sheet], at.line) if at.sheets else None


def _with_headings(at: AtTable, sheet: int, line: int) -> AtTable | None:
    found = preview(at.sheets[sheet], line)
    if found is None:
        return None
    return replace(at, sheet=sheet, line=found.line, pointed=Pointed(found.headings), asked=frozenset())


def read_so(at: AtTable) -> tuple[tuple[InstrumentRun, ...], tuple[ProfileProblem, ...]]:
    """The first rows as they are read by what was said so far, or what is missing in it."""
    if at.pointed is None:
        return (), ()
    profile = profile_of(at.pointed, at.name or "table", at.instrument or "table")
    if not isinstance(profile, Profile):
        return (), profile
    found = runs_in_rows(profile, [at.sheets[at.sheet]])
    return tuple(run for run in found if isinstance(run, InstrumentRun)), ()


def _show(ledger: Ledger, desk: Desk, _answer: Answer | None, _argument: str) -> Outcome:
    waits = site_tables.proposals(ledger.db)
    desk.measure = AtMeasure(table=AtTable(seen=waits[0].row["sha256"] if waits else ""))
    return Outcome(table_words.shown())


def _open(desk: Desk) -> tuple[AtTable, Pointed] | None:
    at = desk.measure.table
    return (at, at.pointed) if at is not None and at.pointed is not None else None


def _headings(_ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    """Say in which line, and on which sheet, the headings stand."""
    found = _open(desk)
    if found is None:
        return Outcome(table_words.file_first())
    at, _ = found
    typed = dict(answer.fields).get("line", "").strip() if answer else ""
    sheet = next((int(one) for one in answer.choices if one.isdecimal()), at.sheet) if answer else at.sheet
    line = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 7 else 0
    made = _with_headings(at, sheet, line) if answer and (line or (not typed and sheet != at.sheet)) else None
    if made is not None:
        desk.measure = replace(desk.measure, table=made)
        return Outcome(table_words.line_said(made.line))
    sheets = tuple(Choice(str(one), f"Sheet {one + 1}") for one in range(len(at.sheets)))
    question = Question(
        Command.TABLE_HEADINGS,
        "Where do the headings stand?",
        sheets if len(sheets) > 1 else (),
        many=False,
        fields=table_words.LINE_FIELD,
        confirm="They stand there",
        problems=(table_words.no_line(typed),) if answer else (),
        values=(("line", typed or str(at.line)),),
        chosen=(str(sheet),) if len(sheets) > 1 else (),
    )
    return Outcome(table_words.choose(), question=question)


def _column(_ledger: Ledger, desk: Desk, answer: Answer | None, argument: str) -> Outcome:
    """Say what one column is: the one that was chosen, else the next that nobody was asked about."""
    found = _open(desk)
    if found is None:
        return Outcome(table_words.file_first())
    at, pointed = found
    left = [one for one in range(len(pointed.headings)) if one not in at.asked and not pointed.meaning(one)]
    named = (answer.subject if answer else argument) or (str(left[0]) if left else "")
    if not named.isdecimal() or int(named) >= len(pointed.headings):
        return Outcome(table_words.all_said())
    column = int(named)
    desk.measure = replace(desk.measure, table=replace(at, asked=at.asked | {column}))
    chosen = next(iter(answer.choices), "") if answer else ""
    if chosen == table_words.VALUE:
        return _asked_value(pointed, column, None, ())
    if chosen.startswith(_OF):
        return _value(desk, column, answer, Analyte(chosen.removeprefix(_OF)))
    if chosen not in table_words.PLACES:
        return _asked(pointed, column)
    return _means(desk, column, None if chosen == table_words.NOTHING else Meaning(chosen))


def _means(desk: Desk, column: int, meaning: Meaning | None) -> Outcome:
    at = desk.measure.table
    if at is None or at.pointed is None:
        return Outcome(table_words.file_first())
    desk.measure = replace(desk.measure, table=replace(at, pointed=at.pointed.means(column, meaning)))
    return Outcome(table_words.column_said(at.pointed.headings[column], table_words.meaning(meaning)))


def _asked(pointed: Pointed, column: int) -> Outcome:
    now = pointed.meaning(column)
    chosen = (table_words.VALUE if now.analyte else now.place,) if now else ()
    question = Question(
        Command.TABLE_COLUMN,
        table_words.asks(pointed.headings[column].strip()),
        tuple(Choice(code, label[:1].upper() + label[1:]) for code, label in table_words.PLACES.items()),
        many=False,
        confirm="It is this",
        subject=str(column),
        chosen=chosen,
    )
    return Outcome(table_words.choose(), question=question)


def _asked_value(pointed: Pointed, column: int, answer: Answer | None, problems: tuple[str, ...]) -> Outcome:
    now = pointed.meaning(column) or Meaning()
    values = answer.fields if answer else (("unit", now.unit), ("part", now.part))
    question = Question(
        Command.TABLE_COLUMN,
        table_words.asks_value(pointed.headings[column].strip()),
        tuple(Choice(f"{_OF}{one.value}", one.value) for one in Analyte),
        many=False,
        fields=table_words.VALUE_FIELDS,
        confirm="It is this",
        problems=problems,
        subject=str(column),
        values=values,
        chosen=answer.choices if answer else ((f"{_OF}{now.analyte.value}",) if now.analyte else ()),
    )
    return Outcome(table_words.choose(), question=question)


def _value(desk: Desk, column: int, answer: Answer | None, analyte: Analyte) -> Outcome:
    at = desk.measure.table
    if at is None or at.pointed is None or answer is None:
        return Outcome(table_words.file_first())
    said = {name: " ".join(text.split())[:_LONGEST] for name, text in answer.fields}
    unit, written = said.get("unit", ""), unit_in(at.pointed.headings[column])
    if unit and unit_of(analyte, unit) is None:
        return _asked_value(at.pointed, column, answer, (table_words.not_its_unit(unit, analyte.value),))
    if unit and written:
        return _asked_value(at.pointed, column, answer, (table_words.heading_has(written),))
    return _means(desk, column, Meaning(analyte=analyte, unit=unit, part=said.get("part", "")))


def _reads(_ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    """Say how the table writes numbers and dates where its files leave that open."""
    found = _open(desk)
    if found is None:
        return Outcome(table_words.file_first())
    at, pointed = found
    if answer is None:
        return Outcome(table_words.choose(), question=_reads_question(pointed, ()))
    said = set(answer.choices)
    if {"point", "comma"} <= said or {"day", "month"} <= said:
        return Outcome(table_words.choose(), question=_reads_question(pointed, (table_words.contradiction(),)))
    mark = Mark.COMMA if "comma" in said else Mark.POINT if "point" in said else None
    dates = DateOrder.DAY_FIRST if "day" in said else DateOrder.MONTH_FIRST if "month" in said else None
    made = replace(pointed, mark=mark, dates=dates, lines_apart="twice" not in said)
    desk.measure = replace(desk.measure, table=replace(at, pointed=made))
    return Outcome(table_words.reads_said())


def _reads_question(pointed: Pointed, problems: tuple[str, ...]) -> Question:
    chosen = {Mark.COMMA: "comma", Mark.POINT: "point", None: ""}[pointed.mark]
    order = {DateOrder.DAY_FIRST: "day", DateOrder.MONTH_FIRST: "month"}.get(pointed.dates or DateOrder.UNDECIDED, "")
    return Question(
        Command.TABLE_READS,
        "How does this table write numbers and dates?",
        tuple(Choice(code, label) for code, label in table_words.READS.items()),
        confirm="It writes them so",
        problems=problems,
        chosen=tuple(one for one in (chosen, order, "" if pointed.lines_apart else "twice") if one),
    )


def _propose(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    """Propose the table once it is whole, its ambiguous dates are said, and it has its name."""
    found, who = _open(desk), rights.actor(ledger.db, desk.place.bench)
    if found is None or who is None:
        return Outcome(table_words.file_first())
    at, pointed = found
    runs, problems = read_so(at)
    if problems:
        return Outcome(table_words.not_whole(" ".join(table_words.problem(one) for one in problems)))
    if not any(run.measured for run in runs):
        return Outcome(table_words.not_whole("No row below the headings is read. Look at the line of the headings."))
    odd = next((one.defect for run in runs for one in run.findings if one.defect in _UNDECIDED), None)
    if odd is not None:
        return Outcome(table_words.undecided(odd), question=_reads_question(pointed, ()))
    said = {name: " ".join(text.split())[:_LONGEST] for name, text in answer.fields} if answer else {}
    name, instrument = said.get("name", at.name), said.get("instrument", at.instrument)
    if answer is None or not name or not instrument or not any(map(str.isalnum, name)):
        question = Question(
            Command.PROPOSE_TABLE,
            "What is this table called?",
            fields=table_words.NAME_FIELDS,
            confirm="Propose this table",
            problems=() if answer is None else (table_words.needs_name(),),
            values=(("name", name), ("instrument", instrument)),
        )
        return Outcome(table_words.name_it(), question=question)
    profile = profile_of(pointed, name, instrument)
    if not isinstance(profile, Profile):
        return Outcome(table_words.not_whole(" ".join(table_words.problem(one) for one in profile)))
    draft = site_tables.proposal(ledger.db, profile, rights.laboratory_day(ledger).isoformat(), who.operator)
    desk.measure = AtMeasure(table=AtTable(seen=str(draft.body["sha256"])))
    approvers = rights.who_may(ledger.db, "approve rules")
    said_so = table_words.proposed(name, str(draft.body["version"]), approvers)
    return Outcome(said_so, (replace(draft, input=desk.told),))


def _withdraw(ledger: Ledger, desk: Desk, answer: Answer | None, _argument: str) -> Outcome:
    """Propose that a table is read no longer."""
    db, who = ledger.db, rights.actor(ledger.db, desk.place.bench)
    by_key = {str(one.row["id"]): one for one in site_tables.in_force(db)}
    if not by_key or who is None:
        return Outcome(table_words.nothing_to_withdraw())
    chosen = next((by_key[one] for one in (answer.choices if answer else ()) if one in by_key), None)
    if chosen is None:
        choices = tuple(Choice(key, one.words) for key, one in by_key.items())
        title = "Which table is read no longer?"
        question = Question(Command.WITHDRAW_TABLE, title, choices, many=False, confirm="Propose to withdraw it")
        return Outcome(table_words.choose(), question=question)
    gone = replace(chosen.profile, withdrawn=True)
    draft = site_tables.proposal(db, gone, rights.laboratory_day(ledger).isoformat(), who.operator)
    desk.measure = AtMeasure(table=AtTable(seen=str(draft.body["sha256"])))
    said = table_words.withdrawal_proposed(chosen.words, rights.who_may(db, "approve rules"))
    return Outcome(said, (replace(draft, input=desk.told),))


def _approve(ledger: Ledger, desk: Desk, _answer: Answer | None, argument: str) -> Outcome:
    """Approve what waits: never by whoever proposed it, and only what was on the screen."""
    db, who = ledger.db, rights.actor(ledger.db, desk.place.bench)
    waits = site_tables.proposals(db)
    if not waits or who is None:
        return Outcome(table_words.nothing_proposed())
    one = next((one for one in waits if one.row["sha256"] == argument), waits[0])
    if one.row["proposer"] == who.operator:
        return Outcome(table_words.by_another(name_of(db, who.operator)))
    at = desk.measure.table
    if at is None or argument != one.row["sha256"] or at.seen != argument:
        desk.measure = AtMeasure(table=AtTable(seen=one.row["sha256"]))
        return Outcome(table_words.changed_meanwhile())
    draft = replace(site_tables.approval(one.row, who.operator), input=desk.told)
    rest = next((other.row["sha256"] for other in waits if other is not one), "")
    desk.measure = AtMeasure(table=AtTable(seen=rest))
    said = table_words.withdrawn if one.profile.withdrawn else table_words.approved
    return Outcome(said(one.profile.name, one.version), (draft,))


def aside(desk: Desk) -> Outcome | None:
    """Put a table that is pointed at aside, else close the tables; None where they are not in view."""
    at = desk.measure.table
    if at is None:
        return None
    desk.measure = AtMeasure(table=AtTable() if at.file else None)
    return Outcome(table_words.put_aside(at.file) if at.file else table_words.closed())


_DO: Mapping[Command, Callable[[Ledger, Desk, Answer | None, str], Outcome]] = {
    Command.SHOW_TABLES: _show,
    Command.TABLE_HEADINGS: _headings,
    Command.TABLE_COLUMN: _column,
    Command.TABLE_READS: _reads,
    Command.PROPOSE_TABLE: _propose,
    Command.APPROVE_TABLE: _approve,
    Command.WITHDRAW_TABLE: _withdraw,
}
