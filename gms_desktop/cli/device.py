"""``device list``, ``device probe`` and ``device simulate``: one command for each sort of device under the last two."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

Protocol = Annotated[
    str, typer.Option("--protocol", help="plain, ssi (Zebra) or host-ack (Honeywell); probe takes that of the settings")
]


def make_device() -> typer.Typer:
    """The commands for devices."""
    device = typer.Typer(help="Scanners and printers: what is here, does it answer, and a simulated one to try with.")
    device.command("list")(_list)
    probe = typer.Typer(help="Talk to a device and say what comes back.")
    probe.command("scanner")(_probe_scanner)
    probe.command("rack-reader")(_probe_rack_reader)
    device.add_typer(probe, name="probe")
    # A group of its own although it has one command: each sort of device has its own faults to simulate.
    simulate = typer.Typer(help="A simulated device that speaks the real bytes.")
    simulate.callback()(_simulate)
    simulate.command("scanner")(_simulate_scanner)
    simulate.command("rack-reader")(_simulate_rack_reader)
    probe.callback()(_probe)
    device.add_typer(simulate, name="simulate")
    return device


def _probe() -> None:
    pass


def _simulate() -> None:
    pass


def _list(
    data: Annotated[
        Path | None,
        typer.Option("--data", envvar="GMS_DESKTOP_DATA", help="The bench's data folder, if not the usual one"),
    ] = None,
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
    data: Annotated[
        Path | None,
        typer.Option("--data", envvar="GMS_DESKTOP_DATA", help="The bench's data folder, if not the usual one"),
    ] = None,
) -> None:
    """Open the scanner's port, show every code with its bytes, and answer each. Ends with 1 when none came clean."""
    from gms_desktop.cli.app import folder_of
    from gms_desktop.cli.device_scanner import probe

    raise typer.Exit(probe(folder_of(data), port, protocol, baud, seconds, typer.echo))


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
) -> None:
    """Read the rack in a reader and say it as JSON. Ends with 1 when none was read, or something about it is odd."""
    from gms_desktop.cli.device_rack_reader import probe

    raise typer.Exit(probe(protocol, at, rack, profile, folder, record, typer.echo))


def _simulate_rack_reader(
    protocol: RackProtocol = "fluidx",
    port: Annotated[int, typer.Option("--port", help="Where to listen; any free port when left out")] = 0,
    folder: Annotated[Path | None, typer.Option("--folder", help="Where intellicode leaves its files")] = None,
) -> None:
    """A rack reader whose rack is typed here: `A1 FD20024619` puts a tube in; `!` and a word makes a fault: `!help`."""
    from gms_desktop.rehearsal.rack_reader_console import run

    raise typer.Exit(run(protocol, port, folder, sys.stdin, typer.echo))
