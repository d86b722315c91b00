"""FluidX tubes and racks as Find shows them: where a tube stands, what it holds, every story of its code."""

from __future__ import annotations

from gms_desktop.domain.commands import Command
from gms_desktop.journal import store
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import rack_look_up
from gms_desktop.services import rack_scans, volume_left
from gms_desktop.services.views import Hit, Offer

SORTS = frozenset({"tube", "rack"})


def subjects(db: Database, query: str) -> list[str]:
    """What has or had a code: the tube that has it now first, then those that were bound by mistake; or the rack."""
    code = query.strip()
    now = rack_look_up.holder_of_code(db, code)
    former = [f"tube:{one['id']}" for one in rack_look_up.tubes_with_code(db, code)]
    return list(dict.fromkeys([*([now] if now and now.partition(":")[0] in SORTS else []), *former[::-1]]))


def hit(db: Database, sort: str, name: str) -> Hit | None:
    """A tube or a rack as Find lists it."""
    row = rack_look_up.tube(db, name) if sort == "tube" else rack_look_up.rack(db, name)
    if row is None:
        return None
    if sort == "rack":
        tubes = len(rack_look_up.tubes_in_rack(db, name))
        return Hit(f"rack:{name}", f"Rack {row['code']}", f"{tubes} tube{'' if tubes == 1 else 's'}", "rack")
    return Hit(f"tube:{name}", f"Tube {row['code']}", _detail(db, row), "tube")


def facts(db: Database, sort: str, name: str) -> tuple[tuple[str, str], ...]:
    """What is known of a tube, a rack, or of the tubes of a specimen."""
    if sort == "specimen":
        return tuple(("FluidX tube", f"{one['code']}: {_stands(db, one)}") for one in _held_by(db, name))
    row = rack_look_up.tube(db, name) if sort == "tube" else None
    if row is None:
        return ()
    known = store.private_values(db, [f"tube:{name}"]) if row["why_private"] else {}
    why = known.get(row["why_private"] or "") or str(row["reason"] or "")
    said = (
        ("Holds DNA of", rack_scans.holds(db, row)),
        ("Stands in", _stands(db, row)),
        ("Why", why),
    )
    return (*((label, value) for label, value in said if value), *volume_left.facts(db, f"tube:{name}"))


def offers(db: Database, sort: str, name: str) -> tuple[Offer, ...]:
    """What may be done with a tube."""
    row = rack_look_up.tube(db, name) if sort == "tube" else None
    if row is None or row["state"] != "bound":
        return ()
    free = Offer(Command.RELEASE_BIND, "Bound by mistake", argument=name)
    return (Offer(Command.TAKE_OUT_TUBE, "Take out of its rack", argument=name), free) if row["rack"] else (free,)


def _held_by(db: Database, specimen: str) -> list[Row]:
    return [one for one in rack_look_up.tubes_of_specimen(db, specimen) if one["state"] != "released"]


def _stands(db: Database, row: Row) -> str:
    if row["state"] == "released":
        return "nowhere: it was bound by mistake, and its code was freed"
    if row["state"] == "discarded":
        return f"nowhere: it was discarded ({row['route']})"
    return rack_scans.where(db, row) or "no rack"


def _detail(db: Database, row: Row) -> str:
    return f"DNA of {rack_scans.holds(db, row)}, stands in {_stands(db, row)}"
