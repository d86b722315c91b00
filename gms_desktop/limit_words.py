"""Every sentence about the laboratory's limits on their screen."""

from __future__ import annotations

from datetime import date

from gms_desktop.domain import dates
from gms_desktop.domain.readings.limits import Limit
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.measure_words import expected
from gms_desktop.words import attention, refused

HEADING = "Limits"
LOOK = "Look whom it changes"
DECIDE = "Approve the limits?"
IN_FORCE = "Limits of the laboratory"
NO_LIMITS = "No limit is approved. Nothing is judged until one is: the national limits are not public."
COLUMNS = ("Quantity and limit", "For", "Rule")
WHOM = "Tubes whose word would change"
FIELDS = (
    ("rule", "Name of the rule"),
    ("types", "Specimen types, with commas; empty: every type"),
    ("tests", "Tests, with commas; empty: every test"),
    ("receiving", "Receiving laboratory, as its destination is called; empty: our own"),
    ("min", "Minimum; empty: none"),
    ("max", "Maximum; empty: none"),
    ("unit", "Unit"),
    ("method", "Method, as files name it; empty: any"),
    ("part", "Region or peak, as files name it; empty: none"),
    ("effective", "First day"),
    ("source", "Where the number is from"),
)
CONTROL_FIELDS = (
    ("name", "Name of the control, as the instrument's files have it"),
    ("lot", "Lot in use from the first day on"),
    ("min", "Lowest expected; empty: open"),
    ("max", "Highest expected; empty: open"),
    ("mean", "Mean of this lot; empty: not set"),
    ("sd", "Standard deviation of this lot; empty: not set"),
    ("unit", "Unit"),
    ("method", "Method, as files name it; empty: any"),
    ("part", "Region or peak, as files name it; empty: the whole"),
    ("effective", "First day"),
    ("source", "Where the numbers are from"),
)
OF_RUNS = "control of runs"
OUT_FIELDS = (("effective", "First day without it"), ("why", "Why it is taken out"))
WHICH_OUT = "Which limit is taken out?"
GONE = "no limit any more"
UNSAVED = "not proposed yet"
PROPOSED = "proposed"


def asks(rule: str) -> str:
    """What the form is about."""
    return f"Which limit, instead of this one of {rule}?" if rule else "Which limit?"


def asks_control(name: str) -> str:
    """What the form of a control is about."""
    return f"What is expected of control {name} now?" if name else "What is expected of which control?"


def fill_in_control() -> Verdict:
    """The form of a control stands open."""
    said = "Choose the quantity and fill in the rest. A run whose control is outside its range is held."
    return Verdict(VerdictKind.FOUND, "Say the range", f"{said} Nothing is saved yet.")


def control(name: str, lot: str) -> str:
    """A control with its lot."""
    return f"control {name}, lot {lot}"


def control_line(limit: Limit, mean: str, sd: str) -> str:
    """A control's range in words."""
    of_lot = f", mean {mean}, SD {sd}" if mean else ""
    return f"{line(limit)}{of_lot}"


NOTHING_EXPECTED, AS_EXPECTED = "nothing expected", "as expected"
CONTROLS = "Controls that would be judged otherwise, and tubes"


def control_changes(many: int, days: int) -> Verdict:
    """A control's range was changed at this bench; how many readings of controls it would judge otherwise."""
    of = "1 reading of a control" if many == 1 else f"{many:,} readings of controls"
    said = f"{of} in the last {days} days would be judged otherwise. What was saved stays as it is."
    return attention("Not proposed yet", f"{said} Propose the change, or put it aside.")


def shown() -> Verdict:
    """The limits are in view."""
    return Verdict(VerdictKind.FOUND, HEADING, "Choose a limit to change it, or enter a new one.")


def fill_in() -> Verdict:
    """The form stands open."""
    return Verdict(
        VerdictKind.FOUND, "Say the limit", "Choose the quantity and fill in the rest. Nothing is saved yet."
    )


def changes(many: int, looked_at: int, days: int, *, done: bool) -> Verdict:
    """Whom the change would affect."""
    said = f"{affects(many, looked_at, days, done=done)} What was judged stays as it is."
    if not done:
        return attention("Still looking", f"{said} The others are looked at beside your work: wait for them.")
    return attention("Not proposed yet", f"{said} Propose the change, or put it aside.")


def affects(many: int, looked_at: int, days: int, *, done: bool) -> str:
    """How many tubes a change would affect, of how many that were looked at."""
    so_far = "" if done else ", so far,"
    of = f"{looked_at:,} tube{'s' if looked_at != 1 else ''} measured in the last {days} days"
    return f"{many:,} of {of}{so_far} would change {'their' if many != 1 else 'its'} word."


