"""``gms-desktop hub …``: the commands of whoever looks after the central database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Database = Annotated[
    str,
    typer.Option(
        "--database", envvar="GMS_DESKTOP_HUB", help="The hub's database, as its administrator: postgresql://…"
    ),
]
Scope = Annotated[str, typer.Option("--scope", help="The laboratory, when the hub has several")]
Reason = Annotated[str, typer.Option("--reason", prompt=True, help="Why; it stands in the hub's record")]
By = Annotated[str, typer.Option("--by", prompt="Your name", help="Who does this; it stands in the hub's record")]
Login = Annotated[str, typer.Argument(help="The bench's login, as hub status shows it")]
Reach = Annotated[
    str, typer.Option("--reach", help="Where benches reach the hub, as host or host:port, if not as this command does")
]


def make_hub() -> typer.Typer:
    """The commands of the hub."""
    hub = typer.Typer(help="The central database.", no_args_is_help=True)
    for name, command in (
        ("init", _init),
        ("migrate", _migrate),
        ("enrol", _enrol),
        ("invite", _invite),
        ("revoke", _revoke),
        ("short-codes", _short_codes),
        ("status", _status),
        ("verify", _verify),
        ("follow", _follow),
        ("base", _base),
        ("hand-over", _hand_over),
    ):
        hub.command(name)(command)
    recover = typer.Typer(help="After a restore or a failover.", no_args_is_help=True)
    recover.command("begin")(_recover_begin)
    recover.command("close")(_recover_close)
    recover.command("show")(_recover_show)
    hub.add_typer(recover, name="recover")
    return hub


def _init(
    name: Annotated[str, typer.Argument(help="The laboratory's name, as people call it")],
    database: Database,
    scope: Annotated[
        str, typer.Option("--scope", help="The laboratory of a bench that is at work already; else one is minted")
    ] = "",
    rehearsal: Annotated[bool, typer.Option("--rehearsal", help="A hub for rehearsals only")] = False,
    again: Annotated[bool, typer.Option("--again", help="A further laboratory though one of this name stands")] = False,
) -> None:
    """Make an empty database a hub, or give a further laboratory its place in one."""
    from gms_desktop.cli import hub_setting_up

    raise typer.Exit(hub_setting_up.init(database, name, scope, typer.echo, rehearsal=rehearsal, again=again))


def _migrate(database: Database) -> None:
    """Bring the hub's database to this version. Back it up first."""
    from gms_desktop.cli import hub_setting_up

    raise typer.Exit(hub_setting_up.migrate(database, typer.echo))


def _enrol(
    bench: Annotated[str, typer.Argument(help="The bench's name, as people call it")],
    database: Database,
    scope: Scope = "",
    reach: Reach = "",
    out: Annotated[Path | None, typer.Option("--out", help="Write the code as a picture, a PNG file")] = None,
    again: Annotated[bool, typer.Option("--again", help="Though a bench of this name is known")] = False,
) -> None:
    """Let a bench join: print its one-time code, to be typed or scanned there within 24 hours."""
    from gms_desktop.cli import hub_setting_up

    raise typer.Exit(hub_setting_up.enrol(database, bench, scope, reach, out, typer.echo, again=again))


def _invite(
    login: Login,
    database: Database,
    reach: Reach = "",
    out: Annotated[Path | None, typer.Option("--out", help="Write the code as a picture, a PNG file")] = None,
) -> None:
    """Give a new code to a bench that lost its password, or let its code run out."""
    from gms_desktop.cli import hub_setting_up

    raise typer.Exit(hub_setting_up.invite(database, login, reach, out, typer.echo))


def _revoke(login: Login, database: Database) -> None:
    """Take a bench off the hub at once. What it shared stays."""
    from gms_desktop.cli import hub_setting_up

    raise typer.Exit(hub_setting_up.revoke(database, login, typer.echo))


def _short_codes(login: Login, database: Database) -> None:
    """Issue further short codes to a bench that has used up its own."""
    from gms_desktop.cli import hub_setting_up

    raise typer.Exit(hub_setting_up.short_codes(database, login, typer.echo))


def _status(database: Database) -> None:
    """Say how the hub stands. Ends with 1 when a person should see to something."""
    from gms_desktop.cli import hub_keeping

    raise typer.Exit(hub_keeping.status(database, typer.echo))


def _verify(database: Database, scope: Scope = "") -> None:
    """Prove the hub from its bytes up: chains, order, each verdict judged again, values, keys, register. Only reads."""
    from gms_desktop.cli import hub_keeping

    raise typer.Exit(hub_keeping.verify(database, scope, typer.echo))


def _follow(
    database: Database,
    once: Annotated[bool, typer.Option("--once", help="End when everything that is there is folded")] = False,
) -> None:
    """Keep the hub's register, digests, bases and hints up to date until it is told to stop. One process a hub."""
    from gms_desktop.cli import hub_keeping

    raise typer.Exit(hub_keeping.follow(database, typer.echo, once=once))


def _base(database: Database, scope: Scope = "") -> None:
    """Make a base of what is folded now, without waiting for the night."""
    from gms_desktop.cli import hub_keeping

    raise typer.Exit(hub_keeping.base(database, scope, typer.echo))


def _hand_over(
    writer: Annotated[str, typer.Argument(help="The writer, as hub status shows it")],
    login: Login,
    database: Database,
    scope: Scope = "",
) -> None:
    """Give a writer to the bench that writes it, when a restore forgot whose it is."""
    from gms_desktop.cli import hub_keeping

    raise typer.Exit(hub_keeping.hand_over(database, scope, writer, login, typer.echo))


def _recover_begin(
    reason: Reason,
    by: By,
    database: Database,
    scope: Scope = "",
    gigabytes: Annotated[
        int, typer.Option("--most-gigabytes", min=1, help="Most that is kept of what one bench alone gives back")
    ] = 4,
) -> None:
    """Open a recovery: benches give back what they hold, nothing else goes in or out."""
    from gms_desktop.cli import hub_keeping

    raise typer.Exit(hub_keeping.recover_begin(database, scope, reason, by, gigabytes, typer.echo))


def _recover_close(
    by: By,
    database: Database,
    scope: Scope = "",
    place: Annotated[
        list[str] | None, typer.Option("--place", help="Writer whose unproved entries are placed on your word")
    ] = None,
    leave: Annotated[
        list[str] | None, typer.Option("--leave", help="Writer whose unproved entries are left out")
    ] = None,
) -> None:
    """Put what was given back in its former order, list what a person must look at, open the laboratory again."""
    from gms_desktop.cli import hub_keeping

    raise typer.Exit(hub_keeping.recover_close(database, scope, by, place or [], leave or [], typer.echo))


def _recover_show(database: Database, scope: Scope = "") -> None:
    """Tell every recovery, and what a person had to look at after the last one."""
    from gms_desktop.cli import hub_keeping

    raise typer.Exit(hub_keeping.recover_show(database, scope, typer.echo))
