"""One observation as a document: the coach's own, with everything, or what can be shared.

What can be shared has no inferences, no questions, no tags, no marks and nothing that is the
coach's own until it is agreed (rules R2, R3; domain.md section 6). A tag says what she has in mind
with a line, and for whom; how often a look-for was seen is counted, and shared. Names are taken out
of it by whoever shares it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from coach_tui.domain.enumerations import LineKind
from coach_tui.domain.observed import heard, tallied, waited
from coach_tui.domain.records import NoteLine, Observation
from coach_tui.domain.records.observation import Pause, Talk, WaitTime
from coach_tui.presentation import dates
from coach_tui.presentation.documents import Document
from coach_tui.presentation.observation import heading
from coach_tui.presentation.observing import offset_words
from coach_tui.presentation.text import plural

if TYPE_CHECKING:
    from coach_tui.presentation.observation import Local

KEPT_BACK = (LineKind.INFERENCE, LineKind.QUESTION)


def own_document(name: str, observation: Observation, local: Local, now: datetime) -> Document:
    """Return everything of an observation, for the coach herself."""
    document = Document(f"Notes on {name}").paragraph(_when(observation, local))
    document = _about(document, observation, shareable=False)
    for pause in observation.pauses:
        document = document.item(f"Paused: {_span(pause, local)}")
    document = document.heading("Script")
    for line in observation.lines:
        document = document.item("\n".join([_line(line, local, shareable=False), *_asked(line)]))
    document = _counts(document, observation, now, local)
    times = list(_times(observation, local))
    if times:
        document = document.heading("When it was")
    for words in times:
        document = document.item(words)
    return document


def shareable_document(
    name: str, observation: Observation, local: Local, now: datetime
) -> Document:
    """Return what the teacher may see: evidence, counts and times."""
    document = Document(f"Observation of {name}").paragraph(_when(observation, local))
    document = _about(document, observation, shareable=True)
    document = document.heading("What was seen and heard")
    for line in observation.lines:
        if line.kind not in KEPT_BACK:
            document = document.item(_line(line, local, shareable=True))
    return _counts(document, observation, now, local)


def left_out(observation: Observation) -> list[str]:
    """Return what a shared observation keeps back, in words."""
    counts = {
        "inference": sum(line.kind is LineKind.INFERENCE for line in observation.lines),
        "question": sum(line.kind is LineKind.QUESTION for line in observation.lines),
    }
    shown = [line for line in observation.lines if line.kind not in KEPT_BACK]
    kept_back = {
        "your tags": any(line.tags or line.labels for line in shown),
        "marks of the low-inference check": any(line.marks or line.dismissed for line in shown),
        "check-ins with priority groups": observation.check_ins,
        "potential focus and key lever": _says(observation.potential_focus, observation.key_lever),
        "why it was before the launch": _says(observation.before_launch_because),
    }
    words = [plural(count, what) for what, count in counts.items() if count]
    return words + [what for what, is_there in kept_back.items() if is_there]


def _says(*texts: str) -> bool:
    return any(text.strip() for text in texts)


def _when(observation: Observation, local: Local) -> str:
    words = heading(observation, local)
    kind = {
        "quick notes": observation.quick_notes,
        "entered from paper": observation.from_paper,
        observation.delivery: observation.delivery not in (None, observation.modality.value),
    }
    said = [str(what) for what, holds in kind.items() if holds]
    return " · ".join([words, observation.modality.value, *said])


def _about(document: Document, observation: Observation, *, shareable: bool) -> Document:
    said = {
        "Lesson": observation.lesson,
        "Materials": observation.materials,
        "Technique": observation.technique,
        "Students": "" if observation.students is None else str(observation.students),
    }
    if not shareable:
        said |= {
            "Potential focus (yours until agreed)": observation.potential_focus,
            "Key lever (yours until agreed)": observation.key_lever,
            "Observed before the launch because": observation.before_launch_because,
        }
        for one in observation.check_ins:
            seen = "checked in" if one.seen else "not seen"
            said[f"Priority group, {one.group}"] = f"{seen}. {one.trend}".strip(" .")
    for label, words in said.items():
        if words.strip():
            document = document.item(f"{label}: {words}")
    return document


def _line(line: NoteLine, local: Local, *, shareable: bool) -> str:
    time = f"{dates.clock(local(line.time))} ({offset_words(line.offset)})"
    who = f" {line.speaker}" if line.speaker else ""
    kind = "" if line.kind in (LineKind.QUOTE, LineKind.ACTION) else f" [{line.kind.value}]"
    is_bare = line.kind is LineKind.QUOTE and line.text[:1] not in '"“'
    text = f'"{line.text}"' if is_bare else line.text
    tags = () if shareable else (*(tag.value for tag in line.tags), *line.labels)
    return f"{time}{who}{kind} {text}{''.join(f' +{tag}' for tag in tags)}"


def _asked(line: NoteLine) -> list[str]:
    """Return what the low-inference check asked about a line, and what the coach put by."""
    marks = [f'{mark.code} asked about "{line.text[mark.start : mark.end]}"' for mark in line.marks]
    return [*marks, *(f'put by: "{words}"' for words in line.dismissed)]


def _times(observation: Observation, local: Local) -> Iterator[str]:
    """Yield when each counter was pressed, who was heard when, and when a wait began."""
    for tally in observation.tallies:
        if tally.presses:
            pressed = ", ".join(dates.clock(local(moment)) for moment in tally.presses)
            yield f"{tally.label}: {pressed}"
    for talk in observation.talk:
        yield f"{talk.who.value.capitalize()}: {_span(talk, local)}"
    for wait in observation.waits:
        yield f"Wait: {_span(wait, local)}"
    yield from (
        f"Look-for, {one.label}: not seen" for one in observation.look_fors if not one.count
    )


def _span(of: Pause | Talk | WaitTime, local: Local) -> str:
    end = "not ended" if of.end is None else dates.clock(local(of.end))
    return f"{dates.clock(local(of.start))} to {end}"


def _counts(document: Document, observation: Observation, now: datetime, local: Local) -> Document:
    items = [
        f"{one.label}: {one.count}"
        + (f" ({one.in_ten_minutes:.1f} in ten minutes)" if one.in_ten_minutes else "")
        for one in tallied(observation, now)
    ]
    items += [
        f"{one.who.value.capitalize()}: {offset_words(one.seconds)} ({round(one.share * 100)} %)"
        for one in heard(observation, now)
    ]
    waits = waited(observation)
    if waits:
        items.append("Wait times: " + ", ".join(f"{seconds:.1f} s" for seconds in waits))
    items += [
        f"On task at {dates.clock(local(one.time))[:5]}: {one.on} of {one.total}"
        for one in observation.snapshots
    ]
    items += [f"Look-for, {one.label}: {one.count}" for one in observation.look_fors if one.count]
    if items:
        document = document.heading("Counted and timed")
    for item in items:
        document = document.item(item)
    return document
