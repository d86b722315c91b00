"""Made-up tissue for the Tissue screen: a block in hand, a cut that is asked about, a case that is over its day."""

from __future__ import annotations

from gms_desktop import tissue_correct_words, tissue_fit_words, tissue_words
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import VerdictKind
from gms_desktop.services.tissue_view import TissueLine, TissueView
from gms_desktop.services.views import Choice, Offer, Question

_PIECES = (
    TissueLine("ZK7Q00303", "block", key="piece:1", current=True),
    TissueLine("ZK7Q00310", "slide, section 1, 5 µm, H&E", key="piece:2"),
    TissueLine("ZK7Q00311", "slide, section 2, 5 µm", key="piece:3"),
    TissueLine("ZK7Q00312", "slide, section 3, 5 µm, scraped", VerdictKind.ALREADY, key="piece:4"),
    TissueLine("ZK7Q00313", "scroll tube, sections 4 to 8, 10 µm", key="piece:5"),
)
_FACTS = (
    ("Neoplastic nuclei", "62.5 %, 40 %"),
    ("Left of it", "about 385 µm"),
    ("Number on it", "H26/12345 A1"),
    ("Number in the report", "H26/12345 A2 (DIFFERS)"),
    ("Taken", "20/11/2026 09:30"),
    ("In formalin", "30.0 h: within 24 h to 48 h (EXAMPLE: Royal Cornwall Hospitals, 24 to 48 h optimal)"),
    ("Histology number", "H26/12345"),
    ("Sent by", "R0A Dr B. Adeyemi"),
    ("Referred on", "20-Nov-2026"),
    ("Cancer Vaccine Launch Pad", "Surplus biopsy or resection tissue and a blood sample."),
)
BLOCK = TissueView(
    heading="ZK7Q00303: block",
    verdict=tissue_words.cut(
        ("ZK7Q00310", "ZK7Q00311", "ZK7Q00312"), "sections 1 to 3, 5 µm", "ZK7Q00303", "About 385 µm are left."
    ),
    facts=_FACTS,
    due="Urgent: due 27-Nov-2026, 7 days from acquisition. 4 days left",
    pieces_title=tissue_words.pieces_of("ZK7Q00302", 5, 4),
    pieces=_PIECES,
    assessed=(
        TissueLine("62.5 % neoplastic nuclei", "Dr L. Evans, 23-Nov-2026, By eye at the microscope, area marked"),
        TissueLine("40 % neoplastic nuclei", "Dr S. Ito, 23-Nov-2026, By eye on a digital slide, macrodissect"),
    ),
    adequacy=(
        TissueLine("Goes to EXAMPLE genomic laboratory", tissue_fit_words.falls_short(1), VerdictKind.ATTENTION),
        TissueLine("Slides or scroll tubes: 3", tissue_fit_words.asked("10"), VerdictKind.ATTENTION),
        TissueLine(*tissue_fit_words.band("40", ["20-50"]), VerdictKind.FOUND),
        TissueLine(*tissue_fit_words.difference("22.5", "10"), VerdictKind.ATTENTION),
    ),
    kept=(
        TissueLine("Picture, macroscopic", "block face.png"),
        TissueLine(
            "Agreed: a cut after which nothing is left of the block",
            "Dr L. Evans, 23-Nov-2026, telephone, not used yet",
        ),
    ),
    pictures=(("block face.png", "0" * 64),),
    offers=(
        Offer(Command.TISSUE_BLADE, "Fresh blade"),
        Offer(Command.TISSUE_CUT, "Cut ZK7Q00303", usual=True),
        Offer(Command.TISSUE_TIMES, "Times"),
        Offer(Command.TISSUE_LEFT, "What is left"),
        Offer(Command.TISSUE_REPORT, "Compare report"),
        Offer(Command.TISSUE_ASSESS, "Assess"),
        Offer(Command.TISSUE_AGREED, "Agreed"),
        Offer(Command.TISSUE_CORRECT, "Correct"),
        Offer(Command.TISSUE_ASIDE, "Put aside"),
        Offer(Command.TISSUE_END, "At its end"),
        Offer(Command.TISSUE_CHANGE, tissue_words.URGENCY_OFFER),
    ),
    piece="1",
)
_INTO, _AT_ONCE = tissue_words.WHAT_IS_CUT, tissue_words.STAINED_AT_ONCE
_STAINS = (("he", "H&E"), ("ihc", "Immunohistochemistry"), ("other", "Another stain"))
ASKED = TissueView(
    heading="ZK7Q00303: block",
    verdict=tissue_words.answer_needed(tissue_words.CUT),
    due="Urgent: due 20-Nov-2026, 7 days from acquisition. 3 days over",
    overdue=True,
    pieces_title=tissue_words.pieces_of("ZK7Q00302", 1, 1),
    pieces=_PIECES[:1],
    question=Question(
        Command.TISSUE_CUT,
        tissue_words.CUT,
        (
            *(Choice(one, one.capitalize(), under=_INTO, one_of=True) for one in ("section", "slide", "scroll tube")),
            *(Choice(f"stain {code}", words, under=_AT_ONCE, one_of=True) for code, words in _STAINS),
            Choice("nothing is left", tissue_words.EXHAUSTS, under=tissue_words.OF_THE_BLOCK),
        ),
        fields=(
            ("pieces", tissue_words.PIECES_FIELD),
            ("sections", tissue_words.SECTIONS_FIELD),
            ("thickness", tissue_words.THICKNESS),
        ),
        confirm="Cut ZK7Q00303",
        problems=(tissue_words.THICKNESS_PROBLEM,),
        values=(("pieces", "8"), ("sections", "1"), ("thickness", "thin")),
        chosen=("slide",),
        subject="1",
    ),
    piece="1",
)
CORRECTED = TissueView(
    heading="ZK7Q00303: block",
    due="Urgent: due 27-Nov-2026, 7 days from acquisition. 4 days left",
    pieces_title=tissue_words.pieces_of("ZK7Q00302", 1, 1),
    pieces=_PIECES[:1],
    question=Question(
        Command.TISSUE_CORRECT,
        tissue_correct_words.title("ZK7Q00303"),
        tuple(Choice(one, one.capitalize()) for one in ("block", "fresh tissue", "cytology")),
        many=False,
        fields=(
            ("acquired", f"{tissue_words.ACQUIRED} ({tissue_correct_words.EMPTY_TIME})"),
            ("into_formalin", f"{tissue_words.INTO} ({tissue_correct_words.EMPTY_TIME})"),
            ("out_of_formalin", f"{tissue_words.OUT} ({tissue_correct_words.EMPTY_TIME})"),
            ("outside", tissue_words.OUTSIDE),
        ),
        comment_label=tissue_correct_words.WHY,
        confirm=tissue_correct_words.ACT,
        problems=(tissue_words.time_problem(tissue_words.ACQUIRED), tissue_correct_words.WHY_PROBLEM),
        values=(("acquired", "soon"), ("outside", "H26/12345 A1")),
        chosen=("block",),
        subject="piece:1",
    ),
    piece="1",
)
NOTHING = TissueView(
    heading=tissue_words.SCAN_FIRST,
    pieces_title=tissue_words.CASES,
    pieces_empty=tissue_words.NO_CASES,
    offers=(Offer(Command.TISSUE_CASE, "Open a case"),),
)
