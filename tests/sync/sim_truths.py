"""What must always be true of the simulated laboratory (I1 to I10), and what must be true once all is level."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sim_broken import Broken
from sim_file import fresh_file
from sim_hub import SCOPE, HubRegister, parsed
from sim_rights import people_hold, second_persons_hold
from sim_versions import speaks

from gms_desktop.journal import kinds
from gms_desktop.journal.chain import first_hash, next_hash
from gms_desktop.journal.database import Database, text_statement
from gms_desktop.judge.premises import Judgement
from gms_desktop.register import base as register_base
from gms_desktop.register import disputes
from gms_desktop.register.digests import Digests
from gms_desktop.register.driver import Arrived, Driver
from gms_desktop.register.rows import Row, RowKey, derived, subject_of
from gms_desktop.register.verify import verify
from gms_desktop.sync import digests_compared, engine, giving_back
from gms_desktop.sync.messages import Page, Placed

if TYPE_CHECKING:
    from sim_bench import Bench
    from sim_world import World

_NONE = f"{0:032x}"
PULLS_EVERY = 100_000
"""Milliseconds in which a bench that is up asks the hub for news at least once, whatever else happens to it."""

_positions = text_statement("SELECT count(position), coalesce(max(position), 0) FROM entry WHERE position > :below")
_placed = text_statement("SELECT position, hash, verdict FROM entry WHERE position IS NOT NULL ORDER BY position")
_disputes = text_statement("SELECT subject, entry, verdict FROM case_entry")
_frozen = text_statement("SELECT id FROM frozen")
_private = text_statement("SELECT commitment, value FROM private")
_there = text_statement(
    "SELECT 1 FROM entry WHERE writer = :writer AND seq = :seq AND hash = :hash "
    "UNION ALL SELECT 1 FROM withdrawn WHERE writer = :writer AND seq = :seq AND hash = :hash"
)


# --- at every step ---


def cursor_stands_at_last_placed(world: World, bench: Bench) -> None:
    """I7: the cursor stands at the last placed entry, and none before it is missing."""
    # Below its base entries may have been taken away, never any above it.
    known = register_base.known(bench.db)
    below = known.position if known else 0
    count, last = bench.db.tuples(_positions, {"below": below})[0]
    standing = bench.standing()
    if not (below + count == max(last, below) == standing.position):
        raise Broken(f"{bench.name} stands at {standing.position}, holds {count} up to {last}")


def told_is_there(world: World, bench: Bench) -> None:
    """I1: what the bench told its operator stands in its file, unless the file itself was lost."""
    for told in world.told_at(bench):
        writer, _, seq = told.id.partition("/")
        if not bench.db.tuples(_there, {"writer": writer, "seq": int(seq), "hash": told.hash}):
            raise Broken(f"{told.id} was recorded at {bench.name} and is not in its file")


def file_is_whole(world: World, bench: Bench) -> None:
    """I2, I3: chains, keys and register are what the journal makes of them, in the middle of everything."""
    with speaks(bench.lacks):
        found = verify(bench.db, Database(fresh_file(), "sqlite"))
    if not found.clean:
        raise Broken(f"{bench.name}: {found.findings[:3]}")


def asks_the_hub(world: World, bench: Bench) -> None:
    """I8: neither way waits for the other, and no way waits for ever."""
    if not bench.up or bench.state.trouble is engine.Trouble.UPDATE:
        return
    for way, at in bench.asked.items():
        if world.now - at > PULLS_EVERY and (way is engine.Way.PULL or bench.state.waiting):
            raise Broken(f"{bench.name} has not asked the hub by {way} for {world.now - at} ms: {bench.state}")


def state_of(bench: Bench) -> tuple[Any, ...]:
    """All that a delivery may change."""
    digests = Digests(bench.db).as_text()
    return bench.standing(), bench.last_n(), sorted(digests.items()), bench.db.tuples(_placed)


def changed_nothing(bench: Bench, page: Page, before: tuple[Any, ...]) -> None:
    """I5: a page that comes again changes nothing."""
    if state_of(bench) != before:
        raise Broken(f"{bench.name}: the page after {page.after} came again and changed something")


def freezes_what_it_cannot_fold(world: World, bench: Bench) -> None:
    """I3: subjects of what this version cannot fold are frozen, and no others (only when nothing is unplaced)."""
    wanted: set[str] = set()
    for one in world.hub.placed[: bench.standing().position]:
        entry = parsed(one.content)
        folds = (
            entry.kind != bench.lacks and entry.app != "0.9" and kinds.readable(entry.kind, entry.version, entry.body)
        )
        touches = set(entry.premises.touches)
        if one.verdict != "refused" and not (folds and (entry.kind.startswith("case.") or touches.isdisjoint(wanted))):
            wanted |= touches
    frozen = {subject for (subject,) in bench.db.tuples(_frozen)}
    if frozen != wanted:
        raise Broken(f"{bench.name} freezes {sorted(frozen - wanted)} too much, {sorted(wanted - frozen)} too little")


def recovered_in_former_order(world: World) -> None:
    """F6: what was re-offered stands in the order it had."""
    place = {one.hash: one.position for one in world.hub.placed}
    found = [place[digest] for digest in world.lost_order or () if digest in place]
    if found != sorted(found):
        raise Broken("the hub was recovered in another order than it had")


def few_exchanges(world: World, bench: Bench, exchanges: int) -> None:
    """I6: pages and batches as many as there are entries to carry, and a few for what went wrong."""
    if exchanges > 30 + 3 * world.hub.head // world.page_size + world.hub.head // 5:
        raise Broken(f"{bench.name} needs {exchanges} exchanges for {world.hub.head} entries")


# --- when all is level ---


def level(world: World) -> None:
    """Everything at once, after all faults have ended."""
    journal_whole(world.hub.placed)
    nothing_lost(world)
    flips_told(world)
    numbers_accepted_once(world)
    people_hold(world)
    second_persons_hold(world)
    cases_settled_once(world)
    undone_without_a_trace(world)
    wanted = folded(world)
    for bench in world.benches:
        cursor_stands_at_last_placed(world, bench)
        if bench.standing().order_hash != world.hub.order[-1]:
            raise Broken(f"{bench.name} has another order")
        same_journal(world, bench)
        every_dispute_is_shown(world, bench)
        freezes_what_it_cannot_fold(world, bench)
        erased_stays_erased(world, bench)
        told_is_there(world, bench)
        if world.closing:
            nothing_kept_that_follows(world, bench)
        mine = digests_compared.placed_digests(bench.db, bench.ledger.driver.digests, bench.unplaced)
        other = {name for name in {*mine, *wanted} if mine.get(name, _NONE) != wanted.get(name, _NONE)}
        if other:
            raise Broken(f"{bench.name} differs in {sorted(other)}")
        file_is_whole(world, bench)


def journal_whole(placed: list[Placed]) -> None:
    """I2: dense positions, each writer without gap, each chain whole."""
    heads: dict[str, tuple[int, bytes]] = {}
    for place, one in enumerate(placed, start=1):
        entry = parsed(one.content)
        seq, last = heads.get(entry.writer, (0, first_hash(entry.writer, SCOPE)))
        if one.position != place or entry.seq != seq + 1 or next_hash(last, one.content) != one.hash:
            raise Broken(f"the hub's order is broken at {place}: {entry.id}")
        heads[entry.writer] = (entry.seq, one.hash)


def nothing_lost(world: World) -> None:
    """I1, I9: what a person was told is recorded is at the hub: itself, or recorded again under a new writer."""
    there = {one.hash for one in world.hub.placed}
    again = {old for one in world.hub.placed for old in parsed(one.content).because}
    for told in world.told:
        # Hub and bench both went back to a copy: what stood on neither is gone, and both say so.
        both = told.hash in world.hub_lost and told.bench in world.restored
        if told.hash not in there and told.id not in again and told.hash not in world.excused and not both:
            raise Broken(f"{told.id} of {told.bench} was recorded and is lost")


def unheard(world: World, bench: Bench) -> int:
    """What a bench holds of others that the hub lacks and was not given in its last recovery."""
    return giving_back.unheard(bench.db, world.hub.recovery)


def nothing_kept_that_follows(world: World, bench: Bench) -> None:
    """I1: what left a bench's order, and would go on from what the hub has, is at the hub: somebody gave it back."""
    (gone, _), _ = giving_back.offers_of_gone(bench.db, giving_back.FIRST, 10**9, 10**12)
    for _, sent in gone:
        entry = parsed(sent.content)
        seq, last = world.hub.heads.get(entry.writer, (0, first_hash(entry.writer, SCOPE)))
        if entry.seq == seq + 1 and next_hash(last, sent.content) == sent.hash:
            raise Broken(f"{bench.name} keeps {entry.id}, which the hub lost and nobody gave back")


