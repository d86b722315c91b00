"""The faults of simulated printers as a person types them."""

from __future__ import annotations

from types import MappingProxyType

NUMBER, HEX = "a number", "bits in hexadecimal"
GARBAGE = b"\xff\x00\xfe\x81\x03"

ZPL = MappingProxyType(
    {
        "paper-out": ("paper_out", "no labels in it"),
        "ribbon-out": ("ribbon_out", "no ribbon in it"),
        "head-open": ("head_open", "its head is open"),
        "paused": ("paused", "somebody pressed Pause"),
        "buffer-full": ("buffer_full", "it holds all it can"),
        "settings-lost": ("corrupt_ram", "it has lost its settings"),
        "too-cold": ("too_cold", "too cold to print"),
        "too-hot": ("too_hot", "too hot to print"),
        "diagnostic": ("diagnostics", "prints what it is sent as numbers"),
        "silent": ("silent", "answers nothing"),
        "answers-when-out": ("answers_when_out", "answers with labels or ribbon out too; many models do not"),
        "knows-hqes": ("knows_extended", "answers ~HQES; older models do not"),
        "knows-hqsn": ("knows_serial", "answers ~HQSN with its serial number; older models do not"),
        "stalled": ("stalled", "connects, and reads nothing"),
        "resets": ("resets_after_label", "breaks the connection just after a label's last byte"),
        "short": ("answers_short", "sends one line of its three"),
        "half": ("answers_half", "breaks off within a line"),
    }
)
"""Of every ZPL printer: the word typed, the simulator's own name of the fault, and what it is."""
TCP = MappingProxyType({**ZPL, "refuses": ("refuses", "nothing listens at its port")})
USUAL = frozenset({"answers-when-out", "knows-hqes", "knows-hqsn"})
"""What holds of most models; typed, it holds no more."""
NUMBERS = MappingProxyType(
    {
        "drops-after": ("drops_after", NUMBER, "breaks each connection after so many bytes"),
        "slow": ("slow_s", NUMBER, "so many seconds before each answer"),
        "errors": ("errors", HEX, "error bits of ~HQES: 8 cutter, 40 head element, 1000 jam"),
        "warnings": ("warnings", HEX, "warning bits of ~HQES: 1 calibrate, 2 clean, 4 replace head, 8 labels low"),
    }
)
"""Faults that have a size."""
DROP = MappingProxyType(
    {
        "never-reads": ("never_reads", "its program does not run"),
        "reads-half": ("reads_half", "stops in the middle of a file"),
        "keeps-files": ("keeps_files", "prints and cannot delete"),
    }
)
"""Of a program that watches a folder."""
