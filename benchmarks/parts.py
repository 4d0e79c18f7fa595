"""The parts of a run: which things are measured, by which ruler, against which budget."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from benchmarks import empty_app, screens
from benchmarks.commands import Command, ratios
from benchmarks.report import Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.workplace import Workplace

APPEND = "x append"
READ = "x reading"
COACHEES = 40
SMALL_YEARS = 1
LARGE_YEARS = 5
GROWING = ((7, 1), (67, 1), (134, 5))
"""Coachees and years that come to some 100, 1 000 and 10 000 observations."""

PASS = "x pass"
EMPTY = "x empty app"
BARE = "x bare Input"
FRAMES = "x frame at 60 Hz"
MS = "ms of processor"
EMPTY_SCREEN = "x empty screen"
ARROW_BYTES = 2000


def commands(workplace: Workplace, rounds: int) -> list[Line]:
    """Measure the quick commands against `python -c pass`."""
    small = workplace.environment(workplace.sample(COACHEES, SMALL_YEARS))
    large = workplace.environment(workplace.sample(COACHEES, LARGE_YEARS))
    program = workplace.program
    status = Command((program, "status"), small)
    times = ratios(
        Command((workplace.python, "-c", "pass"), small),
        {
            "version": Command((program, "--version"), small),
            "help": Command((program, "--help"), small),
            "status": status,
            "today": Command((program, "today"), small),
            "agenda": Command((program, "agenda"), small),
        },
        2 * rounds,
    )
    years = ratios(status, {"years": Command((program, "status"), large)}, 2 * rounds)["years"]
    return [
        Line("coach-tui --version", times["version"], PASS, 2.5),
        Line("coach-tui --help", times["help"], PASS, 2.5),
        Line("coach-tui status, 40 coachees, one year", times["status"], PASS, 3),
        Line("coach-tui today, 40 coachees, one year", times["today"], PASS, 3),
        Line("coach-tui agenda, the same", times["agenda"], PASS, 3),
        Line("coach-tui status, five years", years, "x one year", 1.3),
    ]


def app(workplace: Workplace, rounds: int) -> list[Line]:
    """Measure the app, opened on one year of 40 coachees, against an empty Textual app."""
    empty, whole = _programs(workplace)
    pairs = screens.open_in_turn(empty, whole, workplace.folder, rounds)
    seconds = statistics.median(ours.seconds / ruler.seconds for ruler, ours in pairs)
    lines = [Line("first useful screen, one year", seconds, EMPTY, 1.5)]
    memory = [ours.memory / ruler.memory for ruler, ours in pairs if ours.memory and ruler.memory]
    if memory:
        lines.append(Line("peak memory then", statistics.median(memory), EMPTY, 1.5))
    arrow = screens.bytes_for_an_arrow(whole, workplace.folder)
    lines.append(Line("an arrow key in the caseload", arrow, "bytes", ARROW_BYTES, digits=0))
    idle = screens.idle(whole, workplace.folder)
    lines.append(Line("idle, written in 5 s", idle.written, "bytes", 0, digits=0))
    if idle.share is not None:
        lines.append(Line("idle, processor", 100 * idle.share, "% of a core", 1))
    return lines


def _programs(workplace: Workplace) -> tuple[screens.Program, screens.Program]:
    environment = workplace.environment(workplace.sample(COACHEES, SMALL_YEARS))
    empty = Command((workplace.python, empty_app.__file__), environment)
    whole = Command((workplace.program,), environment)
    return (
        screens.Program(empty, empty_app.MARKER),
        screens.Program(whole, screens.most_urgent(whole)),
    )


def store(workplace: Workplace, rounds: int) -> list[Line]:
    """Measure a save and an opening as the store grows, against the disk itself."""
    # Pydantic and the store are imported only where they are measured.
    from benchmarks.store import costs

    sizes = [costs(workplace.sample(*caseload), rounds) for caseload in GROWING]
    lines = [
        Line(f"a save, {size.observations:,} observations", size.save / size.append, APPEND, 2)
        for size in sizes
    ]
    flat = sizes[-1].save / sizes[0].save
    lines.append(Line("a save, largest store against smallest", flat, "x smallest", 1.5))
    lines += [
        Line(f"opening, {size.observations:,} observations", size.open / size.read, READ)
        for size in sizes
    ]
    return lines


def large_store(workplace: Workplace, rounds: int) -> list[Line]:
    """Measure the store at 50 000 observations against the disk, SQLite and smaller ones."""
    from benchmarks.large_store import lines

    return lines(workplace.folder, rounds * 3)


def low_inference(workplace: Workplace, rounds: int) -> list[Line]:
    """Measure the low-inference check: its share of a frame, its precision and recall.

    Precision is asked to be 0.95 or more, recall 0.80 or more; the tests hold both.
    """
    from benchmarks.low_inference import FRAME, LINE, costs, quality, quality_in_review

    cost = costs(rounds)
    line = f"a line of {len(LINE)} characters, {cost.terms} terms"
    lines = [
        Line(f"{line}, checked", cost.check / FRAME, FRAMES, 0.1, digits=3),
        Line(f"{line}, one regex", cost.alternation / FRAME, FRAMES, digits=3),
    ]
    found = quality("held_out")
    asked = {"a line, held out": found.lines, "all codes, held out": found.overall, **found.codes}
    asked["LI12, in review"] = quality_in_review()
    for name, tally in asked.items():
        marks, labels = tally.right + tally.wrong, tally.right + tally.missed
        lines += [
            Line(f"precision, {name}", tally.precision, f"of {marks} marks"),
            Line(f"recall, {name}", tally.recall, f"of {labels} labels"),
        ]
    return lines


def calendar(workplace: Workplace, rounds: int) -> list[Line]:
    """Measure turning a month, and the week that the catch-up proposes."""
    from benchmarks import calendar as measured

    turned = measured.turning(workplace)
    folder = workplace.sample(measured.COACHEES, measured.YEARS)
    visits, planned = measured.planning(folder, rounds)
    what = f"{measured.COACHEES} coachees, {measured.YEARS} years"
    return [
        Line(f"turning a month, {what}", turned, EMPTY_SCREEN, 2),
        Line(f"the catch-up week, {visits} visits found", planned * 60, FRAMES, 1, digits=3),
    ]


def scripting(workplace: Workplace, rounds: int) -> list[Line]:
    """Measure a key and an Enter under a long script against a bare `Input` that saves too.

    Several runs of each in turn; a key is answered when nothing more is written.
    """
    from benchmarks import bare_input
    from benchmarks import scripting as typing

    file = str(workplace.folder / "lines.txt")
    taken = []
    for number in range(max(rounds // 5, 1)):
        # A store of its own for each: the app goes back into a script that it was killed in.
        store = workplace.folder / f"long script {number}"
        typing.script_store(store)
        environment = workplace.environment(store)
        bare = Command((workplace.python, bare_input.__file__, file), environment)
        whole = Command((workplace.program,), environment)
        ruler = typing.costs(bare, workplace.folder, bare_input.READY, b"", bare_input.TAKEN)
        ours = typing.costs(whole, workplace.folder, "Ana Ruiz", b"o", typing.STAMP)
        taken.append((ruler, ours))
    middle = statistics.median
    line = f"a script of {typing.LINES} lines"
    return [
        Line(
            f"a key under {line}, time",
            middle(one.key_seconds for _, one in taken)
            / middle(one.key_seconds for one, _ in taken),
            BARE,
            1.5,
        ),
        Line(
            f"a key under {line}, bytes",
            middle(one.key_bytes for _, one in taken) / middle(one.key_bytes for one, _ in taken),
            BARE,
            1.5,
        ),
        Line(
            f"Enter under {line}, on screen and on disk",
            middle(one.enter_seconds for _, one in taken)
            / middle(one.enter_seconds for one, _ in taken),
            BARE,
            2,
        ),
    ]


def notes(workplace: Workplace, rounds: int) -> list[Line]:
    """Measure mode 4 over some 10 000 observations: opening, keys, the slowest search."""
    from benchmarks import empty_screen
    from benchmarks.notes import opening, search

    store = workplace.sample(*GROWING[-1])
    found = search(store, rounds)
    environment = workplace.environment(store)
    whole = Command((workplace.program,), environment)
    empty = Command((workplace.python, empty_screen.__file__), environment)
    opened = opening(whole, empty, workplace.folder, "Caseload", max(rounds // 3, 1))
    name = f"{found.observations:,} observations, {found.lines:,} lines"
    key = "an arrow in the notes while they are read"
    return [
        Line(f"search, {name}, slowest: {found.query}", 1000 * found.slowest, MS, 100, 0),
        Line("reading them all, once", 1000 * found.reading, MS, digits=0),
        Line("the newest of them, from the key on", opened.rows / opened.drawn, EMPTY_SCREEN),
        Line("all of them there, from the key on", opened.whole / opened.drawn, EMPTY_SCREEN),
        Line(key, opened.meanwhile / opened.afterwards, "x afterwards", 3),
        Line("an arrow in the notes", opened.afterwards / opened.drawn, EMPTY_SCREEN),
    ]


PARTS: dict[str, Callable[[Workplace, int], list[Line]]] = {
    "commands": commands,
    "app": app,
    "store": store,
    "large-store": large_store,
    "low-inference": low_inference,
    "calendar": calendar,
    "scripting": scripting,
    "notes": notes,
}
"""What can be measured, by the name it is asked for with."""
