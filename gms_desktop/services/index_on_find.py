"""Index plates, libraries and pools as Find shows them, and the lineage of whatever became a library."""

from __future__ import annotations

from datetime import date

from gms_desktop.domain import dates
from gms_desktop.journal.database import Database, Row
from gms_desktop.register import library_look_up, rack_look_up
from gms_desktop.services import descent, libraries
from gms_desktop.services.views import Hit

Facts = tuple[tuple[str, str], ...]
_OF_LINEAGE = frozenset({"specimen", "aliquot", "eluate", "tube", "library", "pool"})


def subjects(db: Database, query: str) -> list[str]:
    """The index plate, the library or the pool that has a code or a name."""
    code = query.strip()
    sort, held = library_look_up.holder_of_plate_code(db, code)
    found = [f"index_plate:{held}"] if sort == "index_plate" else []
    pool, library = library_look_up.pool_by_code(db, code), libraries.by_name(db, code)
    found += [f"pool:{pool['id']}"] if pool else []
    return [*found, *([f"library:{library['id']}"] if library else [])]


def hit(db: Database, sort: str, name: str) -> Hit | None:
    """One of them as Find lists it."""
    if sort == "index_plate":
        row = library_look_up.index_plate(db, name)
        if row is None:
            return None
        free = len(libraries.free(db, row))
        return Hit(f"index_plate:{name}", f"Index plate {row['code']}", f"{free} wells free", "index plate")
    if sort == "pool":
        row = library_look_up.pool(db, name)
        return Hit(f"pool:{name}", f"Pool {row['code']}", f"{row['libraries']} libraries", "pool") if row else None
    row = library_look_up.library(db, name)
    if row is None:
        return None
    return Hit(f"library:{name}", f"Library {libraries.name(db, name)}", libraries.index_words(db, row), "library")


def related(db: Database, sort: str, name: str) -> list[str]:
    """What else happened to a library: it happened to its plate."""
    row = library_look_up.library(db, name) if sort == "library" else None
    return [f"plate:{row['plate']}"] if row else []


def facts(db: Database, sort: str, name: str) -> Facts:
    """What is known of one of them, and the lineage of whatever became a library."""
    if sort == "index_plate":
        return _of_index_plate(db, name)
    if sort == "plate":
        rows = library_look_up.libraries_of_plate(db, name).values()
        return tuple((f"{row['well']} is", _library(db, row)) for row in rows)
    if sort not in _OF_LINEAGE:
        return ()
    own = _of_library(db, name) if sort == "library" else _of_pool(db, name) if sort == "pool" else ()
    return (*own, *_lineage(db, sort, name))


def _lineage(db: Database, sort: str, name: str) -> Facts:
    """Shown of what became a library, or is one: what comes before that stands in other lines."""
    subject = f"{sort}:{name}"
    known = descent.lineage(db, subject)
    before, after = known.ancestors(subject), known.descendants(subject)
    if not any(one.startswith("library:") for one in (subject, *before, *after)):
        return ()
    said = (("Made from", descent.told(db, before)), ("Became", descent.told(db, after)))
    return tuple((label, value) for label, value in said if value)


def _of_index_plate(db: Database, name: str) -> Facts:
    row = library_look_up.index_plate(db, name)
    if row is None:
        return ()
    last = dates.display(date.fromisoformat(row["expiry"])) if row["expiry"] else ""
    said = (("Index set", libraries.set_of(db, row).name), ("Lot", row["lot"]), ("Last day of use", last))
    used = library_look_up.used_wells(db, name)
    wells = tuple((well, f"library {libraries.name(db, one['id'])}") for well, one in sorted(used.items()))
    return (*((label, value) for label, value in said if value), *wells)


def _of_library(db: Database, name: str) -> Facts:
    row = library_look_up.library(db, name)
    return (("Index", libraries.index_words(db, row)),) if row else ()


def _of_pool(db: Database, name: str) -> Facts:
    rows = library_look_up.libraries_in(db, name)
    return tuple((libraries.name(db, row["id"]), _behind(db, row)) for row in rows)


def _behind(db: Database, row: Row) -> str:
    tube = rack_look_up.tube(db, row["tube"]) if row["tube"] else None
    return f"{libraries.index_words(db, row)}, DNA of tube {tube['code'] if tube else 'not known here'}"


def _library(db: Database, row: Row) -> str:
    pools = ", ".join(f"pool {one['code']}" for one in library_look_up.pools_of(db, row["id"]))
    said = f"library {libraries.name(db, row['id'])}, {libraries.index_words(db, row)}"
    return f"{said}, in {pools}" if pools else said
