"""The script in the coach's own editor: a real program, a real file, then what is stored."""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from coach_tui.app import CoachApp
from coach_tui.domain.records import Observation
from coach_tui.screens.dialogs.choice import Pick
from coach_tui.screens.dialogs.locked import LockedScreen
from coach_tui.screens.editor import AppEnds
from coach_tui.screens.observe import ObserveScreen
from tests.support import add_lines
from tests.ui.driving import (
    HOSTILE,
    NOW,
    clock,
    desk_in,
    front,
    observations,
    opened,
    press,
    screen_text,
    settle,
    type_text,
    under_script,
)
from tests.ui.killing import die, kept, offered

EDITOR_KEYS = ("ctrl+t", "e")


@pytest.fixture(autouse=True)
def _terminal_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let editors run beside the app: a test has no terminal that could be given away."""

    @contextmanager
    def beside(app: object) -> Iterator[None]:
        yield

    monkeypatch.setattr("coach_tui.screens.editor.stepped_aside", beside)
    monkeypatch.delenv("VISUAL", raising=False)


class Editor:
    """A program in the place of an editor, chosen by `EDITOR`: a few lines of shell.

    `$1` is the file; what it was opened with is in `given`.
    """

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self._program = folder / "my editor"
        monkeypatch.setenv("EDITOR", f"{shlex.quote(str(self._program))} --wait")
        self.does("true")

    def does(self, *lines: str) -> None:
        """Let it do this when it is opened next."""
        given = shlex.quote(str(self._folder / "given"))
        asides = shlex.quote(str(self._folder / "mode"))
        script = [
            *("#!/bin/sh", "shift", f'cp "$1" {given}'),
            f'ls -ld "$(dirname "$1")" "$1" | cut -c1-10 > {asides}',
            *lines,
        ]
        self._program.write_text("\n".join(script) + "\n", encoding="utf-8")
        self._program.chmod(0o700)

    @property
    def given(self) -> str:
        """What the file held when the editor was opened on it last."""
        return (self._folder / "given").read_text(encoding="utf-8")

    @property
    def modes(self) -> list[str]:
        """Who can read its folder and the file."""
        return (self._folder / "mode").read_text(encoding="utf-8").split()


@pytest.fixture
def editor(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """A program in the place of an editor, with an argument of its own."""
    return Editor(tmp_path_factory.mktemp("editor"), monkeypatch)


async def edit(pilot: Pilot[Any], *keys: str) -> None:
    """Open the editor by these keys, and wait until what it wrote is saved or asked about."""
    await press(pilot, *(keys or EDITOR_KEYS))
    for _ in range(500):
        at_work = [one for one in pilot.app.workers if one.name == "action_editor"]
        if isinstance(pilot.app.screen, Pick) or all(one.is_finished for one in at_work):
            break
        await pilot.pause(0.02)
    await settle(pilot)


def is_aside(app: CoachApp) -> bool:
    """Return whether another program has the terminal."""
    return app.guest is not None


def open_files(folder: Path) -> list[str]:
    """Return what was handed out to editors and stands there still."""
    return [one.name for one in (folder / "drafts").glob("*.editing")]


def texts(seen: Observation) -> list[tuple[str, str]]:
    """Return who spoke and what stands there, line by line."""
    return [(one.speaker, one.text) for one in seen.lines]


def note_elsewhere(folder: Path, words: str) -> None:
    """Let another session add a line."""
    desk = desk_in(folder)
    seen = desk.observing.of(desk.coachees.all()[0].id)[0]
    add_lines(desk, seen.id, [(words, seen.start)])
    desk.close()


async def test_a_long_note_is_written_in_an_empty_file_and_an_empty_file_changes_nothing(
    ana: Path, editor: Editor
) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        await type_text(pilot, "half a li")
        for nothing in ("true", ': > "$1"', 'echo "#| mine" > "$1"', 'rm "$1"'):
            editor.does(nothing)
            await edit(pilot)
        assert "s3 student" in editor.given
        assert editor.given.startswith("\n#| "), "the first line is the place to begin"
        editor.does("""printf '%s\\r\\n' 't why?' 's3 it doubles +praise' '9:10 # 14/24' > "$1" """)
        await edit(pilot)
        assert "The script was saved" in screen_text(app)
        line = front(app, ObserveScreen).query_one(Input)
        assert (line.value, line.cursor_position) == ("half a li", 9)
    (seen,) = observations(ana)
    assert texts(seen) == [("T", "why?"), ("S3", "it doubles"), ("", "14/24")]
    assert [one.time.minute for one in seen.lines] == [14, 14, 10]
    assert editor.modes == ["drwx------", "-rw-------"]
    assert open_files(ana) == []


async def test_what_was_not_changed_stays_as_it_is_and_a_text_that_cannot_be_read_comes_back(
    ana: Path, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        for words in ("t what do you notice?", "# 14/24"):
            await type_text(pilot, words)
            await press(pilot, "enter")
        before = observations(ana)[0]
        await edit(pilot)
        assert "Nothing was changed" in screen_text(app)
        assert observations(ana)[0].revision == before.revision
        editor.does("""sed -i 's/0002 09:14:05/0002 99:14:05/' "$1" """)
        await edit(pilot)
        assert "is no time" in screen_text(app)
        assert observations(ana)[0].revision == before.revision
        assert open_files(ana) == []
        assert any("99:14:05" in text for text in kept(ana)), "it is safe while she is asked"
        monkeypatch.setenv("VISUAL", os.environ["EDITOR"])
        monkeypatch.setenv("EDITOR", "false")
        editor.does("""sed -i 's/99:14:05/09:15:00/' "$1" && echo 's4 it triples' >> "$1" """)
        await edit(pilot, "1")
        assert "99:14:05" in editor.given
    seen = observations(ana)[0]
    assert texts(seen) == [("T", "what do you notice?"), ("", "14/24"), ("S4", "it triples")]
    assert seen.lines[0] == before.lines[0]
    assert [one.offset for one in seen.lines] == [0, 55, 55]
    assert (open_files(ana), [text for text in kept(ana) if text]) == ([], ["0"])


BROKEN = {
    "/nowhere/ed -x": "/nowhere/ed cannot be run (No such file",
    str(Path(__file__).parent): "cannot be run (Permission denied)",
    "ed 'unclosed": "EDITOR cannot be understood (no closing quotation)",
    "": "No editor was found here: set VISUAL or EDITOR",
    "false": "ended with an error (1); nothing was changed",
}


async def test_an_editor_that_cannot_be_opened_is_named_and_nothing_stays_behind(
    ana: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach_tui.screens.editor.USUAL", ("no-such-editor",))
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        await type_text(pilot, "s3 it doubles")
        await press(pilot, "enter")
        for command, words in BROKEN.items():
            monkeypatch.setenv("EDITOR", command)
            await edit(pilot)
            assert words in under_script(app)
            assert open_files(ana) == []
        await type_text(pilot, "and on")
        await press(pilot, "enter")
    assert texts(observations(ana)[0]) == [("S3", "it doubles"), ("", "and on")]


async def test_an_editor_that_fails_after_it_wrote_is_asked_about(
    ana: Path, editor: Editor
) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        editor.does("""mkdir -m 000 "$(dirname "$1")/kept" && cp "$1" "$1~" """, "exit 3")
        await edit(pilot)
        assert "ended with an error (3); nothing was changed" in under_script(app)
        assert open_files(ana) == [], "whatever the editor made beside it"
        editor.does('echo "one" >> "$1"', "exit 3")
        await edit(pilot)
        await press(pilot, "escape")
        assert "Kept, not saved" in screen_text(app)
        swap = """echo x > "$(dirname "$1")/.notes.txt.swp" """
        editor.does('echo "two" >> "$1"', swap, "kill -9 $$")
        await edit(pilot)
        assert "was ended (signal 9)" in screen_text(app)
        assert front(app, Pick)._question.endswith("it offers what it had not written.")
        assert editor.given.endswith("one\n"), "what was kept is opened again"
        front(app, Pick)
        await press(pilot, "2")
        editor.does('echo "three" >> "$1"', "exit 1")
        await edit(pilot)
        await press(pilot, "4", "1")
        await edit(pilot)
        assert editor.given.endswith("three\n"), "thrown away only when it was said twice"
        await press(pilot, "4", "2")
        assert "The script is as it was" in screen_text(app)
    assert texts(observations(ana)[0]) == [("", "one"), ("", "two")]


async def test_a_text_that_is_no_utf_8_any_more_is_looked_at_again(
    ana: Path, editor: Editor
) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        editor.does("""printf 's3 se\\361or\\n' > "$1" """)
        await edit(pilot)
        assert "not UTF-8 any more" in screen_text(app)
        editor.does("true")
        await edit(pilot, "1")
        assert editor.given.startswith("s3 se\u00f1or\n")
    assert texts(observations(ana)[0]) == [("S3", "se\u00f1or")]


async def test_hostile_text_goes_through_an_editor_as_it_is(ana: Path, editor: Editor) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        await type_text(pilot, "first")
        await press(pilot, "enter")
        desk = desk_in(ana)
        for words in HOSTILE:
            note_elsewhere(ana, words)
        desk.close()
        before = observations(ana)[0]
        assert len(before.lines) == 1 + len(HOSTILE)
        await edit(pilot)
        assert observations(ana)[0].revision == before.revision
        editor.does("""sed -i 's, first$, [red]first[/],' "$1" """)
        await edit(pilot)
        assert "The script was saved" in screen_text(app)
    seen = observations(ana)[0]
    assert seen.lines[0].text == "[red]first[/]"
    assert seen.lines[1:] == before.lines[1:]


async def test_lines_that_came_meanwhile_stay_and_a_line_that_both_changed_is_shown_twice(
    ana: Path, editor: Editor
) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        for words in ("t one", "t two"):
            await type_text(pilot, words)
            await press(pilot, "enter")
        screen = front(app, ObserveScreen)
        real = screen.rows_of_script
        elsewhere: list[str] = ["came meanwhile"]

        def meanwhile(seen: Observation | None) -> list[object]:
            while elsewhere:
                note_elsewhere(ana, elsewhere.pop())
            return list(real(seen))

        editor.does("""sed -i 's/ t one$/ t one, hers/' "$1" && echo 's3 hers' >> "$1" """)
        screen.rows_of_script = meanwhile  # type: ignore[method-assign,assignment]
        await edit(pilot)
        assert "1 line came meanwhile" in screen_text(app)
        assert [text for _, text in texts(observations(ana)[0])] == [
            *("one, hers", "two", "hers", "came meanwhile"),
        ]
        screen.rows_of_script = real  # type: ignore[method-assign]
        desk = desk_in(ana)
        seen = observations(ana)[0]
        theirs = tuple(
            line.changed(text="theirs") if line.id == "0002" else line for line in seen.lines
        )
        editor.does("""sed -i 's/ t two$/ t mine/' "$1" """)
        taken = app.session.drafts.take_in

        def changed_meanwhile(key: str, *, ended_well: bool) -> object:
            if desk.ledger.store.revision("observations", seen.id) == seen.revision:
                desk.scripts.replace_all(seen, theirs)
            return taken(key, ended_well=ended_well)

        app.session.drafts.take_in = changed_meanwhile  # type: ignore[method-assign,assignment]
        await edit(pilot)
        assert "1 line was changed by you and meanwhile in another session" in screen_text(app)
        assert texts(observations(ana)[0])[1] == ("T", "theirs")
        editor.does("true")
        await edit(pilot, "1")
        assert "became: 0002 09:14:05 t theirs\n#| Yours:\n0002 09:14:05 t mine" in editor.given
        desk.close()
    assert texts(observations(ana)[0])[1] == ("T", "mine")


async def test_an_app_that_died_while_the_editor_was_open_offers_the_text_again(
    ana: Path, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(app: CoachApp, file: Path) -> None:
        text = file.read_text(encoding="utf-8")
        file.write_text(f"s4 saved there\n{text}", encoding="utf-8")
        (file.parent / ".notes.txt.swp").write_bytes(b"never \xff saved")
        (file.parent / "notes.txt~").write_text("a copy", encoding="utf-8")
        die(ana, app)
        folder = file.parent.name
        os.rename(file.parent, file.parent.with_name(folder.replace("test.", "killed.")))
        place = ana / "drafts" / "killed.json"
        place.write_text(place.read_text().replace("test.", "killed."), encoding="utf-8")

    async def killed(app: CoachApp, path: str, put_by: object) -> int:
        write(app, Path(path))
        raise AppEnds

    with monkeypatch.context() as dying:
        dying.setattr("coach_tui.screens.observe.in_editor.run_editor", killed)
        at = clock()
        async with opened(ana, at=at) as (app, pilot):
            await press(pilot, "o")
            await type_text(pilot, "t one")
            await press(pilot, "enter")
            at.moment = NOW + timedelta(seconds=40)
            await type_text(pilot, "half a li")
            app.session.drafts.flush()
            await edit(pilot)
    assert len(open_files(ana)) == 1
    async with opened(ana) as (app, pilot):
        await offered(pilot)
        assert open_files(ana) == [], "it is in the draft from now on"
        assert "s4 saved there" in screen_text(app)
        copied = shlex.quote(str(ana / "swap"))
        editor.does(f"""cp "$(dirname "$1")/.notes.txt.swp" {copied}""")
        await edit(pilot, "enter")
        assert front(app, ObserveScreen).line.value == "half a li"
    assert texts(observations(ana)[0]) == [("S4", "saved there"), ("T", "one")]
    assert (ana / "swap").read_bytes() == b"never \xff saved", "the editor finds its swap file"
    assert stat.S_IMODE((ana / "drafts").stat().st_mode) == 0o700
    assert open_files(ana) == []


async def test_a_screen_that_was_covered_meanwhile_stays_covered(
    ana: Path, editor: Editor, tmp_path_factory: pytest.TempPathFactory
) -> None:
    go_on = tmp_path_factory.mktemp("go") / "on"
    waits = f"while [ ! -e {shlex.quote(str(go_on))} ]; do sleep 0.05; done"
    editor.does('echo "99:99 it doubles" > "$1"', waits)
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        app._has_passphrase = True
        await pilot.press(*EDITOR_KEYS)
        while not is_aside(app):
            await pilot.pause(0.02)
        await pilot.press("x", "f4")
        app.action_lock_screen()
        go_on.touch()
        while is_aside(app):
            await pilot.pause(0.02)
        await settle(pilot)
        front(app, LockedScreen)
        assert "it doubles" not in screen_text(app)
        app.action_uncover()
        await settle(pilot)
        assert "is no time" in screen_text(app)
        await press(pilot, "escape")
        screen = front(app, ObserveScreen)
        assert (screen.line.value, screen.is_open) == ("", True), "keys were the editor's"
