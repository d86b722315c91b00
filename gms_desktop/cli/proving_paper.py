"""``verify --paper``: the proof of a bench's file as a paper for an inspector."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from devices.folder_reasons import of_folder
from gms_desktop.cli.file_names import see_free
from gms_desktop.domain import dates
from gms_desktop.errors import Unavailable
from gms_desktop.journal.database import Database
from gms_desktop.register import look_up
from gms_desktop.register.verify import Verification
from gms_desktop.services import site_rules
from gms_desktop.starting import application_version


def refuse_unfit(paper: Path) -> None:
    """See before the long look that the paper can be written.

    Raises:
        Refused: when it is there already, is no PDF by its name, or its folder is not there.
    """
    see_free(paper, ".pdf")


@dataclass(frozen=True, slots=True)
class Beside:
    """What was looked at beside the file, in words; empty where it was not.

    Attributes:
        files: the files that entries cite.
        checkpoints: the signed checkpoints.
    """

    files: str = ""
    checkpoints: str = ""


def write_paper(paper: Path, file: Path, db: Database, found: Verification, beside: Beside, now: datetime) -> None:
    """Write what was proved.

    Args:
        paper: the PDF to write.
        file: what was proved.
        db: the same, open.
        found: what was counted and what does not hold.
        beside: what was looked at beside it.
        now: when it was made.

    Raises:
        Unavailable: when it cannot be written there.
    """
    from gms_desktop.documents.proof_paper import Proof
    from gms_desktop.documents.proof_paper_pdf import proof_paper_pdf

    laboratory = look_up.laboratory(db)
    zone = str(laboratory["time_zone"]) if laboratory else "Europe/London"
    writers = tuple((writer, seq, digest.hex()) for writer, (seq, digest) in sorted(found.heads.items()))
    proof = Proof(
        laboratory=str(laboratory["name"]) if laboratory else "",
        file=file.name,
        made_at=dates.display_minute(dates.to_local(now, zone)),
        application=f"gms_desktop {application_version()}",
        counts=tuple((name, count) for name, count in _counts(found, beside).items() if count),
        kinds=tuple(sorted(found.kinds.items())),
        writers=writers,
        rules=_rules(db) if laboratory else (),
        findings=tuple(found.findings),
        code=f"proof-{_code(writers, found)}",
        rehearsal=bool(laboratory and laboratory["rehearsal"]),
    )
    try:
        with paper.open("xb") as out:
            out.write(proof_paper_pdf(proof))
    except OSError as fault:
        raise Unavailable(
            f"{paper} cannot be written: {of_folder(fault)}.", still_works="The proof itself holds."
        ) from fault


def _counts(found: Verification, beside: Beside) -> dict[str, str]:
    from gms_desktop.documents.proof_paper import NOT_LOOKED

    rows = sum(found.tables.values())
    begins = f", after a base up to position {found.base}" if found.base else ""
    return {
        "pages": "every page",
        "chain": f"{found.entries} of {found.writers} writers{begins}",
        "private": f"{found.private}, {found.erased} erased",
        "register": f"{rows} in {sum(1 for count in found.tables.values() if count)} tables"
        if found.digests
        else NOT_LOOKED,
        "files": beside.files,
        "checkpoints": beside.checkpoints,
    }


def _rules(db: Database) -> tuple[tuple[str, str, str, str], ...]:
    from gms_desktop.documents.proof_paper import PRODUCT, SITE

    texts = (site_rules.rule_text(db, name) for name in site_rules.NAMES)
    return tuple((one.name, one.version, SITE if one.approved else PRODUCT, one.sha256) for one in texts)


def _code(writers: tuple[tuple[str, int, str], ...], found: Verification) -> str:
    """The same for the same file in the same state."""
    said = "\n".join([*(f"{writer} {seq} {digest}" for writer, seq, digest in writers), *found.findings])
    return sha256(said.encode()).hexdigest()[:16]
