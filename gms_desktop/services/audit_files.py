"""The audit trail as a file: a table of any length, or a paper of so many entries as somebody may read."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from hashlib import sha256
from itertools import islice

from gms_desktop import protection_words as say
from gms_desktop.documents import audit_trail as paper
from gms_desktop.domain import dates
from gms_desktop.domain.minting import instant
from gms_desktop.errors import Refused
from gms_desktop.journal import kinds
from gms_desktop.register.ledger import Ledger
from gms_desktop.services import find
from gms_desktop.services.audit_trail import Asked, trail
from gms_desktop.services.report_files import imprint
from gms_desktop.services.sign_in import Operator

SORT = "audit-trail"
EVERY = "Every entry of this bench's file."


def moment(typed: str, zone: str, after: int) -> str:
    """The beginning of a day, or of the one so many days after it, as entries write moments; empty for none.

    Raises:
        Refused: what was typed is no day.
    """
    if not typed:
        return ""
    day = dates.read_day(typed)
    if day is None:
        raise Refused(f"“{typed}” is no day. Write it like 31-Dec-2026.")
    began = dates.to_utc(datetime.combine(day + timedelta(days=after), time()), zone).utc
    return instant(began) if began else ""


def sort_of(asked: Mapping[str, str]) -> str:
    """What an entry says that was saved: an audit trail, and of what part, without a word that may name anybody.

    Args:
        asked: what was asked for, as it was typed: ``from``, ``to``, ``person``, ``kind``, ``about``; empty for all.
    """
    days = [f"{name} {day.isoformat()}" for name in ("from", "to") if (day := dates.read_day(asked.get(name, "")))]
    kind = asked.get("kind", "")
    # What is typed and is no kind may be anything.
    known = [f"kind {kind}"] if kind and _begins_a_kind(kind) else []
    parts = [f"of one {name}" for name, key in (("person", "person"), ("thing", "about")) if asked.get(key)]
    return ", ".join([SORT, *days, *known, *parts])


def _begins_a_kind(typed: str) -> bool:
    return any(one.name.startswith(typed) for one in kinds.every_kind())


def read(ledger: Ledger, asked: Mapping[str, str], zone: str) -> Asked:
    """What is asked for, from what was typed: ``from``, ``to``, ``person``, ``kind``, ``about``; empty for all.

    Raises:
        Refused: a day is none, the last is before the first, no kind begins so, or the thing is none or one of several.
    """
    begin, end = (moment(asked.get(name, ""), zone, after) for name, after in (("from", 0), ("to", 1)))
    if begin and end and end <= begin:
        raise Refused(say.AUDIT_ENDS_BEFORE)
    if not _begins_a_kind(asked.get("kind", "")):
        raise Refused(say.audit_no_kind(asked["kind"]))
    about = _thing(ledger, asked["about"], zone) if asked.get("about") else ""
    return Asked(begin, end, asked.get("person", ""), asked.get("kind", ""), about)


def _thing(ledger: Ledger, query: str, zone: str) -> str:
    view = find.find(ledger, query, "", zone)
    if view.chosen:
        return view.chosen
    many = len(view.hits)
    raise Refused(
        f"“{query}” stands for {many} things here. Name one by its number."
        if many
        else f"“{query}” stands for nothing here. Name it by its number."
    )


def said_of(asked: Mapping[str, str]) -> str:
    """What is asked for, in words."""
    said = ", ".join(f"{name} {typed}" for name, typed in asked.items() if typed)
    return f"Asked for: {said}." if said else EVERY


def as_pdf(ledger: Ledger, asked: Asked, said: str, zone: str, who: Operator | None = None) -> tuple[bytes, int]:
    """The paper, and how many entries it tells of; without anybody who asks the program made it.

    Raises:
        Refused: they are more than anybody reads on paper.
    """
    every = list(islice(trail(ledger, asked, zone), paper.MOST_ON_PAPER + 1))
    if len(every) > paper.MOST_ON_PAPER:
        raise Refused(f"That is over {paper.MOST_ON_PAPER} entries. Ask for fewer, or end the name in .csv.")
    by = imprint(ledger, who)
    by = by if who else replace(by, made_by=f"gms_desktop {ledger.app}")
    code = f"audit-{sha256(''.join(one.hash for one in every).encode() + said.encode()).hexdigest()[:16]}"
    return paper.audit_pdf(every, said, by, code), len(every)


def as_csv(ledger: Ledger, asked: Asked, zone: str) -> bytes:
    """The table, whole."""
    out = io.StringIO(newline="")
    paper.write_csv(out, trail(ledger, asked, zone))
    return out.getvalue().encode("utf-8-sig")