def flips_told(world: World) -> None:
    """F6: whoever was told another verdict than the one that stands is told of that one."""
    verdicts = {one.hash: one.verdict for one in world.hub.placed}
    for told in world.told:
        now = verdicts.get(told.hash, told.verdict)
        if now != world.last_said.get((told.bench, told.id), told.verdict) and told.bench not in world.copied:
            raise Broken(f"{told.bench} was told that {told.id} is {told.verdict}; it is {now}, and nobody said so")


def numbers_accepted_once(world: World) -> None:
    """A number that two machines minted stands on one specimen; the other one is kept, refused, for a person."""
    seen: dict[str, str] = {}
    if world.hub.stricter:
        return
    for one in world.hub.placed:
        entry = parsed(one.content)
        if one.verdict == "refused" or entry.app == "0.9":
            continue
        # Whose receipt was undone, which spoils its label, has its number no longer.
        for key, thing in _numbers(entry.premises.releases):
            if seen.get(key) == thing:
                del seen[key]
        for key, thing in _numbers(entry.premises.claims):
            if seen.setdefault(key, thing) != thing:
                raise Broken(f"{key} stands on {seen[key]} and on {thing}")


def _numbers(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(key, thing) for key, thing in pairs if key.startswith("accession:")]


def same_journal(world: World, bench: Bench) -> None:
    """I4: every entry is on every replica once, with the hub's verdict, the refused ones included."""
    held = [(position, bytes(digest), verdict) for position, digest, verdict in bench.db.tuples(_placed)]
    known = register_base.known(bench.db)
    below, there = known.position if known else 0, {position for position, _, _ in held}
    wanted = [one for one in world.hub.placed if one.position > below or one.position in there]
    if held != [(one.position, one.hash, one.verdict) for one in wanted]:
        raise Broken(f"{bench.name} holds another journal than the hub")


