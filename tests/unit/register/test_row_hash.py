"""What a row adds to a digest is plain JSON under SHA-256: whoever doubts a digest can work it out."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.register.groups import GROUPS
from gms_desktop.register.rows import derived, new_row, row_hash

texts = st.text(st.characters(exclude_categories=["Cs"]))
columns = st.sampled_from([column.name for column in derived.tables["request"].columns if column.name != "id"])


@given(texts, st.dictionaries(columns, st.none() | texts | st.integers(-(2**53), 2**53)))
def test_a_row_is_hashed_as_json_with_its_names_in_order(row_id: str, values: dict[str, str | int | None]) -> None:
    row = new_row("request", row_id) | values
    said = json.dumps({str(k): v for k, v in row.items()}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = sha256(f"request\n{said}".encode()).digest()
    assert row_hash("request", row) == int.from_bytes(digest[:16], "big")


@pytest.mark.parametrize("table", sorted(derived.tables))
def test_rows_are_named_in_plain_text_since_names_of_another_sort_slow_every_look_up(table: str) -> None:
    assert GROUPS
    assert {type(name) for name in new_row(table, "1")} == {str}
