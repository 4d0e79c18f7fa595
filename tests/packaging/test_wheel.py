"""Wheel and sdist carry all that the program reads, and the wheel runs where no source is."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from coach_tui import __version__

pytestmark = [
    pytest.mark.packaging,
    # One worker builds once for all of these.
    pytest.mark.xdist_group("packaging"),
]

ROOT = Path(__file__).parents[2]


def run(*command: str | Path, folder: Path) -> str:
    done = subprocess.run(
        command,
        capture_output=True,
        check=False,
        cwd=folder,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def package_files() -> set[str]:
    """Return every file of the package in the source tree, as `coach_tui/...`."""
    found = (ROOT / "coach_tui").rglob("*")
    return {
        file.relative_to(ROOT).as_posix()
        for file in found
        if file.is_file() and "__pycache__" not in file.parts
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the wheel and the sdist: what `make dist` has made, else made here."""
    made = os.environ.get("COACH_TUI_DIST")
    if made:
        return ROOT / made
    folder = tmp_path_factory.mktemp("dist")
    build = (
        "-m",
        "build",
        "--no-isolation",
        "--wheel",
        "--sdist",
        "--outdir",
        str(folder),
        str(ROOT),
    )
    run(sys.executable, *build, folder=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    return built / f"coach_tui-{__version__}-py3-none-any.whl"


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the program folder of a fresh environment: the wheel, with our dependencies."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False)
    programs = home / "bin"
    packages = Path(
        run(
            programs / "python",
            "-c",
            "import sysconfig; print(sysconfig.get_path('purelib'))",
            folder=home,
        ).strip()
    )
    here = [path for path in sys.path if path.endswith("site-packages")]
    # Plain paths: the .pth files in them, the editable install's among them, are not read.
    (packages / "dependencies.pth").write_text("\n".join(here), encoding="utf-8")
    pip = ("-m", "pip", "--python", str(programs / "python"), "install")
    flags = ("--quiet", "--no-index", "--no-deps", "--ignore-installed")
    run(sys.executable, *pip, *flags, str(wheel), folder=home)
    return programs


def test_the_source_has_files_that_are_not_python() -> None:
    endings = {Path(file).suffix for file in package_files()}
    assert ".tcss" in endings
    assert any(file.startswith("coach_tui/data/") for file in package_files())


def test_the_wheel_carries_the_whole_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert package_files() <= set(archive.namelist())


def test_the_wheel_brings_no_other_top_level_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert tops == {"coach_tui", f"coach_tui-{__version__}.dist-info"}


def test_the_sdist_carries_the_whole_package(built: Path) -> None:
    with tarfile.open(built / f"coach_tui-{__version__}.tar.gz") as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    assert package_files() <= inside
    assert {"LICENSE", "Makefile", "README.md", "pyproject.toml"} <= inside


def test_the_installed_wheel_says_its_version(installed: Path, tmp_path: Path) -> None:
    assert (
        run(installed / "coach-tui", "--version", folder=tmp_path) == f"coach-tui {__version__}\n"
    )


def test_the_installed_wheel_lists_its_keys(installed: Path, tmp_path: Path) -> None:
    assert len(run(installed / "coach-tui", "keys", folder=tmp_path).splitlines()) > 5


def test_the_installed_wheel_is_what_runs(installed: Path, tmp_path: Path) -> None:
    code = "import coach_tui; print(coach_tui.__file__)"
    file = Path(run(installed / "python", "-c", code, folder=tmp_path).strip())
    assert file.is_relative_to(installed.parent.resolve())
