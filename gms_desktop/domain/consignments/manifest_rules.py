"""How the manifests of whole genome sequencing name specimens, materials and samples: laboratory data. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ManifestRules:
    """What stands for what in a manifest; what is not named stays unsaid.

    Attributes:
        version: of the rule set.
        specimen: coded state by the code of the specimen type.
        material: coded state by what is in the tube.
        unextracted: what a tube holds that was filled straight from a specimen; empty where nobody said.
        concentration_by: how the instrument is called whose concentration counts beside others'; empty for none.
        sample: sort of sample by what the request tells of the specimen.
        plating_organisation: ODS code of whoever plates; empty for none.
        laboratory_id: this laboratory's short code in GEL1004; empty for none.
        disease_area: of GEL1004, by how the code of the test begins.
        rack_type, tissue_type: of GEL1004, by what the request tells of the specimen.
        clinic_type: of GEL1004, by the code of the specimen type.
    """

    version: str
    specimen: Mapping[str, str]
    material: Mapping[str, str]
    unextracted: str
    concentration_by: str
    sample: Mapping[str, str]
    plating_organisation: str
    laboratory_id: str
    disease_area: Mapping[str, str]
    rack_type: Mapping[str, str]
    tissue_type: Mapping[str, str]
    clinic_type: Mapping[str, str]


_TABLES = ("specimen", "material", "sample", "disease_area", "rack_type", "tissue_type", "clinic_type")


def read_manifest_rules(text: str) -> ManifestRules:
    """Read the rule set ``manifests``.

    Args:
        text: TOML as in ``resources/rules/manifests.toml``.

    Raises:
        ValueError: a coded state is no ``code|term``.
        KeyError, TypeError: a table is missing or holds something else than text.
    """
    said = tomllib.loads(text)
    tables = {name: _texts(said[name]) for name in _TABLES}
    for coded in (*tables["specimen"].values(), *tables["material"].values()):
        code, _, term = coded.partition("|")
        if not code.isdigit() or not term.strip():
            raise ValueError(f"“{coded}” is no code|term")
    return ManifestRules(
        version=str(said["version"]),
        unextracted=str(said.get("unextracted", "")),
        concentration_by=str(said.get("concentration_by", "")),
        plating_organisation=str(said.get("plating_organisation", "")),
        laboratory_id=str(said.get("laboratory_id", "")),
        **tables,
    )


def _texts(said: Any) -> Mapping[str, str]:
    if not isinstance(said, dict) or not all(isinstance(one, str) for one in said.values()):
        raise TypeError("a table of texts is wanted")
    return said
