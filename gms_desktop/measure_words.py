"""Every sentence about measurements at the bench."""

from __future__ import annotations

from decimal import Decimal

from devices.measured import Analyte, DateOrder, Quantity, Role, Says
from gms_desktop.domain.readings.judging import Judged, Word
from gms_desktop.domain.readings.limits import Limit
from gms_desktop.domain.readings.matching import How, Why
from gms_desktop.domain.readings.standing import Spread
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import attention, begun, refused

BEGIN = "Choose an instrument's file"
NO_FILE = "No file is open"
WAITING = "Readings that wait for a tube"
RUNS = "Runs taken in here"
HELD = "Runs that are held"
NOTHING_HELD = "No run is held."
NOTHING_WAITS = "No reading waits for its tube."
WHY_RELEASE = "Why may this run count?"
WHY_HELD = "Why may this run not count?"
WHY_TAKEN_BACK = "Why is it not of this tube?"
WHY_STANDS = "Why does this reading stand?"
WHY_GOES_ON = "Why does it go on?"
_FIGURES, _ROUNDED = 9, 6
IS_HELD = "held, it does not count yet"
IS_CUT = "its file was cut off, it does not count"
WAS_RELEASED = "held, then released"
COUNTS = "counts"
WAITS = "waits for its tube"
DOES_NOT_STAND = "does not stand for the tube"
NO_TIME = "no time in its file"
NO_TRACES_HERE = "Its electropherograms are in the instrument's file, which is not at this bench."
OUT_OF_RANGE = "a control is out of its range"
HOW = {
    How.TUBE_CODE: "by its code",
    How.NUMBER: "by its number",
    How.RACK_AND_WELL: "by rack and well",
    How.PLATE_AND_WELL: "by plate and well: compare",
    How.RUN_ORDER: "by the order of the run: compare",
    How.SCANNED: "scanned",
}
WHY = {
    Why.NOT_A_SAMPLE: "",
    Why.NO_NAME: "no name in the file: it waits for a tube",
    Why.NOT_KNOWN: "its name is no tube here: it waits for a tube",
    Why.TWO_TUBES: "its names lead to two tubes: scan the right one",
    Why.PATIENTS_NUMBER: "its name is a patient's number: scan the tube",
    Why.NO_TUBE_IN_WELL: "no tube is recorded in this well: it waits for a tube",
    Why.NO_TUBE_LEFT: "the rack has no further tube: it waits for a tube",
}
ROLES = {
    Role.SAMPLE: "sample",
    Role.BLANK: "blank",
    Role.STANDARD: "standard",
    Role.LADDER: "ladder",
    Role.CONTROL: "control",
}
ORDERS = {
    DateOrder.DAY_FIRST: "dates with the day first: 03/04/2026 is 3 April",
    DateOrder.MONTH_FIRST: "dates with the month first: 03/04/2026 is 4 March",
    DateOrder.YEAR_FIRST: "dates with the year first: 2026-04-03 is 3 April",
}


HOW_DATES, HOW_NUMBERS, HOW_UNITS = "How dates are written", "How numbers are written", "In which unit"
UNITS = {
    "unit ng/uL": "its concentrations in ng/µL",
    "unit ng/mL": "its concentrations in ng/mL, a thousandth of that",
    "unit pg/uL": "its concentrations in pg/µL, a thousandth of that",
}
DECIMALS = {
    "decimal point": "numbers with a point: 1,234 is a thousand and more",
    "decimal comma": "numbers with a comma: 1,234 is a little more than one",
}


def cell(one: Quantity) -> str:
    """A cell as it is shown: the quantity, its value with its unit, and the raw text where that differs."""
    name = f"{one.analyte.value} {one.part}".strip()
    return f"{name} {value(one)}"


def value(one: Quantity) -> str:
    """The value of a cell with its unit, or what the cell says instead of one."""
    if one.value is None:
        raw = f" (“{one.raw}”)" if one.raw and one.raw.casefold() != one.says.value else ""
        return f"{one.says.value}{raw}"
    sign = {Says.BELOW: "< ", Says.ABOVE: "> "}.get(one.says, "")
    return f"{sign}{number(one.value)} {unit(one.unit)}".strip()


def unit(kept: str) -> str:
    """A unit as it is shown; entries and rules keep it as ``ng/uL``, and the raw cell as it was written."""
    return kept.replace("uL", "µL")


def number(one: Decimal) -> str:
    """A number as it was given, without an exponent; one of more figures than anybody reads is rounded, and says so."""
    if len(one.as_tuple().digits) <= _FIGURES:
        return format(one, "f")
    return f"about {format(Decimal(f'{one:.{_ROUNDED}g}'), 'f')}"


