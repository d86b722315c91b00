"""What entries about NIPT rest on, and that a form never touches what was decided of its tube."""

from __future__ import annotations

from typing import Any

import pytest

from gms_desktop.journal import kinds
from gms_desktop.journal.entry import Premises
from gms_desktop.journal.kinds import Nature

STATED: dict[str, Any] = {
    "nipt": "s1", "specimen": "s1", "request": "r1", "pathway": "FASP", "sampled": None, "weight": None, "due": None,
    "fetuses": None, "chorionicity": None, "ivf": None, "ethnicity": None, "postcode": None, "conditions": None,
    "chance": None, "offered": None, "history": [], "sequence": "1", "first": None, "repeat_reason": None,
}  # fmt: skip
JUDGED: dict[str, Any] = {
    "nipt": "s1", "specimen": "s1", "request": "r1", "acceptance": "5", "ineligible": [], "rejection": [],
    "repeat_asked": False, "conditions": None, "clarified": None, "clarified_with": None, "agreed_with": None,
    "missing": False, "comment": None, "shown": {"reasons": [], "asked": []}, "day": "2026-03-02", "rests_on": "w1/9",
}  # fmt: skip
RESULT: dict[str, Any] = {
    "nipt": "s1", "outcome": "1", "no_result": None, "results": {}, "scores": {}, "fetal_fraction": None, "runs": None,
    "authorised": None, "reported": "2026-03-06", "then": None, "source": "entered",
}  # fmt: skip
QF_PCR: dict[str, Any] = {"specimen": "s1", "indication": "other", "reported": None, "source": "entered"}

NIPT, SPECIMEN, REQUEST = ("id:nipt:s1", "nipt:s1"), ("id:specimen:s1", "specimen:s1"), ("id:request:r1", "request:r1")
CASES = {
    "nipt.stated": (STATED, Nature.FACT, Premises(("nipt:s1",), (NIPT,), (), (SPECIMEN, REQUEST))),
    "nipt.judged": (
        JUDGED,
        Nature.DECISION,
        Premises(("nipt:s1",), (NIPT,), (("last:nipt:s1", "w1/9"), SPECIMEN, REQUEST)),
    ),
    "nipt.result_stated": (RESULT, Nature.FACT, Premises(("nipt:s1",), (), (), (NIPT,))),
    "nipt.qf_pcr_stated": (
        QF_PCR,
        Nature.FACT,
        Premises(("qf_pcr:s1",), (("id:qf_pcr:s1", "qf_pcr:s1"),), (), (SPECIMEN,)),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_an_entry_about_nipt_rests_on(name: str) -> None:
    body, nature, wanted = CASES[name]
    kind = kinds.newest(name)
    assert kind.nature is nature
    assert kinds.premises_of(kind, body, None) == wanted


def test_a_repeat_expects_its_first_sample() -> None:
    said = kinds.premises_of(kinds.newest("nipt.stated"), STATED | {"first": "s0"}, None)
    assert ("id:nipt:s0", "nipt:s0") in said.expects


def test_a_sample_that_never_came_is_named_by_its_request() -> None:
    never = JUDGED | {"nipt": "r1", "specimen": None, "rests_on": None}
    said = kinds.premises_of(kinds.newest("nipt.judged"), never, None)
    assert said.touches == ("nipt:r1",)
    assert said.requires == (("last:nipt:r1", None), REQUEST)


@pytest.mark.parametrize(("name", "body"), [("nipt.stated", STATED), ("nipt.judged", JUDGED)])
def test_a_record_named_by_something_else_is_not_written(name: str, body: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="named by its specimen"):
        kinds.premises_of(kinds.newest(name), body | {"nipt": "another"}, None)
