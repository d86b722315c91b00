"""The laboratory's specimen types, and volumes as people write them."""

from __future__ import annotations

from decimal import Decimal
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gms_desktop.domain.specimen_types import read_types, storage_words
from gms_desktop.domain.volumes import read_figure, read_volume

TEXT = files("resources").joinpath("reference", "specimen-types.toml").read_text("utf-8")
LISTED = read_types(TEXT)
REASONS = files("resources").joinpath("rules", "reasons.toml").read_text("utf-8")

# Service specification line 494, and what the issue adds to it.
OF_THE_SPECIFICATION = (
    "EDTA blood", "Capillary blood", "Fresh tissue", "Frozen tissue", "Stabilised tissue", "FFPE tissue",
    "Bone marrow aspirate", "Saliva", "Buccal swab", "Amniotic fluid", "Chorionic villus sample", "Cultured cells",
    "Urine", "Cytology fluid", "Blood in RNA tube", "Blood in NIPT tube", "Blood in ctDNA tube", "Extracted DNA",
    "Extracted RNA",
)  # fmt: skip


@pytest.mark.parametrize("words", OF_THE_SPECIFICATION)
def test_every_type_of_the_specification_is_on_the_list(words: str) -> None:
    assert LISTED.find(words) is not None


def test_a_type_is_found_by_its_words_or_its_code_in_any_case() -> None:
    assert LISTED.find(" edta BLOOD ") == LISTED.find("edta-blood") is not None
    assert LISTED.find("Moon dust") is None
    assert LISTED.find(None) is None
    assert LISTED.find("") is None


def test_storage_is_warned_of_what_is_never_chilled_and_each_has_its_source() -> None:
    chilled_never = {one.words for one in LISTED.types if one.never_chilled}
    assert chilled_never == {"Amniotic fluid", "Chorionic villus sample", "Blood in NIPT tube"}
    assert storage_words(LISTED.find("Amniotic fluid")) == "Amniotic fluid: never chill or freeze"
    assert storage_words(LISTED.find("EDTA blood")) == ""
    assert all(one.source for one in LISTED.types if one.never_chilled)


def test_a_marrow_is_irreplaceable_and_a_saliva_is_not() -> None:
    marrow, saliva = LISTED.find("Bone marrow aspirate"), LISTED.find("Saliva")
    assert marrow is not None
    assert marrow.irreplaceable
    assert saliva is not None
    assert not saliva.irreplaceable


def test_cytology_and_extracted_material_ask_more_than_a_tube_of_blood() -> None:
    asks = {words: LISTED.find(words).asks for words in ("Cytology fluid", "Extracted RNA", "EDTA blood")}  # type: ignore[union-attr]
    assert asks == {"Cytology fluid": {"cytology"}, "Extracted RNA": {"history"}, "EDTA blood": frozenset()}


def test_each_condition_that_names_a_reason_names_one_that_is_given() -> None:
    assert all(f'code = "{one.reason}"' in REASONS for one in LISTED.conditions if one.reason)


def test_clotted_haemolysed_short_and_leaking_are_one_touch() -> None:
    assert [one.code for one in LISTED.conditions if one.one_touch] == ["clotted", "haemolysed", "short", "leaking"]


def test_a_condition_taken_off_the_list_stays_readable() -> None:
    assert LISTED.condition_words("singed") == "singed"


@pytest.mark.parametrize(
    ("former", "now"),
    [
        ('code = "saliva"', 'code = "edta-blood"'),
        ('words = "Saliva"', 'words = "edta blood"'),
        ('asks = ["history"]', 'asks = ["weather"]'),
        ('code = "saliva"', 'code = "sal#iva"'),
        ('spins = [{ g = "1600", minutes = "10" }]', 'spins = [{ g = "fast", minutes = "10" }]'),
        ("never_chilled = true\nsource", "never_chilled = true\nno_source"),
    ],
)
def test_a_list_that_says_two_things_or_none_is_not_approved(former: str, now: str) -> None:
    assert former in TEXT
    with pytest.raises(ValueError, match=r"twice|asks|code|spin|source"):
        read_types(TEXT.replace(former, now, 1))


@pytest.mark.parametrize(
    ("written", "value", "unit", "ml"),
    [
        ("2.5 ml", "2.5", "ml", "2.5"),
        ("250µl", "250", "µl", "0.25"),
        ("250 ul", "250", "µl", "0.25"),
        ("0.50 ML", "0.50", "ml", "0.50"),
    ],
)
def test_a_volume_keeps_its_figure_as_it_was_written(written: str, value: str, unit: str, ml: str) -> None:
    volume = read_volume(written)
    assert volume is not None
    assert (volume.value, volume.unit, volume.ml) == (value, unit, Decimal(ml))
    assert volume.raw == written


@pytest.mark.parametrize("written", ["", "2.5", "2,5 ml", "-1 ml", "1e3 ml", "a bit", "2.5 litres", "1.5.2 ml", "٣ ml"])
def test_a_volume_that_may_mean_two_things_is_not_read(written: str) -> None:
    assert read_volume(written) is None


def test_a_mass_and_a_count_have_no_volume() -> None:
    weight, pieces = read_volume("40 mg"), read_volume("2 pieces")
    assert weight is not None
    assert pieces is not None
    assert (weight.ml, pieces.ml) == (None, None)


@given(st.text(max_size=20))
def test_whatever_is_typed_is_a_volume_or_none(written: str) -> None:
    volume = read_volume(written)
    assert volume is None or Decimal(volume.value) >= 0
    figure = read_figure(written)
    assert figure is None or figure >= 0