def more_in_the_file(line: int, many: int) -> str:
    """Of a position with hundreds of peaks not all are kept beside its tube."""
    return f"Line {line}: {many} values of peaks and regions stand in the kept file alone."


def not_measured(of: str, rule: str, version: str) -> str:
    """A limit that no reading speaks to yet."""
    return f"{of} not measured, rule {rule} v{version}"


def of_parts(many: int) -> str:
    """What a file says of peaks and regions, which is not listed."""
    return f"{many} value{'s' if many != 1 else ''} of peaks and regions"


def short(one: Decimal) -> str:
    """A number that was worked out, to four figures."""
    rounded = Decimal(f"{one:.4g}")
    return format(rounded, "f")


def judgement(one: Judged) -> str:
    """What one limit says, in the words of the laboratory: its rule with its version where it meets it."""
    return in_words(one.word, one.rule.name, one.rule.version, one.limit)


def in_words(word: Word, rule: str, version: str, limit: Limit | None = None) -> str:
    """A judgement in words; what fails is said with the limit that it fails."""
    if word is Word.MEETS:
        return f"meets rule {rule} v{version}"
    of = f" of rule {rule} v{version}" if rule else ""
    bound = ""
    if limit is not None and word in {Word.BELOW, Word.ABOVE}:
        edge = limit.minimum if word is Word.BELOW else limit.maximum
        bound = f" {number(edge)} {unit(limit.unit)}".rstrip() if edge is not None else ""
    return f"{word.value}{bound}{of}"


def spread(made: Spread, kept: str) -> str:
    """Replicates: how many, their mean and variation, and the one that lies furthest away."""
    said = f"{made.many} readings, mean {short(made.mean)} {unit(kept)}".rstrip()
    if made.cv is not None:
        said += f", CV {short(made.cv)} %"
    if made.furthest is not None:
        place, away = made.furthest
        said += f"; furthest from the mean: reading {place + 1}, {short(away)} %"
    return said


def file_open(name: str, instrument: str, samples: int, matched: int, fails: int) -> Verdict:
    """A run's file was read; nothing is saved yet."""
    said = f"{name}, {instrument}: {samples} sample{'s' if samples != 1 else ''}, {matched} with a tube here."
    if fails:
        said += f" {fails} outside a limit."
    if samples > matched:
        said += f" {samples - matched} will wait for a tube."
    if fails or samples > matched:
        return attention("Look at both sides", f"{said} Nothing is saved yet.")
    return Verdict(VerdictKind.FOUND, "Read", f"{said} Nothing is saved yet.")


def held_file(name: str, control: str) -> Verdict:
    """A run with a control out of its range."""
    return attention(
        "Control out of range", f"{name}: {control}. The run is saved as held: its readings do not count yet."
    )


def taken_before(name: str, at: str, bench: str, now: str) -> Verdict:
    """The same file twice."""
    other = f" as {now}" if now else ""
    return refused("Taken in before", f"{name} was taken in{other} on {at} at {bench}. Nothing was saved again.")


def not_a_run(name: str) -> str:
    """A file that no instrument's reader knows."""
    own = "For a table of your own, say under Own tables how it is read."
    return f"Nothing here reads {name} as a run. Choose the file that the instrument's own program exported. {own}"


def several(name: str, instruments: str) -> str:
    """A file that two readers claim."""
    return f"{name} is read as {instruments}. Nothing was taken from it: tell whoever looks after this system."


def too_large(name: str, most: int) -> str:
    """A file that is no run by its size."""
    return f"{name} is larger than {most} MB, which no run is. Check that it is the instrument's own export."


def file_first() -> Verdict:
    """A command or scan that needs a file."""
    return refused(NO_FILE, "Choose an instrument's file, or drop it here.")


def look_first() -> Verdict:
    """Matches by place or order want a look at both sides."""
    return refused(
        "Look at both sides",
        "Some tubes are matched by plate and well or by the order of the run. Compare each line, then say that both "
        "sides agree.",
    )


def seen() -> Verdict:
    """A person looked at both sides."""
    return Verdict(VerdictKind.MATCHES, "Both sides agree", "You compared the file with the tubes. Save the run now.")


def saved(name: str, readings: int, waiting: int, held: str) -> Verdict:
    """A run is on disk."""
    said = f"{name}: {readings} reading{'s' if readings != 1 else ''}."
    if waiting:
        said += f" {waiting} wait{'s' if waiting == 1 else ''} for a tube."
    if held:
        return attention("Saved as held", f"{said} {held}. Nobody may use these readings until the run is released.")
    return Verdict(VerdictKind.FINISHED, "Saved", said)


