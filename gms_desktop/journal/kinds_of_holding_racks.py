"""What entries about holding racks state: tubes were moved from rack to rack as somebody planned it.

That tubes were moved is a fact: it follows what was known of the plan, of each tube and of every rack, and is contested
where one of them changed at another bench meanwhile.
"""

from __future__ import annotations

from gms_desktop.journal.entry import Body, Premises
from gms_desktop.journal.kind import Nature, exists, kind

SORT = "holding rack"


def filled(body: Body) -> Premises:
    """The tubes of a plan stand in a holding rack now.

    Raises:
        ValueError: when a well or a tube stands twice, or a tube would be moved into the rack it stands in.
    """
    wells, tubes = [one["well"] for one in body["wells"]], [one["tube"] for one in body["wells"]]
    sources = tuple(dict.fromkeys(one["rack"] for one in body["wells"]))
    if not wells or len(set(wells)) < len(wells) or len(set(tubes)) < len(tubes) or body["rack"] in sources:
        raise ValueError("a well or a tube stands twice, or the rack is its own source")
    plan, rack = f"plate:{body['plate']}", f"rack:{body['rack']}"
    about = (plan, rack, *(f"tube:{one}" for one in tubes), *(f"rack:{one}" for one in sources))
    follows = tuple((f"last:{subject}", entry) for subject, entry in body["follows"])
    rests = (*(exists(one) for one in about), (f"last:{plan}", body["rests_on"]), *follows)
    return Premises(about, expects=rests)


ROWS = (kind("holding_rack.filled", Nature.FACT, "plate rack code wells follows rests_on bench", filled),)
