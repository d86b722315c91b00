"""The commands and their options. Each imports what it needs when it is called, so that help is quick."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from gms_desktop.cli import handing_out, protect
from gms_desktop.cli.asking import UNSEEN, ask, left, signature
from gms_desktop.cli.device import CardKeys, make_device, no_keys
from gms_desktop.cli.hub import make_hub
from gms_desktop.cli.label import make_label
from gms_desktop.cli.usage_words import usage
from gms_desktop.errors import Refused, Unavailable

Badge = Annotated[str, typer.Option(prompt="Administrator's badge", hide_input=UNSEEN, help="The badge's code")]
OwnBadge = Annotated[str, typer.Option(prompt="Your badge", hide_input=UNSEEN, help="Your badge's code")]
NewBadge = Annotated[str, typer.Option(prompt="The person's badge", hide_input=UNSEEN, help="Their badge's code")]
NewPin = Annotated[
    str,
    typer.Option(prompt="Their new PIN", hide_input=UNSEEN, confirmation_prompt=True, help="Asked for when left out"),
]
Pin = Annotated[str, typer.Option(prompt="PIN", hide_input=UNSEEN, help="Asked for when left out")]
NewPassphrase = Annotated[
    str, typer.Option(prompt="Passphrase", hide_input=UNSEEN, confirmation_prompt=True, help="Asked for when left out")
]
Passphrase = Annotated[str, typer.Option(prompt="Passphrase", hide_input=UNSEEN, help="Asked for when left out")]
Data = Annotated[
    Path | None, typer.Option("--data", envvar="GMS_DESKTOP_DATA", help="The bench's data folder, if not the usual one")
]
QtCheck = Callable[[], str]

OK, FOUND_WANTING, REFUSED, FAILED = 0, 1, 2, 3

HELP = "Bench software for NHS Genomic Medicine Service laboratories: works offline, loses nothing."
ENDS = "Exit codes: 0 done; 1 something was found that a person should see to; 2 refused, in words; 3 a fault of ours."


_folder: ContextVar[Path | None] = ContextVar("data folder of this command", default=None)


def folder_of(data: Path | None) -> Path:
    """The data folder that is meant; a crash report of this command goes there too."""
    if data is None:
        from gms_desktop.settings import data_folder

        data = data_folder()
    _folder.set(data)
    return data


def make_app(qt: QtCheck | None = None, keys: CardKeys | None = None, papers: QtCheck | None = None) -> typer.Typer:
    """The commands that need no window.

    Args:
        qt: says which Qt works here, or raises ImportError or OSError; for ``doctor``.
        keys: the key beside each command card.
        papers: tries whether papers can be made, shown and printed here, or raises OSError; for ``doctor``.
    """
    app = typer.Typer(
        help=HELP, epilog=ENDS, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
    )
    app.callback(invoke_without_command=True)(_start)
    for name, command in (
        ("verify", _verify),
        ("rebuild", _rebuild),
        ("backup", _backup),
        ("restore", _restore),
        ("recovery-key", _recovery_key),
        ("salvage", _salvage),
        ("carry-out", _carry_out),
        ("find", _find),
        ("read", _read),
        ("import", _import),
        ("site-rule", _site_rule),
        ("erase", _erase),
        ("add-person", _add_person),
        ("set-pin", _set_pin),
        ("join", _join),
        ("downtime-range", _downtime_range),
    ):
        app.command(name)(command)

    hub = make_hub()
    hub.command("take-in")(_take_in_journal)
    app.add_typer(hub, name="hub")
    app.add_typer(make_label(), name="label")
    app.add_typer(make_device(keys or no_keys), name="device")

    protect.add(app, folder_of, qt)
    protect.add_doctor(app, folder_of, qt, papers)
    handing_out.add(app, folder_of)

    return app


def call(app: typer.Typer, arguments: Sequence[str] | None = None) -> int:
    """Carry out a command line. What fails by our own fault leaves a crash report in the data folder.

    Args:
        app: the commands.
        arguments: the command line; this process's own when not given.

    Returns:
        The exit code: what is refused or away is told in its own sentence on stderr, never as a traceback.
    """
    _speak_any_letter()
    _folder.set(None)
    try:
        # Not app(...): typer would put an exception hook of its own in place of ours.
        given = list(arguments) if arguments is not None else None
        ended = typer.main.get_command(app)(args=given, prog_name="gms-desktop", standalone_mode=False)
    except SystemExit as exited:
        return exited.code if isinstance(exited.code, int) else OK
    except typer.Abort:
        # The question stands alone on its line.
        return _told(f"\n{left()}")
    except TyperException as misread:
        typer.echo(usage(misread), err=True)
        return REFUSED
    except (Refused, Unavailable) as told:
        return _told(str(told))
    except Exception as fault:  # the last place where a fault can become a sentence
        return _failed(fault)
    return ended if isinstance(ended, int) else OK


def told(fault: Exception, folder: Path) -> int:
    """Say what a window without the command line came to, as :func:`call` would; give the exit code."""
    _speak_any_letter()
    _folder.set(folder)
    return _told(str(fault)) if isinstance(fault, (Refused, Unavailable)) else _failed(fault)


def _told(sentence: str) -> int:
    typer.echo(sentence, err=True)
    return REFUSED


def _failed(fault: Exception) -> int:
    from devices.folder_reasons import of_folder
    from gms_desktop.journal.sqlite_file import in_words
    from gms_desktop.logs import crash_sentence, leave_crash_report

    spoken = in_words(fault, Path("The bench's file"))
    if isinstance(spoken, Unavailable):
        return _told(str(spoken))
    if isinstance(fault, OSError) and fault.filename:
        return _told(f"{fault.filename}: {of_folder(fault)}. Check the name and the rights to it, then start again.")
    typer.echo(crash_sentence(leave_crash_report((_folder.get() or folder_of(None)) / "crashes", fault)), err=True)
    return FAILED


def _speak_any_letter() -> None:
    """A console that lacks a letter of a name shows a mark for it: no name may stop a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _start(
    context: typer.Context, version: Annotated[bool, typer.Option("--version", help="Print the version")] = False
) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"gms-desktop {installed('gms-desktop')}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


