from __future__ import annotations

import errno
import fcntl
import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from coach_tui.store.errors import Locked, ReadOnly, Unavailable
from coach_tui.store.lock import FileLock

HOLD = """
import sys
from coach_tui.store.lock import FileLock
with FileLock(sys.argv[1], 5).hold():
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "coach.lock"


def another_process(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.communicate()
    assert process.returncode == 0


def test_a_thread_may_take_it_again_and_it_is_free_afterwards(path: Path) -> None:
    lock = FileLock(str(path), 0)
    with lock.hold(), lock.hold(), pytest.raises(Locked), FileLock(str(path), 0).hold():
        pass
    with FileLock(str(path), 0).hold():
        assert path.exists()


def test_the_error_names_the_process_that_holds_it(path: Path) -> None:
    other = another_process(path)
    with pytest.raises(Unavailable) as caught, FileLock(str(path), 0.01).hold():
        pass
    assert f"process {other.pid} on {os.uname().nodename}" in str(caught.value)
    assert "nothing was changed" in str(caught.value)
    end(other)


def test_it_is_waited_for(path: Path) -> None:
    other = another_process(path)
    timer = threading.Timer(0.05, lambda: end(other))
    timer.start()
    with FileLock(str(path), 60).hold():
        note = json.loads(path.read_text())
    timer.join()
    assert note["pid"] == os.getpid()


def test_a_killed_holder_lets_go_of_it(path: Path) -> None:
    other = another_process(path)
    other.kill()
    other.communicate()
    with FileLock(str(path), 0).hold():
        assert path.exists()


def test_another_thread_waits_no_longer_than_it_may(path: Path) -> None:
    lock = FileLock(str(path), 0.01)
    caught: list[Exception] = []

    def take() -> None:
        try:
            with lock.hold():
                caught.append(AssertionError("it was held"))
        except Locked as error:
            caught.append(error)

    with lock.hold():
        thread = threading.Thread(target=take)
        thread.start()
        thread.join()
    assert [type(error) for error in caught] == [Locked]


def test_an_error_inside_the_block_lets_go_of_it(path: Path) -> None:
    lock = FileLock(str(path), 0)
    with pytest.raises(RuntimeError), lock.hold():
        raise RuntimeError
    with FileLock(str(path), 0).hold():
        assert path.exists()


def test_it_remembers_what_was_acknowledged_for_this_store_only(path: Path) -> None:
    lock = FileLock(str(path), 0)
    with lock.hold():
        assert lock.acknowledged("mine") == 0
        lock.acknowledge("mine", 7)
    with lock.hold():
        assert (lock.acknowledged("mine"), lock.acknowledged("other")) == (7, 0)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"store":"mine","sequence":"x"}', "\0" * 9])
def test_an_unreadable_note_counts_as_none(path: Path, content: str) -> None:
    path.write_text(content)
    lock = FileLock(str(path), 0)
    with lock.hold():
        assert lock.acknowledged("mine") == 0


def test_the_file_is_its_owners_whatever_the_umask(path: Path) -> None:
    before = os.umask(0)
    try:
        with FileLock(str(path), 0).hold():
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
    finally:
        os.umask(before)


def test_a_removed_lock_file_is_not_mistaken_for_the_lock(path: Path) -> None:
    real = os.open
    opened: list[str] = []

    def open_and_lose(name: str, *rest: int) -> int:
        descriptor = real(name, *rest)
        if not opened:
            os.unlink(name)
        opened.append(name)
        return descriptor

    lock = FileLock(str(path), 5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "open", open_and_lose)
        with lock.hold():
            assert len(opened) == 2
            assert path.exists()


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.EOPNOTSUPP])
def test_a_file_system_without_locks_is_read_only(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(ReadOnly, match="no locks"), FileLock(str(path), 0).hold():
        pass


def test_a_link_in_the_place_of_the_lock_is_refused(path: Path, tmp_path: Path) -> None:
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Unavailable, match="symbolic link"), FileLock(str(path), 0).hold():
        pass
    assert not (tmp_path / "elsewhere").exists()
