"""Prefixes of notes taken elsewhere say who speaks and what kind of line it is."""

from __future__ import annotations

import pytest

from coach_tui.domain.low_inference import read_line


@pytest.mark.parametrize(
    ("text", "speaker", "kind"),
    [
        ("? why did G2 stop", "", "question"),
        ("! S4 was bored", "", "inference"),
        ("09:14:05 !   S4 was bored", "", "inference"),
        ("- 9:14 ? why", "", "question"),
        ("T: good work", "T", "quote"),
        ("t: good work", "T", "quote"),
        ("S3: it was boring", "S3", "quote"),
        ("Ss: yes", "S", "quote"),
        ("G2: most of it", "G2", "quote"),
        ("C: I would", "C", "quote"),
        ("Teacher: good work", "T", "quote"),
        ("Student 3: some", "S3", "quote"),
        ("[9:14] T: good", "T", "quote"),
        ("9:14 am T: good", "T", "quote"),
        ("* t good work", "T", "quote"),
        ("s3 it was boring", "S3", "quote"),
        ("g2 most of it", "G2", "quote"),
        ("c I would", "C", "quote"),
        ('T "good" and moves on', "", "action"),
        ('T: "good" S4 was bored', "", "action"),
        ("T moves to the back", "", "action"),
        ("S3 engaged the clamp", "", "action"),
        ("Ts are taped to the floor", "", "action"),
        ("a T moves to the back", "", "action"),
        ("# 14/24 hands up", "", "action"),
        ("students sit: rows of four", "", "action"),
        ("?", "", "action"),
        ("", "", "action"),
    ],
)
def test_a_line_is_read(text: str, speaker: str, kind: str) -> None:
    read = read_line(text)
    assert (read.speaker, read.kind) == (speaker, kind)