def still_looking(looked_at: int) -> Verdict:
    """Not every tube was looked at yet."""
    said = f"{looked_at:,} tubes were looked at so far. Wait until all are: the screen says when, and how many."
    return attention("Still looking", said)


def more_tubes(many: int) -> str:
    """Tubes that are counted and not listed."""
    return f"And {many:,} more"


def say_which() -> Verdict:
    """The form stands open."""
    said = "Choose the limit, say from when and why. Nothing is taken out yet."
    return Verdict(VerdictKind.FOUND, "Take a limit out", said)


def nothing_to_take_out() -> Verdict:
    """There is no limit."""
    return refused("No limit", "No limit of the laboratory counts, or is proposed. There is nothing to take out.")


def of_rule(name: str, version: str) -> str:
    """A rule with its version."""
    return f"rule {name} v{version}"


def proposed(version: str, who: str) -> Verdict:
    """A proposal waits for another person."""
    said = f"Version {version} counts once somebody else approved it. Who may: {who}."
    return Verdict(VerdictKind.FINISHED, "Proposed", said)


def approved(version: str) -> Verdict:
    """The limits are in force."""
    said = f"Limits version {version} stand at every bench. Each rule counts from its first day on."
    return Verdict(VerdictKind.FINISHED, "Approved", said)


def by_another(name: str) -> Verdict:
    """Whoever proposed it does not approve it."""
    return refused("Another person", f"{name} proposed this. A second person looks at it and approves it.")


def nothing_proposed() -> Verdict:
    """There is nothing to decide."""
    return refused("Nothing proposed", "No change of the limits waits to be approved.")


def nothing_changed() -> Verdict:
    """There is nothing to propose."""
    return refused("Nothing changed", "Choose a limit and change it, or enter a new one, then propose it.")


def changed_meanwhile() -> Verdict:
    """Another proposal stands now."""
    return attention("Look again", "Another change was proposed or approved meanwhile. Here it is: look at it first.")


def not_usable(fault: str) -> Verdict:
    """A text that no limits can be read from."""
    return refused("Cannot be used", f"The limits cannot be read so: {fault}.")


def put_aside() -> Verdict:
    """An unsaved change is dropped."""
    return Verdict(VerdictKind.FOUND, "Put aside", "The change was not proposed. The limits are as they were.")


def closed() -> Verdict:
    """Back at the measurements."""
    return Verdict(VerdictKind.FOUND, "Measurements", "The limits are closed.")


def waits(version: str, name: str) -> str:
    """What waits to be approved."""
    return f"Version {version}, proposed by {name}, waits for a second person."


def line(limit: Limit) -> str:
    """A limit in words."""
    return " ".join(part for part in (limit.of.value, limit.part, expected(limit)) if part)


def is_for(types: tuple[str, ...], tests: tuple[str, ...], receiving: str) -> str:
    """What a rule is for."""
    said = [", ".join(types) or "every specimen type", ", ".join(tests) or "every test"]
    return "; ".join([*said, f"for {receiving}"] if receiving else said)


def since(day: date | None) -> str:
    """From when a rule counts."""
    return f"from {dates.display(day)}" if day else "from its approval"


def nobody(days: int) -> str:
    """No tube is affected."""
    return f"No tube measured in the last {days} day{'s' if days != 1 else ''} would change its word."


def changes_to(before: str, after: str) -> str:
    """A tube's word before and after."""
    return f"now {before}; then {after}"


NEEDS_QUANTITY = "Choose the quantity."
NEEDS_CONTROL = "Name the control as the instrument's files name the sample."
NEEDS_LOT = "Enter the lot."
NEEDS_BOTH = "Enter a mean and a standard deviation above 0, or neither."
NEEDS_RULE = "Name the rule, as its judgements will say it."
NEEDS_EDGE = "Enter a minimum or a maximum, or both."
TURNED = "The minimum is above the maximum."
NEEDS_LIMIT = "Choose the limit that is taken out."
NEEDS_WHY = "Say why it is taken out."
NEEDS_SOURCE = "Say where the number is from."


def not_a_number(name: str, text: str) -> str:
    """A field that is no number."""
    return f"The {name} is a number with a point, as 1.80. “{text}” is not."


def not_the_unit(of: str, unit: str) -> str:
    """A unit in which nothing is measured here."""
    return f"Files give {of} in {unit}. Leave the unit so." if unit else f"{of} has no unit. Leave it empty."


def no_such_type(text: str) -> str:
    """A specimen type that is on no list here."""
    return f"“{text}” is no specimen type of this laboratory. A rule for it would judge nothing."


def no_such_test(text: str) -> str:
    """A test that the directory does not have."""
    return f"“{text}” is not in the test directory. A rule for it would judge nothing."


def first_day(text: str, today: date) -> str:
    """A day that is none, or has passed."""
    return f"The first day is {dates.display(today)} or later, written so. “{text}” is not."
