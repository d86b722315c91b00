"""Lets the benchmarks import what they share."""

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def bench_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bench's folder with the corpus in it, made once for all that measure the whole bench."""
    from bench_of_size import bench_folder

    return bench_folder(tmp_path_factory.mktemp("bench"))


@pytest.fixture(autouse=True)
def no_window_is_left() -> Iterator[None]:
    """What is left of a window goes here: collected on the next bench's own thread, it would end the process."""
    yield
    gc.collect()
