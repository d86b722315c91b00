import re
from pathlib import Path

import ui
from ui import words

BANNED = re.compile(r"\b(invalid|please|sorry|oops|error)\b", re.IGNORECASE)
SENTENCES = {name: text for name, text in vars(words).items() if name.isupper()}


def test_no_sentence_begs_blames_or_hides_behind_jargon():
    assert len(SENTENCES) > 50
    assert {name for name, text in SENTENCES.items() if BANNED.search(text)} == set()


def test_every_word_kept_for_a_screen_is_used_by_one():
    folder = Path(ui.__file__).parent
    code = "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py") if path.name != "words.py")
    assert {name for name in SENTENCES if f"words.{name}" not in code} == set()


def test_no_screen_and_no_widget_knows_a_colour():
    folder = Path(ui.__file__).parent
    named = [
        path.name
        for room in ("screens", "widgets")
        for path in (folder / room).glob("*.py")
        if re.search(r"#[0-9a-fA-F]{6}\b", path.read_text(encoding="utf-8"))
    ]
    assert named == []
