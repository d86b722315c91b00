"""A bench's file of a chosen size, written by the real ledger: the same bytes every time, kept between runs.

The folder is ``GMS_DESKTOP_BENCH_CACHE``, or the temporary folder; sizes are ``GMS_DESKTOP_BENCH_ENTRIES`` (four
entries a specimen) and default to a size that a coffee break allows. The published figures are taken with 1,000,000.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from gms_desktop.domain.minting import CountedChance
from gms_desktop.journal.database import Database
from gms_desktop.journal.sqlite_file import open_for_writing
from gms_desktop.register import versions
from gms_desktop.register.ledger import Draft, Ledger, Pen

KEY = bytes(range(32))
BENCH = "bench-1"
LETTER = "Z"
ENTRIES = int(os.environ.get("GMS_DESKTOP_BENCH_ENTRIES", "100000"))
PER_REQUEST = 8  # one request, two tubes received, two labels intended, one label verified, one decision, one scan
_SCANNED = {"by": "scanned", "device": "scanner-1"}
_LOT = 4_000
_START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
_SURNAMES = ("OYELARAN", "O'BRIEN", "KOWALSKA", "NGUYỄN", "SMITH", "PATEL", "MÜLLER", "DE SILVA", "AL-KHATIB", "JONES")
_FORENAMES = ("Ade", "Siân", "Zofia", "Thi", "John", "Priya", "Jürgen", "Maria", "Layla", "Rhys")


@dataclass
class SteppedClock:
    """A clock that moves on by a millisecond whenever it is read."""

    at: datetime = _START

    def now(self) -> datetime:
        """The next millisecond."""
        self.at += timedelta(milliseconds=1)
        return self.at


@dataclass
class Work:
    """Writes what a bench does in a day, as drafts."""

    ledger: Ledger
    made: int = 0
    _moment: dict[str, str] = field(default_factory=dict)

    def patient(self, pen: Pen) -> dict[str, Any]:
        """A new patient with four identifying values."""
        number, patient = self.made, self.ledger.identity()
        subject = f"patient:{patient}"
        # No divisor in common with the ten surnames: hardly two patients then share surname and birth date.
        born = (datetime(1930, 1, 1, tzinfo=UTC) + timedelta(days=number % 33_001)).date().isoformat()
        return {
            "id": patient,
            "new": True,
            "person": "person",
            "surname": pen.write(_SURNAMES[number % 10], subject),
            "forename": pen.write(_FORENAMES[number // 10 % 10], subject),
            "born": pen.write(born, subject),
            "born_precision": "day",
            "sex": "female" if number % 2 else "male",
            # 999 numbers are kept for tests and issued to nobody.
            "nhs": pen.write(f"999{number % 10_000_000:07d}", subject),
            "nhs_state": "not traced",
            "participant": None,
            "mother": None,
            "hospital": [{"ods": "RR8", "number": pen.write(f"H{number:07d}", subject)}],
        }

    def expected(self, tubes: int = 2, act: str | None = None) -> Draft:
        """One request with its tubes, as a file or a form states it."""
        self.made += 1
        pen = self.ledger.pen()
        patient = self.patient(pen)
        code = f"Q26-{self.made:07d}"
        body = {
            "request": self.ledger.identity(),
            "referral": None,
            "patient": patient,
            "role": "proband",
            "structure": "singleton",
            "test": f"R{self.made % 400}.1",
            "codes": [{"code": code, "ods": "RR8"}],
            "sender": "RR8",
            "requestor": pen.write(f"Dr {_SURNAMES[self.made // 7 % 10].title()}", f"patient:{patient['id']}"),
            "location": f"Ward {self.made % 40}",
            "priority": "urgent" if self.made % 9 == 0 else "routine",
            "category": "clinical",
            "risk": "not stated",
            "tubes": [{"type": "EDTA blood", "code": f"{code}-{place}"} for place in range(1, tubes + 1)],
            "collected": None,
            "import": act,
            "row": self.made,
            "origin": "file",
        }
        return Draft("request.expected", body, pen.values)

    def received(self, request: Draft, place: int) -> Draft:
        """One tube of the request arrives."""
        said = request.body
        body = {
            "specimen": self.ledger.identity(),
            "accession": self.ledger.next_number(LETTER),
            "requests": [said["request"]],
            "patient": said["patient"]["id"],
            "tube": place,
            "type": "EDTA blood",
            "sender_code": said["tubes"][place - 1]["code"],
            "sender": "RR8",
            "collected": None,
            "taken": None,
            "delivery": None,
            "bag": None,
            "risk": said["risk"],
            "priority": said["priority"],
            "category": said["category"],
            "matched": "code",
            "bench": BENCH,
            "follows": None,
        }
        return Draft("specimen.received", body, input=_SCANNED)

    def labelled(self, received: Draft) -> Draft:
        """The first label of a tube is to be printed."""
        body = {
            "label": f"{received.body['accession']}.1",
            "sort": "tube",
            "subject": f"specimen:{received.body['specimen']}",
            "specimen": received.body["specimen"],
            "accession": received.body["accession"],
            "copy": 1,
            "reason": None,
            "printer": "printer-1",
            "layout": "tube-13x38",
            "bench": BENCH,
        }
        return Draft("label.intended", body)

    def verified(self, labelled: Draft) -> Draft:
        """The printed label was scanned back."""
        return Draft("label.verified", {"label": labelled.body["label"]}, input=_SCANNED)

    def scanned(self, code: str, title: str = "Tube 1 of 2 received") -> Draft:
        """A scan with its verdict."""
        body = {
            "bench": BENCH,
            "raw": code.encode().hex(),
            "text": code,
            "private": None,
            "symbology": "code128",
            "source": "scanner-1",
            "entered": "scanned",
            "keyed": None,
            "repaired": None,
            "faults": [],
            "verdict": "accepted",
            "title": title,
            "words": "Stick the label on the tube, then scan the label.",
        }
        return Draft("scan.judged", body, input=_SCANNED)

    def decided(self, received: Draft, rests_on: str) -> Draft:
        """A tube is accepted after the comparison by eye."""
        body = {
            "specimen": received.body["specimen"],
            "outcome": "accepted",
            "reasons": [],
            "comment": None,
            "compared": [[name, "agrees", "compared by eye"] for name in ("surname", "forename", "birth date")],
            "identity": {"rule": "identity", "version": "1", "sha256": "ab" * 32, "finding": "met", "alike": None},
            "stops": [],
            "chase_whom": None,
            "chase_by": None,
            "rests_on": rests_on,
        }
        return Draft("specimen.decided", body)


def begin(path: Path) -> Ledger:
    """A new, empty bench's file with a laboratory and a writer."""
    db = open_for_writing(path, KEY)
    versions.bring_up(db)
    ledger = Ledger(db, CountedChance(), SteppedClock(), "0.1.0")
    with db.write():
        ledger.begin_writer("laboratory-1", "K7Q3ZD", "set up", "Bench 1")
        said = {"laboratory": "laboratory-1", "name": "EXAMPLE", "ods": "R0A", "letter": LETTER}
        ledger.append([Draft("laboratory.set_up", {**said, "time_zone": "Europe/London", "rehearsal": True})], None)
    return ledger


