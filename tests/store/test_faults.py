"""Disks that fail, processes that die, and two processes at once: nothing acknowledged is lost."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from coach_tui.store import atomic, summary
from coach_tui.store.engine import Delete, Put
from coach_tui.store.errors import Conflict, ReadOnly, StoreError, StoreFull, Unavailable
from tests.store.samples import NOW, coachee, document, everything, later, names_in, opened

FILES = ["coach.json", "coach.lock", "coach.summary.json"]
WATCHED = ("open", "write", "pwrite", "ftruncate", "fsync", "fstat", "stat", "close", "replace")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


def put(id: str, expected: int | None = None, table: str = "notes", **fields: Any) -> Put:
    return Put(table, document(id, **fields), expected)


# ------------------------------------------------------------- each system call of a save, in turn


class FailingSystem:
    """Counts the system calls that the store makes, and fails one of them."""

    def __init__(self, fail_at: int | None = None, code: int = errno.EIO) -> None:
        self.calls: list[str] = []
        self._fail_at, self._code = fail_at, code

    @contextmanager
    def installed(self) -> Iterator[FailingSystem]:
        with pytest.MonkeyPatch.context() as patch:
            for name in WATCHED:
                patch.setattr(os, name, self._wrapped(name, getattr(os, name)))
            patch.setattr(fcntl, "flock", self._wrapped("flock", fcntl.flock))
            yield self

    def _wrapped(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            self.calls.append(name)
            if len(self.calls) - 1 != self._fail_at:
                return real(*arguments, **named)
            if name == "close":
                real(*arguments)
            raise OSError(self._code, os.strerror(self._code))

        return call


def calls_of_a_save(folder: Path) -> list[str]:
    engine = opened(folder)
    engine.commit([Put("coachees", coachee().to_document())], NOW)
    with FailingSystem().installed() as system:
        engine.commit([put("a", n=1), put("b")], NOW)
    return system.calls


def open_descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


NAMED: dict[int, type[StoreError] | tuple[type[StoreError], ...]] = {
    errno.EIO: Unavailable,
    errno.EINTR: Unavailable,
    errno.ENOSPC: StoreFull,
    errno.EDQUOT: StoreFull,
    errno.EFBIG: StoreFull,
    errno.EACCES: ReadOnly,
    errno.EROFS: ReadOnly,
    errno.ENOLCK: (ReadOnly, Unavailable),
}


def test_a_save_brings_file_and_folder_to_the_disk(tmp_path: Path) -> None:
    calls = calls_of_a_save(tmp_path / "store")
    assert calls.count("fsync") == 2
    first, last = calls.index("fsync"), len(calls) - 1 - calls[::-1].index("fsync")
    assert first < calls.index("replace") < last
    assert calls.index("flock") < calls.index("write")


@pytest.mark.parametrize("code", NAMED, ids=lambda code: errno.errorcode[code])
def test_each_system_call_of_a_save_may_fail(tmp_path: Path, code: int) -> None:
    count = len(calls_of_a_save(tmp_path / "counted"))
    outcomes = set()
    for place in range(count):
        folder = tmp_path / f"store-{place}"
        engine = opened(folder)
        engine.commit([Put("coachees", coachee().to_document()), put("a", n=0)], NOW)
        before = everything(engine)
        descriptors = open_descriptors()
        with FailingSystem(place, code).installed() as system:
            try:
                engine.commit([put("a", 1, n=1), put("b", 0)], NOW)
                outcome = "saved"
            except StoreError as error:
                failed, outcome = error, "refused"
        outcomes.add(outcome)
        assert open_descriptors() <= descriptors
        assert [name for name in names_in(folder) if name not in FILES] == []
        stored = everything(opened(folder, create=False))
        if outcome == "saved":
            assert stored["notes"]["a"] == {"id": "a", "revision": 2, "n": 1}
        else:
            assert everything(engine) == before
            confirmed_too_late = system.calls[: place + 1].count("replace") == 1 and (
                system.calls[place] != "replace"
            )
            if confirmed_too_late:
                assert isinstance(failed, Unavailable)
                assert "did not confirm" in str(failed)
                assert stored["notes"]["a"]["n"] == 1
                assert engine.poll()
            else:
                assert isinstance(failed, NAMED[code])
                assert stored == before
        engine.commit([put("c", 0)], NOW)
        assert everything(opened(folder)) == everything(engine)
        assert {"a", "c"} <= everything(engine)["notes"].keys()
    assert outcomes == {"saved", "refused"}


@pytest.mark.parametrize("name", ["open", "write", "replace"])
def test_a_summary_that_cannot_be_kept_is_not_believed_and_made_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    engine = opened(folder)
    engine.commit([Put("coachees", coachee("ana").to_document())], NOW)
    real = getattr(os, name)

    def full_for_the_summary(*arguments: Any, **named: Any) -> Any:
        first = arguments[0]
        path = os.readlink(f"/proc/self/fd/{first}") if isinstance(first, int) else first
        if Path(path).name.startswith("coach.summary.json.") and path.endswith(".tmp"):
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*arguments, **named)

    with monkeypatch.context() as patch:
        patch.setattr(os, name, full_for_the_summary)
        engine.commit([Put("coachees", coachee("bea").to_document())], NOW)
    assert names_in(folder) == FILES
    assert kept_sequence(folder) == 1
    found = summary.read(str(folder))
    assert found is not None
    assert [facts.id for facts in found.facts] == ["ana", "bea"]
    opened(folder)
    assert kept_sequence(folder) == 2


def kept_sequence(folder: Path) -> object:
    return json.loads((folder / "coach.summary.json").read_bytes())["of"]["sequence"]


# -------------------------------------------------------------------------------------- full disks


def test_saving_works_again_when_there_is_room(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = opened(folder)
    engine.commit([put("a")], NOW)

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(StoreFull, match="make room and save again"):
            engine.commit([put("b")], NOW)
    assert names_in(folder) == FILES
    assert engine.commit([put("b", 0)], NOW).sequence == 2


def test_a_short_write_is_continued_and_one_of_nothing_is_a_full_disk(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = opened(folder)
    real = os.write

    def a_little(descriptor: int, data: Any) -> int:
        return real(descriptor, bytes(data)[:7])

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", a_little)
        engine.commit([put("a", text="x" * 500)], NOW)
    assert opened(folder).query("notes")[0]["text"] == "x" * 500
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda *_: 0)
        with pytest.raises(StoreFull):
            engine.commit([put("b")], NOW)


LIMITED = """
import resource, sys
from datetime import UTC, datetime
from coach_tui.store.engine import Put
from coach_tui.store.errors import StoreFull
from coach_tui.store.snapshot_engine import SnapshotEngine

