"""Taking the facts about one coachee from the stored documents of all that belongs to it. Plain."""

from __future__ import annotations

from datetime import date

from coach_tui.domain.facts import CoacheeFacts, day_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    Document = Mapping[str, Any]

LATEST_OBSERVATIONS = 10
"""How many of the newest observations keep the groups they checked in with."""


def facts_of(
    coachee: Document,
    cycles: Iterable[Document],
    observations: Iterable[Document],
    goals: Iterable[Document] = (),
    evidence: Iterable[Document] = (),
    assessments: Iterable[Document] = (),
) -> CoacheeFacts:
    """Take the facts from the stored documents of one coachee and of what belongs to it.

    Documents are the JSON shapes of the records `Coachee`, `Cycle`, `Observation`, `GrowthGoal`,
    `Evidence` and `SelfAssessment`.
    """
    from coach_tui.domain.progress.taking import Belongings, filled_parts, growth_facts

    cycles = list(cycles)
    cancelled = {cycle["id"] for cycle in cycles if cycle["stage"] == "cancelled"}
    cycles = [cycle for cycle in cycles if cycle["id"] not in cancelled]
    # Observations of before there was the field `quick_notes` lack it.
    observations = [o for o in observations if not o.get("quick_notes", False)]
    completed = sorted((o for o in observations if o["end"] is not None), key=_start, reverse=True)
    running = max((o for o in observations if o["end"] is None), key=_start, default=None)
    meetings = [c["meeting"]["date"] for c in cycles if c["meeting"] and c["meeting"]["held"]]
    last_meeting = max(meetings, default=None)
    launch = coachee["launch"]
    launched = launch["date"] is not None and all(i["done"] for i in launch["items"].values())
    phases = coachee["phases"]
    belongings = Belongings(
        coachee, cycles, observations, list(goals), list(evidence), list(assessments)
    )
    filled = filled_parts(belongings)
    return CoacheeFacts(
        id=coachee["id"],
        name=coachee["name"],
        kind=coachee["kind"],
        building=coachee["building"],
        structure=coachee["structure"],
        change_level=coachee["change_level"],
        state=coachee["state"],
        cadence=coachee["cadence"],
        phase=phases[-1]["phase"] if phases else "1",
        launch_complete=launched,
        launch_date=day_of(launch["date"]),
        plan_missing=tuple(
            part
            for part, ticked in coachee["plan"]["parts"].items()
            if not ticked["done"] and part not in filled
        ),
        priority_groups=tuple(group["label"] for group in coachee["priority_groups"]),
        check_ins=tuple(
            tuple(c["group"] for c in o["check_ins"] if c["seen"])
            for o in completed[:LATEST_OBSERVATIONS]
        ),
        last_meeting=day_of(last_meeting),
        last_observation=day_of(completed[0]["date"]) if completed else None,
        unanswered_observation=_first_unanswered(
            [o for o in completed if o["cycle"] not in cancelled], cycles, last_meeting
        ),
        open_step_lesson=_open_step_lesson(cycles),
        planned=tuple(sorted(_planned_days(cycles, observations))),
        running=None if running is None else running["id"],
        running_since=None if running is None else day_of(running["date"]),
        entries=tuple(_open_entries(cycles, observations)),
        room=coachee["room"],
        **_begun_meeting(cycles),
        **growth_facts(belongings),
    )


def _start(observation: Document) -> tuple[str, str]:
    """Return what orders observations: `12:00:00Z` comes before `12:00:00.5Z`, unlike as text."""
    return str(observation["start"]).rstrip("Z"), str(observation["id"])


def _first_unanswered(
    completed: list[Document], cycles: list[Document], last_meeting: str | None
) -> date | None:
    """Return the day of the first observation that still waits for its meeting.

    It is answered by the meeting of its own cycle, or by any on a later day; one of no cycle by
    any on its own day too. A meeting at eight is not about what was seen at ten.
    """
    answered = {c["id"] for c in cycles if c["meeting"] and c["meeting"]["held"]}
    days = [
        o["date"]
        for o in completed
        if o["cycle"] not in answered
        and (
            last_meeting is None
            or o["date"] > last_meeting
            or (o["date"] == last_meeting and o["cycle"] is not None)
        )
    ]
    return day_of(min(days, default=None))


def _open_step_lesson(cycles: list[Document]) -> date | None:
    lessons = [
        step["lesson"]["date"]
        for step in (cycle["action_step"] for cycle in cycles)
        if step and step["lesson"] and step["state"] not in ("checked_back", "parked")
    ]
    return day_of(min(lessons, default=None))


def _open_entries(
    cycles: list[Document], observations: list[Document]
) -> Iterable[tuple[Any, ...]]:
    """Yield what is planned and not done: needed by whoever lists days, not by a status."""
    from coach_tui.domain.planning.appointments import Standing, in_order
    from coach_tui.domain.planning.entries import of_cycle

    begun = {observation["cycle"] for observation in observations}
    found = [
        one
        for cycle in cycles
        if cycle["stage"] not in ("closed", "checked_back") or _has_open_step(cycle)
        for one in of_cycle(cycle, cycle["id"] in begun)
    ]
    for one in in_order(found):
        if one.standing is Standing.PLANNED:
            day = one.day.isoformat()
            yield (one.stage.value, day, one.start, one.minutes, one.period, one.record)


def _begun_meeting(cycles: list[Document]) -> dict[str, Any]:
    """Return the newest cycle whose meeting was begun and not ended, and its day."""
    begun = [
        cycle
        for cycle in cycles
        if cycle["meeting"] and cycle["meeting"].get("begun") and not cycle["meeting"]["held"]
    ]
    if not begun:
        return {}
    newest = max(begun, key=lambda cycle: str(cycle["meeting"]["begun"]))
    return {"meeting_begun": newest["id"], "meeting_begun_on": day_of(newest["meeting"]["date"])}


def _has_open_step(cycle: Document) -> bool:
    step = cycle["action_step"]
    return bool(step) and step["state"] not in ("checked_back", "parked")


def _planned_days(cycles: list[Document], observations: list[Document]) -> Iterable[date]:
    begun = {observation["cycle"] for observation in observations}
    for cycle in cycles:
        waits = cycle["stage"] == "planned" and cycle["id"] not in begun
        if waits and cycle["planned"]["observation"]:
            yield date.fromisoformat(cycle["planned"]["observation"])
