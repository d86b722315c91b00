import subprocess
import sys

HEAVY = ("sqlalchemy", "pandas", "reportlab", "zxingcpp", "openpyxl", "pypdfium2", "alembic")


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.strip()


def test_the_window_loads_nothing_heavy():
    loaded = f"[name for name in {HEAVY!r} if name in sys.modules]"
    code = f"import sys, ui.app, ui.scan_filter, ui.bench_window, ui.chime; print({loaded})"
    assert run(code) == "[]"


def test_painting_a_hundred_thousand_times_does_not_use_up_none():
    code = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from ui.app import make_application
from PySide6.QtWidgets import QLabel
app = make_application([])
label = QLabel()
for _ in range(100_000):
    label.setText("26K7Q0042X")
    label.parentWidget()
print("alive")
"""
    assert run(code) == "alive"
