"""One folder per test run, shared by its workers, for what is costly to make: a cluster, migrated templates."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest

from tests.harness import clusters

FOLDER = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    handed_down = getattr(config, "workerinput", {}).get("shared_folder")
    # Not under pytest's own temporary folder: another run of the same user closes that to the cluster's user.
    config.stash[FOLDER] = Path(handed_down or tempfile.mkdtemp(prefix="carrotmob-tests-"))


def pytest_configure_node(node: Any) -> None:
    node.workerinput["shared_folder"] = str(node.config.stash[FOLDER])


def pytest_unconfigure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        return
    folder = config.stash[FOLDER]
    clusters.stop(folder / "postgresql")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def shared_folder(pytestconfig: pytest.Config) -> Path:
    return pytestconfig.stash[FOLDER]
