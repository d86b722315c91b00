"""``find``: what the Find screen shows, as lines of text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from gms_desktop import review_words, words
from gms_desktop.bench_file import DATABASE
from gms_desktop.cli.reading import look_at, reading
from gms_desktop.errors import Refused
from gms_desktop.journal.database import Database
from gms_desktop.register import look_up
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import case_list, find, link_patients
from gms_desktop.services.views import Banner, FindView

Say = Callable[[str], None]


def find_code(query: str, data: Path, say: Say, *, choose: int = 0) -> int:
    """Find a code, a number or a name; print what was found, and the history of the only or the chosen one.

    Args:
        query: what is looked for.
        data: the bench's data folder.
        say: prints a line.
        choose: which of several, from 1; 0 for none.

    Returns:
        0 when something was found, 1 when nothing was.

    Raises:
        Refused: when nothing is given, there are fewer things than the chosen one, or the bench is not set up.
        Unavailable: when the bench's file cannot be read.
    """
    if not query.strip():
        raise Refused(words.GIVE_WHAT_TO_FIND)
    with reading(data / DATABASE, data) as db:
        view, lines = found(look_at(db), query, choose)
    for line in lines:
        say(line)
    return 0 if view.hits else 1


def found(ledger: Ledger, query: str, choose: int = 0) -> tuple[FindView, list[str]]:
    """What was found, and as lines of text: with what is in dispute, and who may be one person.

    Raises:
        Refused: when there are fewer things than the chosen one.
    """
    zone = (look_up.laboratory(ledger.db) or {}).get("time_zone", "Europe/London")
    view = find.find(ledger, query, "", zone)
    if choose:
        view = find.find(ledger, query, _chosen(view, choose), zone)
    standing = {} if view.chosen else {hit.subject: tuple(_standing(ledger.db, hit.subject)) for hit in view.hits}
    return view, list(_lines(view, standing))


def _standing(db: Database, subject: str) -> Iterator[str]:
    """How one of several stands: what the Find screen says as soon as it is chosen."""
    if case_list.held(db, subject) is not None:
        yield f"{review_words.STILL_IN_DISPUTE}, held back. {review_words.REVIEW_RACK}"
    sort, _, subject_id = subject.partition(":")
    if sort == "patient":
        yield from (f"{label} {who}" for label, who in link_patients.facts(db, subject_id))


def _chosen(view: FindView, choose: int) -> str:
    if choose > len(view.hits):
        raise Refused(f"{len(view.hits)} were found, so there is no number {choose}. Find it again without --choose.")
    return view.hits[choose - 1].subject


def _lines(view: FindView, standing: Mapping[str, Sequence[str]]) -> Iterator[str]:
    if view.verdict:
        yield f"{view.verdict.title}. {view.verdict.sentence}"
    if not view.chosen:
        if view.hits:
            yield f"{view.heading} (--choose 1 tells the history of the first)"
        for place, hit in enumerate(view.hits, start=1):
            yield f"  {place:>3}  {hit.kind:<9} {hit.title}  {hit.detail}"
            yield from (f"       {said}" for said in standing.get(hit.subject, ()))
        return
    yield view.heading
    if view.banner:
        yield _patient(view.banner)
    yield from (f"  {name:<20} {value}" for name, value in view.facts)
    yield "History"
    for line in view.timeline:
        became = "".join(f"  ({said})" for said in ("undone" if line.undone else "", line.standing) if said)
        yield f"  {line.at}  {line.who}, {line.where}: {line.words}{became}"


def _patient(banner: Banner) -> str:
    parts = (
        banner.role,
        banner.name,
        f"born {banner.born}" if banner.born else "",
        f"NHS number {banner.nhs_number}" if banner.nhs_number else "",
        banner.hospital_number,
        banner.urgent,
        banner.hazard,
    )
    return "  " + "  ".join(part for part in parts if part)
