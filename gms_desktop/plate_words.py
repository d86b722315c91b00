"""Every sentence about a plate that is planned: why a tube has no place, and what a change breaks."""

from __future__ import annotations

from gms_desktop.domain.plates import check
from gms_desktop.domain.plates.check import Break
from gms_desktop.domain.plates.last_read import Stop
from gms_desktop.domain.plates.last_read import Why as Stopped
from gms_desktop.domain.plates.plan import Refusal, Tried, Why
from gms_desktop.domain.plates.rule_pack import Rule
from gms_desktop.rack_words import listed

TYPES = {
    "proband": "proband",
    "family": "family",
    "cancer-germline": "cancer germline",
    "tumour": "tumour",
    "problem": "problem",
}
"""Rack types of the national rules in words; a laboratory's own types are shown as it names them."""
REPEAT = "repeat"
_DELIVERIES = {
    "tumour-first": "announced: the tumour comes first",
    "germline-late": "announced: the tumour comes later",
    "family-only": "announced: only the family comes",
    REPEAT: "repeats one that went before",
}
_REASONS = {
    Why.TWICE: "It stands twice in the list, and is planned once.",
    Why.WHO_UNKNOWN: "Whose it is is not known. Enter participant and family first.",
    Why.TYPE_UNKNOWN: "Its rack type is none of the rules'. Choose one that is.",
    Why.A01_KEPT: "The template keeps A01 for a control, and the rules want a sample there. Choose another template.",
    Why.TOGETHER: "What goes with it has no place, and they go together or not at all.",
}
_STOPS = {
    Stopped.NOWHERE: "{codes}: no rack is known to hold this. Read the rack, then plan again.",
    Stopped.NOT_READ_AGAIN: "Rack {rack} was not read since the plan. Read it before the plate gets its code.",
    Stopped.DISAGREES: "Rack {rack} does not agree as a whole. Put right what is found, then read it again.",
    Stopped.ELSEWHERE: "Rack {rack}: {codes} is not in the well that the plan takes it from. Plan again.",
}
_ON_PLATE = {
    Rule.PARTICIPANT_ONCE: "the same participant is there already ({code})",
    Rule.FAMILY_ONCE: "one of the same family is there already ({code})",
    Rule.APART: "every free well is too close to a related tube ({code})",
}


def refused(one: Refusal) -> str:
    """Why a tube is not in the proposal, and what to do."""
    return f"{one.code}: {_reason(one)}"


def broken(one: Break) -> str:
    """What a layout breaks: which rule, where, which tubes."""
    return f"{_where(one)}: {_rule(one)}"


def stopped(one: Stop) -> str:
    """Why a plate does not get its code yet, and what to do."""
    return _STOPS[one.why].format(rack=one.rack, codes=_some(one.codes))


def type_words(type_: str) -> str:
    """A rack type in words."""
    return TYPES.get(type_, type_)


def delivery_words(how: str) -> str:
    """How a tube was announced; a laboratory's own ways are shown as it names them."""
    return _DELIVERIES.get(how, f"announced: {how}")


def _reason(one: Refusal) -> str:
    if one.why is Why.WAITS:
        return f"It waits for its {type_words(one.needs)} tube, which is not here. Plan it when that has come."
    if one.why is Why.NO_ROOM:
        return _no_room(one.tried)
    with_it = tuple(code for code in one.others if code != one.code)
    others = f" With it: {_some(with_it)}." if with_it else ""
    return f"{_REASONS[one.why]}{others}"


def _no_room(tried: tuple[Tried, ...]) -> str:
    if not tried:
        return "There is no plate left for its type. Allow one more plate."
    said = [f"plate {one.plate} is full" if one.rule is None else f"plate {one.plate}: {_tried(one)}" for one in tried]
    return f"{_capital('; '.join(said))}. Allow one more plate, or plan it next time."


def _tried(one: Tried) -> str:
    return _ON_PLATE.get(one.rule, "it has no well").format(code=one.code) if one.rule else ""


def _where(one: Break) -> str:
    numbers = sorted(set(one.plates))
    plates = f"Plate {numbers[0]}" if len(numbers) == 1 else f"Plates {listed([str(number) for number in numbers])}"
    return f"{plates}, {listed(one.wells)}" if one.wells else plates


def _rule(one: Break) -> str:
    codes = _some(one.codes)
    said = {
        check.TUBE_TWICE: f"{codes} stands twice. Take one away.",
        check.NO_SUCH_WELL: "The plate has no such well.",
        check.NO_LOT: "A control or buffer without its lot. Scan the lot.",
        check.WHO_UNKNOWN: f"Whose {codes} is is not known. Enter participant and family first.",
        Rule.ONE_TYPE: f"{codes} is of another rack type than the plate.",
        Rule.PARTICIPANT_ONCE: f"{codes} are of one participant, who stands once on such a plate.",
        Rule.FAMILY_ONCE: f"{codes} are of one family, of which one stands on such a plate.",
        Rule.APART: f"{codes} are related and stand too close: in one row, or within the distance of the rules.",
        Rule.PARTNER: f"{codes} waits for its {type_words(one.needs)} tube, which is on no plate.",
        Rule.BUFFER: "Empty wells stand between tubes. They are filled with buffer.",
        Rule.CONSIGNMENT: f"{codes} go in one consignment, and their plates go in several.",
        Rule.A01: "A01 holds a sample by the rules. Move one there.",
    }
    return said[one.rule]


def _some(codes: tuple[str, ...]) -> str:
    return listed(codes) if codes else "It"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
