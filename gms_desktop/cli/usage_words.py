"""What a command line that cannot be read is answered: what was not understood, what there is, and where more is."""

from __future__ import annotations

from typing import Any

_EXTRA = "Got unexpected extra argument"
_UNKNOWN = "No such command "
_ONE_OF = " is not one of "


def usage(fault: Any) -> str:
    """The sentence for a fault of the library that reads command lines; its own would speak as programs speak.

    Args:
        fault: with the command in whose words it failed, its parameter or option, and the library's message.
    """
    context = getattr(fault, "ctx", None)
    if type(fault).__name__ == "NoArgsIsHelpError":
        return str(fault.message)
    if context is None:
        return f"gms-desktop: {_what(fault, context)} gms-desktop --help tells more."
    path = context.command_path
    return f"{context.get_usage()}\n{path}: {_what(fault, context)} {path} --help tells more."


def _what(fault: Any, context: Any) -> str:
    sort, said = type(fault).__name__, str(getattr(fault, "message", ""))
    option = getattr(fault, "option_name", "")
    if sort == "NoSuchOption":
        return f"there is no {option} here."
    if sort == "BadOptionUsage":
        return f"{option} wants a value behind it."
    if sort in {"MissingParameter", "BadParameter"}:
        return _of_parameter(fault.param, said, missing=sort == "MissingParameter")
    if said.startswith(_UNKNOWN):
        return f"there is no {said.removeprefix(_UNKNOWN).rstrip('.')}. There are {_commands(context)}."
    if said.startswith(_EXTRA):
        return f"there is more than it takes: {said.rpartition('(')[2].rstrip(')')}."
    return f"say what is to be done: {_commands(context)}."


def _of_parameter(parameter: Any, said: str, *, missing: bool) -> str:
    if parameter is None:
        return "a value is missing." if missing else "a value cannot be read."
    options = [one for one in parameter.opts if one.startswith("-")]
    name = options[0] if options else str(parameter.name)
    return f"{name} is missing." if missing else f"{name} cannot be read{_takes(said)}."


def _takes(said: str) -> str:
    """What it takes, from the library's message."""
    if _ONE_OF in said:
        return f": it is one of {said.partition(_ONE_OF)[2].rstrip('.')}"
    return ": it is a number" if "number" in said else ": it is a whole number" if "integer" in said else ""


def _commands(context: Any) -> str:
    return ", ".join(sorted(context.command.list_commands(context))) if context is not None else "see --help"
