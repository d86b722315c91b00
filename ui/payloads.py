"""What the screens send up: one frozen value for each signal. No widget, no rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gms_desktop.domain.commands import Command
from gms_desktop.services.views import Answer, ImportLine
from ui.actions import Place


def is_enrolment_code(text: str) -> bool:
    """Whether a scan is the code that lets a bench join its hub: it opens a door once, and is never recorded."""
    return text.strip().upper().startswith("GMS1/")


@dataclass(frozen=True)
class Given:
    """A command, with the answer to its question when there was one, and what it acts on."""

    command: Command
    answer: Answer | None = None
    argument: str = ""


@dataclass(frozen=True)
class ScreenWanted:
    """A person asked for a screen, perhaps with a code to open there."""

    place: Place
    code: str = ""


@dataclass(frozen=True)
class FindWanted:
    """Words to look for."""

    query: str


@dataclass(frozen=True)
class SubjectWanted:
    """One of the things found, whose history is wanted."""

    subject: str


@dataclass(frozen=True)
class LookWanted:
    """A kept paper that somebody looks at before it is printed or saved."""

    line: ImportLine


@dataclass(frozen=True)
class FileGiven:
    """A file of expected requests, by its full path."""

    path: str


@dataclass(frozen=True)
class ReportWanted:
    """A report of a period; ``form`` is ``screen``, ``look``, ``pdf`` or ``xlsx``.

    ``sort`` is empty for unacceptable specimens; of ``turnaround`` and ``workload`` a file is made, as its name ends.
    """

    start: str
    end: str
    form: str = "screen"
    sort: str = ""


@dataclass(frozen=True)
class AuditWanted:
    """The audit trail, or what is asked for of it, as it was typed: ``from``, ``to``, ``person``, ``kind``, ``about``.

    ``form`` is ``screen`` or ``file``.
    """

    asked: Mapping[str, str]
    form: str = "screen"


@dataclass(frozen=True)
class NiptReportWanted:
    """NIPT of a month, "2026-10"; empty for the newest one that is over. ``form`` is ``screen`` or ``files``."""

    month: str = ""
    form: str = "screen"


@dataclass(frozen=True)
class PackWanted:
    """A pack of downtime numbers, with how many as it was typed."""

    count: str


@dataclass(frozen=True)
class AccountWanted:
    """The account of downtime numbers as ``pdf`` or ``xlsx``."""

    form: str


@dataclass(frozen=True)
class SheetWanted:
    """A sheet for the scanner: ``self-test`` or ``cards``."""

    sheet: str


@dataclass(frozen=True)
class PinGiven:
    """The PIN of the person whose badge was read. Never logged: its text is left out of ``repr``."""

    pin: str = field(repr=False)


@dataclass(frozen=True)
class LayoutPut:
    """A measure of the chosen field of a label layout, as it was entered."""

    measure: str
    value: float


@dataclass(frozen=True)
class LayoutWanted:
    """The layout in view is to be proposed under this name and version."""

    name: str
    version: str


@dataclass(frozen=True)
class DeviceTest:
    """A device to be tried, by name."""

    device: str


@dataclass(frozen=True)
class FormGiven:
    """A filled form: field name to text, in the form's order. PIN fields are left out of ``repr``."""

    fields: tuple[tuple[str, str], ...] = field(repr=False)

    def __getitem__(self, name: str) -> str:
        """The text of one field.

        Raises:
            KeyError: the form has no such field.
        """
        return dict(self.fields)[name]


@dataclass(frozen=True)
class TrialWanted:
    """The ``scanner`` or the ``printer`` is to be tried as it stands in the form."""

    device: str
    given: FormGiven


@dataclass(frozen=True)
class TrialView:
    """What trying a device came to.

    Attributes:
        device: ``scanner`` or ``printer``.
        heading: that it answers, that it needs somebody, or that it is being tried.
        lines: what it said, one below the other.
        well: whether it can be worked with; None while it is being tried.
    """

    device: str
    heading: str
    lines: tuple[str, ...] = ()
    well: bool | None = None


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field and how to put it right. An empty field name means the whole form."""

    field: str
    words: str


@dataclass(frozen=True)
class FormView:
    """A form with its values and its problems. ``values`` only replaces what it names: entries are kept.

    Attributes:
        options: what a choice offers, where that is known only now: its name, and code and words of each.
    """

    values: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    saved: str = ""
    options: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()


@dataclass(frozen=True)
class SignInView:
    """The lock: first the badge, then the PIN of the person it belongs to.

    Attributes:
        heading: the order ("Locked. Tap your badge", "R. Okafor, type your PIN").
        sentence: what went wrong, or that the work is safe.
        who: the person whose PIN is awaited; empty while the badge is awaited.
        wrong: whether the last try failed.
        signs: what a second person signs with this PIN, line by line; empty where somebody signs in.
        without_pin: whether a session without PIN may be opened here.
    """

    heading: str
    sentence: str = ""
    who: str = ""
    wrong: bool = False
    signs: tuple[str, ...] = ()
    without_pin: bool = False
