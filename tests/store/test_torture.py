"""The bars of `make torture` that need no privileges, in small counts; each with its control."""

from __future__ import annotations

from pathlib import Path

import pytest

from torture import bars, interrupted, report
from torture.__main__ import main
from torture.tally import Row, Tally

COUNTS = {
    "R1": 50,
    "R3": 600,
    "R4": 1,
    "R5": 80,
    "R6": 3,
    "R7": 2,
    "R8": 60,
    "R10": 12,
    "R16": 40,
}


@pytest.mark.parametrize("bar", COUNTS)
def test_a_bar_is_held_and_its_control_is_found_out(tmp_path: Path, bar: str) -> None:
    rows = bars.BARS[bar].measure(tmp_path, COUNTS[bar])
    assert [(row.what, row.verdict, row.tally.told) for row in rows] == [
        (row.what, "held", []) for row in rows
    ]


def test_the_record_of_a_store_at_work_tells_all_that_was_done(tmp_path: Path) -> None:
    # `played` compares the folder with the record, byte for byte.
    for number, name in enumerate(interrupted.SCENARIOS):
        played = interrupted.played(tmp_path / str(number), name)
        assert len(played.works) > 1


def tally(tried: int, wrong: int) -> Tally:
    made = Tally()
    for number in range(tried):
        made.count("it is wrong" if number < wrong else None)
    return made


@pytest.mark.parametrize(
    ("held", "caught", "verdict"),
    [
        (tally(9, 0), tally(5, 1), "held"),
        (tally(9, 1), tally(5, 1), "MISSED"),
        (tally(9, 0), tally(5, 0), "CONTROL PASSED"),
        (tally(0, 0), tally(5, 1), "NOTHING TRIED"),
    ],
)
def test_a_row_is_good_only_when_its_control_failed(
    held: Tally, caught: Tally, verdict: str
) -> None:
    row = Row("R0", "a thing", held, "broken", caught)
    assert (row.verdict, row.is_good) == (verdict, verdict == "held")
    assert verdict in report.table([row])


def test_a_bar_that_cannot_be_tried_is_told_and_is_no_failure() -> None:
    row = Row("R2", "power cut", skipped="it needs root")
    assert row.is_good
    assert "R2 skipped: it needs root" in report.table([row])


def test_an_unknown_bar_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["R99"])
    assert "there is no bar R99" in capsys.readouterr().err
