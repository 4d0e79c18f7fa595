"""Rule R1: no score, rank, average or sort by level of a teacher, anywhere.

Every word the program can say, every screen of the sample caseload, every export and report.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import coach_tui
from coach_tui.coaching.desk import Desk, empty_desk
from coach_tui.coaching.sample.generator import generate
from coach_tui.domain.enumerations import Party
from coach_tui.domain.progress.levels import DOCUMENT_LEVELS
from coach_tui.domain.records import RECORDS, Evidence, NamedLevel
from coach_tui.domain.standing import SORTS
from coach_tui.domain.statuses import Rules
from coach_tui.presentation.commands import COMMANDS
from tests.cli.running import coach
from tests.support import clock
from tests.ui.driving import app_over, desk_in, press, screen_text, settle

PACKAGE = Path(coach_tui.__file__).parent
TODAY = date(2026, 11, 23)

MERIT = re.compile(
    r"\b(scores?|scored|scoring|ranks?|ranked|ranking|averages?|percentiles?|ratings?|rated"
    r"|grade point|leaderboard|best teacher|weakest|out of five)\b",
    re.IGNORECASE,
)
"""Words by which people are measured against each other."""

SAID_IN = ("presentation", "screens", "widgets", "cli", "coaching", "exchange", "domain")

KNOWN = {
    # A column of somebody else's table may be called so; it is read as a level, never shown.
    ("exchange/assessments.py", "rating"),
    # That there are none is said to the coach, and to the teacher at the launch.
    ("screens/welcome.py", "ratings"),
    ("coaching/launching.py", "rating"),
}


def constants(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the string constants of a module that are no docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    docstrings |= {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in (one for one in ast.walk(tree) if isinstance(one, ast.Constant)):
        text = node.value
        if isinstance(text, str) and id(node) not in docstrings:
            yield node.lineno, text


def said_of_merit() -> set[tuple[str, str]]:
    found = set()
    for layer in SAID_IN:
        for path in sorted((PACKAGE / layer).rglob("*.py")):
            place = path.relative_to(PACKAGE).as_posix()
            if place.startswith(("coaching/sample", "domain/low_inference", "coaching/lexicon")):
                continue  # made-up people's own words, and words that notes are asked about
            for _, text in constants(path):
                found |= {(place, word[0].lower()) for word in MERIT.finditer(text)}
    return found


def test_the_program_has_no_words_of_merit() -> None:
    assert said_of_merit() - KNOWN == set()


def test_the_search_would_find_one(tmp_path: Path) -> None:
    module = tmp_path / "one.py"
    module.write_text('"""The rank."""\nX = f"average of {1}"\n', encoding="utf-8")
    assert [text for _, text in constants(module) if MERIT.search(text)] == ["average of "]


@pytest.mark.parametrize("table", RECORDS, ids=lambda kind: kind.table)
def test_no_record_holds_a_number_of_merit(table: type[Any]) -> None:
    names = {name for name in table.model_fields if MERIT.search(name.replace("_", " "))}
    assert names == set()
    numbers = {
        name
        for name, field in table.model_fields.items()
        if "float" in str(field.annotation) and name not in ("weekly_hours", "mean")
    }
    assert numbers == set(), "the mean of a building's survey is the only mean there is"


def test_nothing_sorts_by_a_level() -> None:
    assert SORTS == ("urgency", "building", "name")
    sorts = [command for command in COMMANDS if "sort" in command.title.casefold()]
    assert not any("level" in command.tooltip.casefold() for command in sorts)


def sample() -> Desk:
    made = empty_desk(clock(), Rules())
    zone = ZoneInfo("America/Chicago")
    made.ledger.save(
        "Sample", *generate(TODAY - timedelta(days=1), seed=3, coachees=16, years=1, timezone=zone)
    )
    return made


def test_levels_change_the_order_of_no_list() -> None:
    of = sample()

    def orders() -> list[list[str]]:
        matrix = [row.goal.id for row in of.monitoring.matrix()]
        caseload = [row.facts.id for row in of.caseload().rows]
        watched = [one.coachee.id for one in of.releasing.watch_list()]
        goals = [goal.id for one in of.coachees.all() for goal in of.goals.of(one.id)]
        return [matrix, caseload, watched, goals]

    before = orders()
    assert all(len(one) for one in before)
    items = of.ledger.store.all(Evidence)
    for level in (DOCUMENT_LEVELS[0], DOCUMENT_LEVELS[-1]):
        named = NamedLevel(level=level, named_by=Party.TEACHER)
        of.ledger.save("Levels", *(of.evidence.get(one.id).changed(level=named) for one in items))
        assert orders() == before


# ------------------------------------------------------------------------- what is shown and left


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with the sample caseload."""
    place = tmp_path_factory.mktemp("sample") / "caseload"
    made = desk_in(place)
    records = generate(TODAY, seed=7, coachees=8, years=1, timezone=ZoneInfo("America/Chicago"))
    made.ledger.save("Sample", *records)
    made.close()
    return place


def own_words(folder: Path) -> str:
    """Return everything that people wrote in the sample, which may hold any word."""
    made = desk_in(folder)
    texts = [
        json.dumps(one.to_document()) for kind in RECORDS for one in made.ledger.store.all(kind)
    ]
    made.close()
    return "\n".join(texts)


async def test_no_screen_shows_a_number_of_merit(folder: Path) -> None:
    app, seen = app_over(folder), []
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for keys in (
            *(("1",), ("2",), ("3",), ("4",), ("5",), ("f",), ("f",), ("f",), ("f",)),
            *(("enter",), ("enter",), ("escape",), ("escape",), ("p",), ("R",), ("G",)),
            *(("escape",), ("P",), ("escape",), ("A",), ("escape",), ("escape",), ("P",)),
            *(("enter",), ("escape",), ("escape",), ("w",), ("question_mark",), ("escape",)),
        ):
            await press(pilot, *keys)
            seen.append(screen_text(app))
    written = own_words(folder).casefold()
    found = {word[0].casefold() for text in seen for word in MERIT.finditer(text)}
    assert {word for word in found if word not in written} == set()
    assert not any(re.search(r"\b\d+ of \d+ (lines|levels|met)\b", text) for text in seen)
    assert len(set(seen)) >= 20, "these are different screens"


@pytest.mark.parametrize(
    "words",
    [
        ["status"],
        ["status", "--all", "--json"],
        ["today"],
        ["today", "--json"],
        ["show", "Ana", "--json"],
        ["export", "--json"],
    ],
    ids=" ".join,
)
def test_no_export_holds_one(folder: Path, words: list[str]) -> None:
    made = desk_in(folder)
    name = made.coachees.all()[0].name
    made.close()
    done = coach(folder, *(name if word == "Ana" else word for word in words))
    assert done.returncode in (0, 1), done.stderr
    keys = " ".join(key.replace("_", " ") for key in json_keys(done.stdout))
    assert MERIT.search(keys) is None
    written = own_words(folder).casefold()
    found = {word[0].casefold() for word in MERIT.finditer(done.stdout)}
    assert {word for word in found if word not in written} == set()


def json_keys(text: str) -> Iterator[str]:
    """Yield every key of a JSON text, none of one that is no JSON."""
    try:
        waiting: list[Any] = [json.loads(text)]
    except json.JSONDecodeError:
        return
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield from value
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
