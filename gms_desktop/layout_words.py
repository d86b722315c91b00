"""Every sentence about label layouts."""

from __future__ import annotations

from gms_desktop.domain.verdicts import Verdict, VerdictKind

SHIPS = "ships with the product"
NOT_RELEASED = "not released"
ONLY_PROPOSED = "proposed, not approved yet"
_NOBODY = "its model is not named: name it in Settings"


def of_the_site(version: str) -> str:
    """A layout that the laboratory approved."""
    return f"site layout, version {version}"


def size(width: float, height: float, *, is_round: bool) -> str:
    """How large a label is."""
    return f"{width:g} mm across" if is_round else f"{width:g} by {height:g} mm"


def in_settings(title: str, measures: str, name: str, version: str) -> str:
    """A layout that a printer can be set to; one of the laboratory's own by name: its title may be another's."""
    return f"{title}, {measures}: {name}, version {version}" if version else f"{title}, {measures}"


def not_here(name: str) -> str:
    """The settings name a layout that is not at this bench."""
    return f"{name}: not known at this bench, nothing is printed with it"


def head(model: str, dpi: int) -> str:
    """Which printer a layout is released for."""
    return f"{model or _NOBODY}, {dpi} dpi"


def released(printer: str, code: str, who: str, on: str) -> str:
    """The layout prints there."""
    return f"Released for this printer ({printer}): {code} was scanned back on {on}{', ' + who if who else ''}."


def rehearsing(printer: str) -> str:
    """A rehearsal prints no real label."""
    return f"Not released for this printer ({printer}). In a rehearsal it prints all the same: no label is real."


def on_devices(layout: str, printer: str) -> str:
    """What stands on Devices before the first label was scanned back."""
    return (
        f"Label layout {layout} is not yet released for this printer ({printer}): print the test label on Labels and "
        "scan it. Until then one label comes out at a time, and each is scanned before the next."
    )


def another_here(layout: str, former: str, now: str) -> str:
    """What stands on Devices where another printer of the same model stands than the one that printed before."""
    return (
        f"This is another printer of the same model: it says serial number {now}, and the one before said {former}. "
        f"Print one label of layout {layout} and scan it back; until then one label comes out at a time."
    )


def not_yet(printer: str) -> str:
    """The same on the Labels screen."""
    return (
        f"Not yet released for this printer ({printer}): print the test label and scan it. Until then one label comes "
        "out at a time, and each is scanned before the next."
    )


def scan_first(label: str) -> str:
    """Why a second label does not come out: nobody knows yet whether the first can be read."""
    return f"{NOT_RELEASED}: scan label {label} first, nothing of its layout was read back from this printer yet"


def other_printer(told: int, named: int) -> str:
    """The same, as a thing to do."""
    return f"The printer says that it prints at {told} dpi; this bench is set to {named} dpi. Put the setting right."


def now_released(layout: str, printer: str, code: str) -> Verdict:
    """A test label was scanned back."""
    said = f"{code} was read from the label: layout {layout} prints on {printer} from now on, at every bench."
    return Verdict(VerdictKind.FINISHED, "Layout released", said)


def released_already(layout: str, code: str) -> Verdict:
    """The same test label once more."""
    return Verdict(
        VerdictKind.ALREADY, "Released already", f"{code} is a test label of layout {layout}, which is released."
    )


def scan_it(code: str) -> Verdict:
    """The code of a test label was typed."""
    said = f"{code} was typed. Only a scan shows that the printed label can be read: scan it."
    return Verdict(VerdictKind.REFUSED, "Scan the label", said)


def test_sent(code: str) -> Verdict:
    """A test label is on its way."""
    said = f"Test label {code} goes to the printer. Scan the label when it is out, then throw it away."
    return Verdict(VerdictKind.ATTENTION, "Scan the test label", said)


def not_printed(why: str) -> Verdict:
    """A test label that did not come out."""
    said = why or "The printer did not take the test label. Look at Devices, then print it again."
    return Verdict(VerdictKind.REFUSED, "Not printed", said)


def proposed(name: str, version: str, who_may: str) -> Verdict:
    """A layout is saved as a proposal."""
    said = f"Layout {name}, version {version}, is proposed. It is used once it is approved: {who_may} may."
    return Verdict(VerdictKind.FINISHED, "Layout proposed", said)


