"""What the screens paint: frozen rows of words, made by the services, with no rule left to decide.

Every text here has already gone through ``words.py``; times are the laboratory's local time as text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind


class Mark(StrEnum):
    """How a line of the comparison came to be ticked, or not."""

    CODE = "read from a code"
    UNTICKED = "to compare by eye"
    EYE = "compared by eye"
    DIFFERS = "differs"
    ABSENT = "absent from the tube"
    ILLEGIBLE = "cannot be read"
    ATTENTION = "attention"
    NOTED = "noted"


@dataclass(frozen=True)
class Banner:
    """Who this is about: always in the same place, never cut short. Empty text means not stated.

    ``test`` is what is asked for, completed from the Test Directory; ``test_odd`` what is odd about it.
    """

    role: str
    name: str
    born: str
    nhs_number: str
    hospital_number: str
    urgent: str = ""
    due_label: str = ""
    due: str = ""
    hazard: str = ""
    test: str = ""
    test_odd: str = ""


@dataclass(frozen=True)
class CheckLine:
    """One thing to compare between tube and request."""

    field: str
    mark: Mark
    label: str
    value: str


@dataclass(frozen=True)
class TubeLine:
    """One expected or received tube of the open request."""

    key: str
    number: int
    who: str
    specimen_type: str
    accession: str
    state: str
    kind: VerdictKind | None = None
    current: bool = False
    seen: str = ""


@dataclass(frozen=True)
class ScanLine:
    """One of the last ten scans with its raw code."""

    at: str
    code: str
    words: str
    kind: VerdictKind
    typed: bool = False


@dataclass(frozen=True)
class Offer:
    """A command that may be given now: the button says what it acts on ("Hold tube 1")."""

    command: Command
    label: str
    usual: bool = False
    argument: str = ""


@dataclass(frozen=True)
class Touch:
    """Something that one touch says of the tube in hand, and the same touch takes back; ``seen``: it is said."""

    command: Command
    label: str
    argument: str
    seen: bool = False


@dataclass(frozen=True)
class Choice:
    """One coded reason or option of a question.

    Attributes:
        under: words under which choices of one kind stand together; empty where a question has one kind only.
        one_of: whether no other of those that stand under the same words can be so with it.
    """

    code: str
    label: str
    needs_comment: bool = False
    under: str = ""
    one_of: bool = False


@dataclass(frozen=True)
class Question:
    """Something the person must say before a command can be carried out: shown in the work area, never modal.

    Attributes:
        command: the command that is answered.
        title: "Why is tube 1 held?"
        choices: coded reasons; several may be chosen when ``many``.
        comment_label: shown when a free comment may be given; empty when not.
        fields: further text fields (label per field name), for an unannounced arrival: surname, forename, birth date …
        confirm: the words of the button that carries it out.
        values: what stands in the fields at first, because it was scanned.
        subject: what the question is about; the answer carries it back, so that it cannot meet another.
        chosen: choices that stand at first, because they follow from what is known or were stated before.
    """

    command: Command
    title: str
    choices: tuple[Choice, ...] = ()
    many: bool = True
    comment_label: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    confirm: str = ""
    problems: tuple[str, ...] = ()
    subject: str = ""
    values: tuple[tuple[str, str], ...] = ()
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """A person's answer to a question."""

    choices: tuple[str, ...] = ()
    comment: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    subject: str = ""


@dataclass(frozen=True)
class DeliveryLine:
    """The delivery that this bench books from, how far, and what may be done about it."""

    title: str
    detail: str
    kind: VerdictKind | None = None
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True)
class ReceiveView:
    """The whole Receive screen; ``seen`` and ``touches`` say what is seen on the tube in hand, decided or not."""

    heading: str
    verdict: Verdict | None
    banner: Banner | None
    checks_title: str = ""
    checks: tuple[CheckLine, ...] = ()
    checks_note: str = ""
    tubes_title: str = ""
    tubes: tuple[TubeLine, ...] = ()
    offers: tuple[Offer, ...] = ()
    question: Question | None = None
    scans: tuple[ScanLine, ...] = ()
    undo: str = ""
    delivery: DeliveryLine | None = None
    seen: tuple[Offer, ...] = ()
    touches: tuple[Touch, ...] = ()


@dataclass(frozen=True)
class WorkItem:
    """One line of Today: what waits, how long, and where to go."""

    title: str
    detail: str
    kind: VerdictKind
    screen: str = ""
    code: str = ""


@dataclass(frozen=True)
class WorkList:
    """A named list of Today with how it gets filled when it is empty."""

    title: str
    items: tuple[WorkItem, ...]
    empty: str
    total: int


@dataclass(frozen=True)
class TodayView:
    """The Today screen."""

    heading: str
    lists: tuple[WorkList, ...]
    counts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Hit:
    """One thing found."""

    subject: str
    title: str
    detail: str
    kind: str


@dataclass(frozen=True)
class TimelineLine:
    """One entry of a thing's history, in words, with who, when, where and by what input.

    ``standing`` says why it does not count as it reads: refused, in dispute, withdrawn; empty when it does.
    """

    at: str
    who: str
    where: str
    words: str
    detail: str = ""
    kind: VerdictKind | None = None
    undone: bool = False
    standing: str = ""


