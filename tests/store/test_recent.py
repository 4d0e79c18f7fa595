"""The newest commits that are kept in memory, and what is let go."""

from __future__ import annotations

import pytest

from coach_tui.store import recent
from coach_tui.store.recent import Recent


def filled(count: int, length: int = 1) -> Recent:
    kept = Recent()
    for number in range(1, count + 1):
        kept.add(number, b"%d" % number * length)
    return kept


def test_lines_are_told_since_a_commit() -> None:
    kept = filled(3)
    assert kept.since(0) == [b"1", b"2", b"3"]
    assert kept.since(2) == [b"3"]
    assert kept.since(3) == []


def test_the_oldest_are_let_go_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "MOST", 2)
    kept = filled(4)
    assert (kept.since(1), kept.since(2)) == (None, [b"3", b"4"])


def test_long_lines_are_let_go_sooner_and_the_newest_never(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "MOST_BYTES", 10)
    kept = filled(4, length=4)
    assert (kept.since(1), kept.since(2)) == (None, [b"3333", b"4444"])
    kept.add(5, b"5" * 50)
    assert (kept.since(3), kept.since(4)) == (None, [b"5" * 50])
    kept.take_back(5)
    kept.add(5, b"five")
    assert kept.since(4) == [b"five"]


def test_a_commit_that_was_not_made_is_taken_back_and_no_other() -> None:
    kept = filled(2)
    kept.take_back(1)
    kept.take_back(2)
    assert kept.since(0) == [b"1"]


def test_nothing_is_told_from_before_another_story() -> None:
    kept = filled(2)
    kept.begin(7)
    kept.reaches_back_to = 7
    assert (kept.since(6), kept.since(7)) == (None, [])
