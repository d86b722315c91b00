"""``device list``, ``device probe`` and ``device simulate``: one command for each sort of device under the last two."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from gms_desktop.domain.identifiers.command_card import Card

Protocol = Annotated[
    str, typer.Option("--protocol", help="plain, ssi (Zebra) or host-ack (Honeywell); probe takes that of the settings")
]
Data = Annotated[
    Path | None, typer.Option("--data", envvar="GMS_DESKTOP_DATA", help="The bench's data folder, if not the usual one")
]


CardKeys = Callable[[], Mapping[Card, str]]
Out = Annotated[Path, typer.Option("--out", help="The PDF to write; nothing is overwritten")]


def no_keys() -> Mapping[Card, str]:
    """Cards without keys: where no window is known."""
    return dict.fromkeys(Card, "")


def make_device(keys: CardKeys = no_keys) -> typer.Typer:
    """The commands for devices.

    Args:
        keys: the key that does the same as each command card, for the cards.
    """
    device = typer.Typer(
        help="Scanners, printers, balances: what is here, does it answer, and a simulated one to try with."
    )
    device.command("list")(_list)
    device.command("self-test-sheet")(_self_test_sheet)
    device.command("command-cards")(_command_cards(keys))
    probe = typer.Typer(help="Talk to a device and say what comes back.")
    probe.command("scanner")(_probe_scanner)
    probe.command("rack-reader")(_probe_rack_reader)
    probe.command("printer")(_probe_printer)
    probe.command("balance")(_probe_balance)
    device.add_typer(probe, name="probe")
    simulate = typer.Typer(help="A simulated device that speaks the real bytes.")
    simulate.command("scanner")(_simulate_scanner)
    simulate.command("rack-reader")(_simulate_rack_reader)
    simulate.command("printer")(_simulate_printer)
    simulate.command("balance")(_simulate_balance)
    device.add_typer(simulate, name="simulate")
    device.command("record")(_record)
    device.command("replay")(_replay)
    return device


def _self_test_sheet(out: Out) -> None:
    """Print the sheet whose codes teach a bench its scanner: on the bench, Devices, Teach the bench its scanner."""
    from gms_desktop.cli.scanner_sheets import self_test

    raise typer.Exit(self_test(out, typer.echo))


def _command_cards(keys: CardKeys) -> Callable[[Path], None]:
    def command_cards(out: Out) -> None:
        """Print cards that do what keys do when they are scanned: confirm, undo, hold, reject and more."""
        from gms_desktop.cli.scanner_sheets import cards

        raise typer.Exit(cards(out, keys(), typer.echo))

    return command_cards


def _list(
    data: Data = None,
) -> None:
    """Say which devices the settings name, and which serial ports this computer has."""
    from gms_desktop.cli.app import folder_of
    from gms_desktop.cli.device_scanner import tell_devices

    tell_devices(folder_of(data), typer.echo)


def _probe_scanner(
    port: Annotated[str, typer.Option("--port", help="COM3, /dev/ttyACM0, socket://… or rfc2217://…")] = "",
    protocol: Protocol = "",
    baud: Annotated[int, typer.Option("--baud", help="The port's speed")] = 0,
    seconds: Annotated[float, typer.Option("--seconds", help="How long to listen")] = 30,
    data: Data = None,
) -> None:
    """Open the scanner's port, show every code with its bytes, and answer each. Ends with 1 when none came clean."""
    from gms_desktop.cli.app import folder_of
    from gms_desktop.cli.device_scanner import probe

    raise typer.Exit(probe(folder_of(data), port, protocol, baud, seconds, typer.echo))


def _probe_printer(
    mode: Annotated[str, typer.Option("--mode", help="zpl (network), serial, queue, drop (watched folder)")] = "",
    host: Annotated[str, typer.Option("--host", help="Its name or number on the network")] = "",
    port: Annotated[int, typer.Option("--port", help="Its TCP port; 9100 on most")] = 0,
    place: Annotated[str, typer.Option("--place", help="COM4, /dev/ttyUSB0 …; the queue's name; the folder")] = "",
    baud: Annotated[int, typer.Option("--baud", help="The serial line's speed")] = 0,
    printer: Annotated[str, typer.Option("--printer", help="One of the bench's further printers, by name")] = "",
    data: Data = None,
) -> None:
    """Ask the label printer who it is and how it is; nothing is printed. Ends with 1 when it is not ready."""
    from gms_desktop.cli.app import folder_of
    from gms_desktop.cli.device_printer import Named, probe

    raise typer.Exit(probe(folder_of(data), Named(mode, host, port, place, baud, printer), typer.echo))


def _simulate_scanner(
    protocol: Protocol = "plain",
    over: Annotated[str, typer.Option("--over", help="pty, socket or rfc2217")] = "socket",
) -> None:
    """A scanner that scans each line typed here, and says what it hears. `!` and a word makes a fault: `!help`."""
    from gms_desktop.rehearsal.scanner_console import run

    raise typer.Exit(run(protocol, over, sys.stdin, typer.echo))


RackProtocol = Annotated[str, typer.Option("--protocol", help="fluidx, intellicode, dp5, datapaq3 or visionmate")]