def cases_settled_once(world: World) -> None:
    """A case is settled by one resolution at a time: of two benches the first counts, also to open it again."""
    by: dict[str, str] = {}
    if world.hub.stricter:
        return
    for one in world.hub.placed:
        entry = parsed(one.content)
        if one.verdict == "refused" or entry.app == "0.9":
            continue
        # Who takes a resolution back frees its cases too, as who opens one again does.
        for failed, resolution in _cases(entry.premises.releases):
            if by.pop(failed, None) != resolution:
                raise Broken(f"{entry.id} counts, and frees the case of {failed} from {resolution}, which has it not")
        for failed, resolution in _cases(entry.premises.claims):
            if by.setdefault(failed, str(resolution)) != resolution:
                raise Broken(f"{entry.id} counts, and the case of {failed} is settled by {by[failed]}")


def _cases(pairs: Iterable[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    return [(key, holder) for key, holder in pairs if key.startswith("case:")]


def undone_without_a_trace(world: World) -> None:
    """Refused, or undone, is as if it had never been: an undo puts back what was there, and overwrites nothing else."""
    if world.hub.stricter:
        return
    verdicts = {parsed(one.content).id: one.verdict for one in world.hub.placed}
    counts = [(one, parsed(one.content)) for one in world.hub.placed if one.verdict != "refused"]
    undone: set[str] = set()
    for _, entry in reversed(counts):
        # Simulated people undo an undo too, which no bench offers: then what it took back stands.
        if entry.undoes and entry.id not in undone:
            undone.add(entry.undoes)
    if of_refused := sorted(one for one in undone if verdicts.get(one) == "refused"):
        raise Broken(f"{of_refused} were refused, and an undo of them counts")
    stands = [one for one, entry in counts if not (entry.undoes or entry.id in undone)]
    whole, part = _folded(world.hub.placed), _folded(stands)
    frozen = {row_id for name, row_id in whole if name == "frozen"}
    for key in sorted(whole.keys() | part.keys()):
        if key[0] not in disputes.TABLES and subject_of(key) not in frozen and whole.get(key) != part.get(key):
            raise Broken(f"{key} is {whole.get(key)}; without what was refused or undone it is {part.get(key)}")


def _folded(placed: Iterable[Placed]) -> dict[RowKey, Row]:
    """The register that these entries make, with the verdict that each has."""
    db = Database(fresh_file(), "sqlite")
    with db.write():
        arrived = [Arrived(one.position, parsed(one.content), Judgement(one.verdict)) for one in placed]
        Driver(db).fold_new(arrived, remember=False)
    every = {name: text_statement(f"SELECT * FROM {name}") for name in derived.tables}
    return {(name, row["id"]): row for name, statement in every.items() for row in db.all(statement)}


def every_dispute_is_shown(world: World, bench: Bench) -> None:
    """I4: each entry that was refused or contested is shown, with each of its subjects, until its case is settled."""
    wanted: set[tuple[str, str, str]] = set()
    for one in world.hub.placed:
        entry = parsed(one.content)
        if entry.kind == "case.resolved" and one.verdict != "refused":
            settled = {(said["subject"], said["entry"]) for said in entry.body["settled"]}
            wanted = {said for said in wanted if said[:2] not in settled}
        if entry.kind == "case.reopened" and one.verdict != "refused":
            wanted |= {(said["subject"], said["entry"], said["verdict"]) for said in entry.body["settled"]}
        if one.verdict != "accepted":
            wanted |= {(subject, entry.id, one.verdict) for subject in entry.premises.touches}
    rows = bench.db.tuples(_disputes)
    if len(rows) != len(wanted) or set(rows) != wanted:
        raise Broken(f"{bench.name} does not show the disputes about {sorted(wanted ^ set(rows))[:3]}")


def erased_stays_erased(world: World, bench: Bench) -> None:
    """A value that was erased is on no replica, and every other one that is cited is on all of them."""
    cited: set[str] = set()
    erased: set[str] = set()
    for one in world.hub.placed:
        entry = parsed(one.content)
        cited |= set(entry.private)
        if entry.kind == "private.erased" and one.verdict != "refused":
            erased |= set(entry.body["commitments"])
    held = dict(bench.db.tuples(_private))
    if back := [commitment for commitment in sorted(erased) if held.get(commitment) is not None]:
        raise Broken(f"{bench.name} still has {len(back)} values that were erased")
    if lacking := sorted(cited - held.keys()):
        raise Broken(f"{bench.name} lacks {len(lacking)} private values")


def folded(world: World) -> dict[str, str]:
    """I3: the digests of a fresh fold, which also says whether every verdict is as the premises have it."""
    if world.hub.stricter:
        register = HubRegister()
        register.follow(world.hub.placed)
        return register.driver.digests.as_text()
    db = Database(fresh_file(), "sqlite")
    fresh = Driver(db)
    with db.write():
        arrived = [Arrived(one.position, parsed(one.content)) for one in world.hub.placed]
        rulings = fresh.fold_new(arrived, remember=False)
    for one, ruling in zip(world.hub.placed, rulings, strict=True):
        if one.verdict != ruling.judgement.value:
            raise Broken(f"position {one.position} was judged {one.verdict} and is {ruling}")
    return fresh.digests.as_text()
