"""Encryption at rest: no plain text in any file, nothing lost, and no half of it after a kill."""

from __future__ import annotations

import os
import subprocess
import sys
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from coach_tui.store import rewriting
from coach_tui.store.encryption.cipher import Cipher
from coach_tui.store.encryption.key_file import PASSPHRASE, RECOVERY, KeyFile, WrongSecret
from coach_tui.store.engine import Put
from coach_tui.store.errors import Corrupt, KeyNeeded
from coach_tui.store.journal_engine import JournalEngine
from tests.support import HOSTILE

AT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
WORDS = "correct horse battery"
KEY = bytes(range(32))


pytestmark = pytest.mark.usefixtures("cheap_keys")


def cipher() -> Cipher:
    return Cipher(KEY, "0123456789abcdef")


def opened(folder: Path, codec: Cipher | None = None) -> JournalEngine:
    return JournalEngine.open(str(folder), create=True, session="test", codec=codec)


def fill(engine: JournalEngine) -> None:
    """Save a document several times, and another that is taken away again."""
    for number in range(5):
        document = {"id": "ana", "name": f"zebrafish {number}"}
        engine.commit([Put("coachees", document)], AT, title=f"Edit zebrafish {number}")


def everything_in(folder: Path) -> bytes:
    """Return the bytes of every file below, unpressed too."""
    found = b""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            found += data
            if path.suffix == ".gz":
                found += zlib.decompress(data, 31)
    return found


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_opens_where_it_was_sealed_and_nowhere_else(text: str) -> None:
    plain, one = text.encode(), cipher()
    coded = one.encode("observations", "a", 7, plain)
    assert one.decode("observations", "a", 7, coded) == plain
    for place in (("cycles", "a", 7), ("observations", "b", 7), ("observations", "a", 8)):
        with pytest.raises(Corrupt):
            one.decode(*place, coded)
    with pytest.raises(Corrupt):
        Cipher(KEY, "another").decode("observations", "a", 7, coded)


def test_each_altered_byte_shows() -> None:
    coded = cipher().encode("t", "a", 1, b'{"id":"a"}')
    for place in range(1, len(coded) - 1):
        altered = bytearray(coded)
        altered[place] ^= 1
        with pytest.raises(Corrupt):
            cipher().decode("t", "a", 1, bytes(altered))


def test_the_same_text_is_never_sealed_alike() -> None:
    assert cipher().encode("t", "a", 1, b"same") != cipher().encode("t", "a", 1, b"same")


def test_passphrase_and_code_open_and_nothing_else_does(tmp_path: Path) -> None:
    file, code, made = KeyFile.new(WORDS)
    file.write(str(tmp_path))
    coded = made.encode("t", "a", 1, b"note")
    again = KeyFile.read(str(tmp_path))
    assert again.open(WORDS).decode("t", "a", 1, coded) == b"note"
    typed = code.lower().replace("-", " ").replace("o", "0").replace("i", "1")
    assert again.open(typed, RECOVERY).decode("t", "a", 1, coded) == b"note"
    for secret, by in (("Correct horse battery", PASSPHRASE), (WORDS, RECOVERY), ("", PASSPHRASE)):
        with pytest.raises(WrongSecret):
            again.open(secret, by)
    again.change_passphrase(code, RECOVERY, "another one entirely")
    with pytest.raises(WrongSecret):
        again.open(WORDS)
    assert again.open("another one entirely").decode("t", "a", 1, coded) == b"note"
    newer = again.change_code("another one entirely")
    with pytest.raises(WrongSecret):
        again.open(code, RECOVERY)
    assert again.open(newer, RECOVERY).decode("t", "a", 1, coded) == b"note"
    assert os.stat(tmp_path / "coach.key").st_mode & 0o777 == 0o600
    content = (tmp_path / "coach.key").read_text()
    assert WORDS not in content
    assert code not in content


def test_a_passphrase_is_not_too_short() -> None:
    with pytest.raises(ValueError, match="at least 8"):
        KeyFile.new("seven77")


@pytest.mark.parametrize(
    "change",
    [
        {"memory_kib": 1 << 30},
        {"iterations": 10**9},
        {"kdf": "none"},
        {"salt": "!"},
        {"key": None},
        {"lanes": "x"},
    ],
)
def test_a_key_file_that_asks_too_much_is_refused(change: dict[str, Any]) -> None:
    file, _, _ = KeyFile.new(WORDS)
    file._wrapped[PASSPHRASE].update(change)
    with pytest.raises(Corrupt):
        KeyFile.from_bytes(file.to_bytes(), "a path").open(WORDS)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b"[" * 9000, b'{"format":1}'])
