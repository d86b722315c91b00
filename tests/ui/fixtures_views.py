"""Made-up views, as the services paint them. NHS numbers from the synthetic range (999 ...); nobody here exists."""

from __future__ import annotations

from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.services.views import (
    Banner,
    CheckLine,
    Choice,
    DeliveryLine,
    DeviceLine,
    ExpectedView,
    FindView,
    FixItLine,
    Hit,
    ImportLine,
    Mark,
    Offer,
    QcRateRow,
    Question,
    ReceiveView,
    ReportRow,
    ReportView,
    ScanLine,
    StripView,
    TimelineLine,
    TodayView,
    Touch,
    TubeLine,
    WorkItem,
    WorkList,
)
from ui.payloads import FormView, Problem, SignInView

BABY = Banner(
    role="Proband, baby",
    name="OYELARAN, Baby of Temi",
    born="19-Nov-2026",
    nhs_number="999 000 0018",
    hospital_number="RR8 4471920",
    urgent="URGENT  R14.1",
    test="R14.1 Acutely unwell children with a likely monogenic disorder: WGS",
    due_label="Extraction due",
    due="today 18:00",
)

SCANS = (
    ScanLine("14:02:03", "Q26-118834-1", "matches: proband's tube 1", VerdictKind.MATCHES),
    ScanLine("14:01:58", "r30000000001", "referral opened", VerdictKind.FOUND),
    ScanLine("14:01:40", "5012345678900", "not ours: a reagent box", VerdictKind.REFUSED),
    ScanLine("14:01:31", "26K7Q0041Z", "already verified (2nd)", VerdictKind.ALREADY),
    ScanLine("14:01:22", "26K7Q0041Z", "label verified", VerdictKind.ACCEPTED),
    ScanLine("14:01:09", "26K7Q0040N", "label verified", VerdictKind.ACCEPTED, typed=True),
    ScanLine("14:00:51", "]d2010950600013435217261231", "not ours: lot 2026-11 of a kit", VerdictKind.ATTENTION),
)

CHECKS = (
    CheckLine("request", Mark.CODE, "Request number", "read from the code"),
    CheckLine("name", Mark.UNTICKED, "Surname, forename", "OYELARAN, Baby of Temi"),
    CheckLine("born", Mark.UNTICKED, "Date of birth", "19-Nov-2026"),
    CheckLine("nhs", Mark.EYE, "NHS number", "999 000 0018"),
    CheckLine("sex", Mark.DIFFERS, "Sex", "request says male, tube says female"),
    CheckLine("collected", Mark.ATTENTION, "Collected", "not stated: unknown"),
    CheckLine("volume", Mark.NOTED, "Volume", "2.5 ml estimated"),
)

TUBES = (
    TubeLine(
        "t1", 1, "Proband", "EDTA blood", "26K7Q0042X", "label awaited", current=True, seen="2.5 ml estimated, clotted"
    ),
    TubeLine("t2", 2, "Mother   OYELARAN, Temi", "EDTA blood", "", "awaited"),
    TubeLine("t3", 3, "Father   OYELARAN, Ade", "EDTA blood", "26K7Q0040N", "accepted", VerdictKind.ACCEPTED),
)

OFFERS = (
    Offer(Command.SOMETHING_DIFFERS, "Something differs"),
    Offer(Command.HOLD, "Hold tube 1"),
    Offer(Command.REJECT, "Reject tube 1"),
    Offer(Command.PUT_LABEL_OFF, "Put label off"),
    Offer(Command.PRINT_AGAIN, "Print label 1 again"),
    Offer(Command.FINISH, "Finish referral r30000000001", usual=True),
)

SEEN = (
    Offer(Command.CONDITION, "Condition, tube 1", argument="q1/1"),
    Offer(Command.EXAMINE, "Volume, tube 1", argument="q1/1"),
)

TOUCHES = (
    Touch(Command.CONDITION, "Clotted", "q1/1#clotted", seen=True),
    Touch(Command.CONDITION, "Haemolysed", "q1/1#haemolysed"),
    Touch(Command.CONDITION, "Short", "q1/1#short"),
    Touch(Command.CONDITION, "Leaking", "q1/1#leaking"),
)

MATCHES = Verdict(
    VerdictKind.MATCHES,
    "Matches",
    "Proband's tube 1 of referral r30000000001, EDTA blood. Label 26K7Q0042X is printed and waits for its tube.",
)

