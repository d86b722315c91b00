"""Every sentence said at index plates, libraries and pools on the Plates screen."""

from __future__ import annotations

from collections.abc import Sequence

from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.words import attention, refused

BEGIN = "Index plates and pools"
SCAN_WHICH = "Scan an index plate, a plate that was made, or a pool"
NO_SET = "No set of indexes is known here: choose the laboratory's own file of one."
WELL_WANTED = "Enter a name for the set, and choose how its i5 indexes are written."
NOT_A_DATE = "Enter the last day of use as on the plate, 31-Jan-2027, or leave it empty."
IN_DISPUTE = "It is in dispute: see Review."
READ_BACK = "It was read back and says what the pool holds."
_ALPHABET_HELP = "letters, digits, - and _, four at least"


def begun() -> Verdict:
    """The part of the screen for index plates and pools came into view."""
    return Verdict(VerdictKind.FOUND, "Index plates", f"{SCAN_WHICH}.")


def left() -> Verdict:
    """Plans and plates came into view again."""
    return Verdict(VerdictKind.FOUND, "Plates", "Scan a rack to plan a plate from, or open a plan.")


def file_not_taken(why: str) -> Verdict:
    """A file of indexes is not taken."""
    return refused("File not taken", why)


def asks_set(pairs: int, found: Sequence[str]) -> Verdict:
    """A file of a set was read: its name comes next."""
    more = f" {found[0]}" if found else ""
    return attention("Which set", f"{_many(pairs, 'pair')} of indexes were read.{more}")


def choose_file_first() -> Verdict:
    """The answer about a set came without its file."""
    return refused("No file chosen", "Choose the file of the set first.")


def set_known(name: str) -> Verdict:
    """The same indexes were taken in before."""
    return Verdict(VerdictKind.ALREADY, "Known already", f"These indexes are set {name}. Nothing was taken in again.")


def name_taken(name: str) -> str:
    """Another set has the name."""
    return f"Another set is called {name}. Give this one a name of its own."


def set_taken_in(name: str, pairs: int, found: Sequence[str]) -> Verdict:
    """A set was taken in."""
    said = f"{name}: {_many(pairs, 'pair')} of indexes."
    if found:
        return attention("Set taken in", f"{said} {found[0]}")
    return Verdict(VerdictKind.FINISHED, "Set taken in", f"{said} Scan an index plate of this set.")


def not_known(code: str) -> Verdict:
    """A code that nobody has: it may be a new index plate."""
    return attention("New index plate", f"{code} is not known here. If it is an index plate, say of which set it is.")


def no_set() -> Verdict:
    """An index plate without any set to be of."""
    return refused("No set is known", NO_SET)


def no_code(text: str) -> Verdict:
    """A code that is something else cannot be an index plate's or a pool's."""
    return refused("Not for here", f"{text} is no index plate, plate or pool. {SCAN_WHICH}.")


def scan_first() -> Verdict:
    """A plate is registered under the code that was scanned."""
    return refused("Scan it first", "Scan the code on the index plate, then say of which set it is.")


def registered(code: str, name: str) -> Verdict:
    """An index plate is known from now on."""
    return Verdict(
        VerdictKind.MATCHES, "Index plate", f"{code} is of set {name}. Scan the plate to be indexed from it."
    )


def opened(code: str, name: str, free: int, expired: str) -> Verdict:
    """An index plate came into view."""
    said = f"{code} is of set {name}: {_many(free, 'well')} free."
    if expired:
        return attention("Past its last day", f"{said} {expired}")
    if not free:
        return attention("Used up", f"{said} Take another plate.")
    return Verdict(VerdictKind.FOUND, "Index plate", f"{said} Scan the plate to be indexed from it.")


def is_expired(day: str) -> str:
    """The last day of use of an index plate is over."""
    return f"Its last day of use was {day}. Take another plate."


def plate_without(code: str) -> Verdict:
    """A plate without indexes came into view, and no index plate is in hand."""
    return attention("Now the index plate", f"{code} has no indexes yet. Scan the index plate that it gets them from.")


def not_made(code: str) -> Verdict:
    """A plate that is planned has no libraries."""
    return refused("Not made yet", f"{code} is planned, not made. Give it its code first.")


