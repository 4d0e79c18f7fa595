"""A summary out of the documents of a store. Plain."""

from __future__ import annotations

from datetime import date

from coach_tui.domain.facts import CoacheeFacts
from coach_tui.domain.taking import facts_of
from coach_tui.store.errors import Corrupt
from coach_tui.store.summary import Summary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    Document = Mapping[str, Any]

COACH = "coach"
CALENDAR = "calendar"
COACHEES = "coachees"
CYCLES = "cycles"
OBSERVATIONS = "observations"
GOALS = "goals"
EVIDENCE = "evidence"
ASSESSMENTS = "self_assessments"
CONTACTS = "contacts"

_MALFORMED = (AttributeError, IndexError, KeyError, TypeError, ValueError)


def derive(
    tables: Mapping[str, Mapping[str, Document]], *, store: str = "", sequence: int = 0
) -> Summary:
    """Return the summary of these documents, by table and id.

    Raises `Corrupt`, naming the coachee, when a document lacks what its facts are taken from.
    """
    owned = {table: _by_coachee(table, tables.get(table, {})) for table in OF_A_COACHEE}
    evidence = _by_goal(tables.get(EVIDENCE, {}))
    calendar = calendar_of(tables.get(CALENDAR, {}).values())
    return Summary(
        store=store,
        sequence=sequence,
        coach=coach_of(tables.get(COACH, {}).values()),
        calendar=calendar,
        own=own_of(tables.get(CONTACTS, {}).values(), calendar),
        facts=[
            facts_from(coachee, *belongings(id, owned, evidence))
            for id, coachee in sorted(tables.get(COACHEES, {}).items())
        ],
    )


OF_A_COACHEE = (CYCLES, OBSERVATIONS, GOALS, ASSESSMENTS)
"""The tables whose documents name their coachee; evidence names the goal it is toward."""


def belongings(
    id: str,
    owned: Mapping[str, Mapping[str, list[Document]]],
    evidence: Mapping[str, list[Document]],
) -> Iterator[list[Document]]:
    """Yield what belongs to the coachee `id`, as `facts_from` takes it.

    `owned` holds documents by table and coachee, `evidence` those by goal.
    """
    goals = owned[GOALS].get(id, [])
    yield owned[CYCLES].get(id, [])
    yield owned[OBSERVATIONS].get(id, [])
    yield goals
    yield [item for goal in goals for item in evidence.get(str(goal["id"]), ())]
    yield owned[ASSESSMENTS].get(id, [])


def _by_coachee(table: str, documents: Mapping[str, Document]) -> dict[str, list[Document]]:
    grouped: dict[str, list[Document]] = {}
    for id, document in sorted(documents.items()):
        coachee = document.get("coachee")
        if coachee is None and table == ASSESSMENTS:
            continue  # the coach's own
        if not isinstance(coachee, str):
            raise Corrupt([f"{table}/{id} names no coachee"])
        grouped.setdefault(coachee, []).append(document)
    return grouped


def _by_goal(documents: Mapping[str, Document]) -> dict[str, list[Document]]:
    grouped: dict[str, list[Document]] = {}
    for id, document in sorted(documents.items()):
        goal = document.get("goal")
        if not isinstance(goal, str):
            raise Corrupt([f"{EVIDENCE}/{id} names no goal"])
        grouped.setdefault(goal, []).append(document)
    return grouped


def facts_from(
    coachee: Document,
    cycles: Iterable[Document],
    observations: Iterable[Document],
    goals: Iterable[Document] = (),
    evidence: Iterable[Document] = (),
    assessments: Iterable[Document] = (),
) -> CoacheeFacts:
    """Return the facts about one coachee. Raises `Corrupt` for documents they cannot come from."""
    try:
        return facts_of(coachee, cycles, observations, goals, evidence, assessments)
    except _MALFORMED:
        where = f"{COACHEES}/{coachee.get('id')}"
    # Outside the except: the error that was caught may hold what was written.
    raise Corrupt([f"{where}, or something that belongs to it, lacks what its status comes from"])


def coach_of(documents: Iterable[Document]) -> str:
    """Return the name of the coach, empty when there is none. Raises `Corrupt`."""
    for document in documents:
        name = document.get("name")
        if not isinstance(name, str):
            raise Corrupt([f"{COACH}/{document.get('id')} has no name"])
        return name
    return ""


def calendar_of(documents: Iterable[Document]) -> dict[str, Any] | None:
    """Return the school year as plain values, None when there is none. Raises `Corrupt`."""
    for document in documents:
        try:
            calendar = {
                "first_day": document["first_day"],
                "last_day": document["last_day"],
                "weekdays": list(document["weekdays"]),
                "days_off": [[span["first"], span["last"]] for span in document["days_off"]],
            }
            Summary(calendar=calendar).school_days()
        except _MALFORMED:
            break
        return calendar
    else:
        return None
    raise Corrupt([f"{CALENDAR}/{document.get('id')} is not a school year"])


OWN = ("kind", "date", "time", "minutes", "note", "weekdays", "until", "building")
"""What is kept of a contact; those that older versions wrote lack the last four."""


def own_of(documents: Iterable[Document], calendar: Mapping[str, Any] | None) -> list[list[Any]]:
    """Return the coach's own entries from the first day of the school year on, and those that
    repeat. Raises `Corrupt`.
    """
    first = "" if calendar is None else str(calendar["first_day"])
    found = []
    for document in documents:
        try:
            day = date.fromisoformat(document["date"]).isoformat()
        except _MALFORMED:
            break
        if not document.get("coachee") and (day >= first or document.get("weekdays")):
            found.append([document.get(name) for name in OWN])
    else:
        return sorted(found, key=lambda one: (one[1], str(one[2]), str(one[4])))
    raise Corrupt([f"{CONTACTS}/{document.get('id')} has no day"])