RECEIVE = ReceiveView(
    heading="Compare, label tube 1, scan the label",
    verdict=MATCHES,
    banner=BABY,
    checks_title="Tube 1 against request",
    checks=CHECKS,
    checks_note="Scanning the label says that you compared these by eye.",
    tubes_title="Referral r30000000001, trio",
    tubes=TUBES,
    offers=OFFERS,
    scans=SCANS,
    undo="Undo: print label 1",
    delivery=DeliveryLine("Delivery DX van 23-Nov-2026 07:40", "Bag DX-00418, 7 of 12 booked in"),
    seen=SEEN,
    touches=TOUCHES,
)

RECEIVE_REFUSED = ReceiveView(
    heading="Compare, label tube 1, scan the label",
    verdict=Verdict(
        VerdictKind.REFUSED,
        "Not this label",
        "You scanned 26K7Q0041Z, the label of the mother's tube 2. The label of tube 1 is 26K7Q0042X. "
        "Take off the wrong label, or scan 26K7Q0042X.",
    ),
    banner=Banner(
        role="Proband",
        name="WOLFESCHLEGELSTEINHAUSEN-BERGERDORFF, Maximiliana Theodora (Dr)",
        born="05-Mar-1971",
        nhs_number="999 000 0026",
        hospital_number="",
        urgent="URGENT  R14.9",
        test="R14.9 Acutely unwell children with a likely monogenic disorder",
        test_odd="R14.9 is not in the directory of June 2023. R14 has R14.1.",
        due_label="Extraction due",
        due="tomorrow 09:30",
        hazard="HIGH RISK",
    ),
    checks_title="Tube 1 against request",
    checks=CHECKS,
    tubes_title="Referral r30000000001, trio",
    tubes=TUBES,
    offers=OFFERS[:4],
    scans=SCANS,
    undo="Undo: print label 1",
)

HOLD_QUESTION = Question(
    command=Command.HOLD,
    title="Why is tube 1 held?",
    choices=(
        Choice("unlabelled", "Tube not labelled"),
        Choice("mismatch", "Details differ from the request"),
        Choice("volume", "Too little blood"),
        Choice("clotted", "Clotted"),
        Choice("leaked", "Leaked in transit"),
        Choice("other", "Another reason", needs_comment=True),
    ),
    comment_label="Comment (needed for another reason)",
    confirm="Hold tube 1",
)

RECEIVE_QUESTION = ReceiveView(
    heading="Say why tube 1 is held",
    verdict=MATCHES,
    banner=BABY,
    checks_title="Tube 1 against request",
    checks=CHECKS,
    tubes_title="Referral r30000000001, trio",
    tubes=TUBES,
    offers=OFFERS,
    question=HOLD_QUESTION,
    scans=SCANS,
    undo="Undo: print label 1",
)

RECEIVE_UNANNOUNCED = ReceiveView(
    heading="Enter what the tube and its form say",
    verdict=Verdict(VerdictKind.ATTENTION, "Not expected", "Q26-555001-1 is on no request. Enter what the form says."),
    banner=None,
    tubes_title="Unannounced arrival",
    question=Question(
        command=Command.UNANNOUNCED,
        title="Whose tube is it?",
        fields=(
            ("surname", "Surname"),
            ("forename", "Forename"),
            ("born", "Date of birth"),
            ("nhs_number", "NHS number"),
            ("hospital_number", "Hospital number"),
            ("sender", "Sent by"),
        ),
        confirm="Receive this tube",
        problems=("Enter the surname", "Date of birth must be today or earlier"),
    ),
    scans=SCANS[:2],
)

TODAY = TodayView(
    heading="2 urgent referrals wait for extraction",
    lists=(
        WorkList(
            "Urgent",
            (
                WorkItem(
                    "r30000000001  R14.1",
                    "3 tubes, extraction due today 18:00",
                    VerdictKind.ATTENTION,
                    "receive",
                    "r30000000001",
                ),
                WorkItem(
                    "r30000000007  R14.1",
                    "1 tube missing since yesterday 16:20",
                    VerdictKind.ATTENTION,
                    "receive",
                    "r30000000007",
                ),
            ),
            "No urgent referral waits.",
            2,
        ),
        WorkList(
            "Held",
            (
                WorkItem(
                    "26K7Q0031C",
                    "details differ from the request; sender telephoned 11:05",
                    VerdictKind.REFUSED,
                    "find",
                    "26K7Q0031C",
                ),
            ),
            "Nothing is held.",
            1,
        ),
        WorkList(
            "Labels put off", (), "No label has been put off. One put off while the printer is away stands here.", 0
        ),
        WorkList(
            "Expected today",
            tuple(
                WorkItem(
                    f"r3000000001{n}",
                    "2 tubes, from Royal Example Hospital",
                    VerdictKind.FOUND,
                    "receive",
                    f"r3000000001{n}",
                )
                for n in range(5)
            ),
            "Nothing is expected today. Drop a file on Expected.",
            23,
        ),
    ),
    counts=(("received today", "41"), ("accepted", "37"), ("held", "3"), ("rejected", "1")),
)

