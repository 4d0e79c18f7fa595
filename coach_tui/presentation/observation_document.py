"""One observation as a document: the coach's own, with everything, or what can be shared.

What can be shared has no inferences, no questions, no private tags and nothing that is the
coach's own until it is agreed (rules R2, R3; domain.md section 6). Names are taken out of it by
whoever shares it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from coach_tui.domain.enumerations import LineKind, LineTag
from coach_tui.domain.observed import heard, tallied, waited
from coach_tui.domain.records import NoteLine, Observation
from coach_tui.presentation import dates
from coach_tui.presentation.documents import Document
from coach_tui.presentation.observation import heading
from coach_tui.presentation.observing import offset_words
from coach_tui.presentation.text import plural

if TYPE_CHECKING:
    from coach_tui.presentation.observation import Local

KEPT_BACK = (LineKind.INFERENCE, LineKind.QUESTION)

SHAREABLE_TAGS = (LineTag.LOOK_FOR,)
"""Tags that say something of the lesson; the others are what the coach has in mind with a line."""


def own_document(name: str, observation: Observation, local: Local, now: datetime) -> Document:
    """Return everything of an observation, for the coach herself."""
    document = Document(f"Notes on {name}").paragraph(_when(observation, local))
    document = _about(document, observation, shareable=False)
    document = document.heading("Script")
    for line in observation.lines:
        document = document.item(_line(line, local, shareable=False))
    return _counts(document, observation, now, local)


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
    words = [plural(count, what) for what, count in counts.items() if count]
    tagged = any(set(line.tags) - set(SHAREABLE_TAGS) for line in observation.lines)
    if tagged:
        words.append("your tags")
    if observation.check_ins:
        words.append("check-ins with priority groups")
    if observation.potential_focus.strip() or observation.key_lever.strip():
        words.append("potential focus and key lever")
    return words


def _when(observation: Observation, local: Local) -> str:
    words = heading(observation, local)
    return f"{words} · {observation.modality.value}"


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
    shown = [tag for tag in line.tags if not shareable or tag in SHAREABLE_TAGS]
    plain = [tag.value for tag in shown if tag not in (LineTag.LOOK_FOR, LineTag.PRIORITY_GROUP)]
    labels = list(line.labels) if not shareable else []
    tags = "".join(f" +{tag}" for tag in (*plain, *labels))
    return f"{time}{who}{kind} {text}{tags}"


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
