"""The simulator's modules are found beside the tests."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

# The fixtures of a real hub: pytest finds them here.
from hub_benches import hub_server, laboratory, two
from hub_parts import anothers, bench, hub, scram_cluster

__all__ = ["anothers", "bench", "hub", "hub_server", "laboratory", "scram_cluster", "two"]
