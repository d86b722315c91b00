"""What must be true of people and rights once all is level: worked out from the entries, apart from judge and fold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim_broken import Broken
from sim_hub import parsed

from gms_desktop.journal import kinds
from gms_desktop.journal.database import text_statement
from gms_desktop.journal.entry import Entry
from gms_desktop.journal.kinds import Nature
from gms_desktop.register.ledger import Draft
from gms_desktop.services import rights

if TYPE_CHECKING:
    from sim_bench import Bench
    from sim_world import World

_FROZEN = text_statement("SELECT id FROM frozen")
_ROLES = text_statement("SELECT operator, role FROM operator_role WHERE state = 'held'")
_COMPETENCES = text_statement("SELECT operator, job FROM competence WHERE state = 'held'")
_RIGHTS = ("role:", "competence:")


def people_hold(world: World) -> None:
    """What is given is given once, by those who may; what was done without a right is refused or in dispute."""
    if world.hub.stricter:
        return
    held: set[str] = set()
    first: set[str] = set()
    for one in world.hub.placed:
        entry = parsed(one.content)
        if entry.app != "0.9" and kinds.readable(entry.kind, entry.version, entry.body):
            _without_right(entry, one.verdict, held)
        if one.verdict == "refused":
            continue
        held -= {key for key, _ in entry.premises.releases if key.startswith(_RIGHTS)}
        held |= {key for key, _ in entry.premises.claims if key.startswith(_RIGHTS)}
        # Simulated people take back what no bench offers to take back, the first administrator's role among it.
        first.discard(entry.undoes or "")
        first |= {entry.id} if entry.kind == "role.granted" and entry.body["granter"] is None else set()
        if len(first) > 1:
            raise Broken(f"{sorted(first)} made two people the first administrator")
    for bench in world.benches:
        _shown(bench, held)


def _without_right(entry: Entry, verdict: str, held: set[str]) -> None:
    """What happened without a right is kept and flagged; what needed it is refused. Whoever acts says in which role."""
    nature = kinds.newest(entry.kind).nature
    stated = {key for key, _ in (*entry.premises.requires, *entry.premises.expects) if key.startswith(_RIGHTS)}
    missing = stated - held
    if missing and (verdict == "accepted" or (nature is Nature.DECISION and verdict != "refused")):
        raise Broken(f"{entry.id} {entry.kind} is {verdict} without {sorted(missing)}")
    gated = nature is not Nature.NOTE and rights.job_of(Draft(entry.kind, entry.body)) is not None
    if gated and entry.operator and not any(key.startswith(f"role:{entry.operator}:") for key in stated):
        raise Broken(f"{entry.id} {entry.kind} does not say in which role it was done")


def _shown(bench: Bench, held: set[str]) -> None:
    """Every bench shows the same people with the same rights, but those that it cannot fold."""
    frozen = {subject for (subject,) in bench.db.tuples(_FROZEN)}
    shown = {f"role:{who}:{role}" for who, role in bench.db.tuples(_ROLES)}
    shown |= {f"competence:{who}:{job}" for who, job in bench.db.tuples(_COMPETENCES)}
    other = {key for key in shown ^ held if f"operator:{key.split(':')[1]}" not in frozen}
    if other:
        raise Broken(f"{bench.name} shows other rights: {sorted(other)[:3]}")


def second_persons_hold(world: World) -> None:
    """Confirmed by somebody else, of what was asked, and used once."""
    if world.hub.stricter:
        return
    asked: dict[str, str] = {}
    given: set[tuple[str, str]] = set()
    used: set[str] = set()
    for one in world.hub.placed:
        entry = parsed(one.content)
        if one.verdict == "refused" or entry.app == "0.9":
            continue
        if entry.witness is not None and entry.witness == entry.operator:
            raise Broken(f"{entry.id}: {entry.operator} is their own witness")
        match entry.kind:
            case "second.asked":
                asked[entry.body["second"]] = entry.body["by"]
            case "second.given":
                name, by = entry.body["second"], entry.body["by"]
                if asked.get(name) != entry.body["asked_by"] or by == asked[name]:
                    raise Broken(f"{entry.id}: {by} confirmed what {asked.get(name)} asked")
                given.add((name, by))
            case "second.used":
                name = entry.body["second"]
                if name in used or (name, entry.body["witness"]) not in given:
                    raise Broken(f"{entry.id}: {name} is used twice, or was never confirmed")
                used.add(name)
