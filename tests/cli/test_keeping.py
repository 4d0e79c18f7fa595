"""Backups, locking, and going back, as a coach or cron does it.

Most run in this process, and with keys that are wrapped cheaply: one that is locked from a
descriptor, in a process of its own, pays in full.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from coach_tui.store.draft_file import DraftFile
from tests.cli.running import coach, coach_here

WORDS = "correct horse battery staple"

pytestmark = pytest.mark.usefixtures("cheap_keys")


@pytest.fixture(scope="session")
def small_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a store of two teachers; nobody writes there."""
    folder = tmp_path_factory.mktemp("small") / "store"
    assert coach_here(folder, "sample", "--coachees", "2").returncode == 0
    return folder


@pytest.fixture
def small(small_once: Path, tmp_path: Path) -> Path:
    """Return a store of two teachers for one test."""
    folder = tmp_path / "store"
    shutil.copytree(small_once, folder)
    return folder


def names(folder: Path, **environment: str) -> list[str]:
    found = coach_here(folder, "status", "--json", **environment)
    assert found.returncode == 0, found.stderr
    return [one["name"] for one in json.loads(found.stdout)["coachees"]]


def secret(tmp_path: Path, *lines: str) -> dict[str, str]:
    """Return the environment in which these secrets are given, one after another."""
    path = tmp_path / "secrets"
    path.write_text("".join(f"{line}\n" for line in lines))
    return {"COACH_TUI_PASSPHRASE_FILE": str(path)}


def bare(content: str) -> str:
    """Return an export without the moment at which it was made."""
    return "\n".join(line for line in content.splitlines() if "exported_at" not in line)


def test_backup_wipe_restore_gives_the_same_export(small: Path, tmp_path: Path) -> None:
    before = coach_here(small, "export", "--json").stdout
    file = tmp_path / "kept.tar"
    made = coach_here(small, "backup", str(file))
    assert made.returncode == 0, made.stderr
    assert file.stat().st_mode & 0o777 == 0o600
    shutil.rmtree(small)
    tried = coach_here(small, "restore", str(file), "--dry-run")
    assert (tried.returncode, small.exists()) == (0, False)
    assert coach_here(small, "restore", str(file)).returncode == 0
    assert bare(coach_here(small, "export", "--json").stdout) == bare(before)
    assert all(path.stat().st_mode & 0o077 == 0 for path in small.rglob("*"))


def test_going_back_is_one_change_that_is_shown_first(small: Path, tmp_path: Path) -> None:
    file = tmp_path / "kept.tar"
    coach_here(small, "backup", str(file))
    who = names(small)[0]
    coach_here(small, "note", who, "S3 said zebrafish")
    tried = coach_here(small, "restore", str(file), "--dry-run")
    assert tried.returncode == 0
    assert "1 record of observations would be taken away" in tried.stdout
    refused = coach_here(small, "restore", str(file))
    assert refused.returncode == 2
    assert "--yes" in refused.stderr
    assert "zebrafish" in coach_here(small, "show", who).stdout
    assert coach_here(small, "restore", str(file), "--yes").returncode == 0
    assert "zebrafish" not in coach_here(small, "show", who).stdout
    assert "Nothing was changed" in coach_here(small, "restore", str(file), "--yes").stdout


