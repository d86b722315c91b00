"""What a bench remembers between scans at tissue, and may forget in a crash: all that counts is in the register."""

from __future__ import annotations

from dataclasses import dataclass

from gms_desktop.services.views import Answer


@dataclass(frozen=True)
class AtTissue:
    """The work at a tissue case.

    Attributes:
        case: the case that is open here; empty where none is.
        piece: the piece in hand; empty where none is.
        specimen: a specimen that was scanned and is no piece of a case yet.
        clean_for: the case for which blade and water bath were changed last here.
        cut: the form of a cut that waits for a pathologist's agreement.
        waits: the form of a case or a piece, of the specimen that is its subject, that waits for why two cases are two.
    """

    case: str = ""
    piece: str = ""
    specimen: str = ""
    clean_for: str = ""
    cut: Answer | None = None
    waits: Answer | None = None
