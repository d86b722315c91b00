"""What is known of tubes beside where they stand: barred, stopped, or two recorded in one well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from gms_desktop.domain.racks.findings import Comparison, Found, Kind, Look

_GRAVITY = {kind: place for place, kind in enumerate(Kind)}
_STRANGE = frozenset({Kind.EXTRA, Kind.FOREIGN})


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of tubes.

    Attributes:
        barred: why a tube is recorded in no well, by its code: discarded, or in dispute.
        stopped: why a tube may not be used for what the rack is read for, by its code.
        two_in: the tubes that are recorded in one well together, by the well; none of them is expected there.
    """

    barred: Mapping[str, str] = field(default_factory=dict)
    stopped: Mapping[str, str] = field(default_factory=dict)
    two_in: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def with_standing(made: Comparison, standing: Standing) -> Comparison:
    """A comparison with what is known of its tubes: a barred one agrees nowhere, and is named as what it is."""
    barred = {well: code for well, code in made.tubes.items() if code in standing.barred}
    found = [one for one in made.found if not (one.kind in _STRANGE and one.codes[0] in standing.barred)]
    found += [Found(Kind.TWO_IN_ONE, (well,), codes) for well, codes in standing.two_in.items()]
    for kind, why in ((Kind.BARRED, standing.barred), (Kind.STOPPED, standing.stopped)):
        found += [Found(kind, (well,), (code,), said=why[code]) for well, code in made.tubes.items() if code in why]
    found.sort(key=lambda one: _GRAVITY[one.kind])
    return replace(made, looks=dict(made.looks) | dict.fromkeys(barred, Look.BARRED), found=tuple(found))
