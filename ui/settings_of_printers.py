"""The further printers of a bench, and which printer prints what, as the form shows them, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gms_desktop.domain.label_sorts import LabelSort
from gms_desktop.settings import FIRST_PRINTER, LabelSettings, PrinterSettings, Settings
from ui.payloads import Problem
from ui.screens.bench_fields import FURTHER, NO_PRINTER, UNNAMED
from ui.settings_form import printer_settings, printer_values

FIRST = "1"
Fields = tuple[tuple[str, str], ...]


def printers_values(settings: Settings) -> Fields:
    """What stands in the fields of the further printers and of what each prints."""
    named = list(settings.printers.items())[: len(FURTHER)]
    values = [("printers_many", str(len(named)))]
    for prefix, (name, said) in zip(FURTHER, named, strict=False):
        values.append((f"{prefix}_name", name))
        values += [(_prefixed(field, prefix), value) for field, value in printer_values(said)]
    places = {FIRST_PRINTER: FIRST} | {name: str(place) for place, (name, _) in enumerate(named, start=2)}
    for sort in LabelSort:
        said_of = settings.labels.get(sort.value, LabelSettings())
        usual = FIRST if sort is LabelSort.TUBE else ""
        values.append((f"labels_{sort}", places.get(said_of.printer, usual)))
    return tuple(values)


def printers_offered(settings: Settings) -> tuple[tuple[str, Fields], ...]:
    """Which printer may be chosen for each sort of labels, by the names that stand in the settings."""
    named = list(settings.printers)[: len(FURTHER)]
    names = [FIRST_PRINTER, *named, *(f"Printer {place}" for place in range(len(named) + 2, len(FURTHER) + 2))]
    which = tuple((str(place), name) for place, name in enumerate(names, start=1))
    return tuple((f"labels_{sort}", (*UNNAMED.get(sort.value, NO_PRINTER), *which)) for sort in LabelSort)


def further_settings(
    said: dict[str, str], former: Settings
) -> tuple[dict[str, PrinterSettings], dict[str, LabelSettings], list[Problem]]:
    """The further printers as entered, what each printer prints, and what is wrong."""
    many = int(said.get("printers_many") or len(former.printers))
    kept = list(former.printers.items())
    printers: dict[str, PrinterSettings] = {}
    names, problems = {FIRST: FIRST_PRINTER}, []
    for place, prefix in enumerate(FURTHER[:many]):
        name = said.get(f"{prefix}_name", "").strip()
        was = kept[place][1] if place < len(kept) else PrinterSettings()
        if not name or name in {FIRST_PRINTER, *printers}:
            problems.append(Problem(f"{prefix}_name", "Enter a name that no other printer here has, such as Plates."))
        found, wrong = printer_settings(_plain(said, prefix), was)
        problems += [replace(one, field=_prefixed(one.field, prefix)) for one in wrong]
        printers[name], names[str(place + 2)] = found, name
    # More than the form has room for were entered in the file: they stay.
    printers |= dict(kept[len(FURTHER) :]) if many == len(FURTHER) else {}
    return printers, *_labels(said, former.labels, names, problems)


def _labels(
    said: dict[str, str], former: Mapping[str, LabelSettings], names: Mapping[str, str], problems: list[Problem]
) -> tuple[dict[str, LabelSettings], list[Problem]]:
    made: dict[str, LabelSettings] = {}
    for sort in LabelSort:
        chosen = said.get(f"labels_{sort}")
        was = former.get(sort.value, LabelSettings())
        if chosen is None:
            found = was
        elif chosen and chosen not in names:
            problems.append(Problem(f"labels_{sort}", f"Printer {chosen} is not entered above: choose another."))
            found = was
        else:
            usual = sort is LabelSort.TUBE and chosen == FIRST
            found = replace(was, printer="" if usual else names.get(chosen, ""))
        if found != LabelSettings():
            made[sort.value] = found
    return made, problems


def _plain(said: dict[str, str], prefix: str) -> dict[str, str]:
    mine = f"{prefix}_"
    return {f"printer_{name.removeprefix(mine)}": value for name, value in said.items() if name.startswith(mine)}


def _prefixed(field: str, prefix: str) -> str:
    return f"{prefix}_{field.removeprefix('printer_')}"
