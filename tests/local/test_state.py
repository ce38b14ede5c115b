"""The state survives: two starts on it, a closed window, a killed process, a full disk, an odd environment."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.emulation import state
from local.emulation.state import StateInUse
from local.settings import ROOT

START_SECONDS = 60.0


class Running:
    """`python -m local` on a state."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "local", "--empty", "--port", "0", "--state", str(folder), "--no-watch"],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def is_ready(self) -> "Running":
        """Wait until it says that it runs."""
        assert self.process.stdout is not None
        started = time.monotonic()
        while b"Stop " not in (line := self.process.stdout.readline()):
            assert line or self.process.poll() is None, self.process.communicate()[1].decode()
            assert time.monotonic() - started < START_SECONDS
        return self

    def ends_by(self, number: signal.Signals) -> tuple[int, str]:
        """Send a signal; the exit code and what was said."""
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, (out + err).decode(errors="replace")

    def saved_users(self) -> int:
        """How many ready people the saved state knows."""
        file = self.folder / "emulator" / "cognito.json"
        return file.read_text().count("alice") if file.exists() else 0


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """A stack that has started."""
    stack = Running(tmp_path / "state").is_ready()
    yield stack
    if stack.process.poll() is None:
        stack.process.kill()
    stack.process.communicate()


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGQUIT, signal.SIGTERM, signal.SIGINT])
def test_however_it_is_ended_the_state_is_saved(running: Running, number: signal.Signals) -> None:
    code, said = running.ends_by(number)

    assert code == 0, said
    assert "Traceback" not in said
    assert running.saved_users()


def test_a_process_that_is_killed_has_saved_what_is_older_than_some_seconds(running: Running) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not running.saved_users():
        assert time.monotonic() < deadline
        time.sleep(0.1)

    running.ends_by(signal.SIGKILL)

    assert running.saved_users()


def test_a_second_start_on_the_same_state_says_who_holds_it(running: Running) -> None:
    second = Running(running.folder)
    out, err = second.process.communicate(timeout=60)

    assert second.process.returncode == 1
    assert f"Process {running.process.pid} runs Parley" in err.decode()
    assert "make local STATE=" in err.decode()
    assert b"Traceback" not in out + err


def test_a_lock_ends_with_its_holder(tmp_path: Path) -> None:
    with state.locked(tmp_path), pytest.raises(StateInUse, match=str(os.getpid())), state.locked(tmp_path):
        pass
    with state.locked(tmp_path):
        pass


def test_a_state_that_cannot_be_read_is_kept_aside(tmp_path: Path) -> None:
    (tmp_path / "dynamodb.json").write_text('{"cut o')
    (tmp_path / "dynamodb.json.unreadable-1").write_text("an earlier one")
    (tmp_path / "cognito.json").write_text("{}")

    (kept,) = state.set_aside_unreadable(tmp_path)

    assert kept.name == "dynamodb.json.unreadable-2"
    assert kept.read_text() == '{"cut o'
    assert json.loads((tmp_path / "cognito.json").read_text()) == {}


def test_a_state_that_could_not_be_saved_is_told_and_the_old_one_stays(running: Running) -> None:
    # given a file that cannot be replaced, as on a full disk
    folder = running.folder / "emulator"
    deadline = time.monotonic() + START_SECONDS
    while not running.saved_users():
        assert time.monotonic() < deadline
        time.sleep(0.1)
    before = (folder / "cognito.json").read_bytes()
    time.sleep(0.5)
    (folder / "cognito.json.tmp").mkdir()

    code, said = running.ends_by(signal.SIGTERM)

    assert code == 1
    assert "could not be saved" in said
    assert (folder / "cognito.json").read_bytes() == before


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        ({"DYNAMODB_ENDPOINT": "http://127.0.0.1:9"}, "Nothing answers at DYNAMODB_ENDPOINT"),
        ({"DYNAMODB_ENDPOINT": "localhost:8000"}, "is no URL"),
    ],
)
def test_a_database_that_is_not_there_is_told_in_a_line(tmp_path: Path, variables: dict[str, str], says: str) -> None:
    out, err = (stack := Running(tmp_path / "state", **variables)).process.communicate(timeout=60)

    assert stack.process.returncode == 1
    assert says in err.decode()
    assert b"Traceback" not in out + err


@pytest.mark.parametrize(
    "variables",
    [
        {"AWS_PROFILE": "nobody"},
        {"AWS_CONFIG_FILE": "/proc/self/mem"},
        {"HTTP_PROXY": "http://127.0.0.1:9", "http_proxy": "http://127.0.0.1:9", "NO_PROXY": "localhost"},
        {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
    ],
    ids="+".join,
)
def test_the_environment_of_a_developer_does_no_harm(tmp_path: Path, variables: dict[str, str]) -> None:
    code, said = Running(tmp_path / "state", **variables).is_ready().ends_by(signal.SIGINT)

    assert code == 0, said
    assert "Traceback" not in said
