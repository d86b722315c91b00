"""The first set-up's form as settings and as what the laboratory begins with."""

from __future__ import annotations

from gms_desktop.services.set_up import FirstStart, problems
from gms_desktop.settings import PrinterSettings, ScannerSettings, Settings
from ui.payloads import FormGiven
from ui.settings_form import printer_settings, scanner_settings

# What only the first bench of a hub enters: said at all, it is said whole.
_OF_THE_FIRST = ("laboratory", "ods_code", "letter", "administrator", "pin", "pin_again")
OR_EMPTY = "Or empty every field of the laboratory and its administrator: then all of it comes from the hub."
_FIELDS = {"ods": "ods_code", "bench": "bench_name"}
Named = tuple[tuple[str, str], ...]


def first_start(given: FormGiven) -> tuple[Settings | None, FirstStart | None, Named]:
    """Settings and first entries, or what is missing as (field, sentence).

    With a hub's code nothing but scanner and printer has to be said. Where the laboratory was begun to be said as well,
    as at the first bench of a hub, what is wrong with it is told, and not passed over.
    """
    said = dict(given.fields)
    joins = bool(said.get("hub_code", "").strip())
    first = FirstStart(
        laboratory=said["laboratory"],
        ods=said["ods_code"],
        letter=said["letter"],
        bench=said["bench_name"],
        administrator=said["administrator"],
        # At set-up nothing strips the prefix yet: the badge is kept as it will be read from the first sign-in on.
        badge=said["badge"].removeprefix(said["scanner_prefix"].strip()),
        pin=said["pin"],
    )
    found = [(_FIELDS.get(name, name), text) for name, text in problems(first)]
    if said["pin"] != said["pin_again"]:
        found.append(("pin_again", "The two PINs differ. Enter the same PIN twice."))
    scanner, scanner_problems = scanner_settings(said, ScannerSettings())
    printer, printer_problems = printer_settings(said, PrinterSettings())
    machines = [(problem.field, problem.words) for problem in (*scanner_problems, *printer_problems)]
    passed_over = joins and not any(said[name].strip() for name in _OF_THE_FIRST)
    if machines or (found and not passed_over):
        told = [] if passed_over else found + ([("", OR_EMPTY)] if found and joins else [])
        return None, None, tuple(told + machines)
    return Settings(bench=first.bench.strip(), scanner=scanner, printer=printer), None if found else first, ()