TODAY_EMPTY = TodayView(
    heading="Nothing waits. Scan a referral to begin",
    lists=(WorkList("Urgent", (), "No urgent referral waits.", 0), WorkList("Held", (), "Nothing is held.", 0)),
)

FIND = FindView(
    heading="26K7Q0042X: tube 1 of OYELARAN, Baby of Temi",
    query="oyelaran",
    hits=(
        Hit("s1", "26K7Q0042X", "EDTA blood, label awaited", "tube"),
        Hit("s2", "26K7Q0041Z", "EDTA blood, accepted", "tube"),
        Hit("r1", "r30000000001", "trio, R14.1", "referral"),
        Hit("p1", "OYELARAN, Temi", "Born 02-Feb-1994", "patient"),
    ),
    chosen="s1",
    banner=BABY,
    facts=(
        ("Specimen", "EDTA blood"),
        ("Accession", "26K7Q0042X"),
        ("Sender's number", "Q26-118834-1"),
        ("Collected", ""),
        ("Place", "Bench K7, in hand"),
    ),
    timeline=(
        TimelineLine(
            "14:02:03", "R. Okafor", "Bench K7", "Label 26K7Q0042X printed", "scanned Q26-118834-1", VerdictKind.MATCHES
        ),
        TimelineLine(
            "14:01:58",
            "R. Okafor",
            "Bench K7",
            "Referral r30000000001 opened",
            "scanned r30000000001",
            VerdictKind.FOUND,
        ),
        TimelineLine(
            "13:40:12",
            "S. Lindqvist",
            "Bench K2",
            "Hold: too little blood",
            "typed",
            VerdictKind.ATTENTION,
            undone=True,
        ),
        TimelineLine(
            "10:02:00",
            "S. Lindqvist",
            "Bench K2",
            "Accept 26K7Q0042X",
            "scanned",
            VerdictKind.REFUSED,
            standing="refused, does not count",
        ),
        TimelineLine(
            "09:15:00", "S. Lindqvist", "Bench K2", "Request taken in", "file requests_2026-11-20.csv, row 14"
        ),
    ),
    offers=(Offer(Command.REJECT, "Reject tube 26K7Q0042X"),),
    files=(
        ImportLine(
            "20-Nov-2026 09:15", "S. Lindqvist", "requests_2026-11-20.csv", 22, 0, 0, sha256="ab12" * 16, kept="here"
        ),
    ),
)

FIND_EMPTY = FindView(heading="Scan anything, or type a name")

EXPECTED = ExpectedView(
    heading="3 rows need you",
    imports=(
        ImportLine("20-Nov 09:15", "S. Lindqvist", "requests_2026-11-20.csv", 61, 3, 4),
        ImportLine("19-Nov 09:11", "R. Okafor", "requests_2026-11-19.xlsx", 58, 0, 2),
        ImportLine("18-Nov 17:40", "R. Okafor", "wrong_file.csv", 12, 0, 0, undone=True),
    ),
    fix_it=(
        FixItLine(
            "requests_2026-11-20.csv",
            14,
            "NHS Number",
            "999 000 0019",
            "The check digit does not fit. Ask the sender for the number, or leave it empty.",
        ),
        FixItLine(
            "requests_2026-11-20.csv",
            31,
            "Date of birth",
            "31/02/1990",
            "There is no such day. Ask the sender for the date of birth.",
        ),
        FixItLine(
            "requests_2026-11-20.csv", 102, "Referral ID", "", "Enter the referral ID and take the file in again."
        ),
    ),
    expected=119,
    directories=(
        "rare and inherited disease v5.1, June 2023: 372 indications, 619 tests",
        "cancer 2020/2021, November 2020, draft: 203 indications, 1,565 tests",
    ),
    tests_odd=("R14.9 is not in the directory of June 2023. R14 has R14.1. 2 expected requests name it.",),
    undo="Undo: take in requests_2026-11-20.csv",
    verdict=Verdict(
        VerdictKind.ATTENTION,
        "61 of 68 rows landed",
        "4 were known already. 3 rows need you: they stand below with the reason.",
    ),
)

