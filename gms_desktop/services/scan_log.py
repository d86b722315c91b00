"""Every scan is recorded with its verdict; one that may identify a patient keeps its text among the private values."""

from __future__ import annotations

import base64
import re
from dataclasses import asdict, replace

from devices.values import Scan
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.register.ledger import Draft, Ledger

_MOST_RAW = 4096
_OF_A_LETTER = re.compile(r"GMSM/[0-9A-F]{8}/[0-9]{1,2}/[0-9]{1,2}/")


def scan_draft(
    ledger: Ledger, bench: str, said: Scan, verdict: Verdict, place: int, *, private: bool, secret: bool = False
) -> Draft:
    """The note of one scan.

    Args:
        ledger: the bench's ledger.
        bench: the bench's writer.
        said: what the scanner sent.
        verdict: what was answered.
        place: its place in the act, from 1.
        private: the text may identify a patient.
        secret: the text is a badge and is not kept at all.
    """
    said = _without_contents(said)
    subject = f"scan:{ledger.head.writer}/{ledger.head.last_seq + place}"
    pen = ledger.pen()
    shown = "badge" if secret else None if private else said.text[:_MOST_RAW]
    body = {
        "bench": bench,
        "raw": None if private or secret else base64.b64encode(said.raw[:_MOST_RAW]).decode("ascii"),
        "text": shown,
        "private": pen.write(said.text[:_MOST_RAW], subject) if private and not secret else None,
        "symbology": said.symbology,
        "source": said.source,
        "entered": said.entered.value,
        "keyed": asdict(said.keyed) if said.keyed else None,
        "repaired": said.repaired or None,
        "faults": list(said.faults),
        "verdict": verdict.kind.value,
        "title": verdict.title,
        "words": "",
    }
    return Draft("scan.judged", body, pen.values, {"by": said.entered.value, "device": said.source})


def _without_contents(said: Scan) -> Scan:
    """Of a code with a piece of a letter's signed file which piece it is: what it says of patients is not kept."""
    letter = _OF_A_LETTER.match(said.text)
    return replace(said, text=letter[0], raw=letter[0].encode()) if letter else said
