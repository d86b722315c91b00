"""The code at the top of a page is read back from the page's own pixels, whatever it says."""

from __future__ import annotations

import pytest

from gms_desktop.documents.label import LabelUnreadable
from gms_desktop.documents.page_code import check_code, put_code
from gms_desktop.documents.paper import one_page


# In the edge of the second one another symbology is seen: two bars pass for "01".
@pytest.mark.parametrize("code", ["PL-000123", "3e48ccbeeb29", "1m83p6ep3ftkcrqj"])
def test_the_code_of_a_page_reads_back(code: str) -> None:
    check_code(one_page("a page", lambda page: put_code(page, code)), code)


def test_a_page_with_another_code_is_not_handed_over() -> None:
    with pytest.raises(LabelUnreadable, match="reads back as PL-000124"):
        check_code(one_page("a page", lambda page: put_code(page, "PL-000124")), "PL-000123")


def test_a_page_without_a_code_is_not_handed_over() -> None:
    with pytest.raises(LabelUnreadable, match="no code at all"):
        check_code(one_page("a page", lambda _page: None), "PL-000123")
