"""Made-up lots for Find: a list of them, and one that waits to be released."""

from __future__ import annotations

from dataclasses import replace

from gms_desktop import lot_words
from gms_desktop.domain.commands import Command
from gms_desktop.services.views import FindView, Hit, Offer, Question, TimelineLine

_LOT = "lot:09506000134352.1"
_HITS = (
    Hit(
        _LOT, "Lot 12AB, Extraction kit", "received, not released for use, use by 31-Dec-2027, used in 0 batches", "lot"
    ),
    Hit("lot:2", "Lot 11ZZ, Extraction kit", "released for use, use by 30-Jun-2027, used in 14 batches", "lot"),
    Hit("lot:3", "Lot B-7, TE buffer", "released for use, use by 31-Dec-2027, used in 2 batches and 5 plates", "lot"),
    Hit("lot:4", "Lot N-6, No template control", "expired, use by 31-Oct-2026, used in 9 batches and 3 plates", "lot"),
)
LOTS = FindView(
    heading="Lot 12AB, Extraction kit",
    query="lots",
    hits=_HITS,
    chosen=_LOT,
    facts=(
        ("State", "received, not released for use"),
        ("What it is", "Extraction kit"),
        ("Article (GTIN)", "09506000134352"),
        ("Lot", "12AB"),
        ("Use by", "31-Dec-2027"),
        ("Used", "used in 0 batches"),
    ),
    timeline=(
        TimelineLine("22-Nov-2026 09:12", "R. Okafor", "Bench 1", "Enter lot 12AB of 09506000134352", "scanned"),
    ),
    offers=(
        Offer(Command.RELEASE_LOT, lot_words.RELEASE, usual=True),
        Offer(Command.END_LOT, lot_words.END),
    ),
)
RELEASE = replace(
    LOTS,
    verdict=lot_words.asks_release("12AB"),
    question=Question(
        Command.RELEASE_LOT,
        "Release lot 12AB for use?",
        comment_label=lot_words.ACCEPTANCE,
        fields=(("words", lot_words.WHAT_IT_IS),),
        confirm="Release this lot",
        values=(("words", "Extraction kit"),),
    ),
)