EXPECTED_EMPTY = ExpectedView(heading="Drop a file of expected requests")

REPORT = ReportView(
    heading="2 requestors sent too many unacceptable specimens",
    start="01-Oct-2026",
    end="31-Oct-2026",
    threshold="EXAMPLE: above 5.0 %",
    rows=(
        ReportRow(
            "Dr A. Example",
            "Royal Example Hospital, Ward 4",
            120,
            9,
            "7.5 %",
            (("not labelled", 5), ("clotted", 4)),
            True,
        ),
        ReportRow("Dr B. Sample", "Example Children's Hospital", 48, 3, "6.3 %", (("too little blood", 3),), True),
        ReportRow("Dr C. Muster", "St Example's", 210, 2, "1.0 %", (("leaked in transit", 2),), False),
        ReportRow("Dr D. Probe", "Example General", 9, 0, "0.0 %", (), False),
    ),
    total_received=387,
    total_unacceptable=14,
    outside=(("still held", 3), ("unannounced, sender unknown", 2)),
    qc=(
        QcRateRow("Blood (EDTA)", "Dr A. Example", "7 of 110 (6.4 %)", "98 of 110", "5 of 98 (5.1 %)", "2 of 5"),
        QcRateRow("FFPE tissue", "Dr C. Muster", "0 of 12 (0.0 %)", "12 of 12", "4 of 12 (33.3 %)", "1 of 4"),
    ),
)

REPORT_EMPTY = ReportView(heading="Choose a period", start="01-Nov-2026", end="30-Nov-2026", threshold="")

DEVICES = (
    DeviceLine("Scanner", "scanner", "COM7, Zebra SSI, 9600 baud", "ready", "COM7, PAAABS00-001-R00 N 46", ready=True),
    DeviceLine(
        "Printer",
        "Zebra ZD421, 300 dpi",
        "10.0.4.17 port 9100",
        "ready",
        "22 labels since 08:00.",
        ready=True,
        test="Print a test label",
    ),
    DeviceLine(
        "Rack reader",
        "FluidX Perception",
        "10.0.4.20 port 201",
        "is away",
        "No answer since 13:51. Look whether it is switched on and its cable is in.",
        ready=False,
        without="Receive, label, find and reports work without it. Racks can be read at bench K2.",
    ),
)

STRIP = StripView(
    ribbon="REHEARSAL  made-up patients, simulated devices",
    operator="R. Okafor",
    role="biomedical scientist",
    bench="Bench K7  Reception",
    saved="Saved here, 3 waiting since 13:58",
    devices=DEVICES,
    badges=(("expected", 3), ("receive", 2)),
)

HUB_AWAY = DeviceLine(
    "Hub",
    "central database",
    "hub.example port 5432, gms",
    "not reached",
    "Saved here, 37 waiting since 13:20. The hub at hub.example cannot be reached.\n"
    "Hub at entry 18,204, this bench at 18,204, 37 to send. Version here 0.1.0.",
    ready=False,
    without="Everything works without it: what is scanned is saved here and shared when the hub is back.",
    test="Try now",
    waits=True,
)

STRIP_REFUSED = StripView(
    operator="R. Okafor",
    role="biomedical scientist",
    bench="Bench K7  Reception",
    saved="The hub refused this bench: enrol it again",
    devices=DEVICES[:2],
    sharing_stopped=True,
)

STRIP_NOTICE = StripView(
    operator="R. Okafor",
    role="biomedical scientist",
    bench="Bench K7  Reception",
    saved="All shared 14:02",
    devices=DEVICES[:2],
    notices=("Bench K2 received tube 26K7Q0040N before you. It is in Review: put the tube in the review rack.",),
)

STRIP_LOCKED = StripView(
    ribbon="REHEARSAL  made-up patients, simulated devices",
    bench="Bench K7  Reception",
    saved="Saved here, 3 waiting since 13:58",
    devices=DEVICES,
    locked=True,
)

LOCKED = SignInView("Locked. Tap your badge")
PIN_AWAITED = SignInView("R. Okafor, type your PIN", who="R. Okafor")
PIN_WRONG = SignInView(
    "R. Okafor, type your PIN",
    "The PIN did not fit. 4 tries are left before the badge is blocked.",
    "R. Okafor",
    wrong=True,
)

SET_UP = FormView(values=(("letter", "K"), ("printer_port", "9100")))
SET_UP_PROBLEMS = FormView(
    problems=(
        Problem("laboratory", "Enter the name of the laboratory"),
        Problem("pin_again", "The two PINs differ. Type the same PIN twice"),
    )
)
