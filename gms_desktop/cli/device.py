"""``device list``, ``device probe`` and ``device simulate``: one command for each sort of device under the last two."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

import typer

from gms_desktop.domain.identifiers.command_card import Card

Protocol = Annotated[
    str, typer.Option("--protocol", help="plain, ssi (Zebra) or host-ack (Honeywell); probe takes that of the settings")
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
    device = typer.Typer(help="Scanners and printers: what is here, does it answer, and a simulated one to try with.")
    device.command("list")(_list)
    device.command("self-test-sheet")(_self_test_sheet)
    device.command("command-cards")(_command_cards(keys))
    probe = typer.Typer(help="Talk to a device and say what comes back.")
    probe.command("scanner")(_probe_scanner)
    device.add_typer(probe, name="probe")
    # A group of its own although it has one command: each sort of device has its own faults to simulate.
    simulate = typer.Typer(help="A simulated device that speaks the real bytes.")
    simulate.callback()(_simulate)
    simulate.command("scanner")(_simulate_scanner)
    probe.callback()(_probe)
    device.add_typer(simulate, name="simulate")
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