def has_all(code: str, libraries: int) -> Verdict:
    """Every tube of a plate has its index."""
    return Verdict(VerdictKind.ALREADY, "Has its indexes", f"{code}: {libraries} libraries. They may be pooled.")


def holds_no_tube(code: str) -> Verdict:
    """A plate that holds no tube has nothing to index."""
    return refused("Nothing to index", f"No tube is recorded on {code}. Scan another plate.")


def proposed(code: str, index_plate: str, wells: int, *, same: bool) -> Verdict:
    """Indexes were given to the wells of a plate: a person looks before it is kept."""
    said = f"{_many(wells, 'well')} of {code} from {index_plate}"
    if same:
        return Verdict(VerdictKind.FOUND, "Look, then keep", f"{said}, each from the well of its own name.")
    how = "Wells of these names were used before: the free wells are taken in order. Look at each."
    return attention("Other wells", f"{said}. {how}")


def too_few(index_plate: str, free: int, wanted: int) -> Verdict:
    """An index plate has too few free wells for a plate."""
    return refused("Too few free wells", f"{index_plate} has {free} free, and {wanted} are wanted. Take another plate.")


def well_chosen(well: str, index_well: str) -> Verdict:
    """A well was chosen: its index comes next."""
    said = f"{well} has index well {index_well} now. Choose the well of the index that it gets instead."
    return Verdict(VerdictKind.FOUND, "Now its index", said)


def no_tube_there(well: str) -> Verdict:
    """A well without a tube gets no index."""
    return refused("No tube there", f"{well or 'Nothing'} holds no tube that waits for an index. Choose one that does.")


def well_used(why: str) -> Verdict:
    """An index well is not taken."""
    return refused("Well not taken", why)


def given(well: str, index_well: str) -> Verdict:
    """A well gets another index than was proposed."""
    return Verdict(VerdictKind.MATCHES, "Index changed", f"{well} gets the index of {index_well}.")


def indexed(code: str, index_plate: str, wells: int) -> Verdict:
    """A plate has its indexes."""
    said = f"{code}: {_many(wells, 'library', 'libraries')} with indexes from {index_plate}. These wells are used."
    return Verdict(VerdictKind.FINISHED, "Indexes kept", said)


def nothing_to_keep() -> Verdict:
    """No indexes are proposed."""
    return refused("Nothing to keep", "Scan an index plate and the plate to be indexed from it first.")


def pool_begun() -> Verdict:
    """A pool is put together."""
    return attention("New pool", "Scan each plate whose libraries go into it; then the code on the pool's tube.")


def no_libraries(code: str) -> Verdict:
    """A plate without libraries was scanned into a pool."""
    return refused("No libraries", f"{code} has no indexes: nothing of it can be pooled. Index it first.")


def into_pool(code: str, libraries: int, every: int, found: Sequence[str]) -> Verdict:
    """The libraries of a plate joined the pool."""
    said = f"{code}: {_many(libraries, 'library', 'libraries')}; {every} in the pool."
    if found:
        return attention("Look at the pool", f"{said} {found[0]}")
    return Verdict(VerdictKind.MATCHES, "In the pool", f"{said} Scan a further plate, or the pool's tube.")


def left_out(name: str, every: int) -> Verdict:
    """A library was taken out of the pool."""
    return Verdict(VerdictKind.FOUND, "Left out", f"{name} is not pooled; {every} are.")


def taken_in_again(name: str, every: int) -> Verdict:
    """A library that was left out joins the pool again."""
    return Verdict(VerdictKind.FOUND, "In the pool", f"{name} is pooled; {every} are.")


def pool_empty() -> Verdict:
    """A pool without libraries gets no code."""
    return refused("Pool is empty", "Scan a plate with indexes first, then the code on the pool's tube.")


def pool_not_made(code: str, why: str) -> Verdict:
    """A pool in which libraries cannot be told apart is not made."""
    return refused("Not pooled", f"{code} is not given to the pool. {why}")


def may_not_be_pooled(name: str, why: str) -> str:
    """A library whose specimen may not be tested."""
    return f"{name} may not be sequenced. {why} Leave it out."


def stopped_at_indexing(well: str, why: str) -> str:
    """A well that gets an index although its specimen may not be tested now."""
    return f"{well} may not be sequenced as things are. {why}"


