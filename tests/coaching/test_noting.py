"""Single notes: where they go, whoever else writes at the same moment, why before the launch."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from coach_tui.coaching.desk import Desk, open_desk
from coach_tui.domain.records import Coachee, Observation
from coach_tui.domain.statuses import Rules
from tests.support import NOW, add_launched, clock, desk, forward


def test_a_note_does_not_go_to_one_that_was_left_running_yesterday() -> None:
    of = desk()
    ana = add_launched(of)
    seen = of.observing.start(ana)
    forward(of, hours=12)
    noted = of.observing.note(ana, ["one"])
    assert noted.id != seen.id
    assert of.observing.get(seen.id).lines == ()


def test_notes_of_a_day_are_one_record_without_a_cycle() -> None:
    of = desk()
    ana = add_launched(of)
    first = of.observing.note(ana, ["one"])
    assert (first.quick_notes, first.cycle, first.end) == (True, None, NOW)
    later = forward(of, hours=1)
    second = of.observing.note(ana, ["two"])
    assert second.id == first.id
    assert second.end == later
    assert [(line.text, line.offset) for line in second.lines] == [("one", 0), ("two", 3600)]
    forward(of, days=1)
    assert of.observing.note(ana, ["three"]).id != first.id
    assert of.cycling.of(ana.id) == []


def test_a_note_needs_no_launch_and_owes_no_feedback() -> None:
    of = desk()
    ana = of.coachees.add(name="Ana Ruiz")
    of.observing.note(ana, ["greeted every child at the door"])
    forward(of, days=14)
    (row,) = of.caseload().rows
    assert row.owed == ()
    assert row.facts.last_observation is None


@pytest.mark.parametrize("lines", [[], [""], [" ", "\t\n"]])
def test_an_empty_note_is_refused(lines: list[str]) -> None:
    of = desk()
    ana = add_launched(of)
    with pytest.raises(ValueError, match="the note is empty"):
        of.observing.note(ana, lines)
    assert of.observing.of(ana.id) == []


def test_a_note_after_midnight_goes_to_the_observation_that_runs() -> None:
    of = desk()
    ana = add_launched(of)
    forward(of, hours=14, minutes=50)
    seen = of.observing.start(ana)
    forward(of, minutes=20)
    assert of.observing.note(ana, ["one"]).id == seen.id


def test_a_reason_before_the_launch_is_asked_for_once_a_day_and_kept() -> None:
    of = desk()
    ana = of.coachees.add(name="Ana Ruiz")
    assert of.observing.wants_reason(ana)
    assert of.observing.note(ana, ["one"]).before_launch_because == ""
    assert of.observing.wants_reason(ana)
    assert of.observing.note(ana, ["two"], " she asked me in ").before_launch_because == (
        "she asked me in"
    )
    assert not of.observing.wants_reason(ana)
    assert of.observing.note(ana, ["three"]).before_launch_because == "she asked me in"


def test_after_the_launch_no_reason_is_asked_for_or_kept() -> None:
    of = desk()
    ana = add_launched(of)
    assert not of.observing.wants_reason(ana)
    assert of.observing.note(ana, ["one"], "for fun").before_launch_because == ""


def test_the_first_note_of_a_day_is_undone_and_done_again() -> None:
    of = desk()
    ana = add_launched(of)
    first = of.observing.note(ana, ["one"])
    of.ledger.undo()
    assert of.observing.find(first.id) is None
    of.ledger.redo()
    assert [line.text for line in of.observing.note(ana, ["two"]).lines] == ["one", "two"]
    assert of.observing.note(of.coachees.add(name="Ben Okoro"), ["three"]).id != first.id


def _a_visit(of: Desk, ana: Coachee) -> None:
    of.observing.start(ana)


def _no_visit(of: Desk, ana: Coachee) -> None:
    """Let the notes be quick notes."""


@pytest.mark.parametrize("begin", [_a_visit, _no_visit])
def test_of_many_who_note_at_once_each_line_arrives_once_in_the_order_of_the_commits(
    tmp_path: Path, begin: Callable[[Desk, Coachee], None]
) -> None:
    def opened(session: str, *, create: bool = False) -> Desk:
        return open_desk(str(tmp_path / "store"), clock(), Rules(), session, create=create)

    first = opened("first", create=True)
    ana = add_launched(first)
    begin(first, ana)
    sessions = [opened(f"session-{number}") for number in range(24)]

    def note(number: int) -> tuple[int, str]:
        of, text = sessions[number], f"line {number}"
        noted = of.observing.note(ana, [text, f"{text}, after it"])
        return noted.revision, text

    with ThreadPoolExecutor(len(sessions)) as at_once:
        commits = sorted(at_once.map(note, range(len(sessions))))
    first.poll()
    (seen,) = first.ledger.store.all(Observation)
    kept = [line.text for line in seen.lines]
    assert kept == [one for _, text in commits for one in (text, f"{text}, after it")]
    for of in (first, *sessions):
        of.close()
