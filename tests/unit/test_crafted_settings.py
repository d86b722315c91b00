"""A settings file that somebody crafted is refused in words, with the setting named, and never followed."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
import tomli_w
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from devices.instruments.mapped.profile import ProfileDefect, ProfileProblem, read_profile
from gms_desktop import settings
from gms_desktop.documents.label_form import LayoutUnfit
from gms_desktop.documents.label_layout import read_layout
from gms_desktop.errors import Refused
from gms_desktop.exchange.mapped import MappingError, layout_of_toml
from gms_desktop.services import site_rules
from gms_desktop.settings import Settings

TABLES = ("scanner", "printer", "printers", "labels", "rack_reader", "instruments", "balance", "backup", "hub", "fhir")
NAMES = [*TABLES, "exports", *Settings.__dataclass_fields__, "mode", "port", "folder", "days", "folders", "dates"]
values = st.recursive(
    st.one_of(st.text(max_size=20), st.integers(-(2**63), 2**63 - 1), st.booleans(), st.floats(allow_nan=False)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(sorted(set(NAMES))), inner, max_size=3)
    ),
    max_leaves=8,
)


def read_of(folder: Path, content: bytes) -> Settings | str:
    (folder / "settings.toml").write_bytes(content)
    try:
        found = settings.read(folder)
    except Refused as told:
        return str(told)
    assert found is not None
    return found


@given(st.binary(max_size=400))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_any_bytes_are_settings_or_a_sentence(tmp_path: Path, content: bytes) -> None:
    assert isinstance(read_of(tmp_path, content), (Settings, str))


@given(st.dictionaries(st.sampled_from(sorted(set(NAMES))), values, max_size=5))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_any_table_is_settings_or_a_sentence_that_names_the_setting(tmp_path: Path, said: dict[str, object]) -> None:
    found = read_of(tmp_path, tomli_w.dumps(said).encode())
    assert isinstance(found, Settings) or "is not understood" in found or "newer version" in found


@pytest.mark.parametrize(
    "content",
    [
        b"format = 6\nbench = " + b"[" * 20_000,
        b"a" * 2_000_000,
        b'bench = "' + b"A" * 1_000 + b'\x00"',
        b"format = 99",
        b"format = '6'",
        b'[exports]\nfolder = "/"\ndays = 0',
    ],
)
def test_what_was_made_to_do_harm_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    assert isinstance(read_of(tmp_path, content), str)


DEEP = "format = 1\nx = " + "[" * 20_000


def test_a_text_nested_without_end_is_refused_wherever_a_person_gives_one() -> None:
    with pytest.raises(MappingError, match="too deep"):
        layout_of_toml(DEEP)
    with pytest.raises(LayoutUnfit, match="cannot be read"):
        read_layout(DEEP)
    (problem,) = cast("tuple[ProfileProblem, ...]", read_profile(DEEP))
    assert problem.defect is ProfileDefect.NOT_TOML
    with pytest.raises(Refused, match="cannot be read as the rule set"):
        site_rules.approval(DEEP, "reasons", "anybody")