def test_a_backup_never_overwrites_and_a_damaged_one_is_refused(
    small: Path, tmp_path: Path
) -> None:
    file = tmp_path / "kept.tar"
    file.write_text("mine")
    refused = coach_here(small, "backup", str(file))
    assert (refused.returncode, file.read_text()) == (3, "mine")
    file.unlink()
    coach_here(small, "backup", str(file))
    whole = file.read_bytes()
    before = coach_here(small, "export", "--json").stdout
    for content in (whole[: len(whole) // 2], whole[:700] + b"x" + whole[701:], b"", b"{}"):
        file.write_bytes(content)
        done = coach_here(small, "restore", str(file), "--yes")
        assert done.returncode == 3
        assert done.stderr.count("\n") == 1
    other = tmp_path / "evil.tar"
    with tarfile.open(other, "w") as tar:
        tar.add(file, "../../escaped")
    assert coach_here(small, "restore", str(other), "--yes").returncode == 3
    assert not (tmp_path / "escaped").exists()
    assert bare(coach_here(small, "export", "--json").stdout) == bare(before)


def test_a_store_that_cannot_be_read_is_put_aside_for_the_backup(
    small: Path, tmp_path: Path
) -> None:
    file = tmp_path / "kept.tar"
    coach_here(small, "backup", str(file))
    before = names(small)
    shutil.rmtree(small / "backups")
    shutil.rmtree(small / "history")
    (small / "coach.journal.jsonl").write_bytes(b"")
    (small / "coach.json").write_bytes(b"\x00 nothing of ours")
    assert coach_here(small, "restore", str(file)).returncode == 2
    assert coach_here(small, "restore", str(file), "--yes").returncode == 0
    assert names(small) == before
    (aside,) = small.glob("coach.damaged-*")
    assert (aside / "coach.json").read_bytes() == b"\x00 nothing of ours"


KILLED_WHILE_IT_WAS_UNPACKED = """
import os, signal, sys
from coach_tui.coaching import backing_up
from coach_tui.cli.main import main

def killed(self, cipher):
    assert os.path.exists(os.path.join(self.folder, "coach.json"))
    os.kill(os.getpid(), signal.SIGKILL)

backing_up.Backup.documents = killed
backing_up.atomic.write = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
sys.exit(main())
"""


@pytest.mark.parametrize("there", [True, False])
def test_a_killed_restore_leaves_notes_nowhere(small: Path, tmp_path: Path, there: bool) -> None:
    file, temporary = tmp_path / "kept.tar", tmp_path / "temporary"
    temporary.mkdir()
    who = names(small)
    assert coach_here(small, "backup", str(file)).returncode == 0
    if not there:
        shutil.rmtree(small)
    words = ("restore", str(file), "--yes")
    died = coach(small, *words, program=KILLED_WHILE_IT_WAS_UNPACKED, TMPDIR=str(temporary))
    assert died.returncode == -signal.SIGKILL, died.stderr
    (left,) = small.glob("coach.restoring-*")
    assert left.stat().st_mode & 0o777 == 0o700
    assert not list(temporary.iterdir())
    if there:
        told = coach_here(small, "doctor", "--json")
        assert str(left) in {one["where"] for one in json.loads(told.stdout)["findings"]}
    else:
        assert coach_here(small, *words).returncode == 0
    assert not left.exists()
    assert names(small) == who


def test_locked_from_end_to_end(small: Path, tmp_path: Path) -> None:
    who = names(small)
    coach_here(small, "note", who[0], "S3 said zebrafish")
    locked = coach_here(small, "lock", **secret(tmp_path, WORDS))
    assert locked.returncode == 0, locked.stderr
    code = locked.stdout.partition("Recovery code: ")[2].split()[0]
    for path in small.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"zebrafish" not in content
            assert who[0].encode() not in content
    assert names(small, **secret(tmp_path, WORDS)) == who
    for words in (("status",), ("doctor",)):
        refused = coach_in_cron(small, *words)
        assert (refused.returncode, refused.stdout) == (3, ""), words
        assert "passphrase" in refused.stderr
    wrong = coach_here(small, "unlock", **secret(tmp_path, "not the passphrase"))
    assert (wrong.returncode, wrong.stdout) == (3, "")
    said = coach_here(small, "show", who[0], **secret(tmp_path, WORDS)).stdout
    assert "zebrafish" in said
    changed = coach_here(small, "lock", "--change", **secret(tmp_path, WORDS, "some other words"))
    assert changed.returncode == 0, changed.stderr
    assert coach_here(small, "status", **secret(tmp_path, WORDS)).returncode == 3
    assert coach_here(small, "lock", "--recover", **secret(tmp_path, code, WORDS)).returncode == 0
    assert coach_here(small, "lock", "--change", **secret(tmp_path, WORDS, "short")).returncode == 2
    file = tmp_path / "kept.tar"
    assert coach_in_cron(small, "backup", str(file)).returncode == 0
    assert b"zebrafish" not in file.read_bytes()
    plain = coach_here(small, "unlock", **secret(tmp_path, WORDS))
    assert plain.returncode == 0, plain.stderr
    assert not (small / "coach.key").exists()
    assert "zebrafish" in coach_here(small, "show", who[0]).stdout
    elsewhere = tmp_path / "elsewhere"
    assert coach_in_cron(elsewhere, "restore", str(file), "--yes").returncode == 0
    assert names(elsewhere, **secret(tmp_path, WORDS)) == who


def test_a_passphrase_comes_from_a_descriptor_too(small: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, f"{WORDS}\n".encode())
    os.close(writing)
    done = subprocess.run(
        [sys.executable, "-m", "coach_tui", "lock"],
        env={
            **os.environ,
            "COACH_TUI_HOME": str(small),
            "COACH_TUI_PASSPHRASE_FD": str(reading),
        },
        pass_fds=(reading,),
        capture_output=True,
        check=False,
    )
    os.close(reading)
    assert done.returncode == 0, done.stderr
    assert coach_in_cron(small, "status").returncode == 3


def test_the_doctor_names_what_it_finds_and_puts_right_what_it_can(
    small: Path, tmp_path: Path
) -> None:
    well = coach_here(small, "doctor")
    assert (well.returncode, "nothing is wrong" in well.stdout) == (0, True), well.stdout
    wide = next((small / "history").iterdir())
    wide.chmod(0o644)
    (small / "coach.key").write_text("{}")
    ill = coach_here(small, "doctor", "--json")
    assert ill.returncode == 1
    found = json.loads(ill.stdout)["findings"]
    assert {one["where"] for one in found} == {str(wide), str(small / "coach.key")}
    refused = coach_here(small, "doctor", "--fix")
    assert refused.returncode == 2
    assert (small / "coach.key").exists()
    mended = coach_here(small, "doctor", "--fix", "--yes")
    assert mended.returncode == 0, mended.stdout
    assert "put right" in mended.stdout
    assert not (small / "coach.key").exists()
    assert wide.stat().st_mode & 0o777 == 0o600


def test_the_doctor_accepts_what_was_changed_by_hand_when_told(small: Path) -> None:
    path, who = small / "coach.json", names(small)[0]
    path.write_text(path.read_text().replace(who, "Zora Quill"))
    told = coach_here(small, "doctor")
    assert told.returncode == 1
    assert "coachees/" in told.stdout
    assert "Zora" not in told.stdout
    assert coach_here(small, "note", names(small)[0], "S3 hands up").returncode == 3
    accepted = coach_here(small, "doctor", "--accept", "--yes")
    assert accepted.returncode == 0, accepted.stdout
    assert "accepted   coachees/" in accepted.stdout
    assert "Zora Quill" in names(small)
    assert coach_here(small, "note", "zora", "S3 hands up").returncode == 0


def test_the_doctor_saves_what_is_whole_of_a_damaged_store(small: Path) -> None:
    who = names(small)
    data = (small / "coach.json").read_bytes()
    (small / "coach.json").write_bytes(
        data[: len(data) // 2] + b"\x00\x01" + data[len(data) // 2 :]
    )
    assert coach_here(small, "doctor", "--fix", "--yes").returncode in (0, 1)
    assert names(small) == who
    assert coach_here(small, "doctor").returncode in (0, 1)


@pytest.mark.parametrize("locked", [False, True])
def test_whom_is_forgotten_leaves_no_trace(small: Path, tmp_path: Path, locked: bool) -> None:
    who, other = names(small)
    coach_here(small, "note", who, "S3 said zebrafish")
    coach_here(small, "note", other, "S4 said walrus")
    key = secret(tmp_path, WORDS) if locked else {}
    if locked:
        assert coach_here(small, "lock", **key).returncode == 0
    refused = coach_here(small, "forget", who, **key)
    assert refused.returncode == 2
    assert who in names(small, **key)
    done = coach_here(small, "forget", who, "--yes", **key)
    assert done.returncode == 0, done.stdout + done.stderr
    for path in small.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            data += gzip.decompress(data) if path.suffix == ".gz" else b""
            assert b"zebrafish" not in data, path
            assert who.encode() not in data, path
    assert names(small, **key) == [other]
    assert "walrus" in coach_here(small, "show", other, **key).stdout
    assert coach_here(small, "doctor", **key).returncode == 0


def test_who_is_named_by_others_is_told(small: Path) -> None:
    who, other = names(small)
    coach_here(small, "note", other, f"Asked whether {who} could come along")
    done = coach_here(small, "forget", who, "--yes")
    assert done.returncode == 1
    assert "still named in observations/" in done.stdout


WITHOUT_THE_EXTRA = """
import sys
sys.modules["cryptography"] = None
from coach_tui.cli.main import main
sys.exit(main())
"""


def test_without_the_extra_everything_else_works_and_locking_says_what_to_install(
    small: Path, tmp_path: Path
) -> None:
    key = secret(tmp_path, WORDS)
    assert coach(small, "status", program=WITHOUT_THE_EXTRA).returncode == 0
    refused = coach(small, "lock", program=WITHOUT_THE_EXTRA, **key)
    assert refused.returncode == 3
    assert "pip install 'coach-tui[encryption]'" in refused.stderr
    assert names(small)
    assert not (small / "coach.key").exists()
    assert coach_here(small, "lock", **key).returncode == 0
    unreadable = coach(small, "status", program=WITHOUT_THE_EXTRA, **key)
    assert unreadable.returncode == 3
    assert "pip install" in unreadable.stderr


def test_nothing_is_written_anew_while_the_app_is_open(small: Path, tmp_path: Path) -> None:
    app = DraftFile(str(small), "somebody-1-00000000")
    app.announce()
    key = secret(tmp_path, WORDS)
    for words in (("lock",), ("forget", names(small)[0], "--yes")):
        refused = coach_here(small, *words, **key)
        assert refused.returncode == 3
        assert "open elsewhere" in refused.stderr
    assert len(names(small)) == 2
    app.close()
    assert coach_here(small, "lock", **key).returncode == 0


def coach_in_cron(store: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `coach-tui` where there is no terminal at all to ask."""
    return subprocess.run(
        [sys.executable, "-m", "coach_tui", *words],
        env={**os.environ, "COACH_TUI_HOME": str(store)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        start_new_session=True,
        text=True,
        check=False,
    )
