"""A bench process of its own: real file, recorder and sync against a real hub. Killed, started again, asked how it is.

``python real_bench.py FOLDER ADDRESS PASSWORD SHORT_CODE SEED``. Prints ``told ID`` for every entry whose commit was
answered; on ``rest`` it stops working; on ``state`` it prints how it stands; on ``end`` it closes in good order.
"""

from __future__ import annotations

import json
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from sim_work import Work

from gms_desktop.domain.minting import CountedChance
from gms_desktop.journal.sqlite_file import open_for_writing
from gms_desktop.recorder import Recorder
from gms_desktop.register import touched, versions
from gms_desktop.register.ledger import Ledger, PremiseFailed
from gms_desktop.sync import digests_compared, outbox, replica
from gms_desktop.sync.postgres_transport import HubAddress, PostgresHub
from gms_desktop.sync.runner import Sync
from gms_desktop.sync.signatures import Signer

SCOPE = "lab1"
KEY = bytes(range(32))


class Clock:
    """The computer's own."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def say(line: str) -> None:
    """One line for whoever watches."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def ledger_of(folder: Path, short_code: str, seed: int) -> Ledger:
    """The bench's file, begun when it is fresh."""
    db = open_for_writing(folder / "bench.db", KEY)
    versions.bring_up(db)
    ledger = Ledger(db, CountedChance(seed + int(datetime.now(UTC).timestamp() * 1e6)), Clock(), "0.1")
    if not ledger.has_writer:
        with db.write():
            ledger.begin_writer(SCOPE, short_code, "set up", folder.name)
    return ledger


def state(recorder: Recorder, sync: Sync) -> dict[str, Any]:
    """How the bench stands."""

    def read(ledger: Ledger) -> dict[str, Any]:
        at = replica.standing(ledger.db, SCOPE)
        mine = digests_compared.placed_digests(ledger.db, ledger.driver.digests, sync.here.unplaced)
        return {
            "position": at.position,
            "order": at.order_hash.hex(),
            "waiting": outbox.waiting(ledger.db, ledger.head),
            "unplaced": len(sync.here.unplaced.rows()),
            "digests": mine,
            "trouble": sync.state.trouble.value,
            "fault": sync.last_fault,
        }

    return recorder.write(lambda ledger: (touched.follow(ledger.db), read(ledger))[1]).result()


def work(recorder: Recorder, sync: Sync, seed: int, resting: threading.Event, ended: threading.Event) -> None:
    """Act after act until told to rest."""
    random = Random(seed)
    people: list[Work] = []

    def act(ledger: Ledger) -> list[str]:
        if not people:
            bench = SimpleNamespace(db=ledger.db, ledger=ledger, lacks=None, name=ledger.head.writer)
            people.append(Work(bench, random, first=False))  # type: ignore[arg-type]
        return [entry.id for entry in people[0].act()]

    try:
        while not resting.is_set():
            try:
                for told in recorder.write(act).result():
                    say(f"told {told}")
                sync.recorded(1)
            except PremiseFailed:
                people[0].acts.clear()
            resting.wait(random.random() * 0.1)
    finally:
        ended.set()


def main() -> None:
    """Work until told to end."""
    folder, address, password, short_code, seed = Path(sys.argv[1]), *sys.argv[2:5], int(sys.argv[5])
    recorder = Recorder(lambda: ledger_of(folder, str(short_code), seed))
    recorder.opened.result()
    where = HubAddress(**json.loads(str(address)))
    signer = Signer(lambda: bytes([seed]) * 32)
    sync = Sync(recorder, lambda: PostgresHub(where, str(password), SCOPE), Clock(), CountedChance(seed), signer=signer)
    resting, ended = threading.Event(), threading.Event()
    threading.Thread(target=work, args=(recorder, sync, seed, resting, ended), daemon=True).start()
    say("works")
    for line in sys.stdin:
        if line.strip() == "rest":
            resting.set()
            ended.wait()
            say("rests")
        elif line.strip() == "state":
            say("state " + json.dumps(state(recorder, sync)))
        elif line.strip() == "end":
            break
    resting.set()
    ended.wait()
    sync.close()
    recorder.close()


if __name__ == "__main__":
    main()
