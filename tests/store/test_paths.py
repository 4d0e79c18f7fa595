from __future__ import annotations

import os
import stat
from pathlib import Path

import platformdirs
import pytest

from coach_tui.store import paths
from coach_tui.store.errors import ReadOnly, Unavailable


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.skipif(os.uname().sysname != "Linux", reason="elsewhere platformdirs itself answers")
@pytest.mark.parametrize(
    "setting",
    [None, "/somewhere/else", "relative/path", "", "   ", "/with space", "/trailing/"],
)
def test_linux_directories_are_those_of_platformdirs(
    monkeypatch: pytest.MonkeyPatch, setting: str | None
) -> None:
    monkeypatch.delenv("COACH_TUI_HOME")
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        if setting is None:
            monkeypatch.delenv(variable)
        else:
            monkeypatch.setenv(variable, setting)
    theirs = platformdirs.PlatformDirs("coach-tui", appauthor=False)
    assert paths.store_directory(None, os.environ) == theirs.user_data_dir
    assert paths.config_directory(os.environ) == theirs.user_config_dir


def test_other_platforms_ask_platformdirs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "_PLATFORM", "darwin")
    theirs = platformdirs.PlatformDirs("coach-tui", appauthor=False)
    assert paths.store_directory(None, {}) == theirs.user_data_dir
    assert paths.config_directory({}) == theirs.user_config_dir


def test_what_was_named_comes_before_the_environment_and_that_before_the_platform() -> None:
    environ = {"COACH_TUI_HOME": "/from/environment", "XDG_DATA_HOME": "/data", "HOME": "/home/x"}
    assert paths.store_directory("/named", environ) == "/named"
    assert paths.store_directory(None, environ) == "/from/environment"
    assert paths.config_directory(environ) == "/from/environment/config"
    del environ["COACH_TUI_HOME"]
    assert paths.store_directory(None, environ) == "/data/coach-tui"
    assert paths.config_directory(environ) == "/home/x/.config/coach-tui"


def test_a_named_directory_becomes_absolute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert paths.store_directory("here", {}) == str(tmp_path / "here")
    assert paths.store_directory("~/there", {}) == str(Path.home() / "there")


def test_a_folder_is_made_for_its_owner_only_whatever_the_umask(tmp_path: Path) -> None:
    folder = tmp_path / "parent" / "store"
    before = os.umask(0)
    try:
        assert paths.prepare(str(folder)) == []
    finally:
        os.umask(before)
    assert mode(folder) == 0o700
    assert mode(folder.parent) == 0o777


def test_a_narrower_umask_does_not_lock_the_owner_out(tmp_path: Path) -> None:
    before = os.umask(0o277)
    try:
        paths.prepare(str(tmp_path / "store"))
    finally:
        os.umask(before)
    assert mode(tmp_path / "store") == 0o700


def test_what_stands_open_is_narrowed_and_named(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    (folder / "drafts").mkdir(parents=True)
    for name in ("coach.json", "coach.lock", "coach.summary.json"):
        (folder / name).touch(0o644)
    (folder / "mine.txt").touch(0o644)
    for path in (folder, folder / "drafts"):
        path.chmod(0o755)
    (folder / "coach.json").chmod(0o600)
    narrowed = paths.prepare(str(folder))
    names = ["", "coach.lock", "coach.summary.json", "drafts"]
    assert narrowed == [str(folder / name) if name else str(folder) for name in names]
    assert [mode(folder), mode(folder / "drafts")] == [0o700, 0o700]
    assert {mode(folder / name) for name in ("coach.json", "coach.lock")} == {0o600}
    assert mode(folder / "mine.txt") == 0o644
    assert paths.prepare(str(folder)) == []


def test_a_folder_with_other_files_and_no_store_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "Documents"
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "thesis.odt").touch()
    with pytest.raises(Unavailable, match="holds other files"):
        paths.prepare(str(folder))
    assert mode(folder) == 0o755


def test_a_folder_with_hidden_files_only_may_become_a_store(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    (folder / ".stfolder").touch()
    paths.prepare(str(folder))
    assert mode(folder) == 0o700


def test_a_link_among_the_files_is_not_followed(tmp_path: Path) -> None:
    folder, outside = tmp_path / "store", tmp_path / "outside"
    folder.mkdir(mode=0o700)
    outside.touch()
    outside.chmod(0o644)
    (folder / "coach.json").symlink_to(outside)
    assert paths.prepare(str(folder)) == []
    assert mode(outside) == 0o644


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "store").touch()
    with pytest.raises(Unavailable, match="cannot be used"):
        paths.prepare(str(tmp_path / "store"))
    with pytest.raises(Unavailable, match="cannot be used"):
        paths.prepare(str(tmp_path / "store" / "below"))


def test_a_folder_that_may_not_be_made_is_read_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "mkdir", refuse)
    with pytest.raises(ReadOnly, match="Permission denied"):
        paths.prepare(str(tmp_path / "store"))


def test_modes_that_cannot_be_changed_are_still_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    folder.chmod(0o755)

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "chmod", refuse)
    assert paths.prepare(str(folder)) == []
    assert paths.wide_modes(str(folder)) == [str(folder)]
