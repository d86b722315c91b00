from pathlib import Path

import pytest

from gms_desktop.errors import Refused
from ui.mappings import mapping_for

OURS = """
name = "Hospital export"
date_order = "day first"
required = ["request_number", "surname"]
[columns]
request_number = "Order number"
surname = "Family name"
"""
FILE = "Order number,Family name\r\nQ26-1,OYELARAN\r\n"
REHEARSAL_FILE = b"Order number,Surname\r\nQ26-1,OYELARAN\r\n"


def laboratory(folder: Path, text: str) -> Path:
    (folder / "mappings").mkdir()
    (folder / "mappings" / "hospital.toml").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_mapping_is_found_by_its_headings_in_every_encoding_a_spreadsheet_writes(tmp_path, encoding):
    mapping = mapping_for(laboratory(tmp_path, OURS), FILE.encode(encoding))
    assert mapping is not None
    assert mapping["name"] == "Hospital export"


def test_headings_that_only_stand_in_a_cell_find_no_mapping(tmp_path):
    content = b"A,B\r\nOrder number,Family name\r\n"
    assert mapping_for(laboratory(tmp_path, OURS), content) is None


def test_the_made_up_hospitals_mapping_is_used_in_a_rehearsal_only(tmp_path):
    assert mapping_for(tmp_path, REHEARSAL_FILE) is None
    mapping = mapping_for(tmp_path, REHEARSAL_FILE, rehearsal=True)
    assert mapping is not None
    assert mapping["name"] == "Rehearsal hospital export"


@pytest.mark.parametrize("text", ["columns = [", "required = ['surname']", OURS.replace("surname =", "surnme =")])
def test_a_broken_mapping_is_named(tmp_path, text):
    with pytest.raises(Refused, match=r"hospital\.toml cannot be used\. .+ Put that right"):
        mapping_for(laboratory(tmp_path, text), FILE.encode())