now = datetime(2025, 10, 1, tzinfo=UTC)
engine = SnapshotEngine.open(sys.argv[1], create=True, session="limited")
engine.commit([Put("notes", {"id": "small", "text": "x"})], now)
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, hard))
try:
    engine.commit([Put("notes", {"id": "large", "text": "x" * 5000})], now)
except StoreFull:
    print("full")
print([found["id"] for found in engine.query("notes")])
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
print(engine.commit([Put("notes", {"id": "large", "text": "x" * 5000}, 0)], now).sequence)
"""


def run(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_real_limit_on_the_size_of_files(folder: Path) -> None:
    done = run(LIMITED, folder)
    assert done.stderr == ""
    assert done.stdout.split("\n")[:3] == ["full", "['small']", "2"]
    assert [found["id"] for found in opened(folder).query("notes")] == ["large", "small"]
    assert names_in(folder) == FILES


# ------------------------------------------------------------------------ interrupted in the middle


def test_an_interruption_while_writing_leaves_the_old_file_and_no_rest(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = opened(folder)
    engine.commit([put("a")], NOW)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", interrupt)
        with pytest.raises(KeyboardInterrupt):
            engine.commit([put("b")], NOW)
    assert names_in(folder) == FILES
    assert engine.commit([put("c")], NOW).sequence == 2
    assert [found["id"] for found in opened(folder).query("notes")] == ["a", "c"]


def test_however_much_of_the_temporary_file_was_written_the_store_opens(folder: Path) -> None:
    engine = opened(folder)
    engine.commit([put("a", text="first")], NOW)
    engine.commit([put("b", text="second")], NOW)
    whole = (folder / "coach.json").read_bytes()
    for length in range(0, len(whole) + 1, 11):
        (folder / "coach.json.1-00.tmp").write_bytes(whole[:length])
        again = opened(folder)
        assert [found["id"] for found in again.query("notes")] == ["a", "b"]
        assert names_in(folder) == FILES


WRITER = """
import sys
from datetime import UTC, datetime
from coach_tui.store.engine import Put
from coach_tui.store.snapshot_engine import SnapshotEngine

now = datetime(2025, 10, 1, tzinfo=UTC)
engine = SnapshotEngine.open(sys.argv[1], create=True, session="writer")
number = len(engine.query("notes"))
while True:
    text = f"{number} " * 400
    note = {"id": f"n{number:06}", "text": text}
    engine.commit([Put("notes", note, 0), Put("counts", {"id": "count", "n": number})], now)
    print(number, flush=True)
    number += 1
