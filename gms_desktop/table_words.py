"""Every sentence about the laboratory's own tables: how a person says what their columns are."""

from __future__ import annotations

from devices.instruments.mapped.pointing import UNIT, Meaning
from devices.instruments.mapped.profile import ProfileDefect, ProfileProblem
from devices.measured import DateOrder, OwnTime, Quantity, RunDefect
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.measure_words import value
from gms_desktop.words import attention, refused

HEADING = "The laboratory's own tables"
POINT = "Say what each column is"
DECIDE = "Approve this table?"
IN_FORCE = "How the laboratory's own tables are read"
NO_TABLES = "No table of the laboratory's own is approved. Choose a file to say how such a file is read."
COLUMNS = ("Column", "What it is", "Table")
POINT_COLUMNS = ("Column, with its first cells", "What it is", "Unit")
READ_SO = "Its first rows as they are read now"
PROPOSED, TO_BE_WITHDRAWN = "proposed", "proposed to be read no longer"
NOT_READ = "not read"
NOT_MEASURED = "Nothing is read yet. Say which column is the sample or the well, and which is a value."
VALUE, NOTHING = "value", "nothing"
PLACES = {
    "sample": "the sample's name or code",
    VALUE: "a measured value",
    UNIT: "the unit of the values beside it",
    "well": "the well",
    "row_of_well": "the row of the well",
    "column_of_well": "the column of the well",
    "plate": "the plate",
    "sample_id": "a second name or number",
    "date": "the day, or day and time",
    "time": "the time of day",
    "run_id": "the run",
    "assay": "the assay",
    "flags": "remarks",
    "operator": "who measured",
    "serial": "the instrument's serial number",
    NOTHING: "nothing that is read",
}
_SHORT = {"sample": "sample", "sample_id": "second name", UNIT: "unit", "date": "day", "time": "time of day"}
_SHORT |= {"row_of_well": "row of well", "column_of_well": "column of well", "serial": "serial number"}
READS = {
    "point": "Decimal point, where a file leaves it open: 1,234 is a thousand and more",
    "comma": "Decimal comma, where a file leaves it open: 1,234 is a little more than one",
    "day": "Day first, where a file leaves it open: 03/04/2026 is 3 April",
    "month": "Month first, where a file leaves it open: 03/04/2026 is 4 March",
    "twice": "One well may stand in several rows: they are replicates",
}
NAME_FIELDS = (("name", "Name of the table"), ("instrument", "Instrument, as its limits name it"))
LINE_FIELD = (("line", "Line of the headings"),)
VALUE_FIELDS = (
    ("unit", "Unit, as ng/uL; empty: as the heading or a column says"),
    ("part", "Region or peak it is of; empty: the whole sample"),
)


def problem(one: ProfileProblem) -> str:
    """What is missing or odd in what was said of a table."""
    match one.defect:
        case ProfileDefect.NO_VALUE:
            return "No column is a measured value yet."
        case ProfileDefect.NO_NAME:
            return "No column says what was measured: a sample's name, or a well."
        case ProfileDefect.HALF_A_WELL:
            return "A well's row needs its column, and its column its row."
        case ProfileDefect.UNIT_MISSING:
            return f"“{one.found}” has no unit. Say it, or say which column has it."
        case ProfileDefect.UNIT_UNKNOWN:
            return f"This unit is not one of its quantity: {one.found}."
        case ProfileDefect.HEADING_TWICE:
            return f"Two columns are called “{one.found}”. Rename one where the file is made."
        case ProfileDefect.NO_HEADING:
            return f"Nothing stands above {one.where}. Give it a heading where the file is made."
        case ProfileDefect.PLACE_TWICE:
            return f"Two columns are {PLACES[one.where]}. Leave one of them out."
    return f"Something said of this table cannot be kept: {one.found}."


def meaning(one: Meaning | None) -> str:
    """What a column is, in words."""
    if one is None:
        return NOT_READ
    if one.analyte is not None:
        return f"{one.analyte.value} {one.part}".strip()
    return PLACES[one.place]


def in_few_words(one: Meaning | None, unit: str) -> str:
    """What a column is, below its heading."""
    said = _SHORT.get(one.place, PLACES.get(one.place, "").removeprefix("the ")) if one and one.place else meaning(one)
    return ", ".join(part for part in (said, unit) if part)


def asks(heading: str) -> str:
    """The question about one column."""
    return f"What is “{heading}”?"


def asks_value(heading: str) -> str:
    """The question which quantity a column is."""
    return f"Which quantity is “{heading}”?"


def unit_from(unit: str, heading: str) -> str:
    """Where the unit of a value is from."""
    return f"in {unit}" if unit else f"unit of “{heading}”" if heading else ""


def not_its_unit(unit: str, quantity: str) -> str:
    """A unit that a quantity cannot have."""
    return f"{unit} is no unit of {quantity}."


def heading_has(unit: str) -> str:
    """A unit said beside the one in the heading."""
    return f"The heading says {unit} already. Leave the unit empty."


def read(cell: Quantity) -> str:
    """A cell as it is read, with its raw text."""
    raw = f"{cell.raw} {cell.raw_unit}".strip()
    return f"{cell.analyte.value} {cell.part}".strip() + f" {value(cell)}, from “{raw}”"


def moment(at: OwnTime | None) -> str:
    """When it was measured, as it is read."""
    if at is None:
        return ""
    if at.local is None:
        return f"“{at.raw}”: day and month not told apart"
    order = {DateOrder.DAY_FIRST: ", day first", DateOrder.MONTH_FIRST: ", month first"}.get(at.order, "")
    return f"{at.local:%d-%b-%Y %H:%M} from “{at.raw}”{order}"