def _probe_rack_reader(
    at: Annotated[str, typer.Option("--at", help="Its address: HOST:PORT")],
    protocol: RackProtocol = "fluidx",
    rack: Annotated[str, typer.Option("--rack", help="24, 48 or 96 wells, or any")] = "96",
    profile: Annotated[
        str, typer.Option("--profile", help="Tube type (fluidx), container (dp5, datapaq3), INSTRUMENT/PROFILE")
    ] = "",
    folder: Annotated[Path | None, typer.Option("--folder", help="Where intellicode leaves its files")] = None,
    record: Annotated[Path | None, typer.Option("--record", help="Write every byte of the session here")] = None,
    ways: Annotated[str, typer.Option("--ways", help="How it is otherwise than most: by row, turned, two steps")] = "",
) -> None:
    """Read the rack in a reader and say it as JSON. Ends with 1 when none was read, or something about it is odd."""
    from gms_desktop.cli.device_rack_reader import probe

    # Beside the answer, which is JSON for other programs.
    said = (typer.echo, partial(typer.echo, err=True))
    raise typer.Exit(probe(protocol, at, rack, profile, folder, record, *said, ways=ways))


def _simulate_rack_reader(
    protocol: RackProtocol = "fluidx",
    port: Annotated[int, typer.Option("--port", help="Where to listen; any free port when left out")] = 0,
    folder: Annotated[Path | None, typer.Option("--folder", help="Where intellicode leaves its files")] = None,
) -> None:
    """A rack reader whose rack is typed here: `A1 FD20024619` puts a tube in; `!` and a word makes a fault: `!help`."""
    from gms_desktop.rehearsal.rack_reader_console import run

    _see_port(port)
    raise typer.Exit(run(protocol, port, folder, sys.stdin, typer.echo))


def _simulate_printer(
    over: Annotated[str, typer.Option("--over", help="tcp, pty (a serial line) or drop (a watched folder)")] = "tcp",
    port: Annotated[int, typer.Option("--port", help="For tcp: the port, any free one when left out")] = 0,
    folder: Annotated[Path | None, typer.Option("--folder", help="For drop: the folder that it watches")] = None,
    dpi: Annotated[int, typer.Option("--dpi", help="The resolution that it says it has: 203, 300 or 600")] = 300,
    baud: Annotated[int, typer.Option("--baud", help="For pty: the speed that it is set to")] = 9600,
    out: Annotated[Path, typer.Option("--out", help="The folder for the labels that it prints")] = Path("printed"),
) -> None:
    """A label printer: each label becomes a picture, and is read. `!` and a word makes a fault or ends it: `!help`."""
    from gms_desktop.rehearsal.printer_console import Made, run

    _see_port(port)
    raise typer.Exit(run(Made(over, port, folder, dpi, baud), out, sys.stdin, typer.echo))


def _see_port(port: int) -> None:
    """A port to listen at; 0 for any free one."""
    from gms_desktop.errors import Refused
    from gms_desktop.port_words import port_wrong

    wrong = port and port_wrong(port)
    if wrong:
        raise Refused(wrong)


BalanceProtocol = Annotated[str, typer.Option("--protocol", help="mt-sics (Mettler Toledo) or sbi (Sartorius)")]


def _probe_balance(
    port: Annotated[str, typer.Option("--port", help="COM3, /dev/ttyUSB0, socket://… or rfc2217://…")],
    protocol: BalanceProtocol = "mt-sics",
    baud: Annotated[int, typer.Option("--baud", help="The port's speed; as the maker delivers it if left out")] = 0,
    parity: Annotated[str, typer.Option("--parity", help="N, E or O; likewise")] = "",
    seconds: Annotated[float, typer.Option("--seconds", help="How long the pan may take to come to rest")] = 10,
) -> None:
    """Ask a balance who it is and what lies on it; nothing is tared. Ends with 1 when no weight at rest came."""
    from gms_desktop.cli.device_balance import Asked, probe

    raise typer.Exit(probe(Asked(port, protocol, baud, parity, seconds), typer.echo))


def _simulate_balance(
    protocol: BalanceProtocol = "mt-sics",
    over: Annotated[str, typer.Option("--over", help="pty, socket or rfc2217")] = "socket",
) -> None:
    """A balance on whose pan each number typed here is laid. `!` and a word makes a fault: `!help`."""
    from gms_desktop.rehearsal.balance_console import run

    raise typer.Exit(run(protocol, over, sys.stdin, typer.echo))


def _record(
    out: Annotated[Path, typer.Option("--out", help="The file to write, such as shift.jsonl")],
    day: Annotated[str, typer.Option("--day", help="The first day, 2026-11-22; today when left out")] = "",
    until: Annotated[str, typer.Option("--until", help="The last day; the first when left out")] = "",
    data: Data = None,
) -> None:
    """Write what was scanned here to a file, to be played into a rehearsal. No patient, badge or person is in it."""
    from gms_desktop.cli.app import folder_of
    from gms_desktop.cli.scan_recording import record

    raise typer.Exit(record(out, day, until, folder_of(data), typer.echo))


def _replay(
    file: Annotated[Path, typer.Argument(help="A file that device record has written")],
    into: Annotated[Path, typer.Option("--data", help="A rehearsal's data folder, or a new one; never a real bench")],
    pace: Annotated[float, typer.Option("--pace", help="1 as recorded, 10 ten times as fast; 0 at full speed")] = 0,
) -> None:
    """Play recorded scans into a rehearsal, and say which are answered otherwise than then. Ends with 1 for any."""
    from gms_desktop.cli.app import folder_of
    from gms_desktop.cli.scan_recording import is_rehearsal
    from gms_desktop.rehearsal.replay import replay

    raise typer.Exit(replay(file, folder_of(into), pace, typer.echo, is_rehearsal))
