"""Finished lines: where they come from, where the coach stands among them, edits that outlive."""

from __future__ import annotations

from pathlib import Path

from coach_tui.domain.records import NoteLine
from tests.ui.driving import observations, opened, press, type_text


def asked(line: NoteLine) -> list[tuple[str, str]]:
    """Return the questions that stand on a line: code and words."""
    return [(mark.code, line.text[mark.start : mark.end]) for mark in line.marks]


async def test_a_line_is_stored_alike_typed_in_the_script_or_as_a_quick_note(
    ana: Path,
) -> None:
    async with opened(ana) as (_, pilot):
        await press(pilot, "o")
        await type_text(pilot, "a S3 was bored +praise +grade-3")
        await press(pilot, "enter", "escape", "n")
        await type_text(pilot, "a S3 was bored +praise +grade-3")
        await press(pilot, "ctrl+s")
    one, other = observations(ana)[0].lines
    assert asked(one) == [("LI02", "bored")]
    assert one == other.changed(id=one.id)


async def test_what_is_asked_of_lines_follows_their_words_through_split_and_join(
    ana: Path,
) -> None:
    async with opened(ana) as (_, pilot):
        await press(pilot, "o")
        await type_text(pilot, "S3 was bored and S4 was confused")
        await press(pilot, "enter", "up", "x")
        await press(pilot, *["right"] * len("S3 was bored "), "enter")
        assert [asked(line) for line in observations(ana)[0].lines] == [
            [("LI02", "bored")],
            [("LI02", "confused")],
        ]
        await press(pilot, "ampersand")
    (joined,) = observations(ana)[0].lines
    assert asked(joined) == [("LI02", "bored"), ("LI02", "confused")]