"""


def test_a_killed_writer_loses_nothing_that_it_acknowledged(folder: Path) -> None:
    chance = random.Random(7)
    acknowledged = -1
    for _ in range(20):
        command = [sys.executable, "-c", WRITER, str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            first = writer.stdout.readline()
            time.sleep(chance.uniform(0, 0.03))
            writer.send_signal(signal.SIGKILL)
            said = [first, *writer.stdout.readlines()]
        acknowledged = max(acknowledged, *(int(line) for line in said if line.endswith("\n")))
        stored = everything(opened(folder, create=False))
        numbers = [int(id.removeprefix("n")) for id in stored["notes"]]
        assert numbers == list(range(len(numbers)))
        assert acknowledged <= numbers[-1] <= acknowledged + 1
        assert stored["counts"]["count"]["n"] == numbers[-1]
        assert names_in(folder) == FILES
    assert acknowledged >= 20


# ------------------------------------------------------------------------------------ two processes

MIXED = """
import random, sys
from datetime import UTC, datetime
from coach_tui.store.engine import Delete, Put
from coach_tui.store.errors import Conflict
from coach_tui.store.ids import new_id
from coach_tui.store.snapshot_engine import SnapshotEngine

folder, name = sys.argv[1:]
chance = random.Random(name)
engine = SnapshotEngine.open(folder, create=True, session=name, lock_timeout=60)
now = lambda: datetime.now(UTC)
mine, added, conflicts = [], 0, 0
for number in range(200):
    kind = chance.choice(["insert", "count", "count", "delete"])
    if kind == "insert" or (kind == "delete" and not mine):
        mine.append(new_id(now()))
        engine.commit([Put("notes", {"id": mine[-1], "by": name}, 0)], now())
    elif kind == "delete":
        engine.commit([Delete("notes", mine.pop(chance.randrange(len(mine))))], now())
    else:
        while True:
            count = engine.get("counts", "shared") or {"id": "shared", "n": 0, "revision": 0}
            seen = count["revision"]
            try:
                engine.commit([Put("counts", {**count, "n": count["n"] + 1}, seen)], now())
                break
            except Conflict as conflict:
                conflicts += 1
                assert conflict.theirs == engine.get("counts", "shared")
        added += 1
print(len(mine), added, conflicts, *sorted(mine))
"""


def test_two_processes_that_write_at_once_lose_nothing(folder: Path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", MIXED, str(folder), name],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("ana", "bea")
    ]
    watcher = None
    while any(process.poll() is None for process in processes):
        # A third session only reads: each time it sees a whole store, never half of a commit.
        if watcher is None and (folder / "coach.json").exists():
            with suppress(Unavailable):
                watcher = opened(folder, create=False)
        if watcher is not None:
            watcher.poll()
        time.sleep(0.01)
    results = [process.communicate() for process in processes]
    assert [errors for _, errors in results] == ["", ""]
    answers = [output.split() for output, _ in results]
    engine = opened(folder, create=False)
    expected = sorted(id for answer in answers for id in answer[3:])
    assert [found["id"] for found in engine.query("notes")] == expected
    assert len(set(expected)) == sum(int(answer[0]) for answer in answers)
    count = engine.get("counts", "shared")
    assert count is not None
    assert count["n"] == sum(int(answer[1]) for answer in answers)
    assert engine.sequence == 400
    assert watcher is not None
    watcher.poll()
    assert everything(watcher) == everything(engine)


def test_writing_a_plain_file_atomically_reports_a_folder_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        atomic.write(str(tmp_path / "gone" / "file"), [b"x"])


def test_a_folder_that_knows_no_fsync_is_no_failure(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = opened(folder)
    real = os.fsync

    def only_files(descriptor: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{descriptor}"):
            raise OSError(errno.EINVAL, "Invalid argument")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", only_files)
    assert engine.commit([put("a")], NOW).sequence == 1


def test_after_a_failed_fsync_a_new_file_is_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # After an error the system may report the same pages as clean: a second fsync of that file
    # proves nothing.
    engine = opened(folder)
    engine.commit([put("a")], NOW)
    synced: list[str] = []
    real = os.fsync

    def fail_once(descriptor: int) -> None:
        synced.append(os.readlink(f"/proc/self/fd/{descriptor}"))
        if len(synced) == 1:
            raise OSError(errno.EIO, "Input/output error")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fail_once)
    with pytest.raises(Unavailable):
        engine.commit([put("b")], NOW)
    engine.commit([put("b", 0)], later(seconds=1))
    assert synced[1] != synced[0]
    assert synced[1].endswith(".tmp")


def test_a_conflict_writes_nothing(folder: Path) -> None:
    engine = opened(folder)
    engine.commit([put("a")], NOW)
    before = (folder / "coach.json").stat()
    with pytest.raises(Conflict):
        engine.commit([Delete("notes", "a", 7)], NOW)
    after = (folder / "coach.json").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
