"""Two laboratories that share no system: two applications, each with its own folder, secret and clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from bench_top import BenchClock, BenchTop
from send_work import approves, own, says
from send_work import view as send_view

from devices.simulators.scanner import SimulatedScanner
from devices.simulators.zpl_printer import SimulatedZplPrinter
from gms_desktop.domain.commands import Command
from gms_desktop.domain.verdicts import Verdict
from gms_desktop.register.ledger import Ledger
from gms_desktop.rehearsal import made_up
from gms_desktop.send_desk import SendDesk
from gms_desktop.services import send_signed, site_rules
from gms_desktop.services.send_lines import SendView
from gms_desktop.services.set_up import set_up

SECOND = replace(made_up.FIRST, laboratory="Second Genomic Laboratory", ods="RR8", letter="Y", bench="Second bench")


def begin_second(ledger: Ledger, pepper: bytes) -> None:
    made_up.add_the_others(ledger, pepper, set_up(ledger, SECOND, pepper))


@contextmanager
def second_laboratory(folder: Path, clock: BenchClock) -> Iterator[BenchTop]:
    """The receiver's application, somebody signed in."""
    folder.mkdir()
    with SimulatedScanner(folder) as scanner, SimulatedZplPrinter() as printer:
        top = BenchTop(folder / "bench", scanner, printer, clock, begin=begin_second)
        try:
            top.open()
            assert top.signs_in()
            yield top
        finally:
            top.close()
        assert top.proved().findings == []


def know_each_other(sender: BenchTop, receiver: BenchTop) -> None:
    """Both compared their keys on the telephone, and the sender's profiles name the receiver's code."""
    knows(sender, "RR8", "Second Genomic Laboratory", receiver)
    knows(receiver, "ZZ999", "Rehearsal Genomic Laboratory Hub", sender)
    more = 'ods = "RR8"\ncoldest = "2"\nwarmest = "8"\n'
    coded = tuple((f'code = "{code}"\n', f'code = "{code}"\n{more}') for code in ("tissue", "blocks"))
    approves(sender, "destinations", own("destinations", *coded))


def knows(bench: BenchTop, ods: str, name: str, other: BenchTop) -> None:
    """An administrator enters the key that the other read out."""
    key = send_signed.fingerprint(other.bench.desk)
    text = files("resources").joinpath("rules", "senders.toml").read_text("utf-8").replace("BLANK-1", "1")
    said = f'[[sender]]\nods = "{ods}"\nname = "{name}"\nfingerprints = ["{key}"]\n'
    [who] = bench.rows("SELECT operator FROM operator_role WHERE role = 'administrator' LIMIT 1")
    text = text.replace("sender = []\n", said)
    bench.write(lambda ledger: ledger.append([site_rules.approval(text, "senders", who["operator"])], None))


def saved(bench: BenchTop, folder: Path) -> dict[str, bytes]:
    """The files of the consignment in view, by name."""
    folder.mkdir(exist_ok=True)
    return {path.name: path.read_bytes() for path in SendDesk(bench.bench).save_papers(folder)}


def signed_file(bench: BenchTop, folder: Path) -> bytes:
    """What travels with the box."""
    return next(content for name, content in saved(bench, folder).items() if name.endswith("-manifest.gmsc"))


def shows_incoming(bench: BenchTop) -> SendView:
    """The newest consignment that was sent to this laboratory, in view."""
    act = bench.rows("SELECT id FROM import_act WHERE layout = 'Signed consignment' ORDER BY at DESC LIMIT 1")[0]["id"]
    bench.clock.forward(1)
    bench.bench.command(Command.SEND_INCOMING, None, act).result()
    return send_view(bench)


def answers(bench: BenchTop, *choices: str, at: str = "24/11/2026 09:01", **said: str) -> Verdict:
    """The answer to the incoming consignment in view is written."""
    return says(bench, Command.SEND_ANSWER, *choices, at=at, **said)


def last_answer(bench: BenchTop, folder: Path) -> bytes:
    """What goes back to the sender."""
    every = saved(bench, folder)
    return every[max(name for name in every if name.endswith(".gmsc"))]


def takes(bench: BenchTop, content: bytes) -> Verdict:
    """The sender takes an answer in."""
    bench.clock.forward(120)
    return SendDesk(bench.bench).take_answer(content)
