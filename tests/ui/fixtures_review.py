"""Made-up views of the Review screen, as the services paint them. Nobody here exists."""

from __future__ import annotations

from dataclasses import replace

from fixtures_views import BABY

from gms_desktop import review_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services.review_views import CaseLine, ReviewView, StoryView, TaskLine
from gms_desktop.services.views import Choice, Offer, Question, TimelineLine

_BOB, _CEM = ("B. Novak", "Bench K7 Reception"), ("S. Lindqvist", "Bench K2 Extraction")


def _lines(number: str, who: tuple[str, str], minute: int) -> tuple[TimelineLine, ...]:
    at = f"20-Nov-2026 14:0{minute}"
    return (
        TimelineLine(at, *who, "Scanned Q26-118834-1: Matches", "scanner 1", VerdictKind.FOUND),
        TimelineLine(at, *who, f"Receive tube 1, EDTA blood, as {number} (matched by its code)", "scanned scanner 1"),
        TimelineLine(at, *who, f"Label {number} scanned on its tube", "scanned scanner 1"),
    )


REVIEW = ReviewView(
    heading="2 cases wait for a reviewer, 2 left to do",
    cases=(
        CaseLine(
            "w/1",
            "One specimen received at two benches",
            "since 20-Nov-2026 14:02, Bench K2 Extraction  26K2Q0017M",
        ),
        CaseLine("w/2", "One tube bound to two specimens: FX10432", "since 20-Nov-2026 15:10, Bench K7 Reception"),
        CaseLine("tasks w/3", "Settled, 2 things are left to do", ""),
        CaseLine(
            "link p/q",
            "Possibly the same patient: OYELARAN, Temi and OYELARAN, Temitope",
            "proposed by S. Lindqvist",
        ),
    ),
    chosen="w/1",
    title="One specimen received at two benches",
    banner=BABY,
    left=StoryView(
        "Bench K7 Reception, B. Novak",
        "20-Nov-2026 14:01, Bench K7 Reception, B. Novak: receive tube 1, EDTA blood, as 26K7Q0042X (matched by its "
        "code).",
        _lines("26K7Q0042X", _BOB, 1),
    ),
    right=StoryView(
        "Bench K2 Extraction, S. Lindqvist",
        "20-Nov-2026 14:02, Bench K2 Extraction, S. Lindqvist: receive tube 1, EDTA blood, as 26K2Q0017M (matched by "
        "its code).",
        _lines("26K2Q0017M", _CEM, 2),
    ),
    resting="1 more entry rests on it.",
    tasks_title="What will be to do",
    tasks=(
        TaskLine("Put a new label 26K7Q0042X on the tube"),
        TaskLine("Take label 26K2Q0017M off its tube and destroy it"),
    ),
    offers=(
        Offer(Command.KEEP_LEFT, "One tube: 26K7Q0042X leads", argument="w/1"),
        Offer(Command.KEEP_RIGHT, "One tube: 26K2Q0017M leads", argument="w/1"),
        Offer(Command.KEEP_BOTH, "Two tubes: both stand", argument="w/1"),
    ),
)

REVIEW_EMPTY = ReviewView(heading="Nothing waits for review")

REVIEW_READ = replace(
    REVIEW, offers=(), note=review_words.reviewer_only("a senior, a quality manager or an administrator")
)

REVIEW_QUESTION = replace(
    REVIEW,
    heading="What stood before is kept. Why?",
    offers=(),
    question=Question(
        command=Command.KEEP_LEFT,
        title="What stood before is kept. Why?",
        choices=tuple(Choice(code, label) for code, label in review_words.REASONS.items()),
        many=False,
        comment_label="Comment",
        confirm="Settle this case",
        subject="w/1",
    ),
)

_REFUSED = TimelineLine(
    "20-Nov-2026 14:09",
    *_CEM,
    "Reject 26K7Q0042X: two identifiers are missing",
    "hand screen",
    VerdictKind.REFUSED,
    standing=review_words.NOT_COUNTED,
)

REVIEW_DECISIONS = replace(
    REVIEW,
    title="Decided on a specimen that had changed meanwhile",
    right=StoryView(
        "Bench K2 Extraction, S. Lindqvist",
        "20-Nov-2026 14:09, Bench K2 Extraction, S. Lindqvist: reject 26K7Q0042X: two identifiers are missing.",
        (_REFUSED,),
    ),
    resting="",
    tasks=(),
    offers=(
        Offer(Command.KEEP_LEFT, "Keep left: accepted with comment", argument="w/1"),
        Offer(Command.KEEP_RIGHT, "Keep right: rejected", argument="w/1"),
    ),
)

REVIEW_REOPEN = ReviewView(
    heading=review_words.REOPEN_TITLE,
    cases=REVIEW.cases[1:],
    chosen="case:w/9",
    title="One specimen received at two benches",
    banner=BABY,
    question=Question(
        command=Command.REOPEN_CASE,
        title=review_words.REOPEN_TITLE,
        choices=tuple(Choice(code, label, code == "other") for code, label in review_words.WHY_AGAIN.items()),
        many=False,
        comment_label="Comment",
        confirm=review_words.REOPEN_CONFIRM,
        subject="case:w/9",
    ),
)

REVIEW_TASKS = replace(
    REVIEW,
    chosen="tasks w/3",
    title="Settled: this is left to do",
    banner=None,
    left=None,
    right=None,
    resting="",
    tasks_title="To do",
    offers=(
        Offer(Command.CASE_LABEL, "Print label 26K7Q0042X", argument="specimen:a//r.1"),
        Offer(Command.CASE_DESTROYED, "Label 26K2Q0017M is destroyed", argument="specimen:a//r.2"),
        Offer(
            Command.CASE_TASK,
            "Recalled: report of unacceptable specimens, 01-Nov-2026 to 30-Nov-2026 (PDF)",
            argument="document:d//r.3",
        ),
        Offer(Command.REOPEN_CASE, review_words.REOPEN_BUTTON, argument="case:w/9"),
    ),
)