def pool_full(most: int) -> Verdict:
    """More libraries than one pool may have."""
    return refused("Pool is full", f"A pool has {most} libraries at most. Make this one, then begin another.")


def pool_another_shape(text: str, shape: str) -> Verdict:
    """A code that has the shape of another thing cannot be a pool's."""
    return refused("No pool's code", f"{text} has the shape of {shape}. Scan the code on the pool's tube.")


def no_pool_code(text: str) -> Verdict:
    """A code that is something else cannot be a pool's."""
    return refused(
        "No pool's code", f"{text} is no code for a pool. It needs {_ALPHABET_HELP}, and is nothing else here."
    )


def pooled(code: str, libraries: int) -> Verdict:
    """A pool was made."""
    said = f"{code}: {_many(libraries, 'library', 'libraries')}. Write its sample sheet next."
    return Verdict(VerdictKind.FINISHED, "Pool made", said)


def pool_known(code: str, libraries: int) -> Verdict:
    """A pool came into view."""
    return Verdict(VerdictKind.FOUND, "Pool", f"{code} holds {_many(libraries, 'library', 'libraries')}.")


def open_a_pool() -> Verdict:
    """A sample sheet is of a pool."""
    return refused("No pool in view", "Scan the pool that is sequenced, then write its sample sheet.")


def asks_run(code: str) -> Verdict:
    """The question for the run is open."""
    return attention("Which run", f"Enter the name of the run that {code} goes on.")


def run_wanted() -> Verdict:
    """A sheet without a run's name, or with a lane that is none."""
    return refused(
        "Name is wanted", "Enter the run's name in letters, digits, - and _; a lane from 1 to 8, or nothing."
    )


def no_sheet(why: str) -> Verdict:
    """A sheet would not say what the pool holds: none is written."""
    return refused("No sheet written", f"{why}. No sample sheet is written.")


def sheet_written(code: str, run: str, libraries: int, left_out: Sequence[str] = ()) -> Verdict:
    """A sample sheet was written."""
    many = _many(libraries, "library", "libraries")
    said = f"Run {run}, pool {code}: {many}. {READ_BACK} Save it where it is wanted."
    if left_out:
        more = f", and {len(left_out) - 1} more" if len(left_out) > 1 else ""
        return attention("Written in part", f"{said} Left out: {left_out[0]}{more}, not to be sequenced.")
    return Verdict(VerdictKind.FINISHED, "Sheet written", said)


def sheet_not_written(pool: str, name: str, why: str, many: int) -> Verdict:
    """A sample sheet is not written while a library may not be sequenced and nobody decided about it."""
    more = f" And {many - 1} more." if many > 1 else ""
    return refused(
        "No sheet written", f"Pool {pool}, {name}: {why.rstrip('.')}.{more} Settle it, or leave it out with a reason."
    )


def asks_left_out() -> Verdict:
    """Which libraries are left out is asked."""
    return attention("Leave libraries out?", "Their reads are nobody's. Say why, then confirm.")


def left_out_of_sheet(code: str, names: Sequence[str]) -> Verdict:
    """Which libraries no sample sheet names from now on."""
    if not names:
        return Verdict(VerdictKind.FINISHED, "None left out", f"Every library of pool {code} is on its sheet again.")
    return Verdict(VerdictKind.FINISHED, "Left out", f"{', '.join(names)}: no sample sheet of pool {code} names them.")


def sheet_saved(name: str) -> Verdict:
    """A copy of a sheet was saved."""
    return Verdict(VerdictKind.FINISHED, "Sheet saved", f"{name} was read again where it lies, and is the same.")


def sheet_not_saved(why: str) -> Verdict:
    """A copy of a sheet was not saved."""
    return refused("Sheet not saved", why)


def put_aside() -> Verdict:
    """What was in view is put aside."""
    return Verdict(VerdictKind.ALREADY, "Put aside", "What was not kept is gone. Index wells are used once it is kept.")


def used_by(name: str, when: str, who: str) -> str:
    """The library that a used index well went into, with when and by whom."""
    return f"{name} ({when}, {who})"


def _many(count: int, one: str, more: str = "") -> str:
    return f"{count} {one if count == 1 else more or one + 's'}"
