"""What is said of a balance, and of what lies on it."""

from __future__ import annotations

from devices.values import Weighing, Weight

_STATES: dict[Weighing, str] = {
    Weighing.AT_REST: "{value} {unit}, at rest.",
    Weighing.MOVING: "The pan has not come to rest ({raw}). Wait until it does: close the draught shield.",
    Weighing.OVERLOAD: "Too much lies on the pan. Take it off, and weigh it on a larger balance.",
    Weighing.UNDERLOAD: "The pan is missing or lifted. Put it in its place, and set the balance to nought.",
    Weighing.BUSY: "The balance is busy. Wait until it has finished, and weigh again.",
    Weighing.ERROR: "The balance says that something is wrong ({detail}). Look at its display, and weigh again.",
    Weighing.UNIT_UNKNOWN: "The balance weighs in “{detail}”. Set it to grams, and weigh again.",
    Weighing.NOT_UNDERSTOOD: (
        "What the balance sent is no weight ({raw}). Check its speed, parity and protocol against the settings."
    ),
    Weighing.SILENT: "The balance does not answer. Check that it is on, and that it is set to this protocol.",
    Weighing.AWAY: "The balance is not there: {detail}. Check its cable.",
}


def weighed(weight: Weight) -> str:
    """What came of asking a balance, and what to do about it."""
    value = "" if weight.value is None else format(weight.value, "f")
    shown = " ".join(weight.raw.split()) or "nothing"
    return _STATES[weight.state].format(value=value, unit=weight.unit, raw=shown, detail=weight.detail or "no reason")
