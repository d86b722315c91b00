"""What a scanned or typed text can be: every kind that fits, without guessing between them.

Which of them it is comes from the register: a ten-digit text can be a tube, a laboratory sample id and an NHS number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from gms_desktop.domain.identifiers import (
    accession,
    command_card,
    downtime,
    fluidx,
    ngis,
    nhs_number,
    ods,
    place_code,
    symbology,
)
from gms_desktop.domain.identifiers.gs1 import Gs1Parts, gs1, is_gtin

__all__ = ["Gs1Parts", "Kind", "Recognised", "gs1", "is_gtin", "proves_itself", "recognise"]

_ARTICLE_SYMBOLOGIES = frozenset({"]E0", "]E4"})
_PIECE_LENGTHS = (9, 10, 11, 12)
_LONGEST_RUN = 48


class Kind(StrEnum):
    """What a code can be."""

    ACCESSION = "accession"
    DOWNTIME = "downtime"
    PLACE = "place"
    FLUIDX = "fluidx"
    LAB_SAMPLE_ID = "lab_sample_id"
    REFERRAL = "referral"
    PARTICIPANT = "participant"
    NHS_NUMBER = "nhs_number"
    GS1 = "gs1"
    GTIN = "gtin"
    ODS = "ods"
    RUN_TOGETHER = "run_together"
    COMMAND_CARD = "command_card"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Recognised:
    """One kind that a text can be.

    Attributes:
        kind: what it can be.
        value: the identifier in its normal form; for ``unknown`` and ``run_together`` the text as it came.
        private: whether the value identifies a patient and so may stand only among the private values.
        parts: the codes that a ``run_together`` is made of; empty when they can be parted in more than one way.
    """

    kind: Kind
    value: str = field(repr=False)
    private: bool = False
    parts: tuple[str, ...] = field(default=(), repr=False)


def recognise(text: str, symbology_id: str | None = None) -> tuple[Recognised, ...]:
    """Return every kind the text can be, never empty: ``unknown`` stands alone.

    Args:
        text: the code without terminator; its AIM identifier may still be on it.
        symbology_id: the AIM identifier (``]d1``) when the scanner sent one and it has been taken off.

    A text of ten digits is a possible NHS number when Modulus 11 agrees, or when it is written 3-3-4 whatever the check
    digit says. The whole scan is private when any kind is.
    """
    if symbology_id is None:
        symbology_id, text = symbology.split(text)
    if command_card.looks_like(text):
        return (Recognised(Kind.COMMAND_CARD, text.strip()),)
    found = (*_identifiers(text), *_articles(text, symbology_id))
    if symbology_id not in symbology.GS1_SYMBOLOGIES:
        found = (*found, *_run_together(text))
    return found or (Recognised(Kind.UNKNOWN, text),)


def proves_itself(text: str) -> bool:
    """Return whether a text is one code and no other: our number with its check character, or GS1 that says it is.

    A check of digits alone proves no letter: GS1 counts only behind its AIM identifier, whose own letter is one of two.
    """
    kind, code = symbology.split(text)
    if accession.looks_like(code) or downtime.looks_like(code):
        return code == accession.normalise(code)
    if place_code.looks_like(code):
        return code == place_code.normalise(code)
    parts = gs1(text) if kind in symbology.GS1_SYMBOLOGIES else None
    return parts is not None and bool(parts.gtin or parts.sscc)


def _identifiers(text: str) -> Iterator[Recognised]:
    if accession.looks_like(text):
        yield Recognised(Kind.ACCESSION, accession.normalise(text))
    if downtime.looks_like(text):
        yield Recognised(Kind.DOWNTIME, downtime.normalise(text))
    if place_code.looks_like(text):
        yield Recognised(Kind.PLACE, place_code.normalise(text))
    if fluidx.is_fluidx(text):
        yield Recognised(Kind.FLUIDX, text)
    if ngis.is_lab_sample(text):
        yield Recognised(Kind.LAB_SAMPLE_ID, text)
    if ngis.is_referral(text):
        yield Recognised(Kind.REFERRAL, ngis.normalise(text))
    if ngis.is_participant(text):
        yield Recognised(Kind.PARTICIPANT, ngis.normalise(text), private=True)
    if nhs_number.is_grouped(text) or nhs_number.check_digit_agrees(text):
        yield Recognised(Kind.NHS_NUMBER, nhs_number.normalise(text), private=True)
    if ods.is_ods(text):
        yield Recognised(Kind.ODS, ods.normalise(text))


def _articles(text: str, symbology_id: str | None) -> Iterator[Recognised]:
    parts = gs1((symbology_id or "") + text)
    if parts is not None:
        yield Recognised(Kind.GS1, text, private=parts.private)
    if is_gtin(text) or symbology_id in _ARTICLE_SYMBOLOGIES:
        yield Recognised(Kind.GTIN, text)


def _is_piece(text: str) -> bool:
    own = text == accession.normalise(text) and (accession.looks_like(text) or downtime.looks_like(text))
    return own or fluidx.is_fluidx(text) or ngis.is_referral(text) or ngis.is_participant(text)


def _partings(text: str) -> Iterator[tuple[str, ...]]:
    if not text:
        yield ()
    for length in _PIECE_LENGTHS:
        if length <= len(text) and _is_piece(text[:length]):
            for rest in _partings(text[length:]):
                yield (text[:length], *rest)


def _run_together(text: str) -> tuple[Recognised, ...]:
    if len(text) > _LONGEST_RUN:
        return ()
    partings = [parts for parts in _partings(text) if len(parts) > 1]
    if not partings:
        return ()
    pieces = {piece for parts in partings for piece in parts}
    private = any(found.private for piece in pieces for found in _identifiers(piece))
    return (Recognised(Kind.RUN_TOGETHER, text, private, partings[0] if len(partings) == 1 else ()),)