def approved(name: str, version: str) -> Verdict:
    """A layout stands."""
    said = (
        f"Layout {name}, version {version}, is used from now on, at every bench. At each model of printer its first "
        "label is scanned before the next comes out."
    )
    return Verdict(VerdictKind.FINISHED, "Layout approved", said)


def nothing_proposed(name: str) -> Verdict:
    """There is nothing to approve."""
    return Verdict(VerdictKind.REFUSED, "Nothing to approve", f"No layout {name} is proposed. Look at the list again.")


def changed_meanwhile(name: str) -> Verdict:
    """Another text is proposed than the one that was on screen."""
    said = f"Layout {name} was proposed anew meanwhile. Look at it, then approve it."
    return Verdict(VerdictKind.REFUSED, "Look again", said)


def not_usable(why: str) -> Verdict:
    """A layout that cannot be saved."""
    return Verdict(VerdictKind.REFUSED, "Not saved", why)


def bad_name(name: str) -> str:
    """A name that no layout may have."""
    return f"“{name}” is no name for a layout. Use 2 to 40 small letters, digits and hyphens, a letter first."


def no_version() -> str:
    """A site layout has a version."""
    return "Enter a version, such as 1 or 2026-11."


def same_version(version: str) -> str:
    """Two layouts of one version could not be told apart."""
    return f"Version {version} is used already. Enter another version for the changed layout."


def no_such_label(number: str) -> str:
    """No label to show."""
    return (
        f"No label of this bench has the number {number}. Enter one of our numbers, or leave it empty for sample data."
    )


def proposal(version: str, who: str, on: str) -> str:
    """What waits to be approved."""
    return f"Version {version} is proposed by {who}, {on}, and waits to be approved."


def who_may(roles: str) -> str:
    """What somebody without the right is told."""
    return f"You can look at layouts and try changes. To propose one: {roles}."


def no_tube_label(name: str) -> str:
    """A layout that no tube's label is made of."""
    return f"Layout {name} is not for tubes: it is shown with sample data."


HEADING = "Labels"
HEADING_CHANGED = "Labels: changes not proposed yet"
CHOOSE_LAYOUT = "Layout"
CHOOSE_DPI = "Resolution"
CHOOSE_FIELD = "Field"
NUMBER = "Show the label of one of our numbers"
NUMBER_HINT = "Empty for sample data. Ctrl Enter shows it."
SHOW_NUMBER = "Show this label"
NAME, NAME_HINT = "Name of the layout", "The same name takes the place of the layout in force"
VERSION, VERSION_HINT = "Version", "Such as 2 or 2026-11"
PROPOSE = "Propose this layout"
APPROVE = "Approve what is proposed"
TEST = "Print a test label"
START_AGAIN = "Take my changes back"
LOOK_AT_PROPOSAL = "Look at what is proposed"
LOOK_AT_STANDING = "Look at the layout in force"
LARGER, SMALLER = "Larger", "Smaller"
AT_PRINTER = "At this bench's printer"
ON_THE_TUBE = "Where it goes on the tube"
KEYS = (
    "Arrow keys move the field by 0.1 mm, with Shift by 1 mm; with Ctrl they change its size. Page Up and Page Down "
    "choose another field. Or drag it; its lower right corner changes its size."
)
READING = "Its codes are being read …"
UNSAVED = "Propose the changes before you print a test label of them."
PIXELS = "The label, dot by dot"
MEASURES = {
    "x": "Left, mm",
    "y": "Top, mm",
    "width": "Width, mm",
    "height": "Height, mm",
    "font": "Letters, mm",
    "floor": "Smallest, mm",
    "module": "Bar, mm",
}
CAP, OUR_LABEL, STAYS_FREE = "cap", "our label", "stays free"


def dots(dpi: int, wide: int, tall: int, zoom: int) -> str:
    """How a label is shown."""
    each = f"{zoom} pixels a dot" if zoom > 1 else "one pixel a dot"
    return f"{dpi} dpi: {wide} by {tall} dots, {each}"


def read_from(codes: str) -> str:
    """What decodes from the picture."""
    return f"Read from these pixels: {codes or 'no code at all'}"


def on_tube(on: str, down: float, keeps: str, beside: float) -> str:
    """Where a label goes, for people and for screen readers."""
    return (
        f"The wall of {on}, unrolled. The label begins {down:g} mm below the cap. {beside:g} mm round the tube stay "
        f"free: {keeps}."
    )


def more(count: int) -> str:
    """Things to put right beside those that are named: they are often gone with them."""
    return f"{count} more after these."
