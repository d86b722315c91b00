"""PIN verifiers travel beside the journal: what was set at one bench opens another. Wrong tries and waits stay here.

The hub numbers each verifier once; of two under one number of a person's PIN the first that the hub got stands.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from gms_desktop.journal import credentials, store
from gms_desktop.journal.credentials import Credential
from gms_desktop.journal.database import Database
from gms_desktop.recorder import Recorder
from gms_desktop.register.ledger import Ledger
from gms_desktop.sync.transport import Hub, HubCredential

_KEPT = "pins_at_hub"
_LOT = 500


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the hub's PINs: under which epoch, up to which number, and which it has."""

    epoch: str
    number: int = 0
    pins: frozenset[str] = frozenset()


def share(recorder: Recorder, hub: Hub, epoch: str) -> None:
    """Take what the hub has and this bench has not; give what only this bench has.

    Args:
        recorder: the bench's.
        hub: the hub.
        epoch: the hub's: when it is another than before, all is compared again, since it may have lost some.

    Raises:
        HubUnavailable: when the hub gave no answer; what was taken until then stays.
    """
    after = recorder.read(lambda ledger: _known(ledger.db, epoch).number, urgent=False).result()
    came = hub.credentials(after)
    own = recorder.write(lambda ledger: take(ledger, epoch, came), urgent=False).result()
    if own:
        hub.give_credentials(own)
        # What the hub made of them is read back: another bench may have been first.
        last = max([after, *(one.number for one in came)])
        again = hub.credentials(last)
        recorder.write(lambda ledger: take(ledger, epoch, again), urgent=False).result()


def take(ledger: Ledger, epoch: str, came: tuple[HubCredential, ...]) -> list[HubCredential]:
    """Put the hub's verifiers in place, inside a transaction; give those that the hub has not."""
    db = ledger.db
    known = _known(db, epoch)
    for one in came:
        mine = credentials.of(db, one.operator, one.pin)
        if mine is None or mine.verifier != one.verifier:
            credentials.put(db, Credential(one.operator, one.pin, one.verifier, 0, None))
    pins = known.pins | {_name(one.operator, one.pin) for one in came}
    number = max([known.number, *(one.number for one in came)])
    store.put_meta(db, _KEPT, json.dumps({"epoch": epoch, "number": number, "pins": sorted(pins)}))
    return [
        HubCredential(one.operator, one.pin, one.verifier)
        for one in credentials.every(db)
        if _name(one.operator, one.pin) not in pins
    ][:_LOT]


def _known(db: Database, epoch: str) -> _Known:
    kept = store.meta(db, _KEPT)
    if kept is None:
        return _Known(epoch)
    said = json.loads(kept)
    if said["epoch"] != epoch:
        return _Known(epoch)
    return _Known(epoch, said["number"], frozenset(said["pins"]))


def _name(operator: str, pin: int) -> str:
    return f"{operator}/{pin}"