def _verify(
    file: Annotated[Path | None, typer.Argument(help="The file to prove, if not the bench's own")] = None,
    paper: Annotated[Path | None, typer.Option(help="Write it as a PDF for an inspector, too")] = None,
    data: Data = None,
) -> None:
    """Prove a bench's file from its bytes up: entries, chains, private values, register. Only reads.

    Its key is read from the folder "secrets" beside it, or else from the bench's own.
    """
    from gms_desktop.cli.proving import prove

    raise typer.Exit(prove(file, folder_of(data), typer.echo, paper))


def _rebuild(data: Data = None) -> None:
    """Throw the register away and fold it again from the journal."""
    from gms_desktop.cli.proving import rebuild_register

    raise typer.Exit(rebuild_register(folder_of(data), typer.echo))


def _backup(
    target: Annotated[Path | None, typer.Argument(help="The copy to make, or a folder to make it in")] = None,
    data: Data = None,
) -> None:
    """Copy the bench's file, while it is in use too, and check the copy."""
    from gms_desktop.cli.keeping import back_up_bench

    raise typer.Exit(back_up_bench(target, folder_of(data), typer.echo))


def _restore(
    copy: Annotated[Path, typer.Argument(help="The backup")],
    check: Annotated[bool, typer.Option("--check", help="The restore drill: prove the backup, change nothing")] = False,
    to: Annotated[Path | None, typer.Option("--to", help="Put it into this data folder, as on a new machine")] = None,
    whole_too: Annotated[bool, typer.Option("--whole-too", help="Replace a file that is not damaged as well")] = False,
    data: Data = None,
) -> None:
    """Put a backup in place of a damaged or missing file, which is set aside; or prove it with --check."""
    from gms_desktop.cli import restoring

    folder = folder_of(to or data)
    if check:
        raise typer.Exit(restoring.check(copy, folder, typer.echo))
    raise typer.Exit(restoring.restore(copy, folder, typer.echo, whole_too=whole_too))


