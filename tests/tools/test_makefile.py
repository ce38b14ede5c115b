"""The Makefile in folders with unusual names: it works, or says in a line why it does not."""

import shutil
import subprocess
from pathlib import Path

import pytest

from local.settings import ROOT


def _make_help(folder: Path) -> subprocess.CompletedProcess[str]:
    folder.mkdir()
    shutil.copy(ROOT / "Makefile", folder)
    return subprocess.run(["make", "help"], cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ["a#b", "a?b"])
def test_a_path_that_vite_cannot_build_in_is_refused_by_a_sentence(tmp_path: Path, name: str) -> None:
    run = _make_help(tmp_path / name)

    assert run.returncode == 2
    assert "The app cannot be built in a folder whose path holds" in run.stderr
    assert str(tmp_path / name) in run.stderr


@pytest.mark.parametrize("name", ["a b", "ü", "a&b"])
def test_other_unusual_paths_work(tmp_path: Path, name: str) -> None:
    run = _make_help(tmp_path / name)

    assert run.returncode == 0, run.stderr
    assert "make local" in run.stdout