def put_aside(name: str) -> Verdict:
    """A file was closed unsaved."""
    return Verdict(VerdictKind.FOUND, "Put aside", f"{name} was not saved. Choose it again at any time.")


def scan_for(sample: str, well: str) -> Verdict:
    """The tube of one position is awaited."""
    where = f", {well}" if well else ""
    return Verdict(
        VerdictKind.FOUND, "Scan its tube", f"Scan the tube that “{sample or 'no name'}”{where} was taken from."
    )


def named(sample: str, code: str) -> Verdict:
    """A tube was scanned for a position of the open file."""
    return Verdict(VerdictKind.MATCHES, "Matched", f"“{sample or 'no name'}” is tube {code}. Nothing is saved yet.")


def rack_for_run(code: str, matched: int) -> Verdict:
    """A rack was scanned for the open file."""
    return Verdict(
        VerdictKind.FOUND,
        "Rack",
        f"Rack {code}: {matched} position{'s' if matched != 1 else ''} with its tube. Compare both sides.",
    )


def in_order(code: str, matched: int) -> Verdict:
    """The open file is matched by its order."""
    return attention(
        "By order",
        f"{matched} samples stand in the order of rack {code}. Compare each line: one sample too few moves all.",
    )


def plate_for_run(code: str, matched: int) -> Verdict:
    """A plate was scanned for the open file."""
    return attention(
        "Plate", f"Plate {code}: {matched} position{'s' if matched != 1 else ''} with its tube. Compare both sides."
    )


def not_measured_here(code: str) -> Verdict:
    """A code of nothing that can be measured."""
    return refused("Not known here", f"{code} is no tube, eluate, rack or plate here. Scan the tube that was measured.")


def which_reading(code: str) -> Verdict:
    """A tube was scanned, and no reading is named for it."""
    return Verdict(
        VerdictKind.FOUND, "Tube", f"{code}. To give it a reading, choose that reading first, then scan it again."
    )


def claimed(sample: str, code: str) -> Verdict:
    """A reading that waited has its tube."""
    return Verdict(VerdictKind.MATCHES, "Claimed", f"The reading “{sample or 'no name'}” is of {code} now.")


def in_dispute(code: str) -> Verdict:
    """Two stories of one tube wait for a person."""
    return refused("In dispute", f"{code} is in dispute. Put it into the review rack; no reading was given to it.")


def scan_it(code: str) -> Verdict:
    """A code typed where the tube itself must be scanned."""
    return refused("Scan the tube", f"Typing {code} does not show which tube it is. Scan the tube itself.")


def release_why(what: str, controls: str) -> Verdict:
    """A held run wants a reason."""
    return attention("Why may it count?", f"{begun(what)} is held. {controls}. Say why it may count.")


def released(what: str) -> Verdict:
    """A held run counts."""
    return Verdict(VerdictKind.FINISHED, "Released", f"{begun(what)} counts from now on.")


def hold_why() -> Verdict:
    """A run that may not count wants a reason."""
    return attention("Why may it not count?", "No reading of a held run stands until somebody releases it.")


def held_by_hand(what: str) -> Verdict:
    """A run is held by a person."""
    return attention("Held", f"{begun(what)} does not count until somebody with the right says why it may.")


def by_hand(why: str) -> str:
    """What somebody said who held a run."""
    return f"held by a person: {why}"


def take_back_why(code: str) -> Verdict:
    """A reading of the wrong tube wants a reason."""
    return attention(
        "Which reading?", f"It is taken from {code} and waits for the right tube. Both histories keep that it was here."
    )


def taken_back(code: str, reports: int, others: int) -> Verdict:
    """A reading waits again."""
    said = f"The reading is no longer of {code}. To give it to the right tube, choose it on Measure and scan that tube."
    if reports:
        said += f" {reports} file{'s' if reports != 1 else ''} of QC reports with {code} are recalled: make them again."
    if others:
        said += f" {others} other document{'s' if others != 1 else ''} name{'s' if others == 1 else ''} {code}: look."
    return attention("Taken back", said)


def was_taken_back(values: str, why: str, rested: str) -> str:
    """A reading that was once of a tube, with what was judged of it there."""
    on_it = f" Rested on this match, and counts no longer: {rested}." if rested else ""
    return f"{values}: not of this tube: {why}.{on_it}"


def taken_from(code: str) -> str:
    """A reading that waits after it was taken back."""
    return f"taken back from {code}: it waits for its tube"


def stands_why(what: str) -> Verdict:
    """A person chooses which reading stands."""
    return attention("Which reading stands?", f"{what}: the last complete run stands unless somebody says why another.")