def _recovery_key(
    badge: Annotated[str, typer.Option(help="Administrator's badge; asked for when left out")] = "",
    pin: Annotated[str, typer.Option(help="Asked for when left out")] = "",
    enter: Annotated[bool, typer.Option("--enter", help="Type a printed key in, on a machine that has none")] = False,
    data: Data = None,
) -> None:
    """Show the key that opens the bench's file and its backups, to be printed and locked away; or take it in."""
    from gms_desktop.cli import recovery_key

    folder = folder_of(data)
    if enter:
        raise typer.Exit(recovery_key.enter(typer.prompt("Recovery key"), folder, typer.echo))
    raise typer.Exit(recovery_key.show(folder, badge or ask("Administrator's badge"), pin or ask("PIN"), typer.echo))


def _salvage(
    damaged: Annotated[Path, typer.Argument(help="The damaged file that was set aside")],
    out: Annotated[Path | None, typer.Option("--out", help="Write the entries here, one JSON object a line")] = None,
    data: Data = None,
) -> None:
    """List what can still be read of a damaged file, and write it as JSON lines with --out."""
    from gms_desktop.cli.keeping import salvage_entries

    raise typer.Exit(salvage_entries(damaged, out, folder_of(data), typer.echo))


def _carry_out(
    out: Annotated[Path, typer.Argument(help="The file to write, on a USB stick")],
    passphrase: NewPassphrase,
    data: Data = None,
) -> None:
    """Write what the hub has not got into one file, signed and encrypted, when the network is gone for days."""
    from gms_desktop.cli import carrying

    raise typer.Exit(carrying.carry_out(out, passphrase, folder_of(data), typer.echo))


def _is_there(file: Path) -> Path:
    """Before the passphrase is asked for."""
    if not file.is_file():
        raise Refused(f"{file} is no file. Name the one that gms-desktop carry-out wrote at the bench.")
    return file


def _take_in_journal(
    file: Annotated[Path, typer.Argument(help="The file that carry-out wrote at a bench", callback=_is_there)],
    passphrase: Passphrase,
    database: Annotated[str, typer.Option("--database", envvar="GMS_DESKTOP_HUB", help="The hub, as its superuser")],
    login: Annotated[str, typer.Option("--login", help="The bench's login, for a bench the hub has not met")] = "",
    fingerprint: Annotated[str, typer.Option("--fingerprint", help="The bench's; asked for when left out")] = "",
) -> None:
    """Take a bench's journal file in at the hub, exactly as if the bench had sent it."""
    from gms_desktop.cli import carrying

    def agree(shown: str) -> bool:
        return typer.confirm(f"Is {shown} the fingerprint that the bench showed?")

    raise typer.Exit(carrying.take_in(file, passphrase, database, login, fingerprint, agree, typer.echo))


def _find(
    code: Annotated[list[str], typer.Argument(help="A code, one of our numbers, a referral or a name")],
    choose: Annotated[int, typer.Option("--choose", min=0, help="Tell the history of this one of several")] = 0,
    data: Data = None,
) -> None:
    """Find anything and tell its history, as the Find screen does."""
    from gms_desktop.cli.finding import find_code

    raise typer.Exit(find_code(" ".join(code), folder_of(data), typer.echo, choose=choose))


def _read(
    file: Annotated[Path, typer.Argument(help="A file as a rack reader or a measuring instrument left it")],
    data: Data = None,
) -> None:
    """Say as JSON what is understood in a device's file: its dialect, each well or reading, and what is odd about it.

    Writes nothing and needs no bench; where there is one, the laboratory's own tables are read too. Ends with 1 when a
    person should see to something in it.
    """
    from gms_desktop.cli.reading_files import own_tables, read_file

    raise typer.Exit(read_file(file, typer.echo, lambda: own_tables(folder_of(data))))


def _import(
    file: Annotated[Path, typer.Argument(help="A file of expected requests, or a published Test Directory (.xlsx)")],
    mapping: Annotated[Path | None, typer.Option("--mapping", help="The sender's column mapping, a TOML file")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would land; write nothing")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON")] = False,
    badge: Annotated[str, typer.Option(help="Your badge's code; asked for when left out, but for a dry run")] = "",
    pin: Annotated[str, typer.Option(help="Asked for when left out, but for a dry run")] = "",
    second_badge: Annotated[str, typer.Option(help="For a Test Directory: the badge of the second person")] = "",
    second_pin: Annotated[str, typer.Option(help="Their PIN", hide_input=True)] = "",
    data: Data = None,
) -> None:
    """Take a file of expected requests in: say what landed, and what waits in the fix-it list and why.

    A published Test Directory is known by its form: it says how many indications and tests it has, and is put in force.
    """
    from gms_desktop.cli.directory import directory_in, take_in_directory
    from gms_desktop.cli.taking_in import take_in

    def signed() -> tuple[str, str]:
        return signature(badge, pin)

    source = directory_in(file)
    if source is not None:
        by = (signed, (second_badge, second_pin))
        raise typer.Exit(take_in_directory(source, folder_of(data), typer.echo, *by, dry_run=dry_run, as_json=as_json))
    badge, pin = (badge, pin) if dry_run else signed()
    options = {"dry_run": dry_run, "as_json": as_json}
    raise typer.Exit(take_in(file, mapping, folder_of(data), typer.echo, badge=badge, pin=pin, **options))