def test_what_is_no_key_file_is_named(content: bytes) -> None:
    with pytest.raises(Corrupt, match="a path"):
        KeyFile.from_bytes(content, "a path")


def test_locked_there_is_no_plain_text_and_unlocked_all_is_as_before(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    engine = opened(folder)
    fill(engine)
    (folder / "coach.torn-000000000009").write_text("zebrafish half a line")
    before = engine.commits(0)
    engine.rewrite(cipher())
    engine.close()
    assert b"zebrafish" not in everything_in(folder)
    with pytest.raises(KeyNeeded):
        opened(folder)
    locked = opened(folder, cipher())
    assert locked.commits(0) == before
    assert [one.title for one in locked.commits(0)] == [one.title for one in before]
    assert [one.before for one in locked.history("coachees", "ana")][1:] == [
        change.after for commit in before[:3] for change in commit.changes
    ] + [before[3].changes[0].after]
    locked.commit([Put("coachees", {"id": "bo", "name": "zebrafish too"})], AT, title="zebrafish")
    findings = [
        one for one in locked.check() if "zebrafish" in one.text or one.severity == "damage"
    ]
    assert [one for one in findings if "coachees" not in one.where] == []
    locked.rewrite(None)
    assert opened(folder).get("coachees", "bo") == {
        "id": "bo",
        "name": "zebrafish too",
        "revision": 6,
    }
    assert len(opened(folder).commits(0)) == 6


def test_backups_are_in_the_new_code_and_can_be_replayed_upon(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    for _ in range(3):
        engine = opened(folder)
        fill(engine)
        engine.compact()
        engine.close()
    engine = opened(folder)
    newest = engine.get("coachees", "ana")
    engine.rewrite(cipher())
    assert sorted((folder / "backups").iterdir())
    (folder / "coach.json").write_bytes(b"{broken")
    rebuilt = opened(folder, cipher())
    assert rebuilt.get("coachees", "ana") == newest


def test_whom_is_forgotten_is_in_no_file_and_the_others_past_stays(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    engine = opened(folder)
    fill(engine)
    bo = {"id": "bo", "name": "Bo Lee"}
    engine.commit([Put("coachees", {**bo, "note": "asked about zebrafish 4"})], AT, title="Note")
    engine.commit([Put("coachees", bo)], AT, title="Bo again")
    engine.compact()
    forgetting = rewriting.Forgetting(frozenset({("coachees", "ana")}), ("zebrafish",))
    engine.rewrite(None, forgetting)
    assert b"zebrafish" not in everything_in(folder)
    after = opened(folder)
    assert after.get("coachees", "ana") is None
    assert after.get("coachees", "bo") == {**bo, "revision": 7}
    assert [one for one in after.check() if one.where.startswith("/")] == []
    after.commit([Put("coachees", {**bo, "room": "1"})], AT, title="Goes on")
    assert [one.title for one in after.history("coachees", "bo")][-1] == "Goes on"


@pytest.mark.parametrize("stop", range(3, 90, 11))
def test_killed_at_any_call_it_is_locked_or_plain_and_whole(tmp_path: Path, stop: int) -> None:
    folder = tmp_path / "store"
    engine = opened(folder)
    fill(engine)
    document = engine.get("coachees", "ana")
    engine.close()
    code = f"""
import os
from pathlib import Path
from tests.store.test_encryption import cipher, opened
engine = opened(Path({str(folder)!r}))
calls = 0
def counted(name):
    before = getattr(os, name)
    def call(*words, **more):
        global calls
        calls += 1
        if calls == {stop}:
            os._exit(9)
        return before(*words, **more)
    setattr(os, name, call)
for name in ("open", "write", "fsync", "fdatasync", "replace", "rename", "unlink", "mkdir", "link"):
    counted(name)
engine.rewrite(cipher())
"""
    subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[2])
    try:
        after = opened(folder)
    except KeyNeeded:
        after = opened(folder, cipher())
        assert b"zebrafish" not in everything_in(folder)
    assert after.get("coachees", "ana") == document
    assert after.read_only == ""
    assert len(after.commits(0)) == 5
    assert not list(folder.glob("*-next"))