def stands(what: str) -> Verdict:
    """Another reading stands now."""
    return Verdict(VerdictKind.FINISHED, "It stands", f"{what} stands from now on.")


def judged_again(code: str, said: str) -> Verdict:
    """What the rules in force now say stands beside what was said before."""
    return Verdict(VerdictKind.FINISHED, "Judged", f"{code}: {said}. What was said before stays in its history.")


def goes_on_why(what: str) -> Verdict:
    """A concession wants a reason and a second person."""
    return attention("Why does it go on?", f"{what}. Say why it goes on all the same; a second person confirms it.")


def goes_on(what: str) -> Verdict:
    """A concession is recorded."""
    return attention("Goes on", f"{what} goes on all the same. This stands on whatever follows it.")


def ask_order(instrument: str, raw: str) -> str:
    """In which order an instrument writes its dates."""
    return (
        f"How does this {instrument} write dates? The file has {raw}"
        if raw
        else f"How does this {instrument} write dates?"
    )


def ask_decimals(instrument: str, raw: str) -> str:
    """Which decimal sign an instrument writes."""
    return f"How does this {instrument} write numbers? The file has {raw}"


def ask_unit(instrument: str, heading: str) -> str:
    """In which unit an instrument gives concentrations whose heading names none."""
    return f"In which unit does this {instrument} give them? Its heading does not say: {heading}"


def written_so(instrument: str, how: str) -> Verdict:
    """The answer is kept."""
    return Verdict(VerdictKind.FOUND, "Kept", f"{instrument} writes {how}. This bench does not ask again.")


def control(name: str, lot: str, said: str, of: Analyte, expected: str) -> str:
    """A control beside the range of its lot."""
    return f"Control {name}, lot {lot}: {of.value} {said}, expected {expected}"


def expected(limit: Limit) -> str:
    """A range in words."""
    if limit.minimum is None:
        said = f"at most {number(limit.maximum)}" if limit.maximum is not None else ""
    elif limit.maximum is None:
        said = f"at least {number(limit.minimum)}"
    else:
        said = f"{number(limit.minimum)} to {number(limit.maximum)}"
    return f"{said} {unit(limit.unit)}".strip()


def control_said(word: Word, limit: Limit) -> str:
    """What a control came to beside its range, in few words."""
    return f"as expected: {expected(limit)}" if word is Word.MEETS else f"{word.value}, expected {expected(limit)}"


def conceded(rule: str, version: str, why: str, who: str, second: str, at: str) -> str:
    """A concession as it stands on whatever follows it."""
    beside = f" with {second}" if second else ""
    return f"goes on although it fails rule {rule} v{version}: {why} ({who}{beside}, {at})"


def released_because(why: str, *, by_control: bool = True) -> str:
    """Why a run that was held counts."""
    return f"Released {'although a control was out of its range' if by_control else 'after a person held it'}: {why}"


def control_chart(name: str, lot: str, instrument: str, of: Analyte, kept: str) -> str:
    """The title of a control's chart."""
    return f"Control {name}, lot {lot}, {instrument}: {of.value} {unit(kept)}".strip()


def control_against(mean: str, sd: str, kept: str, expected: str) -> str:
    """What a control's values are drawn against."""
    set_by = f"Mean {mean}, standard deviation {sd} {unit(kept)}".strip()
    return f"{set_by}, expected {expected}. Lines: mean, 2 and 3 standard deviations."


def breaks(values: str) -> str:
    """The values of a control that break one of Westgard's rules: day, value, rules."""
    if not values:
        return "No value shown breaks one of Westgard's rules."
    return f"Westgard's rules broken: {values}."


def no_mean(expected: str) -> str:
    """A control without mean and spread."""
    return f"Expected {expected}. No mean and standard deviation are set: Westgard's rules are not applied."


def trace(well: str, sample: str) -> str:
    """The title of an electropherogram."""
    return f"Electropherogram of {well}, {sample or 'no name'}"


def nothing_to_report() -> Verdict:
    """A QC report of nothing."""
    return refused("Nothing measured", "No run was taken in of which a report could be made.")


def no_report(why: str) -> Verdict:
    """A report that was not made."""
    return refused("No report made", f"{why}. Nothing was issued.")


def report_made(title: str, values: int) -> Verdict:
    """A report is kept and issued."""
    said = f"{title}, {values} value{'s' if values != 1 else ''}, as PDF, workbook and CSV."
    return Verdict(VerdictKind.FINISHED, "Report made", f"{said} Find keeps it with each tube and specimen in it.")