def write(ledger: Ledger, entries: int) -> None:
    """Append about ``entries`` entries of bench work, in lots of one transaction each."""
    work = Work(ledger)
    for _ in range(0, entries, _LOT):
        with ledger.db.write():
            asked = [work.expected() for _ in range(_LOT // PER_REQUEST)]
            ledger.append(asked, None)
            came = [work.received(request, place) for request in asked for place in (1, 2)]
            written = ledger.append(came, None)
            # Every second tube is decided and its label scanned back; the others wait, as on any busy day.
            labels = [work.labelled(one) for one in came]
            later = [work.decided(one, entry.id) for one, entry in zip(came[::2], written[::2], strict=True)]
            scans = [work.scanned(one.body["sender_code"]) for one in came[::2]]
            ledger.append([*labels, *(work.verified(one) for one in labels[::2]), *later, *scans], None)


def rows_of(db: Database, table: str) -> int:
    """How many rows a table has."""
    return int(db.raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def reopen(path: Path) -> Ledger:
    """Open a corpus to go on with."""
    ledger = Ledger(open_for_writing(path, KEY), CountedChance(seed=1 << 40), SteppedClock(), "0.1.0")
    assert isinstance(ledger.clock, SteppedClock)
    ledger.clock.at = datetime(2027, 1, 4, 8, 0, tzinfo=UTC)
    return ledger


def corpus(entries: int = ENTRIES) -> Path:
    """The file with that many entries, made when it is not there yet. Copy it before writing to it."""
    folder = Path(os.environ.get("GMS_DESKTOP_BENCH_CACHE", tempfile.gettempdir())) / "gms_desktop-benchmarks"
    folder.mkdir(parents=True, exist_ok=True)
    shape = sha256(f"{versions.register_version()}{_schema()}{Path(__file__).read_text('utf-8')}".encode()).hexdigest()
    path = folder / f"{entries}-{shape[:12]}.db"
    if not path.exists():
        part = path.with_suffix(f".{os.getpid()}.part")
        for suffix in ("", "-wal", "-shm"):
            Path(f"{part}{suffix}").unlink(missing_ok=True)
        ledger = begin(part)
        write(ledger, entries)
        ledger.db.close()
        part.rename(path)
    return path


def copy_of(path: Path, folder: Path) -> Path:
    """A copy that a benchmark may write to."""
    return Path(shutil.copyfile(path, folder / path.name))


def _schema() -> str:
    from gms_desktop.journal.schema import journal

    return ";".join(f"{t.name}({','.join(c.name for c in t.columns)})" for t in journal.sorted_tables)


def lots(items: list[Any], size: int) -> Iterator[list[Any]]:
    """Lots of ``size``."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
