"""``erasure-proof``: what an erasure came to at this bench, as a paper for whoever asked for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from devices.folder_reasons import of_folder
from gms_desktop import settings
from gms_desktop.bench_file import DATABASE
from gms_desktop.cli.exported import to_see_to
from gms_desktop.cli.proving_paper import refuse_unfit
from gms_desktop.cli.reading import look_at, reading
from gms_desktop.documents.erasure_paper import NOT_YET, YES, Erasure, Line, erasure_paper_pdf
from gms_desktop.domain import dates
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row, text_statement
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import patients_values, sign_in
from gms_desktop.services.find import local_minute
from gms_desktop.starting import application_version

Say = Callable[[str], None]
_of_authority = text_statement("SELECT * FROM erasure WHERE authority = :authority ORDER BY at, id")


def prove_erasure(authority: str, paper: Path, data: Path, say: Say) -> int:
    """Write the proof of what was erased on a decision; 1 where something is left that was to be erased.

    Raises:
        Refused: when nothing was erased here on that decision, or the paper may not be written there.
        Unavailable: when the bench's file cannot be read, or the paper not be written.
    """
    refuse_unfit(paper)
    with reading(data / DATABASE, data) as db:
        ledger = look_at(db)
        rows = db.all(_of_authority, {"authority": authority.strip()})
        if not rows:
            raise Refused(
                f"Nothing was erased here on the decision “{authority}”. Write it as it was given to gms-desktop "
                "erase; if it was given at another bench, let this one share first."
            )
        said = _said(ledger, rows, data)
    try:
        with paper.open("xb") as out:
            out.write(erasure_paper_pdf(said))
    except OSError as fault:
        raise Unavailable(
            f"{paper} cannot be written: {of_folder(fault)}.", still_works="The erasure holds."
        ) from fault
    say(f"{paper}: {len(rows)} things, {said.left} values left that were to be erased.")
    return 1 if said.left else 0


def _said(ledger: Ledger, rows: list[Row], data: Path) -> Erasure:
    db, now = ledger.db, datetime.now(UTC)
    laboratory = look_up.laboratory(db)
    assert laboratory is not None
    zone = str(laboratory["time_zone"])
    left = [_left(db, row) for row in rows]
    lines = tuple(_line(ledger, row, many, zone) for row, many in zip(rows, left, strict=True))
    digest = sha256("\n".join(" ".join(one) for one in lines).encode()).hexdigest()
    return Erasure(
        laboratory=str(laboratory["name"]),
        authority=str(rows[0]["authority"]),
        reasons=tuple(dict.fromkeys(str(row["reason"]) for row in rows)),
        made_at=dates.display_minute(dates.to_local(now, zone)),
        application=f"gms_desktop {application_version()}",
        lines=lines,
        remains=tuple(_remains(db, rows, data)),
        left=sum(left),
        code=f"erasure-{digest[:16]}",
        rehearsal=bool(laboratory["rehearsal"]),
    )


def _left(db: Database, row: Row) -> int:
    """How many of the values that the entries named are here still: what was said since is not among them."""
    named = {
        commitment
        for one in store.of_subjects(db, [row["id"]])
        if one.entry.kind == "private.erased" and one.verdict != "refused"
        for commitment in one.entry.body["commitments"]
    }
    held = store.private_values(db, [row["id"]])
    return sum(1 for commitment in named if held.get(commitment) is not None)


def _line(ledger: Ledger, row: Row, left: int, zone: str) -> Line:
    found = store.by_identity(ledger.db, row["entry"])
    who = sign_in.operator(ledger, row["operator"])
    by = f"{who.name if who else 'a person'}, {local_minute(row['at'], zone)}"
    placed = YES if found and found.position is not None else NOT_YET
    sort = str(row["id"]).partition(":")[0].replace("_", " ")
    return sort, str(row["erased"]), str(left), by, str(row["entry"]), placed


def _remains(db: Database, rows: list[Row], data: Path) -> list[str]:
    sorts = [str(row["id"]).partition(":") for row in rows]
    patients = [name for sort, _, name in sorts if sort == "patient"]
    kept = [number for one in patients for number in patients_values.papers(db, one)]
    said = [
        "What happened stays, without whom it was about: records stay traceable (ISO 15189), chains and hashes hold.",
    ]
    said.append(
        "Files of requests as they came, and words about others, may name the patient: the erasure listed them where "
        "it was asked for, and a person decides about each."
    )
    if kept:
        said.append(
            f"The kept papers of the consignments {', '.join(kept)}: they name others too, whose record of what was "
            "sent they are, and their receivers have the same. They are held for as long as the laboratory keeps such "
            "papers."
        )
    try:
        saved = to_see_to(data)[0]
        backups = (settings.read(data) or settings.Settings()).backup
    except Refused:
        return [*said, "Backups and saved files: not known, since the settings cannot be read."]
    said.append(f"Files saved from this bench that lie in its exports folder still: {saved}. A person looks at each.")
    said.append(
        f"Backups made before: each goes as newer ones take its place; the newest of {backups.hourly} times, of "
        f"{backups.daily} days and of {backups.weekly} weeks are kept. Copies made by hand are removed by hand."
    )
    return said
