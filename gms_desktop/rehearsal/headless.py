"""The rehearsal without a window: plays the shift and leaves its proofs in a folder that anyone can look at.

The folder holds ``screens/*.png``, ``labels/*.{zpl,pdf,png}``, ``reports/*.{pdf,xlsx}``, ``worklists``, ``bench.db``
with its key in ``secrets``, so that ``gms-desktop verify DIR/bench.db`` needs no other argument. ``two-laboratories``
holds the same of two copies of the application, and the ``papers`` that went from one to the other.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from devices.folder_reasons import of_folder
from gms_desktop.backups import back_up_files
from gms_desktop.bench import Bench
from gms_desktop.bench_file import DATABASE, PEPPER
from gms_desktop.documents.label import TubeLabel
from gms_desktop.documents.label_pixels import Form, prove
from gms_desktop.errors import Refused, Unavailable
from gms_desktop.files import tables
from gms_desktop.journal import backup, secret_store, sqlite_file
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.rehearsal import proofs
from gms_desktop.rehearsal.dna_shift import TUBES, find_again, to_the_plate
from gms_desktop.rehearsal.handover_shift import hand_over
from gms_desktop.rehearsal.index_shift import POOL
from gms_desktop.rehearsal.morning_van import receive_the_van, tell_the_count
from gms_desktop.rehearsal.shift import Shift, Tell, open_shift, play
from gms_desktop.rehearsal.tissue_journey import COPIES, tissue_to_a_second_laboratory
from gms_desktop.services.label_press import label_words

MARKER = "made-by-a-rehearsal.txt"
_MARKER_WORDS = (
    "Made by gms-desktop rehearse --headless: made-up patients, simulated devices.\n"
    "The next rehearsal into this folder replaces screens, labels, reports, worklists, bench.db and secrets.\n"
)
_BENCH = "bench-at-work"
_TWO = "two-laboratories"
_FOLDERS = ("screens", "labels", "reports", "worklists", "secrets", _TWO, _BENCH)
_FILES = tuple(f"{name}{part}" for name in (DATABASE, tables.NAME) for part in ("", "-wal", "-shm"))

Paint = Callable[[str, Bench], object]
Painter = Callable[[Path], AbstractContextManager[Paint]]


def leave_rehearsal(folder: Path, tell: Tell, painter: Painter | None = None, program: Sequence[str] = ()) -> Path:
    """Play the shift and leave what it made.

    Args:
        folder: where; a folder of an earlier rehearsal is replaced.
        tell: is told each step.
        painter: given the folder ``screens``, paints screens of the bench by name until it is left; None paints none.
        program: starts this application with a command line, so that the bench at work is proved; without it it is not.

    Returns:
        The bench's file.

    Raises:
        Refused: when the folder holds something that no rehearsal made.
        Unavailable: when it cannot be written.
    """
    make_ready(folder)
    work = folder / _BENCH
    # A folder of secrets that is there keeps the rehearsal's key out of the platform's own store on every system.
    (work / "secrets").mkdir(parents=True)
    painting = painter(folder / "screens") if painter else nullcontext(_paint_nothing)
    with painting as paint, open_shift(work, tell) as shift:
        shift.painted = _painting(paint, shift)
        play(shift)
        good = receive_the_van(shift)
        made = to_the_plate(shift, [tube.number for tube in good[1:4]])
        find_again(shift, made)
        handed_over = hand_over(shift)
        tell("What the shift leaves")
        _leave_labels(shift, folder / "labels")
        proofs.leave_kept(shift.bench, made.plate, folder / "worklists")
        proofs.leave_kept(shift.bench, POOL, folder / "worklists")
        proofs.leave_kept(shift.bench, TUBES[2], folder / "reports")
        proofs.leave_report(shift.bench, folder / "reports")
        proofs.leave_handover(shift.bench, handed_over, folder / "reports")
        proofs.leave_records(shift.bench, program, folder / "reports")
        tissue_to_a_second_laboratory(work / _TWO, folder / _TWO / "papers", tell, paint)
    for name in COPIES:
        _copy_file(work / _TWO / name, folder / _TWO / name)
    _copy_file(work, folder)
    shutil.rmtree(work)
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.parent.name != "secrets"):
        tell(f"    {path}")
    tell_the_count(good, tell)
    return folder / DATABASE


def _painting(paint: Paint, shift: Shift) -> Callable[[str], None]:
    def painted(name: str) -> None:
        paint(name, shift.bench)

    return painted


def _paint_nothing(_name: str, _bench: Bench) -> None:
    """Where there is no Qt."""


def _leave_labels(shift: Shift, folder: Path) -> None:
    """Each label as the printer got it, and as it is drawn: a PDF, and the pixels it was decoded from."""
    folder.mkdir()
    for place, payload in enumerate(shift.printer.labels, start=1):
        (folder / f"label-{place:02d}.zpl").write_bytes(payload)
    printing = shift.bench.settings.printer
    layout = shift.bench.layouts.laid().layout
    for label, shown in shift.bench.recorder.read(lambda ledger: _labels_of(ledger, shift.numbers)).result():
        (folder / f"{label}.pdf").write_bytes(prove(shown, layout, printing.dpi, Form.PDF).payload)
        (folder / f"{label}.png").write_bytes(prove(shown, layout, printing.dpi).png)


def _labels_of(ledger: Ledger, numbers: list[str]) -> list[tuple[str, TubeLabel]]:
    rows = [row for number in numbers for row in look_up.labels_of_number(ledger.db, number)]
    return [(row["id"], label_words(ledger, row["id"])) for row in rows]


def make_ready(folder: Path, folders: tuple[str, ...] = _FOLDERS, files: tuple[str, ...] = _FILES) -> None:
    """Make the folder for what a rehearsal leaves; what an earlier one left under these names goes.

    Raises:
        Refused: when the folder holds something that no rehearsal made.
        Unavailable: when it cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder} is a file. Name a folder for what the rehearsal leaves: --out DIR.")
    marker = folder / MARKER
    if folder.is_dir() and any(folder.iterdir()) and not marker.is_file():
        raise Refused(f"{folder} holds files that no rehearsal made. Name a new or empty folder: --out DIR.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        marker.write_text(_MARKER_WORDS, "utf-8")
        for name in folders:
            if (folder / name).exists():
                shutil.rmtree(folder / name)
        for name in files:
            (folder / name).unlink(missing_ok=True)
    except OSError as fault:
        raise Unavailable(
            f"{folder} cannot be written ({of_folder(fault)}). Name another folder: --out DIR."
        ) from fault


def _copy_file(work: Path, folder: Path) -> None:
    key = secret_store.make_key(secret_store.FileSecrets(work / "secrets"))
    folder.mkdir(exist_ok=True)
    db = sqlite_file.open_for_reading(work / DATABASE, key)
    try:
        backup.back_up(db, folder / DATABASE, key)
    finally:
        db.close()
    if (work / tables.NAME).exists():
        back_up_files(work / tables.NAME, folder / tables.NAME, key)
    (folder / "secrets").mkdir(exist_ok=True)
    taken = secret_store.FileSecrets(folder / "secrets")
    taken.put("bench-key", key)
    taken.put(PEPPER, secret_store.make_key(secret_store.FileSecrets(work / "secrets"), PEPPER))
