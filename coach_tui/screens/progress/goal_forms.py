"""Asking for a growth goal: a new one, its fields, its next state, its revision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coach_tui.domain.enumerations import EvidenceColumn, GoalState, Party
from coach_tui.domain.progress.levels import levels_of
from coach_tui.domain.progress.matrix import COLUMNS, MODES, column_of
from coach_tui.domain.records import Focus, FunctionReference, PlannedMode, StudentOutcome
from coach_tui.presentation.errors import explain
from coach_tui.presentation.reading import read_list, read_optional_date
from coach_tui.widgets.field import Field

if TYPE_CHECKING:
    from coach_tui.domain.records import Coachee, GrowthGoal, PracticeProfile
    from coach_tui.screens.dialogs.form import Answers
    from coach_tui.screens.teacher.selected import SelectedCoachee

FREE = "free: no practice profile"
UNNAMED = "not named"
PARTIES = tuple(party.value for party in Party)
STATES = {
    "active: worked on": GoalState.ACTIVE,
    "agreed: begins later": GoalState.AGREED,
    "draft: not agreed yet": GoalState.DRAFT,
}

_SHORT = {column.value[:1]: column.value for column in COLUMNS} | {
    "talk": "discourse",
    "work": "student work",
    "journal": "journaling",
}

MODES_HINT = "observation, video, discourse, work, journal"


async def pick_function(
    screen: SelectedCoachee,
) -> tuple[FunctionReference | None, PracticeProfile | None]:
    """Ask which essential function a goal is about. Raises `NotDone` when it was cancelled."""
    profiles = await screen.perform(lambda desk: desk.profiles.all())
    options = [("", FREE)]
    known: dict[str, tuple[FunctionReference, PracticeProfile]] = {}
    for profile in profiles:
        for function in profile.functions:
            reference = FunctionReference(
                profile=profile.profile, version=profile.version, function=function.key
            )
            key = f"{profile.id} {function.key}"
            known[key] = (reference, profile)
            options.append((key, f"{function.title} ({profile.title} {profile.version})"))
    picked = await screen._pick("What is the goal about?", options)
    return known.get(picked, (None, None))


def fields_of(goal: GrowthGoal | None, levels: tuple[str, ...]) -> list[Field]:
    """Return what is asked of every goal; `levels` are those that can be named."""
    outcome = None if goal is None else goal.student_outcome
    choices = (UNNAMED, *levels)

    def value(name: str) -> str:
        return "" if goal is None else str(getattr(goal, name))

    def level(name: str) -> Field:
        stands = value(name)
        known = choices if not stands or stands in choices else (*choices, stands)
        label = "Baseline" if name == "baseline_level" else "Target"
        return Field(name, label, stands or UNNAMED, known)

    planned = (
        ""
        if goal is None
        else ", ".join(
            column_of({"mode": one.mode.value, "kind": one.kind and one.kind.value}).value
            for one in goal.planned_modes
        )
    )
    due = "" if goal is None or goal.due is None else goal.due.isoformat()
    return [
        Field("statement", "Goal", value("statement"), hint="what will be different", lines=3),
        Field("indicator", "Indicator", value("indicator"), hint="what will be seen, in whom"),
        level("baseline_level"),
        level("target_level"),
        Field("modes", "Evidence planned", planned, hint=MODES_HINT),
        Field("due", "Due", due, hint="a day, or nothing"),
        Field("area", "Focus area", "" if goal is None else goal.focus.area),
        Field("measure", "Student outcome", outcome.measure if outcome else "", hint="optional"),
        Field("from", "  from", outcome.baseline if outcome else ""),
        Field("to", "  to", outcome.target if outcome else ""),
        Field("chosen_by", "Chosen by", goal.chosen_by.value if goal else PARTIES[0], PARTIES),
    ]


def read_goal(answers: Answers, screen: SelectedCoachee, goal: GrowthGoal | None) -> dict[str, Any]:
    """Return the fields of a goal; raises `ValueError`."""
    focus = Focus() if goal is None else goal.focus
    outcome = None
    if answers["measure"].strip():
        outcome = StudentOutcome(
            measure=answers["measure"], baseline=answers["from"], target=answers["to"]
        )
    return {
        "statement": answers["statement"],
        "indicator": answers["indicator"],
        "baseline_level": _level(answers["baseline_level"]),
        "target_level": _level(answers["target_level"]),
        "planned_modes": read_modes(answers["modes"]),
        "due": read_optional_date(answers["due"], screen.session.today()),
        "focus": focus.changed(area=answers["area"]),
        "student_outcome": outcome,
        "chosen_by": Party(answers["chosen_by"]),
    }


def _level(words: str) -> str:
    return "" if words == UNNAMED else words


def read_modes(text: str) -> tuple[PlannedMode, ...]:
    """Return the planned modes that `text` names; raises `ValueError` with what can be written."""
    columns: list[str] = []
    for words in read_list(text):
        found = _column(words.casefold())
        if found is None:
            raise ValueError(f"{words!r} is no mode of evidence: write {MODES_HINT}")
        if found not in columns:
            columns.append(found)
    modes = [MODES[EvidenceColumn(column)] for column in columns]
    return tuple(PlannedMode(mode=mode, kind=kind) for mode, kind in modes)


def _column(words: str) -> str | None:
    if words in _SHORT:
        return _SHORT[words]
    matching = [one.value for one in COLUMNS if one.value.startswith(words)]
    matching += [full for short, full in _SHORT.items() if len(words) > 2 and words == short]
    return matching[0] if matching else None


def problems(answers: Answers, screen: SelectedCoachee) -> dict[str, str]:
    """Return what is wrong with the answers, by field."""
    wrong = {} if answers["statement"].strip() else {"statement": "write the goal"}
    today = screen.session.today()
    for name in ("due", "agreed_on"):
        try:
            read_optional_date(answers.get(name, ""), today)
        except ValueError as error:
            wrong[name] = explain(error)
    try:
        read_modes(answers["modes"])
    except ValueError as error:
        wrong["modes"] = explain(error)
    if not answers["measure"].strip() and (answers["from"].strip() or answers["to"].strip()):
        wrong["measure"] = "say what is measured"
    state = STATES.get(answers.get("state", ""))
    if state in (GoalState.ACTIVE, GoalState.AGREED) and not answers["agreed_on"].strip():
        wrong["agreed_on"] = "say when it was agreed with the teacher, or leave it a draft"
    return wrong


async def ask_new_goal(screen: SelectedCoachee, coachee: Coachee) -> GrowthGoal | None:
    """Ask for a new goal of `coachee` and save it. Raises `NotDone` when it was cancelled."""
    function, profile = await pick_function(screen)
    levels = levels_of({"levels": tuple(one.name for one in profile.levels) if profile else ()})
    saved: list[GrowthGoal] = []

    async def save(answers: Answers) -> None:
        fields = {**read_goal(answers, screen, None), "function": function}
        agreed_on = read_optional_date(answers["agreed_on"], screen.session.today())
        state = STATES[answers["state"]]
        saved.append(
            await screen.session.perform(
                lambda desk: desk.goals.create(coachee, state, agreed_on, **fields)
            )
        )

    await screen._ask(
        f"A growth goal of {coachee.name}",
        [
            *fields_of(None, levels),
            Field("agreed_on", "Agreed on", "today", hint="the day, or nothing for a draft"),
            Field("state", "It is", next(iter(STATES)), tuple(STATES)),
        ],
        lambda answers: problems(answers, screen),
        save,
        "The coach sees a potential focus; the teacher chooses the goal.",
    )
    return saved[0] if saved else None


async def ask_changes(screen: SelectedCoachee, goal: GrowthGoal) -> None:
    """Ask for changes of a goal. Raises `NotDone` when it was cancelled."""

    async def save(answers: Answers) -> None:
        fields = read_goal(answers, screen, goal)
        await screen.session.perform(lambda desk: desk.goals.edit(goal, **fields))

    levels = levels_of({"levels": goal.levels})
    await screen._ask(
        "Edit the growth goal",
        fields_of(goal, levels),
        lambda answers: problems(answers, screen),
        save,
        "A goal that means something else now is revised (t), so that its history stays.",
    )
