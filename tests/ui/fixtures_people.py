"""Made-up views of the People and Confirm screens, and of the lock beside them. Nobody here exists."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files

from gms_desktop import people_words, rights_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.rights import Role, read_rights
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services.people_view import (
    CompetenceLine,
    ConfirmLine,
    ConfirmView,
    PeopleView,
    PersonLine,
    RightLine,
    RoleBox,
)
from gms_desktop.services.views import Choice, Question
from ui import people_words as said
from ui.payloads import SignInView

_TABLE = read_rights(files("resources").joinpath("rules", "rights.toml").read_text("utf-8"))
_NAMES = ("A. Novák-Featherstonehaugh", "B. Novak", "J. Bright", "K. Mensah", "M. Silva", "R. Okafor", "T. Oyelaran")
_LINES = tuple(
    PersonLine(f"o{place}", name, "biomedical scientist, administrator" if place % 2 else "technician", "")
    for place, name in enumerate(_NAMES)
)
PERSONS = (
    *_LINES,
    PersonLine("o8", "V. Zieliński", "formerly CPGC preparer", "no role: cannot sign in", VerdictKind.ATTENTION),
    PersonLine("o9", "W. Abara", "senior", "no PIN here yet", VerdictKind.ATTENTION),
)
HELD = CompetenceLine(
    "R. Okafor",
    "release plate",
    "Release a plate",
    "from 01-Mar-2026 until 28-Feb-2027",
    VerdictKind.MATCHES,
    "o5/release plate",
)
ENDED = replace(
    HELD,
    job="release consignment",
    words="Release a consignment",
    dates="from 01-Mar-2025 until 28-Feb-2026: not in date",
    kind=VerdictKind.ATTENTION,
    argument="o5/release consignment",
)
_ALSO = {"approve rules": "a second person; alone: countersign in 72 h", "link patients": "a second person"}
RIGHTS = tuple(
    RightLine(right.words, ", ".join(role.value for role in right.roles), _ALSO.get(right.job, ""))
    for right in _TABLE.values()
)
_NO_ROLES = tuple(RoleBox(role.value, held=False) for role in Role)
PEOPLE = PeopleView(
    people=PERSONS,
    chosen="",
    name="",
    roles=_NO_ROLES,
    competences=(HELD, ENDED),
    rights=RIGHTS,
    rights_note="Version EXAMPLE-1, EXAMPLE",
    may_change=True,
    may_assess=False,
    own=False,
    note="",
)
PEOPLE_READ = replace(
    PEOPLE,
    competences=(),
    may_change=False,
    note=f"People are changed by {rights_words.who_may(_TABLE['people'])}.",
)
PEOPLE_CHOSEN = replace(
    PEOPLE,
    chosen="o5",
    name="R. Okafor",
    roles=tuple(RoleBox(role.value, role in {Role.BIOMEDICAL_SCIENTIST, Role.ADMINISTRATOR}) for role in Role),
    may_assess=True,
    verdict=people_words.done("Role given", "R. Okafor is administrator from now on."),
)
PEOPLE_OWN = replace(PEOPLE_CHOSEN, own=True, may_change=False, may_assess=False, verdict=None)
COMPETENCE = Question(
    command=Command.GRANT_COMPETENCE,
    title="What was R. Okafor found able to do?",
    choices=tuple(Choice(right.job, right.words) for right in _TABLE.values()),
    many=False,
    comment_label="Evidence: where it is kept",
    fields=(("since", "From (empty: today)"), ("until", "Last day (empty: until withdrawn)")),
    confirm="Record the competence",
    problems=("Choose the job.",),
    subject="o5",
)

PARTED = (
    "Link two patients as one person, or part them\n"
    "Parted. OYELARAN, Temi and WILHELMINA-FEATHERSTONEHAUGH, Maximiliana Bartholomea are two people."
)
LATE = ConfirmLine(
    "s1",
    "second",
    "Approve the laboratory’s rules",
    "Approve the laboratory’s rules\nRecorded. name: downtime, version: K-1",
    "R. Okafor, 18-Nov-2026 09:12",
    "countersign by 21-Nov-2026 09:12: overdue",
    VerdictKind.REFUSED,
    mine=False,
    may=True,
    note="a senior or a quality manager",
)
ASKED = ConfirmLine(
    "s2",
    "second",
    "Link two patients as one person, or part them: OYELARAN, Temi",
    PARTED,
    "B. Novak, 22-Nov-2026 09:12",
    "asked at another bench",
    VerdictKind.ATTENTION,
    mine=False,
    may=True,
    note="a senior",
)
MINE = replace(ASKED, argument="s3", mine=True, may=False, note=people_words.NEVER_ONESELF)
SESSION = ConfirmLine(
    "b1",
    "session",
    people_words.session_of("M. Silva"),
    "Reason: Another reason, the reader of badges is being mended\n"
    "19:02:11  Received 26K7Q0047C\n19:02:30  Label 26K7Q0047C verified",
    "M. Silva, 22-Nov-2026 19:01",
    "to review",
    VerdictKind.ATTENTION,
    mine=False,
    may=True,
    note="a senior or a quality manager",
)
CONFIRM = ConfirmView(
    (LATE, ASKED, MINE, SESSION),
    "s1",
    ("B. Novak confirmed: Discard material",),
)
CONFIRM_SESSION = replace(CONFIRM, chosen="b1")
CONFIRM_MINE = replace(CONFIRM, chosen="s3", verdict=people_words.asked_elsewhere())
CONFIRM_EMPTY = ConfirmView((), "")
DECLINE = Question(
    command=Command.DECLINE_SECOND,
    title="Why is it declined?",
    comment_label="Reason",
    confirm="Decline",
    problems=(people_words.REASON_MISSING,),
    subject="s2",
)

SECOND = Question(
    command=Command.SECOND_PERSON,
    title="The second person scans their badge now",
    choices=(Choice("another bench", people_words.ALONE_WORDS["another bench"]),),
    many=False,
    confirm="Go on without a second person here",
)
SECOND_WAITS = replace(SECOND, choices=(), confirm="")
SECOND_PIN = SignInView(
    said.SECOND_PIN.format(name="A. Novák-Featherstonehaugh"),
    said.SECOND_SIGNS.format(name="R. Okafor"),
    "A. Novák-Featherstonehaugh",
    signs=tuple(PARTED.split("\n")),
)
SECOND_WRONG = replace(SECOND_PIN, sentence="Too many wrong PINs. Wait 10 seconds, then enter it again.", wrong=True)
LOCKED = SignInView("Locked. Tap your badge", rights_words.session_ended(), wrong=True, without_pin=True)
MAY_OPEN = tuple((line.id, line.name) for line in PERSONS)
