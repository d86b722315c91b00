"""What the Labels screen shows: the layouts, the one in view, and how it stands with this bench's printer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gms_desktop import layout_words
from gms_desktop.documents.label_data import examples, is_for_tubes, tube_data
from gms_desktop.domain import dates
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import label_layouts, look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import layout_release, rights, site_layouts
from gms_desktop.services.label_press import label_words
from gms_desktop.services.layout_release import Head
from gms_desktop.services.people import name_of
from gms_desktop.services.rights import Actor
from gms_desktop.services.site_layouts import Laid


@dataclass(frozen=True)
class LayoutLine:
    """A layout that can be chosen: its name, what it is for and where it is from."""

    name: str
    title: str
    words: str


@dataclass(frozen=True)
class LabelsView:
    """The Labels screen.

    Attributes:
        layouts: every layout that can be printed.
        laid: the one in view; ``proposed`` when it is what waits to be approved.
        data: what it is filled with; ``of`` is the number whose label that is, empty for sample data.
        no_label: why there is no label of the number that was asked for.
        head: this bench's printer.
        released: how the layout stands there, in words; ``is_released`` whether it is.
        proposal: what is proposed under this name, in words; empty when nothing is.
        may_propose: whether the one who looks may propose a layout; ``may_approve`` approve one; ``note`` who may.
        verdict: of what was just done.
    """

    layouts: tuple[LayoutLine, ...]
    laid: Laid
    proposed: bool
    data: dict[str, object]
    of: str
    no_label: str
    head: Head
    released: str
    is_released: bool
    proposal: str
    may_propose: bool
    may_approve: bool
    note: str
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Looked:
    """What somebody looks at: a layout by name, as it is proposed or in force, with the label of a number."""

    name: str
    number: str = ""
    proposed: bool = False


def view(
    ledger: Ledger, actor: Actor | None, looked: Looked, head: Head, zone: str, verdict: Verdict | None
) -> LabelsView:
    """The Labels screen for what somebody looks at."""
    db = ledger.db
    waits = site_layouts.proposals(db)
    lines = _lines(db, waits)
    name = looked.name if any(line.name == looked.name for line in lines) else lines[0].name
    proposed = site_layouts.proposed(db, name) if looked.proposed or not _in_force(db, name) else None
    laid = proposed or site_layouts.in_force(db, name)
    data, no_label = _data(ledger, laid, looked.number)
    may = {job: rights.offered(ledger, actor, job, zone) for job in ("label layouts", "approve rules")}
    return LabelsView(
        layouts=lines,
        laid=laid,
        proposed=proposed is not None,
        data=data,
        of="" if no_label else looked.number,
        no_label=no_label,
        head=head,
        released=_released(ledger, laid, head, zone),
        is_released=layout_release.is_released(db, laid, head)
        and not layout_release.former_here(db, laid, head, ledger.head.writer),
        proposal=_proposal(db, waits[name], zone) if name in waits else "",
        may_propose=may["label layouts"],
        may_approve=may["approve rules"],
        note="" if may["label layouts"] else layout_words.who_may(rights.who_may(db, "label layouts")),
        verdict=verdict,
    )


def _lines(db: Database, waits: dict[str, Row]) -> tuple[LayoutLine, ...]:
    standing = {laid.layout.name: LayoutLine(laid.layout.name, laid.layout.title, laid.words) for laid in _every(db)}
    new = {name: LayoutLine(name, "", layout_words.ONLY_PROPOSED) for name in waits if name not in standing}
    return tuple(line for _, line in sorted((standing | new).items()))


def _every(db: Database) -> tuple[Laid, ...]:
    return site_layouts.every(db)


def _in_force(db: Database, name: str) -> bool:
    return any(laid.layout.name == name for laid in _every(db))


def _data(ledger: Ledger, laid: Laid, number: str) -> tuple[dict[str, object], str]:
    """The values of a number's newest label, or made-up ones; and why there is no such label."""
    if not number:
        return examples(laid.layout), ""
    rows = look_up.labels_of_number(ledger.db, number)
    if not rows:
        return examples(laid.layout), layout_words.no_such_label(number)
    if not is_for_tubes(laid.layout):
        return examples(laid.layout), layout_words.no_tube_label(laid.layout.name)
    return tube_data(label_words(ledger, rows[0]["id"]), laid.layout), ""


def _released(ledger: Ledger, laid: Laid, head: Head, zone: str) -> str:
    db, bench = ledger.db, ledger.head.writer
    if head.told is not None and head.told != head.dpi:
        return layout_words.other_printer(head.told, head.dpi)
    row = label_layouts.release(db, layout_release.identity(laid, head))
    if row is None:
        freely = layout_release.prints_freely(db, laid, head, bench)
        return layout_words.rehearsing(head.words) if freely else layout_words.not_yet(head.words)
    former = layout_release.former_here(db, laid, head, bench)
    if former:
        return layout_words.another_here(laid.layout.name, former, head.serial)
    who = name_of(db, row["operator"]) if row["operator"] else ""
    return layout_words.released(head.words, row["code"] or row["label"], who, _day(row["at"], zone))


def _proposal(db: Database, row: Row, zone: str) -> str:
    return layout_words.proposal(row["version"], name_of(db, row["proposer"]), _day(row["at"], zone))


def _day(at: str, zone: str) -> str:
    return dates.display_minute(dates.to_local(datetime.fromisoformat(at), zone))
