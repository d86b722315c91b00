"""Made-up views of the Downtime screen, as the services paint them. Nobody here exists."""

from __future__ import annotations

from fixtures_views import BABY

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.services.views import (
    BackEntry,
    Choice,
    DowntimeNumberLine,
    DowntimePackLine,
    DowntimeReport,
    DowntimeView,
    Offer,
    Question,
)

DOWNTIME_ACCOUNT = DowntimeReport(
    heading="36 of 40 numbers not accounted for",
    packs=(
        DowntimePackLine(
            "p1",
            "Reception winter 2026",
            "20-Nov-2026 09:00",
            "Bench K7 Reception",
            "UZK7Q3ZD001J to UZK7Q3ZD0184",
            40,
            2,
            1,
            0,
            1,
            36,
        ),
    ),
    numbers=(
        DowntimeNumberLine(
            "UZK7Q3ZD001J",
            "20-Nov-2026 09:00",
            "used",
            VerdictKind.ACCEPTED,
            "26K7Q0042X",
            "20-Nov-2026 13:40",
            "20/11/2026 13:40",
            "Jo Porter",
            "20-Nov-2026 18:02",
            "R. Okafor",
        ),
        DowntimeNumberLine(
            "UZK7Q3ZD002M",
            "20-Nov-2026 09:00",
            "used",
            VerdictKind.ACCEPTED,
            "26K7Q0043Y",
            "unknown",
            "",
            "Jo Porter",
            "20-Nov-2026 18:05",
            "R. Okafor",
        ),
        DowntimeNumberLine(
            "UZK7Q3ZD003P",
            "20-Nov-2026 09:00",
            "spoiled",
            VerdictKind.ALREADY,
            entered="20-Nov-2026 18:06",
            entered_by="R. Okafor",
            reason="Torn, wet or not readable",
        ),
        DowntimeNumberLine(
            "UZK7Q3ZD004R",
            "20-Nov-2026 09:00",
            "missing",
            VerdictKind.REFUSED,
            entered="20-Nov-2026 18:07",
            entered_by="R. Okafor",
            reason="Missing: searched for and not found",
        ),
        DowntimeNumberLine("UZK7Q3ZD005T", "20-Nov-2026 09:00", "not accounted for", VerdictKind.ATTENTION),
    ),
    totals=(("issued", 40), ("used", 2), ("spoiled", 1), ("not used", 0), ("missing", 1), ("open", 36)),
)

DOWNTIME = DowntimeView(
    heading=DOWNTIME_ACCOUNT.heading,
    report=DOWNTIME_ACCOUNT,
    offers=(
        Offer(Command.DOWNTIME_RANGE, "Set numbers aside"),
        Offer(Command.DOWNTIME_REST, "Account for 36 left of 20-Nov-2026 09:00", argument="p1"),
    ),
    free=460,
)

DOWNTIME_EMPTY = DowntimeView(
    heading="Scan a downtime number",
    report=DowntimeReport("No downtime number has been printed"),
    offers=(Offer(Command.DOWNTIME_RANGE, "Set numbers aside", usual=True),),
)

DOWNTIME_OFFERS = (
    Offer(Command.DOWNTIME_SPOIL, "Spoil UZK7Q3ZD005T", argument="UZK7Q3ZD005T"),
    Offer(Command.CANCEL, "Go back, change nothing"),
)

DOWNTIME_FORM = DowntimeView(
    heading="Enter form UZK7Q3ZD005T",
    report=DOWNTIME_ACCOUNT,
    verdict=Verdict(
        VerdictKind.FOUND,
        "Downtime number",
        "UZK7Q3ZD005T, printed 20-Nov-2026 09:00. Enter what its form says.",
    ),
    entry=BackEntry("UZK7Q3ZD005T", "20-Nov-2026 09:00"),
    offers=DOWNTIME_OFFERS,
)

DOWNTIME_TIED = DowntimeView(
    heading="Enter form UZK7Q3ZD005T",
    report=DOWNTIME_ACCOUNT,
    verdict=Verdict(
        VerdictKind.ATTENTION,
        "There is a problem",
        "The clocks went back on that day: this hour came twice. Say whether it was before or after.",
    ),
    entry=BackEntry(
        "UZK7Q3ZD005T",
        "20-Nov-2026 09:00",
        tube="tube 1 of Q26-118834, OYELARAN, Baby of Temi, EDTA blood",
        banner=BABY,
        ask_hour=True,
        values=(("when", "25-Oct-2026 01:30"), ("who", "Jo Porter"), ("outcome", "accepted")),
        problems=(
            ("which", "The clocks went back on that day: this hour came twice. Say whether it was before or after."),
        ),
    ),
    offers=DOWNTIME_OFFERS,
)

DOWNTIME_QUESTION = DowntimeView(
    heading="Why can UZK7Q3ZD005T not be used?",
    report=DOWNTIME_ACCOUNT,
    question=Question(
        command=Command.DOWNTIME_SPOIL,
        title="Why can UZK7Q3ZD005T not be used?",
        choices=(
            Choice("torn", "Torn, wet or not readable"),
            Choice("written-on", "Written on by mistake"),
            Choice("not-used", "Not used: label and form are destroyed"),
            Choice("missing", "Missing: searched for and not found"),
        ),
        many=False,
        comment_label="Comment",
        confirm="Spoil UZK7Q3ZD005T",
        subject="UZK7Q3ZD005T",
    ),
)
