"""Tubes to be plated, and the national rules switched on, for the tests of plates."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files

from hypothesis import strategies as st

from gms_desktop.domain.plates.contents import Buffer, Control, Template, Tube
from gms_desktop.domain.plates.rule_pack import read_rule_pack
from gms_desktop.domain.racks.wells import Shape

TEXT = files("resources").joinpath("rules", "plating-national.toml").read_text("utf-8")
SHIPPED = read_rule_pack(TEXT)
NATIONAL = replace(SHIPPED, on=True)
BUFFER = Buffer("B-0001")
PLAIN = Template(BUFFER)
CONTROLLED = Template(BUFFER, {"G12": Control("NTC", "N-7"), "H12": Control("NA12878", "C-3")})
SMALL = Template(BUFFER, {"D06": Control("NTC", "N-7")}, Shape(4, 6))
tubes = st.builds(
    Tube,
    code=st.integers(0, 200).map(str),
    participant=st.sampled_from(["", *"abcdefghij"]),
    family=st.sampled_from(["", *"rstuv"]),
    type=st.sampled_from([*NATIONAL.types, "omics"]),
    delivery=st.sampled_from(["", "", "tumour-first", "germline-late", "family-only"]),
    repeat=st.booleans(),
)


def proband(number: int, family: int | None = None) -> Tube:
    who = number if family is None else family
    return Tube(f"P{number:09}", f"p{number:011}", f"r{who:011}", "proband")


def relative(number: int, family: int, *, delivery: str = "") -> Tube:
    return Tube(f"R{number:09}", f"p{500_000 + number:011}", f"r{family:011}", "family", delivery)


def tumour(number: int, patient: int, *, delivery: str = "") -> Tube:
    return Tube(f"T{number:09}", f"p{900_000 + patient:011}", f"r{900_000 + patient:011}", "tumour", delivery)


def germline(number: int, patient: int, *, delivery: str = "") -> Tube:
    return Tube(f"G{number:09}", f"p{900_000 + patient:011}", f"r{900_000 + patient:011}", "cancer-germline", delivery)


def a_busy_week() -> list[Tube]:
    """960 tubes for ten plates: trios, families of one proband, and cancers with their germlines."""
    probands = [proband(number) for number in range(384)]
    relatives = [relative(2 * one + half, one) for one in range(96) for half in (0, 1)]
    cancers = range(192)
    return [
        *probands,
        *relatives,
        *(germline(one, one) for one in cancers),
        *(tumour(one, one) for one in cancers),
    ]
