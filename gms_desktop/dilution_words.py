"""Every sentence about diluting the tubes of a plate."""

from __future__ import annotations

from decimal import Decimal

from gms_desktop.domain.dilution import Dilution, Mix, Outcome
from gms_desktop.domain.verdicts import Verdict, VerdictKind
from gms_desktop.exchange.worklists.transfers import shown
from gms_desktop.words import attention, refused

FIELDS = (
    ("concentration", "Concentration wanted, ng/µL"),
    ("volume", "Volume wanted in each well, µL"),
    ("between", "Code of an empty plate for first dilutions; empty: what needs two steps is left out"),
)
NEEDS = "Enter a concentration and a volume, each a number above nought, as 20 or 2.5."
LEFT_OUT = {
    Outcome.DILUTE_TWICE: "needs two dilutions: name an empty plate for the first, or dilute it by hand",
    Outcome.TOO_WEAK: "is weaker than what is wanted",
    Outcome.TOO_STRONG: "is too strong for two dilutions in these volumes",
    Outcome.NOT_MEASURED: "has no concentration that stands: measure it",
    Outcome.VOLUME_NOT_KNOWN: "has no volume that is known: measure or state it",
}


def in_use(code: str) -> str:
    """The plate for first dilutions is none that is empty."""
    return f"“{code}” is known here already. Take a plate that nothing stands in, and that has another code."


def no_code(code: str) -> str:
    """What was entered cannot stand in a worklist."""
    return f"“{code}” is no code of a plate: letters, digits, points, hyphens and spaces, at most 40."


def blank() -> Verdict:
    """The laboratory said nothing of its pipettes."""
    return refused(
        "Not set up",
        "The rule set dilution is blank: what the pipette takes, what stays in the tube, what a well holds. "
        "The laboratory approves its own first.",
    )


def made_first() -> Verdict:
    """A plate that has no code yet."""
    return refused("No plate", "Scan a plate that was made first.")


def asks() -> Verdict:
    """The form stands open."""
    return attention("To what?", "Enter what each well is to hold. Nothing is written before you looked at each tube.")


def planned(dilutes: int, left: int) -> Verdict:
    """The volumes are in view."""
    said = f"{dilutes} tube{'s' if dilutes != 1 else ''} can be brought to it."
    if left:
        return attention("Look at each tube", f"{said} {left} cannot, and {'is' if left == 1 else 'are'} left out.")
    return Verdict(VerdictKind.FOUND, "Look at each tube", f"{said} Nothing is written yet.")


def nothing_planned() -> Verdict:
    """There is nothing to write."""
    return refused("Nothing planned", "Say first to what the tubes are diluted.")


def does_not_fit(volume: Decimal, most: Decimal) -> Verdict:
    """More than a well holds."""
    return refused("Too much", f"{shown(volume)} µL do not fit: a well holds {shown(most)} µL. Enter less.")


def nothing_to_do() -> Verdict:
    """No tube can be diluted."""
    return refused("Nothing written", "No tube of this plate can be brought to it. Each line says why.")


def changed() -> Verdict:
    """What the volumes rest on is another now."""
    return attention("Look again", "A reading or a volume changed meanwhile. These are the volumes now.")


def no_column(names: str) -> str:
    """The robot's worklist leaves volumes out."""
    return (
        f"The rule set worklists has no Hamilton column for {names}, and says not where diluent stands for a Tecan: "
        "no robot would be told"
    )


def written(code: str, many: int, left: list[str]) -> Verdict:
    """The worklist is kept."""
    said = f"Plate {code}: {many} tube{'s' if many != 1 else ''}. Read back and compared. Find shows the plate with it."
    if left:
        return attention("Worklist written", f"{said} Not in it: {', '.join(left)}.")
    return Verdict(VerdictKind.FINISHED, "Worklist written", said)


def line(concentration: Decimal | None, available: Decimal | None, made: Dilution, between: str = "") -> str:
    """What is planned for one tube, or why nothing is; ``between``: the well of its first dilution, if it has one."""
    now = f"{_short(concentration)} ng/µL" if concentration is not None else "not measured"
    there = f"{shown(available)} µL" if available is not None else "volume not known"
    return f"{now}, {there}: {_planned(made, between)}."


def _planned(made: Dilution, between: str) -> str:
    if made.outcome is Outcome.NOT_ENOUGH:
        return f"there is not enough, {shown(made.missing)} µL are missing"
    if made.outcome is Outcome.DILUTE_TWICE and between:
        first, second = made.mixes
        return f"in {between} {_mixed(first)}; of that {_mixed(second)}"
    if made.outcome in LEFT_OUT:
        return LEFT_OUT[made.outcome]
    mix = made.mixes[0]
    return _mixed(mix) if mix.diluent else f"{shown(mix.sample)} µL as it is"


def _mixed(mix: Mix) -> str:
    to = _short(mix.concentration)
    return f"{shown(mix.sample)} µL and {shown(mix.diluent)} µL of diluent make {shown(mix.volume)} µL of {to} ng/µL"


def _short(concentration: Decimal) -> str:
    """A concentration to four figures: a mean has more than anybody measured."""
    return shown(Decimal(f"{concentration:.4g}"))
