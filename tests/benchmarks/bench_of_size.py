"""A bench's whole data folder of a chosen size: the corpus, keys, settings, a person with a badge, tubes to come."""

from __future__ import annotations

import json
import shutil
import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from corpus import KEY, Work, corpus, reopen

from devices.values import Scan
from gms_desktop import settings as settings_file
from gms_desktop.bench import Bench
from gms_desktop.journal import lease, store
from gms_desktop.journal.lease import Lease
from gms_desktop.journal.secret_store import FileSecrets
from gms_desktop.register.ledger import Draft
from gms_desktop.services import people
from gms_desktop.services.sign_in import make_verifier
from gms_desktop.settings import PrinterSettings, Settings

BADGE, OTHER_BADGE, PIN, PEPPER = "BADGE-OKAFOR", "BADGE-SILVA", "2468", bytes(range(32, 64))
REQUESTS = 1000
_FIRST = 7_400_000
_HEADER = (
    "Order number,Surname,First name,Date of birth,NHS number,Consultant,Ward or clinic,Tube barcode,Specimen type"
)


def bench_folder(folder: Path, entries: int | None = None) -> Path:
    """Make a bench's folder with the corpus in it; ``codes.json`` names the tubes that are still to come."""
    shutil.copyfile(corpus() if entries is None else corpus(entries), folder / "bench.db")
    secrets = FileSecrets(folder / "secrets")
    secrets.put("bench-key", KEY)
    secrets.put("pepper", PEPPER)
    settings_file.write(folder, Settings(rehearsal=True, sound=0, printer=PrinterSettings(mode="folder")))
    ledger = reopen(folder / "bench.db")
    work = Work(ledger, made=_FIRST)
    with ledger.db.write():
        verifier = make_verifier(PIN, PEPPER, cost=1)
        okafor = people.add(ledger, "R. Okafor", BADGE, verifier, PEPPER, ("administrator",), None)
        granted = {"operator": okafor, "role": "biomedical scientist", "granter": okafor}
        ledger.append([Draft("role.granted", granted | {"laboratory": ledger.head.scope})], okafor)
        people.add(ledger, "M. Silva", OTHER_BADGE, verifier, PEPPER, ("biomedical scientist",), okafor)
        asked = [work.expected() for _ in range(REQUESTS)]
        ledger.append(asked, None)
    while True:
        with ledger.db.write():
            if not store.index_private(ledger.db, 5000):
                break
    _keep_lease(folder, ledger)
    ledger.db.close()
    codes = [tube["code"] for draft in asked for tube in draft.body["tubes"]]
    (folder / "codes.json").write_text(json.dumps({"codes": codes}), "utf-8")
    return folder


def _keep_lease(folder: Path, ledger: Any) -> None:
    head, token = ledger.head, "benchmark"
    with ledger.db.write():
        store.put_meta(ledger.db, "lease", token)
    file = lease.file_identity(folder / "bench.db")
    made = Lease(token, token, lease.machine_identity(), file, head.writer, head.last_seq)
    lease.write(folder / "lease.json", made)


def settings_with(settings: Settings, scanner: Any = None, printer: PrinterSettings | None = None) -> Settings:
    """Settings with other devices."""
    changed = settings if scanner is None else replace(settings, scanner=scanner)
    return changed if printer is None else replace(changed, printer=printer)


def scan_of(code: str) -> Scan:
    """A code as a scanner hands it over."""
    return Scan(code.encode(), code, None, datetime.now(UTC), "scanner-1")


def sign_in(bench: Bench) -> None:
    """Badge and PIN."""
    bench.scan(scan_of(BADGE)).result(60)
    assert bench.pin(PIN).result(60).ok


def file_of(rows: int, first: int = 0) -> tuple[str, bytes, dict[str, Any]]:
    """A file of expected requests in the made-up hospital's own layout."""
    mapping = tomllib.loads(files("resources").joinpath("rehearsal", "mapping.toml").read_text("utf-8"))
    lines = [_HEADER]
    for place in range(first, first + rows):
        number = f"N26-{place:06d}"
        lines.append(
            f"{number},SURNAME{place % 97},Forename{place},{place % 28 + 1:02d}/03/19{place % 90 + 10},"
            f"{nhs(900_000 + place)},Dr F. Osei,Ward {place % 40},{number}-1,EDTA blood"
        )
    return f"expected-{first}.csv", "\r\n".join(lines).encode(), mapping


def nhs(place: int) -> str:
    """A number of the range 999, which is kept for tests, with its check digit; the next one where there is none."""
    for digits in (f"999{one % 1_000_000:06d}" for one in range(place * 7, place * 7 + 7)):
        check = -sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            return f"{digits}{check}"
    raise AssertionError(place)


def at(scan: Scan, moment: datetime) -> Scan:
    """The same scan at another moment."""
    return replace(scan, at=moment)
