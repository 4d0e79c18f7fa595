"""Asking for an item of evidence: the column, lines of a script, or words and a reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coach_tui.domain.enumerations import EvidenceColumn, Party
from coach_tui.domain.progress.levels import levels_of
from coach_tui.domain.records import NamedLevel
from coach_tui.presentation.errors import explain
from coach_tui.presentation.progress import cell_sentence
from coach_tui.presentation.reading import read_date
from coach_tui.presentation.text import plural, visible
from coach_tui.screens.base import NotDone
from coach_tui.widgets.field import Field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach_tui.coaching.profiles import Named
    from coach_tui.domain.records import Coachee, Evidence, GrowthGoal
    from coach_tui.screens.dialogs.form import Answers
    from coach_tui.screens.teacher.selected import SelectedCoachee

NO_LEVEL, NOBODY = "no level named", "nobody yet"
PARTIES = tuple(party.value for party in Party)

_GATHERERS: Mapping[EvidenceColumn, Party] = {
    EvidenceColumn.OBSERVATION: Party.COACH,
    EvidenceColumn.VIDEO: Party.TEACHER,
    EvidenceColumn.DISCOURSE: Party.COACH,
    EvidenceColumn.WORK: Party.TEACHER,
    EvidenceColumn.JOURNALING: Party.TEACHER,
}
"""Who most often gathers what: the first choice of the form."""

_HINTS: Mapping[EvidenceColumn, tuple[str, str]] = {
    EvidenceColumn.OBSERVATION: ("what was seen, countable", ""),
    EvidenceColumn.VIDEO: ("what it shows", "path, link or shelf mark; never the video itself"),
    EvidenceColumn.DISCOURSE: ("who said what, word for word: S3, S7", ""),
    EvidenceColumn.WORK: ("what it is: 24 exit slips", "path, link or shelf mark; never the work"),
    EvidenceColumn.JOURNALING: ("the teacher's own words", ""),
}

_WITH_LINES = (EvidenceColumn.OBSERVATION, EvidenceColumn.DISCOURSE)


async def pick_column(
    screen: SelectedCoachee, coachee: Coachee, goal: GrowthGoal
) -> EvidenceColumn:
    """Ask in which column; says how each stands. Raises `NotDone` when it was cancelled."""
    (row,) = await screen.perform(lambda desk: desk.monitoring.of(coachee, [goal]))
    today = screen.session.today()
    options = [(cell.column.value, cell_sentence(cell, row.gaps, today)) for cell in row.cells]
    picked = await screen._pick("What kind of evidence?", options, visible(goal.statement))
    return EvidenceColumn(picked)


async def gather(
    screen: SelectedCoachee, coachee: Coachee, goal: GrowthGoal, column: EvidenceColumn
) -> str:
    """Add evidence in a column; returns what was added, in words.

    Observation and discourse begin with the lines of the newest script that has some. Raises
    `NotDone` when it was cancelled.
    """
    if column in _WITH_LINES:
        from coach_tui.screens.progress.lines import InWords, choose_lines

        chosen = await choose_lines(screen, coachee, goal, column)
        if chosen is None:
            raise NotDone
        if not isinstance(chosen, InWords):
            items = await screen.perform(
                lambda desk: desk.evidence.link_lines(goal.id, chosen.observation, chosen.lines)
            )
            return _linked(items)
    await ask_in_words(screen, goal, column)
    return f"Evidence added: {column.value}"


def _linked(items: list[Evidence]) -> str:
    told = []
    for item in items:
        words = item.kind.value if item.kind is not None else item.mode.value
        told.append(f"{plural(len(item.observation_lines), 'line')} as {words}")
    return f"Evidence added: {', '.join(told)}"


async def ask_in_words(
    screen: SelectedCoachee,
    goal: GrowthGoal,
    column: EvidenceColumn,
    item: Evidence | None = None,
) -> None:
    """Ask for a new item, or for changes of `item`. Raises `NotDone` when it was cancelled."""
    named = await screen.perform(lambda desk: desk.profiles.function(goal.function))

    async def save(answers: Answers) -> None:
        fields = read_item(answers, screen)
        if item is None:
            await screen.session.perform(lambda desk: desk.evidence.add(goal.id, column, **fields))
            return
        fields["date"] = fields.pop("day")
        await screen.session.perform(lambda desk: desk.evidence.edit(item, **fields))

    title = f"Evidence: {column.value}" if item is None else f"Edit the evidence: {column.value}"
    await screen._ask(
        title,
        fields_of(goal, column, item),
        lambda answers: problems(answers, screen, bool(item and item.observation_lines)),
        save,
        level_help(goal, named),
    )


def fields_of(goal: GrowthGoal, column: EvidenceColumn, item: Evidence | None) -> list[Field]:
    """Return the fields that are asked for."""
    what, where = _HINTS[column]
    gathered = _GATHERERS[column] if item is None else item.gathered_by
    day = "today" if item is None else item.date.isoformat()
    fields = [
        Field("what", "What it is", "" if item is None else item.what, hint=what, lines=3),
        Field("reference", "Where it is", "" if item is None else item.reference, hint=where),
        Field("day", "Date", day),
        Field("gathered_by", "Gathered by", gathered.value, PARTIES),
        *reflection_fields(goal, item),
    ]
    return fields if where or (item and item.reference) else [fields[0], *fields[2:]]


def reflection_fields(goal: GrowthGoal, item: Evidence | None) -> list[Field]:
    """Return the fields of what is thought about an item: reflection, next step, level."""
    levels = levels_of({"levels": goal.levels})
    level = None if item is None else item.level
    if level is not None and level.level not in levels:
        levels = (*levels, level.level)
    chosen = None if item is None else item.next_step_chosen_by
    return [
        Field(
            "reflection",
            "Reflection",
            "" if item is None else item.reflection,
            hint="what it says of the indicator",
            lines=3,
        ),
        Field("next_step", "Next step", "" if item is None else item.next_step),
        Field("chosen_by", "  chosen by", chosen.value if chosen else NOBODY, (NOBODY, *PARTIES)),
        Field("level", "Level", level.level if level else NO_LEVEL, (NO_LEVEL, *levels)),
        Field("named_by", "  named by", level.named_by.value if level else PARTIES[0], PARTIES),
    ]


def level_help(goal: GrowthGoal, named: Named | None) -> str:
    """Return what helps to name a level: the indicator, descriptors, advice, examples."""
    lines = [f"Indicator: {goal.indicator}"] if goal.indicator else []
    if named is not None:
        lines.append(named.function.title)
        lines += [f"{level}: {words}" for level, words in named.function.descriptors.items()]
        lines += [f"{one.name}: {one.advice}" for one in named.profile.levels if one.advice]
        if named.function.examples:
            lines.append(f"Examples: {'; '.join(named.function.examples)}")
    lines.append("A level that you alone put down is private.")
    return " · ".join(lines[:8])


def read_item(answers: Answers, screen: SelectedCoachee) -> dict[str, Any]:
    """Return the fields of an item; raises `ValueError`."""
    fields: dict[str, Any] = {
        "what": answers["what"],
        "day": read_date(answers["day"], screen.session.today()),
        "gathered_by": Party(answers["gathered_by"]),
        **read_reflection(answers),
    }
    if "reference" in answers:
        fields["reference"] = answers["reference"]
    return fields


def read_reflection(answers: Answers) -> dict[str, Any]:
    """Return the fields of what is thought about an item."""
    level = None
    if answers["level"] != NO_LEVEL:
        level = NamedLevel(level=answers["level"], named_by=Party(answers["named_by"]))
    chosen = answers["chosen_by"]
    step = answers["next_step"]
    return {
        "reflection": answers["reflection"],
        "next_step": step,
        "next_step_chosen_by": None if chosen == NOBODY or not step.strip() else Party(chosen),
        "level": level,
    }


def problems(answers: Answers, screen: SelectedCoachee, has_lines: bool) -> dict[str, str]:
    """Return what is wrong with the answers, by field."""
    said = answers["what"].strip() or answers.get("reference", "").strip()
    wrong = {} if said or has_lines else {"what": "say what it is, or where it is"}
    try:
        day = read_date(answers["day"], screen.session.today())
        if day > screen.session.today():
            wrong["day"] = "evidence is dated when it was gathered"
    except ValueError as error:
        wrong["day"] = explain(error)
    if answers["next_step"].strip() and answers["chosen_by"] == NOBODY:
        wrong["chosen_by"] = "who chose the next step?"
    return wrong
