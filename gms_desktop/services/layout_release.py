"""A layout is released for a model of printer and its resolution once one label of it was scanned back there.

Before that one label is out at a time: the next is not sent until the one before was scanned. So a layout that a
printer spoils is found at its first label, and work goes on with it where it does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from devices.values import Entered, Scan
from gms_desktop import layout_words
from gms_desktop.domain.minting import Chance
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import label_layouts as register
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Draft, Ledger
from gms_desktop.services.outcome import Outcome
from gms_desktop.services.site_layouts import Laid

PLACE = "labels"
_NOT_IN_A_KEY = re.compile(r"[^A-Za-z0-9.-]+")
_TEST = re.compile(r"LT-[2-9A-HJ-NP-Z]{6}")
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_OUT = frozenset({"sending", "sent", "printed", "unknown"})


@dataclass(frozen=True)
class Head:
    """What stands at the end of the printer's cable.

    Attributes:
        model: as the printer tells it, else as it is named in the settings.
        dpi: the resolution that labels are made for.
        told: the resolution that the printer tells; None where it tells none.
        serial: its serial number; empty where it tells none.
    """

    model: str
    dpi: int
    told: int | None = None
    serial: str = ""

    @property
    def fits(self) -> bool:
        """Whether labels are made for it, as far as it says."""
        return self.told in {None, self.dpi}

    @property
    def words(self) -> str:
        """The printer in words."""
        return layout_words.head(self.model, self.dpi)


def identity(laid: Laid, head: Head) -> str:
    """The identity of a release: which text, on which model, at which resolution."""
    model = _key(head.model) or "unnamed"
    return f"{laid.sha256[:16]}.{head.dpi}.{model}"


def is_released(db: Database, laid: Laid, head: Head) -> bool:
    """Whether a label of a layout was scanned back on such a printer."""
    return register.release(db, identity(laid, head)) is not None


def former_here(db: Database, laid: Laid, head: Head, bench: str) -> str:
    """The serial number of another printer of the model that printed the layout before; empty where none did.

    It is empty as well once a label of this one was scanned back, and where a printer tells no serial number.
    """
    before = _before(db, laid, head, bench)
    if not head.serial or before is None:
        return ""
    former = before["serial"] if before["serial"] != head.serial else before["former"]
    proved = register.release(db, f"{identity(laid, head)}.{_key(head.serial)}") is not None
    return "" if proved else former or ""


def is_noted(db: Database, laid: Laid, head: Head, bench: str) -> bool:
    """Whether it is on disk which printer prints the layout here, so that another in its place comes to light."""
    before = _before(db, laid, head, bench)
    return not head.serial or (before is not None and before["serial"] == head.serial)


def _before(db: Database, laid: Laid, head: Head, bench: str) -> Row | None:
    return register.trial(db, f"{identity(laid, head)}@{bench}")


def prints_freely(db: Database, laid: Laid, head: Head, bench: str) -> bool:
    """Whether labels follow each other: the layout is released and this printer's, or no label here is real."""
    laboratory = look_up.laboratory(db)
    if laboratory and laboratory["rehearsal"]:
        return True
    return is_released(db, laid, head) and not former_here(db, laid, head, bench)


def stops(db: Database, laid: Laid, head: Head, label: str, bench: str) -> str:
    """Why a label may not come out now; empty when it may."""
    if prints_freely(db, laid, head, bench):
        return ""
    before = _before(db, laid, head, bench)
    if before is None or before["label"] in {None, label} or (head.serial and before["serial"] != head.serial):
        return ""
    row = look_up.row(db, "label", before["label"])
    if row is None or row["state"] not in _OUT:
        return ""
    return layout_words.scan_first(f"{row['accession']}.{row['copy']}" if row["accession"] else row["id"])


