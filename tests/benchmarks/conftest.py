"""Lets the benchmarks import what they share."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def bench_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bench's folder with the corpus in it, made once for all that measure the whole bench."""
    from bench_of_size import bench_folder

    return bench_folder(tmp_path_factory.mktemp("bench"))
