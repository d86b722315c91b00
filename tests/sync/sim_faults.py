"""What goes wrong in the simulated laboratory, and how often: drawn from the seed for each world."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from sim_bench import Crashed, full_disk
from sim_file import copied
from sim_hub import SCOPE, Hub
from sim_versions import KINDS
from sqlcipher3 import dbapi2 as driver

from gms_desktop.register import base as register_base
from gms_desktop.sync import engine, folding_beside

if TYPE_CHECKING:
    from sim_bench import Bench
    from sim_world import World

MINUTE = 60_000
HOUR = 60 * MINUTE


@dataclass
class Plan:
    """How much happens, and how likely each fault is at each turn of a bench.

    The numbers are drawn from the seed, so that some worlds are nearly calm and some are nothing but trouble.
    """

    benches: int
    turns: int
    loss: float
    slow: float
    cut: float
    crash: float
    full: float
    outage: float
    clock: float
    restore_bench: float
    torn: float
    clone: float
    restore_hub: float
    standby: float
    hub_crash: float
    no_push: float
    newer: float
    poison: float
    older: float
    digests: float
    again: float
    idle: float
    stricter: int


def plan_of(random: Random) -> Plan:
    """A plan drawn from the seed."""

    def sometimes(chance: float, most: float) -> float:
        return random.random() * most if random.random() < chance else 0.0

    return Plan(
        benches=random.choice((2, 2, 3, 3, 4)),
        turns=random.randrange(25, 90),
        loss=sometimes(0.6, 0.3),
        slow=sometimes(0.5, 0.3),
        cut=sometimes(0.4, 0.2),
        crash=sometimes(0.6, 0.08),
        full=sometimes(0.3, 0.05),
        outage=sometimes(0.7, 0.06),
        clock=sometimes(0.3, 0.05),
        restore_bench=sometimes(0.3, 0.02),
        torn=sometimes(0.3, 0.03),
        clone=sometimes(0.2, 0.02),
        restore_hub=sometimes(0.3, 0.02),
        standby=sometimes(0.25, 0.02),
        hub_crash=sometimes(0.3, 0.05),
        no_push=sometimes(0.3, 0.03),
        newer=sometimes(0.3, 0.05),
        poison=sometimes(0.3, 0.03),
        older=0.4 if random.random() < 0.3 else 0.0,
        digests=random.choice((0.0, 0.0, 0.1, 0.5)),
        again=sometimes(0.5, 0.2),
        idle=sometimes(0.1, 0.02),
        stricter=random.choice((0, 0, 0, 0, 20)),
    )


def calm_plan(plan: Plan) -> Plan:
    """Nothing goes wrong but what a test does itself."""
    quiet = {
        name: 0 if name == "stricter" else 0.0 for name in Plan.__dataclass_fields__ if name not in {"benches", "turns"}
    }
    return replace(plan, **quiet, benches=2, turns=0)  # type: ignore[arg-type]


def before_a_turn(world: World, bench: Bench) -> None:
    """Whatever goes wrong before the next act of a bench."""
    _in_the_network(world, bench)
    _at_the_bench(world, bench)
    _to_the_file(world, bench)
    _to_the_hub(world)
    plan, work = world.plan, world.work[bench.name]
    work.next_is_newer = work.next_is_newer or world.unlucky(plan.newer)
    work.next_is_poison = work.next_is_poison or world.unlucky(plan.poison)
    if bench.lacks and bench.up and world.unlucky(0.02):
        world.note(bench.name, "is upgraded")
        bench.upgrade()


def a_transaction_may_fail(world: World, bench: Bench) -> None:
    """Kill the process, or fill the disk, at some statement of an act, of a page, of a push or of going back."""
    fault = world.random.random()
    if fault >= world.plan.crash + world.plan.full or world.calm:
        return
    statements = world.random.choice((world.random.randrange(1, 12), world.random.randrange(1, 80)))
    if fault < world.plan.crash:
        bench.faulty.fail(statements, Crashed, after=world.random.random() < 0.5)
    else:
        bench.faulty.fail(statements, full_disk, after=False)


def folds_anew(world: World, bench: Bench) -> None:
    """A register is folded anew though it is right, or gone back with though the hub has the same order."""
    random = world.anew_random
    if not world.anew or not bench.up or bench.state.working:
        return
    # What was cut short goes on sooner or later.
    goes_on = folding_beside.is_under_way(bench.db)
    if random.random() >= (0.7 if goes_on else world.anew):
        return
    if random.random() < 0.8:
        bench.state = replace(bench.state, working="rebuild")
        bench.rebuild()
    elif bench.gone_back_for_nothing < 2 and register_base.known(bench.db) is None:
        bench.gone_back_for_nothing += 1
        bench.state = replace(bench.state, working="go back")
        standing = bench.standing()
        bench.go_back(random.randrange(standing.position + 1), standing.epoch)


def a_step_may_fail(world: World, bench: Bench) -> None:
    """The process is killed at some statement of a fold beside the register at work, or the disk is full."""
    random = world.anew_random
    if world.anew and not world.calm and random.random() < 0.05:
        fault = Crashed if random.random() < 0.7 else full_disk
        bench.faulty.fail(random.randrange(1, 150), fault, after=fault is Crashed and random.random() < 0.5)


def begin_older(world: World, bench: Bench) -> None:
    """Some benches still run an older version."""
    if world.unlucky(world.plan.older):
        bench.lacks = world.random.choice(KINDS)
        world.note(bench.name, "does not know", bench.lacks)


def _in_the_network(world: World, bench: Bench) -> None:
    random, plan = world.random, world.plan
    if world.unlucky(plan.outage):
        world.cut_off[bench.name] = world.now + random.choice((5_000, 30_000, 5 * MINUTE, 8 * HOUR))
        world.note(bench.name, "cut off until", world.cut_off[bench.name])
        if random.random() < 0.2:
            world.hub_is_away(random.randrange(1000, 10 * MINUTE))
    if world.unlucky(plan.no_push):
        world.no_push[bench.name] = world.now + random.choice((20_000, 5 * MINUTE))
        world.note(bench.name, "cannot push until", world.no_push[bench.name])
    if world.unlucky(plan.hub_crash):
        # Whatever it was just told stands or stands not; what it just said is lost.
        world.note("the hub crashes")
        world.hub_life += 1
        world.hub_is_away(random.randrange(200, 20_000))


def _at_the_bench(world: World, bench: Bench) -> None:
    random, plan = world.random, world.plan
    if world.unlucky(plan.clock):
        bench.clock.skew = timedelta(days=random.uniform(-7, 7))
    if world.unlucky(0.02) and bench.up:
        bench.faulty.calm()
        bench.stop()
        world.restart_later(bench)


def _to_the_file(world: World, bench: Bench) -> None:
    random, plan = world.random, world.plan
    if world.unlucky(0.05) and bench.up:
        world.backups.append((bench.copy_of_file(), bench.name))
        world.hub_backups.append(world.hub.copy())
    if world.unlucky(plan.restore_bench):
        copies = [raw for raw, name in world.backups if name == bench.name]
        if copies:
            put_back(world, bench, random.choice(copies), noticed=random.random() < 0.6)
    if world.unlucky(plan.torn) and bench.up:
        # The disk says that it has written, and has not: at the next power cut the last commits are gone.
        copy, raw = bench.copy_of_file(), bench.faulty.raw
        at = world.now + random.randrange(500, 8_000)
        world.at(at, lambda: put_back(world, bench, copy, noticed=False) if bench.faulty.raw is raw else None)
    if world.unlucky(plan.clone) and len(world.benches) < 6 and bench.up:
        _clone(world, bench)


def put_back(world: World, bench: Bench, raw: object, *, noticed: bool) -> None:
    """The bench goes on from an older copy of its file; the lease on the file notices it, or does not."""
    if world.calm:
        return
    bench.stop()
    world.lost_with(bench)
    bench.faulty.raw = copied(raw)
    # The copy may be of the version before: what that one could not fold is folded when the file is opened.
    bench.unbuilt = bench.unbuilt or bench.upgraded
    world.note(bench.name, "is put back to a copy, noticed:", noticed)
    _begin_again(world, bench, "restored backup", noticed)


def _clone(world: World, bench: Bench) -> None:
    raw = bench.copy_of_file()
    noticed = world.random.random() < 0.5
    name = f"bench {len(world.benches) + 1}"
    world.note(bench.name, "is cloned as", name, "noticed:", noticed)
    world.copied |= {bench.name, name}
    clone = world.open_bench(name, raw, fresh=False)
    clone.lacks = bench.lacks
    world.work[name].take_over(world.work[bench.name])
    clone.stop()
    _begin_again(world, clone, "other machine", noticed)


def _begin_again(world: World, bench: Bench, cause: str, noticed: bool) -> None:
    bench.start()
    if noticed and world.unlucky(0.7):
        # A machine that was set up again often has a wrong clock: the new writer's name sorts before the former's.
        bench.clock.skew = -timedelta(days=world.random.uniform(1, 7))
    if noticed:
        bench.noticed = cause
        begin_writer_if_noticed(world, bench)


def begin_writer_if_noticed(world: World, bench: Bench) -> None:
    """What the lease noticed: nothing is written under the former name, however often the process dies meanwhile."""
    if not bench.noticed:
        return
    try:
        with bench.transaction():
            bench.ledger.begin_writer(SCOPE, world.short_code(), bench.noticed, bench.name)
    except Crashed:
        return
    except driver.OperationalError:
        bench.stop()
        world.restart_later(bench)
        return
    bench.noticed = ""
    bench.happens(engine.Recorded(bench.waiting()))


def _to_the_hub(world: World) -> None:
    random, plan = world.random, world.plan
    if world.unlucky(plan.restore_hub) and world.hub_backups:
        goes_back(world, random.choice(world.hub_backups).copy(), told=random.random() < 0.7)
    if world.unlucky(plan.standby):
        # The standby lags by so much: what the hub acknowledged since is lost when it takes over.
        standby = world.hub.copy()
        at = world.now + random.choice((random.randrange(200, 4_000), random.randrange(200, MINUTE)))
        world.at(at, lambda: goes_back(world, standby, told=True) if not world.calm else None)


def dies_after_an_answer(world: World, hub: Hub) -> None:
    """The hub takes a batch, says so, and dies before its standby has it.

    Most of all near the end: then nobody has anything more to send that would bring the loss to light.
    """
    if world.plan.standby and world.unlucky(0.6 if world.near_the_end else 0.01):
        standby = hub.copy()
        at = world.now + world.random.randrange(1, 120)
        world.at(at, lambda: goes_back(world, standby, told=True) if hub is world.hub else None)


def goes_back(world: World, former: Hub, *, told: bool) -> None:
    """A backup is put in the hub's place, or a standby that lagged is promoted."""
    kept = {one.hash for one in former.placed}
    world.hub_lost |= {one.hash for one in world.hub.placed if one.hash not in kept}
    # A hub that nobody knows to have gone back takes again what it is given; of two histories there is no one order.
    lost = [one.hash for one in world.hub.placed if one.hash not in kept]
    world.lost_order = lost if told and world.lost_order is None else []
    world.note("the hub goes back from", world.hub.head, "to", former.head)
    timeline = world.hub.timeline + (1 if told else 0)
    seen, recovery = world.hub.timeline_seen, max(world.hub.recovery, former.recovery)
    world.hub, world.hub_went_back = former, True
    former.timeline, former.timeline_seen, former.recovery = timeline, seen, recovery
    former.recovering = False
    world.at(world.now + world.random.randrange(1_000, 3 * MINUTE), world.recover)
