"""Our ZPL drawn by somebody else's renderer, which shares no code with ours. Only where that renderer is installed.

In a folder of its own: ``npm install zpl-renderer-js``, then
``GMS_DESKTOP_ZPL_RENDERER=that folder python -m pytest tests/unit/documents/test_labels_rendered_elsewhere.py``.
"""

from __future__ import annotations

import base64
import io
import itertools
import json
import os
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from gms_desktop.documents.label_data import examples
from gms_desktop.documents.label_form import DOTS_PER_MM
from gms_desktop.documents.label_layout import product_layouts
from gms_desktop.documents.label_pixels import prove_data
from gms_desktop.documents.label_reading import decode

FOLDER = os.environ.get("GMS_DESKTOP_ZPL_RENDERER", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="GMS_DESKTOP_ZPL_RENDERER names no folder with zpl-renderer-js")


def test_each_label_decodes_to_the_stored_text_when_another_renderer_draws_it(tmp_path: Path) -> None:
    wanted, asked = [], []
    for layout, dpi in itertools.product(product_layouts(), DOTS_PER_MM):
        proof = prove_data(examples(layout), layout, dpi)
        wanted.append((layout.name, dpi, proof.decoded))
        asked.append((proof.payload.decode("ascii"), layout.width, layout.height, DOTS_PER_MM[dpi]))
    labels, pictures = tmp_path / "labels.json", tmp_path / "pictures.json"
    labels.write_text(json.dumps(asked), encoding="utf-8")
    subprocess.run(["node", Path(__file__).with_name("zpl_rendered.js"), labels, pictures], cwd=FOLDER, check=True)
    drawn = [Image.open(io.BytesIO(base64.b64decode(one))) for one in json.loads(pictures.read_text("utf-8"))]
    read = [decode(picture.convert("L")) for picture in drawn]
    assert [(name, dpi, codes) for (name, dpi, _), codes in zip(wanted, read, strict=True)] == wanted