@dataclass(frozen=True)
class FindView:
    """The Find screen: hits of what was scanned or typed, the chosen one's whole history, and the files it came in."""

    heading: str
    query: str = ""
    verdict: Verdict | None = None
    hits: tuple[Hit, ...] = ()
    chosen: str = ""
    banner: Banner | None = None
    facts: tuple[tuple[str, str], ...] = ()
    timeline: tuple[TimelineLine, ...] = ()
    offers: tuple[Offer, ...] = ()
    question: Question | None = None
    files: tuple[ImportLine, ...] = ()


@dataclass(frozen=True)
class FixItLine:
    """One row of a file that did not land: where, what stood there, why, what to do."""

    file: str
    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class ImportLine:
    """One import, newest first.

    ``sha256`` names the file as it came, ``kept`` says where that is, ``came_in_at`` at which bench it was taken in.
    """

    at: str
    who: str
    file: str
    landed: int
    waiting: int
    already: int
    undone: bool = False
    subject: str = ""
    sha256: str = ""
    came_in_at: str = ""
    kept: str = ""


@dataclass(frozen=True)
class ExpectedView:
    """Expected requests: imports and the fix-it list.

    ``directories``: the editions of the Test Directory in force; ``tests_odd``: what expected requests name that is not
    in them.
    """

    heading: str
    imports: tuple[ImportLine, ...] = ()
    fix_it: tuple[FixItLine, ...] = ()
    expected: int = 0
    undo: str = ""
    verdict: Verdict | None = None
    directories: tuple[str, ...] = ()
    tests_odd: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportRow:
    """One requestor at one location: how many arrived, how many were unacceptable, why, and the rate."""

    requestor: str
    location: str
    received: int
    unacceptable: int
    rate: str
    reasons: tuple[tuple[str, int], ...]
    high: bool


@dataclass(frozen=True)
class QcRateRow:
    """One specimen type from one requestor: each share in words with its numbers; ``failed`` is of those judged."""

    kind: str
    requestor: str
    rejected: str
    measured: str
    failed: str
    conceded: str


@dataclass(frozen=True)
class ReportView:
    """The report of unacceptable specimens (service specification lines 413-417)."""

    heading: str
    start: str
    end: str
    threshold: str
    rows: tuple[ReportRow, ...] = ()
    total_received: int = 0
    total_unacceptable: int = 0
    outside: tuple[tuple[str, int], ...] = ()
    problems: tuple[str, ...] = ()
    qc: tuple[QcRateRow, ...] = ()


@dataclass(frozen=True)
class BackEntry:
    """A paper form being entered under its downtime number.

    Attributes:
        number: the downtime number.
        printed: when its pack was printed.
        tube: the expected tube, in words; empty while no request was scanned.
        banner: the patient of that request.
        ask_hour: which of October's two hours is meant must be said.
        values: what was entered so far, by field.
        problems: what is wrong, as (field, words); the form's own problems have no field.
    """

    number: str
    printed: str
    tube: str = ""
    banner: Banner | None = None
    ask_hour: bool = False
    values: tuple[tuple[str, str], ...] = ()
    problems: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class DowntimePackLine:
    """One pack with what became of its numbers."""

    pack: str
    name: str
    printed: str
    bench: str
    numbers: str
    issued: int
    used: int
    spoiled: int
    not_used: int
    missing: int
    open: int


@dataclass(frozen=True)
class DowntimeNumberLine:
    """One issued number and what became of it: its specimen and when it really happened, or why it is out of use."""

    number: str
    printed: str
    state: str
    kind: VerdictKind
    specimen: str = ""
    happened: str = ""
    written: str = ""
    who: str = ""
    entered: str = ""
    entered_by: str = ""
    reason: str = ""


@dataclass(frozen=True)
class DowntimeReport:
    """The account of every issued downtime number, in words and counts."""

    heading: str
    packs: tuple[DowntimePackLine, ...] = ()
    numbers: tuple[DowntimeNumberLine, ...] = ()
    totals: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class DowntimeView:
    """The Downtime screen: the form being entered, or the account of every number.

    Attributes:
        free: how many numbers may still be printed at this bench.
    """

    heading: str
    report: DowntimeReport
    verdict: Verdict | None = None
    entry: BackEntry | None = None
    question: Question | None = None
    offers: tuple[Offer, ...] = ()
    free: int = 0


@dataclass(frozen=True)
class DeviceLine:
    """One device in words: its state, what to do, and what still works without it.

    ``waits``: it is away and comes back by itself, so that nobody is needed.
    """

    name: str
    kind: str
    place: str
    state: str
    detail: str
    ready: bool
    without: str = ""
    test: str = ""
    waits: bool = False


@dataclass(frozen=True)
class StripView:
    """Ribbon and foot strip."""

    ribbon: str = ""
    operator: str = ""
    role: str = ""
    bench: str = ""
    saved: str = ""
    devices: tuple[DeviceLine, ...] = ()
    locked: bool = False
    notices: tuple[str, ...] = field(default=())
    badges: tuple[tuple[str, int], ...] = ()
    sharing_stopped: bool = False
    without_pin: bool = False