def in_short(dates: DateOrder | None, comma: bool | None, once: bool) -> str:
    """How a table writes numbers and dates, as far as that was said."""
    said = [] if comma is None else ["decimal comma" if comma else "decimal point"]
    said += [dates.value] if dates else []
    return ", ".join([*said, *([] if once else ["replicates in one well"])])


def shown() -> Verdict:
    """The tables are in view."""
    return Verdict(VerdictKind.FOUND, "Own tables", "Choose a file that nothing here reads, and point at its columns.")


def opened(name: str, columns: int) -> Verdict:
    """A table is pointed at."""
    said = f"{name}: {columns} column{'s' if columns != 1 else ''}. Choose each that counts, and say what it is."
    return Verdict(VerdictKind.FOUND, "Point at it", said)


def opened_again(name: str, table: str) -> Verdict:
    """A file that an approved table reads: it may get a new version."""
    return Verdict(VerdictKind.FOUND, "Known table", f"{name} is read as {table}. What you change is a new version.")


def known_already(name: str, dialect: str) -> str:
    """A file that an instrument's own reader takes."""
    return f"{name} is read as {dialect} already. A table of your own would never be asked about it."


def no_table(name: str) -> str:
    """A file without rows."""
    return f"{name} holds no table. Save it as CSV, or as a workbook."


def file_first() -> Verdict:
    """A command that needs a table's file."""
    return refused("No table is open", "Choose a file first, then say what its columns are.")


def choose() -> Verdict:
    """A choice is asked for."""
    return Verdict(VerdictKind.FOUND, "Say what it is", "Choose one, then confirm.")


def all_said() -> Verdict:
    """No column is left."""
    return Verdict(VerdictKind.FOUND, "Every column", "Every column was looked at. Look at the rows as they are read.")


def column_said(heading: str, what: str) -> Verdict:
    """One column was said."""
    return Verdict(VerdictKind.MATCHES, "Said", f"“{heading}” is {what}. Nothing is proposed yet.")


def reads_said() -> Verdict:
    """Numbers and dates were said."""
    return Verdict(VerdictKind.MATCHES, "Said", "The first rows are read so now. Nothing is proposed yet.")


def line_said(line: int) -> Verdict:
    """The headings were said."""
    return Verdict(VerdictKind.FOUND, "Headings", f"The headings stand in line {line}. Say what each column is.")


def no_line(text: str) -> str:
    """A line that is none."""
    return f"“{text}” is no line of this table with headings in it."


def undecided(defect: RunDefect) -> Verdict:
    """A date or a decimal sign that nothing in the file tells: asked once."""
    what = "Day and month" if defect is RunDefect.DATE_UNDECIDED else "Decimal point and comma"
    return attention("Say it once", f"{what} cannot be told apart in this file. Say how it writes them.")


def contradiction() -> str:
    """Two answers that exclude each other."""
    return "Choose point or comma, and day first or month first, not both."


def not_whole(why: str) -> Verdict:
    """A table that cannot be proposed yet."""
    return refused("Not yet", why)


def name_it() -> Verdict:
    """A table wants its name and its instrument."""
    return Verdict(
        VerdictKind.FOUND, "Name it", "Say what the table is called, and which instrument its values are of."
    )


def needs_name() -> str:
    """Name or instrument are missing."""
    return "Say both: what the table is called, with a letter or digit in it, and what measured."


def proposed(name: str, version: str, who: str) -> Verdict:
    """A table waits to be approved."""
    return attention("Proposed", f"{name} v{version} is not read yet. Another person approves it: {who}.")


def nothing_proposed() -> Verdict:
    """Nothing waits."""
    return refused("Nothing waits", "No table is proposed. Point at a file first.")


def by_another(who: str) -> Verdict:
    """Whoever proposed it looks no second time."""
    return refused("Another person", f"{who} proposed this table. Somebody else looks at it and approves it.")


def changed_meanwhile() -> Verdict:
    """Another proposal came in meanwhile."""
    return attention("Look again", "What is proposed changed meanwhile. Look at it again, then approve it.")


def approved(name: str, version: str) -> Verdict:
    """Files of this form are read from now on."""
    said = f"{name} v{version}. Files with its headings are read so from now on, at every bench."
    return Verdict(VerdictKind.FINISHED, "Approved", said)


def nothing_to_withdraw() -> Verdict:
    """No table is approved."""
    return refused("No table", "No table of the laboratory's own is approved.")


def withdrawal_proposed(table: str, who: str) -> Verdict:
    """Somebody says that a table should be read no longer."""
    return attention("Proposed", f"{table} is read until another person withdraws it: {who}.")


def withdrawn(name: str, version: str) -> Verdict:
    """Files of this form are read no longer."""
    said = f"{name} is read no longer, at any bench, by version {version}. What was read by it stays."
    return Verdict(VerdictKind.FINISHED, "Approved", said)


def put_aside(name: str) -> Verdict:
    """A table that was pointed at is forgotten."""
    return Verdict(VerdictKind.FOUND, "Put aside", f"Nothing said of {name} was kept.")


def closed() -> Verdict:
    """Back to measurements."""
    return Verdict(VerdictKind.FOUND, "Measurements", "Choose an instrument's file, or drop it here.")


def waits(name: str, version: str, who: str) -> str:
    """What waits to be approved."""
    return f"{name} v{version}, proposed by {who}, is not read before somebody else approves it."


def not_usable(why: str) -> Verdict:
    """A table that cannot be kept."""
    return refused("Not usable", f"{why}. Nothing was proposed.")


def several(names: str) -> str:
    """Two tables that claim one file."""
    return f"tables of your own: {names}"