def _site_rule(
    name: Annotated[str, typer.Argument(help="reasons, error-rate, identifiers, rights, second-person …")],
    file: Annotated[Path, typer.Argument(help="The laboratory's own version, in the form of the EXAMPLE set")],
    badge: Badge,
    pin: Pin,
    second_badge: Annotated[str, typer.Option(help="The badge of the second person, when one stands beside")] = "",
    second_pin: Annotated[str, typer.Option(help="Their PIN", hide_input=True)] = "",
    data: Data = None,
) -> None:
    """Approve the laboratory's own version of a rule set. Signed by an administrator, confirmed by a second person."""
    from gms_desktop.cli.signing import approve_rule

    second = (second_badge, second_pin)
    raise typer.Exit(approve_rule(name, file, folder_of(data), badge, pin, typer.echo, second))


def _erase(
    code: Annotated[str, typer.Argument(help="The NHS number, or another code of the one patient who is meant")],
    reason: Annotated[str, typer.Option(prompt=True, help="Why the values are erased")],
    authority: Annotated[str, typer.Option(prompt=True, help="On whose decision, with its reference")],
    badge: Badge,
    pin: Pin,
    data: Data = None,
) -> None:
    """Erase what identifies a patient. What happened stays; signed by an administrator."""
    from gms_desktop.cli.signing import erase_subject

    raise typer.Exit(erase_subject(code, reason, authority, folder_of(data), badge, pin, typer.echo))


def _add_person(
    name: Annotated[str, typer.Argument(help="Surname and forename, as the foot strip shows it")],
    role: Annotated[str, typer.Argument(help="technician, biomedical scientist, senior, administrator …")],
    new_badge: NewBadge,
    new_pin: NewPin,
    badge: Badge,
    pin: Pin,
    data: Data = None,
) -> None:
    """Add a person who may sign in at this bench. Signed by an administrator."""
    from gms_desktop.cli.signing import add_person

    raise typer.Exit(add_person(name, role, new_badge, new_pin, folder_of(data), badge, pin, typer.echo))


def _set_pin(new_badge: NewBadge, new_pin: NewPin, badge: Badge, pin: Pin, data: Data = None) -> None:
    """Give a person a new PIN. Signed by an administrator."""
    from gms_desktop.cli.signing import set_pin

    raise typer.Exit(set_pin(new_badge, new_pin, folder_of(data), badge, pin, typer.echo))


def _join(
    code: Annotated[str, typer.Argument(help="The enrolment code that the hub gave for this bench: GMS1/…")],
    name: Annotated[str, typer.Option("--name", help="The bench's name, if not the one that the hub knows it by")] = "",
    certificate: Annotated[
        Path | None, typer.Option("--certificate", help="The file of the authority that signed the hub's certificate")
    ] = None,
    data: Data = None,
) -> None:
    """Join the laboratory's hub: a new bench takes its history in, one with work of its own begins to share it."""
    from gms_desktop.cli.joining import join_bench

    raise typer.Exit(join_bench(code, name, certificate, folder_of(data), typer.echo))


def _downtime_range(
    name: Annotated[str, typer.Argument(help="What the laboratory calls this set of numbers")],
    size: Annotated[int, typer.Option("--size", help="How many numbers are set aside")],
    badge: Badge,
    pin: Pin,
    data: Data = None,
) -> None:
    """Set downtime numbers aside at this bench. Signed by an administrator."""
    from gms_desktop.cli.signing import set_numbers_aside

    raise typer.Exit(set_numbers_aside(name, size, folder_of(data), badge, pin, typer.echo))