def trial(ledger: Ledger, laid: Laid, head: Head, printer: str, *, label: str = "", code: str = "") -> list[Draft]:
    """What is recorded before a label of a layout leaves; nothing where it is released, but for a test label."""
    db, bench = ledger.db, ledger.head.writer
    if not code and prints_freely(db, laid, head, bench) and is_noted(db, laid, head, bench):
        return []
    body = _of(laid, head, printer, bench) | {"label": label or None, "code": code or None}
    # Before the model is released, whichever printer of it has a label scanned back releases it.
    body["former"] = former_here(db, laid, head, bench) if is_released(db, laid, head) else ""
    return [Draft("label_layout.tried", {"trial": f"{identity(laid, head)}@{bench}", **body})]


def test_code(chance: Chance) -> str:
    """A code for a test label, which is nobody's number: as long as ours are, and no more."""
    drawn = chance.bits(30)
    return "LT-" + "".join(_LETTERS[drawn >> 5 * place & 31] for place in range(6))


def test_data(laid: Laid, code: str) -> dict[str, object]:
    """What stands on a test label: the layout's made-up examples, with the code in each of its codes."""
    from gms_desktop.documents.label_form import CODES

    coded = {field.source for field in laid.layout.fields if field.kind in CODES}
    return {datum.name: code if datum.name in coded else datum.example for datum in laid.layout.data}


def scanned(ledger: Ledger, said: Scan) -> Outcome | None:
    """Answer the scan of a test label of this bench; None for any other code."""
    code = said.text.strip()
    if not _TEST.fullmatch(code):
        return None
    row = register.trial_of_code(ledger.db, code, ledger.head.writer)
    if row is None:
        return None
    if said.entered is Entered.TYPED:
        return Outcome(layout_words.scan_it(code), place=PLACE)
    if register.release(ledger.db, _release_of(row)) is not None:
        return Outcome(layout_words.released_already(row["layout"], code), place=PLACE)
    draft = _released(row, said, label=None, code=code)
    verdict = layout_words.now_released(row["layout"], layout_words.head(row["model"], row["dpi"]), code)
    return Outcome(verdict, (draft,), place=PLACE)


def beside(ledger: Ledger, outcome: Outcome, said: Scan) -> Outcome:
    """A label scanned back on its tube releases its layout where it was the first that came out there."""
    verified = [draft.body["label"] for draft in outcome.drafts if draft.kind == "label.verified"]
    if not verified or said.entered is Entered.TYPED:
        return outcome
    made = [of_label(ledger.db, label, said, said.text.strip()) for label in verified]
    return replace(outcome, drafts=(*outcome.drafts, *(draft for draft in made if draft is not None)))


def of_label(db: Database, label: str, said: Scan, code: str) -> Draft | None:
    """What the scan of one label releases; None where nothing is to be released by it.

    Args:
        db: the database.
        label: the copy that was scanned.
        said: the scan.
        code: what is kept of the label's code: that of a badge is written down nowhere.
    """
    row = register.trial_of_label(db, label)
    if row is None or register.release(db, _release_of(row)) is not None:
        return None
    return _released(row, said, label=label, code=code)


def _released(row: Row, said: Scan, *, label: str | None, code: str) -> Draft:
    same: Sequence[str] = ("layout", "version", "sha256", "model", "dpi", "serial", "printer", "bench")
    body = {name: row[name] for name in same} | {"label": label, "code": code, "symbology": said.symbology}
    told = {"by": said.entered.value, "device": said.source}
    return Draft("label_layout.released", {"release": _release_of(row), **body}, input=told)


def _release_of(row: Row) -> str:
    """What a scan-back releases: the layout on a model, or on one printer more of a model that has it already."""
    of_model = str(row["id"]).rpartition("@")[0]
    return f"{of_model}.{_key(row['serial'])}" if row["former"] else of_model


def _key(told: str) -> str:
    return _NOT_IN_A_KEY.sub("_", told)


def _of(laid: Laid, head: Head, printer: str, bench: str) -> dict[str, object]:
    return {
        "layout": laid.layout.name,
        "version": laid.layout.version,
        "sha256": laid.sha256,
        "model": head.model,
        "dpi": head.dpi,
        "serial": head.serial,
        "printer": printer,
        "bench": bench,
    }
