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
from coach_tui.store.engine import Delete, Put, Severity
from coach_tui.store.errors import Conflict, ReadOnly, StoreError, StoreFull, Unavailable
from coach_tui.store.journal_engine import JournalEngine
from tests.store.samples import NOW, coachee, document, everything, later, names_in, opened

FOLDERS = ["backups", "history"]
FILES = ["coach.journal.jsonl", "coach.json", "coach.lock", "coach.summary.json"]
WATCHED = (
    "open",
    "pread",
    "write",
    "pwrite",
    "ftruncate",
    "fsync",
    "fdatasync",
    "fstat",
    "stat",
    "lstat",
    "listdir",
    "mkdir",
    "dup",
    "link",
    "unlink",
    "close",
    "replace",
)


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


def saved_once(folder: Path, **options: Any) -> JournalEngine:
    engine = opened(folder, **options)
    engine.commit([Put("coachees", coachee().to_document()), put("a", n=0)], NOW)
    return engine


def save(engine: JournalEngine) -> None:
    engine.commit([put("a", 1, n=1), put("b", 0)], NOW)


def compact(engine: JournalEngine) -> None:
    engine.compact()


def calls_of(folder: Path, act: Callable[[JournalEngine], None] = save) -> list[str]:
    engine = saved_once(folder)
    with FailingSystem().installed() as system:
        act(engine)
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


def test_a_save_is_one_write_that_is_brought_to_the_disk_under_the_lock(tmp_path: Path) -> None:
    calls = calls_of(tmp_path / "store")
    assert calls.count("fdatasync") == 1
    assert "fsync" not in calls
    assert "replace" not in calls
    place = calls.index("fdatasync")
    assert calls[place - 1] == "pwrite"
    assert calls.index("flock") < place - 1


def test_a_new_snapshot_is_brought_to_the_disk_before_it_is_in_its_place(tmp_path: Path) -> None:
    calls = [
        call
        for call in calls_of(tmp_path / "store", compact)
        if call in ("fsync", "replace", "link")
    ]
    # The snapshot; it takes its place; the journal is kept as history; the new journal likewise;
    # and then the history is pressed.
    assert calls[:4] == ["fsync", "link", "replace", "fsync"]
    assert calls.count("replace") == 3
    last = len(calls) - 1 - calls[::-1].index("replace")
    assert calls[last - 1 : last + 2] == ["fsync", "replace", "fsync"]


@pytest.mark.parametrize("code", NAMED, ids=lambda code: errno.errorcode[code])
def test_each_system_call_of_a_save_may_fail(tmp_path: Path, code: int) -> None:
    count = len(calls_of(tmp_path / "counted"))
    outcomes = set()
    for place in range(count):
        folder = tmp_path / f"store-{place}"
        engine = saved_once(folder)
        before = everything(engine)
        descriptors = open_descriptors()
        with FailingSystem(place, code).installed() as system:
            try:
                save(engine)
                outcome = "saved"
            except StoreError as error:
                # Not the error itself: its traceback holds on to files.
                failed, outcome = type(error), "refused"
        outcomes.add(outcome)
        assert open_descriptors() <= descriptors
        if outcome == "saved":
            assert everything(engine)["notes"]["a"] == {"id": "a", "revision": 2, "n": 1}
        else:
            assert everything(engine) == before
            assert issubclass(failed, NAMED[code]), system.calls[place]
        assert everything(opened(folder, create=False)) == everything(engine)
        engine.commit([put("c", 0)], NOW)
        assert {"a", "c"} <= everything(engine)["notes"].keys()
        again = opened(folder)
        assert everything(again) == everything(engine)
        assert again.notices == ()
        assert [one for one in again.check() if one.severity is not Severity.NOTE] == []
        assert [name for name in names_in(folder) if name not in (*FILES, *FOLDERS)] == []
    assert outcomes == {"saved", "refused"}


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.EACCES], ids=errno.errorcode.get)
def test_each_system_call_of_a_compaction_may_fail(tmp_path: Path, code: int) -> None:
    count = len(calls_of(tmp_path / "counted", compact))
    outcomes = set()
    for place in range(count):
        folder = tmp_path / f"store-{place}"
        engine = saved_once(folder)
        save(engine)
        before = everything(engine)
        descriptors = open_descriptors()
        with FailingSystem(place, code).installed():
            try:
                engine.compact()
                outcomes.add("done")
            except StoreError:
                outcomes.add("refused")
        assert open_descriptors() <= descriptors + 1
        assert everything(engine) == before
        assert everything(opened(folder, create=False)) == before
        engine.commit([put("c", 0)], NOW)
        engine.compact()
        again = opened(folder)
        assert everything(again) == everything(engine)
        assert [commit.sequence for commit in again.commits(0)] == [1, 2, 3]
        assert [one for one in again.check() if one.severity is not Severity.NOTE] == []
    assert outcomes == {"done", "refused"}


