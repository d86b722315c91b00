"""A label layout that is proposed, tried on a printer and released there: every kind of entry about layouts."""

from __future__ import annotations

from typing import Any

from shift import Shift

from gms_desktop.register.ledger import Draft


def layouts(day: Shift) -> None:
    """A layout is proposed, approved, printed as a test label and as a real one, and scanned back."""
    text = {"version": "2", "effective": "2026-03-02", "sha256": "ef" * 32, "text": 'name = "tube-25x51"\n'}
    said = {"name": "label-layout-tube-25x51", **text}
    day.act(lambda: [Draft("site_data.proposed", {**said, "comment": "", "by": day.operator})])
    day.act(lambda: [Draft("site_data.approved", {**said, "by": day.operator})])
    where: dict[str, Any] = {"layout": "tube-25x51", "version": "2", "sha256": "ef" * 32, "model": "ZD421-300dpi"}
    where |= {"dpi": 300, "serial": "41A06440023", "printer": "printer 1", "bench": day.bench}
    release = "efefefefefefefef.300.ZD421-300dpi"
    for what in ({"label": None, "code": "LT-7K2QRM"}, {"label": day.labels[-1], "code": None}):
        body = {"trial": f"{release}@{day.bench}", "former": "", **where, **what}
        day.act(lambda body=body: [Draft("label_layout.tried", body)])
    scanned = {"label": None, "code": "LT-7K2QRM", "symbology": "]d1"}
    day.act(lambda: [Draft("label_layout.released", {"release": release, **where, **scanned})])
