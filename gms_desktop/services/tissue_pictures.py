"""Pictures of tissue: kept in the file store as they came; a whole-slide file is too large and is only cited."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from pathlib import Path

from gms_desktop import tissue_words
from gms_desktop.domain.tissue.pieces import Sort
from gms_desktop.files.chunks import LARGEST
from gms_desktop.journal.database import Row
from gms_desktop.register.ledger import Ledger, Pen
from gms_desktop.services import tissue_notes
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.receive import Desk

# Scanners' own forms of whole slides: each holds a pyramid of pictures that nothing here shows, and some are folders.
WHOLE_SLIDE = frozenset({".svs", ".ndpi", ".mrxs", ".scn", ".vms", ".vmu", ".bif", ".czi", ".dcm", ".isyntax"})
_PDF = "application/pdf"
_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "TIFF": "image/tiff"}


@dataclass(frozen=True)
class Picture:
    """A file of a picture: its name, hash, size and type; ``reference`` where it lies, when it is too large to keep."""

    name: str
    sha256: str
    size: int
    type: str
    reference: str = ""


def is_cited(path: Path) -> bool:
    """Whether a file is a whole slide's, or too large for the file store: only where it lies is kept.

    Raises:
        OSError: when the file cannot be asked.
    """
    return path.stat().st_size > LARGEST or path.suffix.casefold() in WHOLE_SLIDE


def type_of(content: bytes) -> str:
    """The media type of a picture; empty for what is none. Nothing but its head is unpacked."""
    if content.startswith(b"%PDF-"):
        return _PDF
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(content), formats=tuple(_TYPES)) as picture:
            warnings.simplefilter("ignore")
            return _TYPES.get(picture.format or "", "")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return ""


def attached(ledger: Ledger, desk: Desk, row: Row, picture: Picture) -> Outcome:
    """A picture belongs to a piece from now on: of the slide under the microscope, or of the tissue by eye."""
    of = "microscopic" if row["sort"] in {Sort.SLIDE, Sort.SECTION, Sort.CYTOLOGY} else "macroscopic"
    subject, pen = f"piece:{row['id']}", Pen(ledger.chance)
    said = {"sha256": picture.sha256 or None, "size": picture.size, "type": picture.type, "of": of}
    said |= {"file": pen.write(picture.name, subject), "reference": pen.write(picture.reference, subject)}
    drafts = (tissue_notes.draft(ledger, desk, row, "imaged", said, pen),)
    number = str(row["number"])
    cited = tissue_words.cited(number, picture.reference) if picture.reference else None
    return Outcome(cited or tissue_words.imaged(number), drafts)