@pytest.mark.parametrize("second", ["ftruncate", "open", "replace", "fsync"])
def test_after_a_failed_confirmation_no_later_one_of_that_file_is_believed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, second: str
) -> None:
    # The system may report the same pages as clean afterwards: a second one proves nothing.
    engine = saved_once(folder)
    before = everything(engine)
    journal = folder / "coach.journal.jsonl"
    inode = journal.stat().st_ino
    confirmed: list[int] = []
    real = os.fdatasync

    def fail(descriptor: int) -> None:
        confirmed.append(os.fstat(descriptor).st_ino)
        if confirmed[-1] == inode:
            raise OSError(errno.EIO, "Input/output error")
        real(descriptor)

    monkeypatch.setattr(os, "fdatasync", fail)
    real_second = getattr(os, second)

    def fail_after_that(*arguments: Any, **named: Any) -> Any:
        if confirmed:
            raise OSError(errno.EIO, "Input/output error")
        return real_second(*arguments, **named)

    with monkeypatch.context() as patch:
        patch.setattr(os, second, fail_after_that)
        with pytest.raises(StoreError):
            engine.commit([put("b", 0)], NOW)
    assert everything(engine) == before
    for number in range(3):
        engine.commit([put(f"c{number}", 0)], later(seconds=1))
    assert confirmed.count(inode) == 1
    assert journal.stat().st_ino != inode
    again = opened(folder)
    assert everything(again) == everything(engine)
    assert {"a", "c0", "c1", "c2"} <= everything(again)["notes"].keys()


@pytest.mark.parametrize("name", ["open", "write", "replace"])
def test_a_summary_that_cannot_be_kept_is_not_believed_and_made_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    engine = opened(folder)
    engine.commit([Put("coachees", coachee("ana").to_document())], NOW)
    engine.poll()
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
        engine.poll()
    assert names_in(folder) == FILES
    assert kept_sequence(folder) == 1
    found = summary.read(str(folder))
    assert found is not None
    assert [facts.id for facts in found.facts] == ["ana", "bea"]
    opened(folder)
    assert kept_sequence(folder) == 2


def kept_sequence(folder: Path) -> object:
    return json.loads((folder / "coach.summary.json").read_bytes())["sequence"]


# -------------------------------------------------------------------------------------- full disks


def test_saving_works_again_when_there_is_room(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = opened(folder)
    engine.commit([put("a")], NOW)

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", full)
        with pytest.raises(StoreFull, match="make room and save again"):
            engine.commit([put("b")], NOW)
    assert names_in(folder) == FILES
    assert engine.commit([put("b", 0)], NOW).sequence == 2


def test_a_short_write_is_continued_and_one_of_nothing_is_a_full_disk(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = opened(folder)
    real = os.pwrite

    def a_little(descriptor: int, data: Any, offset: int) -> int:
        return real(descriptor, bytes(data)[:7], offset)

    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", a_little)
        engine.commit([put("a", text="x" * 500)], NOW)
    assert opened(folder).query("notes")[0]["text"] == "x" * 500
    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", lambda *_: 0)
        with pytest.raises(StoreFull):
            engine.commit([put("b")], NOW)


LIMITED = """
import resource, sys
from datetime import UTC, datetime
from coach_tui.store.engine import Put
from coach_tui.store.errors import StoreFull
from coach_tui.store.journal_engine import JournalEngine

now = datetime(2025, 10, 1, tzinfo=UTC)
engine = JournalEngine.open(sys.argv[1], create=True, session="limited")
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
        patch.setattr(os, "fdatasync", interrupt)
        with pytest.raises(KeyboardInterrupt):
            engine.commit([put("b")], NOW)
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
from coach_tui.store.journal_engine import JournalEngine

now = datetime(2025, 10, 1, tzinfo=UTC)
engine = JournalEngine.open(sys.argv[1], create=True, session="writer", compact_at=9_000)
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
        assert set(names_in(folder)) <= {*FILES, *FOLDERS}
    assert acknowledged >= 20


# ------------------------------------------------------------------------------------ two processes

MIXED = """
import random, sys
from datetime import UTC, datetime
from coach_tui.store.engine import Delete, Put, Severity
from coach_tui.store.errors import Conflict
from coach_tui.store.ids import new_id
from coach_tui.store.journal_engine import JournalEngine

folder, name = sys.argv[1:]
chance = random.Random(name)
engine = JournalEngine.open(folder, create=True, session=name, lock_timeout=60)
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


def test_a_conflict_writes_nothing(folder: Path) -> None:
    engine = opened(folder)
    engine.commit([put("a")], NOW)
    before = [(folder / name).read_bytes() for name in ("coach.json", "coach.journal.jsonl")]
    with pytest.raises(Conflict):
        engine.commit([Delete("notes", "a", 7)], NOW)
    after = [(folder / name).read_bytes() for name in ("coach.json", "coach.journal.jsonl")]
    assert after == before
