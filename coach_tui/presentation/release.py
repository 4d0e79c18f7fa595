"""The gradual release as text: the ladder, the checklist with its proofs, the cycles' fidelity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coach_tui.domain.progress.checklists import Checklist, Proof
from coach_tui.domain.progress.fidelity import Fidelity
from coach_tui.domain.records import Coachee
from coach_tui.presentation import dates
from coach_tui.presentation.statuses import phase_words
from coach_tui.presentation.text import visible

TARGET_WORDS = {
    "2": "Ready for phase 2, coach supports",
    "3": "Ready for phase 3, coach releases",
    "released": "Ready to release",
}

_PHASES = ("1", "2", "3", "released")
_MARK = {True: "✓", False: "✗", None: "–"}
_CYCLES_SHOWN = 8


@dataclass(frozen=True)
class Line:
    """A line of the page: a key by which it is known, its words, whether it is a heading.

    `proof` is what Enter opens, None where there is nothing to open.
    """

    key: str
    words: str
    heading: bool = False
    proof: Proof | None = None


def ladder(coachee: Coachee, today: date) -> list[Line]:
    """Return the three phases and the release, with the dated history of each and its reason."""
    lines = [Line("ladder", "Gradual release", heading=True)]
    here = coachee.phase.value
    for phase in _PHASES:
        mark = "▶" if phase == here else " "
        words = f"{mark} {phase_words(phase)}"
        lines.append(Line(f"phase:{phase}", f"  {words}"))
        for number, change in enumerate(coachee.phases):
            if change.phase.value == phase:
                reason = f": {visible(change.reason)}" if change.reason else ""
                said = f"      {dates.short(change.date, today)}{reason}"
                lines.append(Line(f"phase:{phase}:{number}", said))
    return lines


def checklist_lines(
    goal: str, title: str, lists: Sequence[Checklist], wanted: str | None, today: date
) -> list[Line]:
    """Return the checklists of one goal, that of the phase that comes next first, with proofs."""
    lines = [Line(f"goal:{goal}", f"Readiness by: {visible(title)}", heading=True)]
    ordered = sorted(lists, key=lambda one: one.target != wanted)
    for found in ordered:
        words = TARGET_WORDS[found.target]
        verdict = "✓ every line is met" if found.ready(today) else "not yet"
        after = "" if found.target == wanted else " (not the next one)"
        lines.append(Line(f"{goal}:{found.target}", f"  {words}{after}: {verdict}"))
        for number, one in enumerate(found.requirements):
            key = f"{goal}:{found.target}:{number}"
            since = one.since
            met = one.met(today)
            when = ""
            if since is not None:
                told = "since" if met else "from"
                when = f" · {told} {dates.short(since, today).strip()}"
            lines.append(Line(key, f"    [{'x' if met else ' '}] {one.words}{when}"))
            lines += [
                Line(f"{key}:{place}", f"          {_proof(proof, today)}", proof=proof)
                for place, proof in enumerate(one.proofs[-5:])
            ]
            if not one.proofs:
                lines.append(Line(f"{key}:none", "          nothing yet that shows it"))
    return lines


def _proof(proof: Proof, today: date) -> str:
    day = "" if proof.day is None else f"{dates.short(proof.day, today)}  "
    return f"{day}{visible(proof.words)}"


def fidelity_lines(cycles: Sequence[Fidelity]) -> list[Line]:
    """Return what each cycle held of the four critical practices, and its minutes."""
    lines = [Line("fidelity", "Your cycles: the four critical practices", heading=True)]
    if not cycles:
        lines.append(Line("fidelity:none", "    no cycle was begun yet"))
    for one in cycles[:_CYCLES_SHOWN]:
        marks = "  ".join(
            f"{_MARK[there]} {name.value.split()[0]}" for name, there in one.practices.items()
        )
        lines.append(
            Line(f"cycle:{one.number}", f"    cycle {one.number}: {marks} · {one.minutes} min")
        )
    return lines


def need_lines(coachee: Coachee, today: date) -> list[Line]:
    """Return the moments of need that were noted, the newest first."""
    lines = [Line("needs", "Moments of need", heading=True)]
    if not coachee.needs:
        lines.append(Line("needs:none", "    none was noted"))
    for number, need in reversed(list(enumerate(coachee.needs))):
        note = f": {visible(need.note)}" if need.note else ""
        words = f"    {dates.short(need.date, today)}  {need.moment.value}{note}"
        lines.append(Line(f"needs:{number}", words))
    return lines
