"""All content of the sample, read together, with what one file says of another checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from coach_tui.coaching.sample.content import ContentError, load
from coach_tui.coaching.sample.people import People, Person
from coach_tui.coaching.sample.scripts import Script, Scripts
from coach_tui.coaching.sample.talk import Talk
from coach_tui.coaching.sample.threads import Thread, Threads
from coach_tui.coaching.sample.year import Building, School
from coach_tui.exchange.profiles import ProfileShape


@dataclass(frozen=True)
class Library:
    """The content files, by key where they have keys."""

    school: School
    buildings: dict[str, Building]
    people: People
    scripts: dict[str, Script]
    threads: dict[str, Thread]
    talk: Talk
    profile: ProfileShape


def read_library() -> Library:
    """Read all content files. Raises `ContentError` that names the file and the key."""
    school = load("school.toml", School)
    library = Library(
        school=school,
        buildings={building.key: building for building in school.building},
        people=load("people.toml", People),
        scripts={script.key: script for script in load("scripts.toml", Scripts).script},
        threads={thread.key: thread for thread in load("threads.toml", Threads).thread},
        talk=load("talk.toml", Talk),
        profile=load("profile.toml", ProfileShape),
    )
    functions = {function.key for function in library.profile.function}
    for thread in library.threads.values():
        if thread.function not in functions:
            raise ContentError(f"threads.toml: {thread.key}: no function {thread.function}")
    names = {person.name for person in library.people.person}
    for person in library.people.person:
        _check(person, library, names)
    return library


def _check(person: Person, library: Library, names: set[str]) -> None:
    _known(person, "building", [person.building], library.buildings)
    bells = {period.name for period in library.buildings[person.building].periods}
    _known(person, "periods", person.periods, bells)
    _known(person, "scripts", person.scripts, library.scripts)
    _known(person, "goals", (thread for thread, _ in person.goals), library.threads)
    _known(person, "pair", [person.pair] if person.pair else [], names)
    moves = [f"{old}>{new}" for old, new in pairwise(("start", *person.phases))]
    _known(person, "phases", moves, library.talk.phase)
    if person.is_launched and not (person.scripts and person.phases and person.goals):
        raise ContentError(f"people.toml: {person.name}: scripts, phases or goals are missing")


def _known(person: Person, key: str, words: Iterable[str], known: Iterable[str]) -> None:
    strange = sorted(set(words) - set(known))
    if strange:
        raise ContentError(f"people.toml: {person.name}: {key}: nothing is called {strange}")
