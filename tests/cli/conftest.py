"""A store with the sample caseload, made once for the tests that only read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.running import coach


@pytest.fixture(scope="session")
def sample_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sample caseload; nobody writes there."""
    folder = tmp_path_factory.mktemp("sample") / "store"
    done = coach(folder, "sample")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def sample(sample_once: Path, tmp_path: Path) -> Path:
    """Return a copy of the sample caseload for one test."""
    folder = tmp_path / "sample"
    shutil.copytree(sample_once, folder)
    return folder
