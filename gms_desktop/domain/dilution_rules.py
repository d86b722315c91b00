"""What a laboratory's pipettes and plates allow when it dilutes (rule set ``dilution``). Pure."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from gms_desktop.domain.dilution import Target

_BOUNDS = ("smallest_ul", "dead_volume_ul", "capacity_ul", "step_ul")
_MOST = Decimal(100_000)


@dataclass(frozen=True, slots=True)
class DilutionRules:
    """The rule set. ``bounds`` are the smallest volume, dead volume, capacity and step in µl; none while one is blank.

    ``concentration`` and ``volume`` stand in the form at first, as text; empty where the laboratory has no usual one.
    """

    version: str
    bounds: tuple[Decimal, Decimal, Decimal, Decimal] | None
    concentration: str
    volume: str

    def target(self, concentration: Decimal, volume: Decimal) -> Target:
        """What is wanted of each tube, within the bounds.

        Raises:
            ValueError: when a bound is blank, or the volume does not fit.
        """
        if self.bounds is None:
            raise ValueError("the rule set dilution is blank")
        smallest, dead, capacity, step = self.bounds
        return Target(concentration, volume, smallest, dead, capacity, step)


def read_dilution_rules(text: str) -> DilutionRules:
    """The rule set.

    Args:
        text: TOML as in ``resources/rules/dilution.toml``.

    Raises:
        ValueError: when what is given is no volume, or the volumes contradict each other.
        KeyError, TypeError: when a field is missing or of the wrong kind.
    """
    said = tomllib.loads(text)
    found = [_number(said, name) for name in _BOUNDS]
    smallest, dead, capacity, step = found
    bounds = None
    if smallest is not None and dead is not None and capacity is not None and step is not None:
        if min(smallest, step) <= 0 or smallest > capacity:
            raise ValueError("smallest_ul and step_ul are above nought, and capacity_ul is no less than smallest_ul")
        bounds = (smallest, dead, capacity, step)
    usual = [_number(said, name) for name in ("concentration_ng_ul", "volume_ul")]
    return DilutionRules(str(said["version"]), bounds, *("" if one is None else format(one, "f") for one in usual))


def amount(text: str) -> Decimal | None:
    """A concentration or volume that a person entered; none where it is no number above nought."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    plain = text.isascii() and "_" not in text and number.is_finite()
    return number if plain and Decimal(0) < number <= _MOST else None


def _number(said: dict[str, object], name: str) -> Decimal | None:
    value = said[name]
    if not isinstance(value, str):
        raise TypeError(f'{name} is written in quotes: {name} = "2.5"')
    if not value.strip():
        return None
    try:
        number = Decimal(value)
    except InvalidOperation as fault:
        raise ValueError(f"{name} is a number, not {value}") from fault
    if not number.is_finite() or not 0 <= number <= _MOST:
        raise ValueError(f"{name} is a volume, not {value}")
    return number
