"""Readiness for the next phase of the gradual release, as a checklist with proofs. Plain.

The rules of domain.md section 5, over stored documents.
"""

from __future__ import annotations

from datetime import date, timedelta

from coach_tui.domain.progress.checklists import Checklist, Proof, Requirement
from coach_tui.domain.progress.levels import (
    CLOSE,
    PROFICIENT,
    floor,
    held_since,
    named,
    reaches,
)
from coach_tui.domain.progress.matrix import column_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from coach_tui.domain.progress.grounds import Grounds

    Document = Mapping[str, Any]

TARGETS = ("2", "3", "released")
"""The phases one can be ready for, in their order."""

NEXT = {"1": "2", "2": "3", "3": "released"}
"""The phase that follows each."""


def checklist(target: str, grounds: Grounds, held_days: int = 30) -> Checklist:
    """Return the checklist for phase `target`; `held_days` are calendar days a level is held.

    Raises `KeyError` for a target that is none of `TARGETS`.
    """
    if target == "released":
        return Checklist(target, (_by_teacher(grounds), _held(grounds, held_days)))
    if target == "3":
        return Checklist(
            target,
            (
                _three_steps(grounds),
                _two_proficient(grounds),
                _three_modes(grounds),
                _journal(grounds),
                _teacher_chose(grounds),
            ),
        )
    if target == "2":
        return Checklist(target, (_modeled(grounds), _tried_once(grounds), _close(grounds)))
    raise KeyError(target)


def _modeled(grounds: Grounds) -> Requirement:
    done = [one for one in grounds.cycles if "modeling" in one["supports"]]
    proofs = [_of_cycle(one, f"modeling in cycle {one['number']}") for one in done]
    return Requirement("modeling was done on it", _first(proofs), proofs)


def _finished_steps(grounds: Grounds) -> list[tuple[Document, bool]]:
    """Return the cycles whose step had its lesson, each with whether it was tried.

    A step that is still open, or parked, says nothing yet.
    """
    found = []
    for one in grounds.cycles:
        step = one["action_step"]
        if step and step["state"] == "tried":
            found.append((one, True))
        elif step and step["state"] == "checked_back":
            found.append((one, step["check_back"]["result"] != "dropped"))
    return found


def _step_proof(cycle: Document) -> Proof:
    step = cycle["action_step"]
    back = step["check_back"]
    day = date.fromisoformat(back["date"]) if back else _day_of(cycle)
    return Proof(
        "cycle", cycle["id"], day, f"{back['result'] if back else 'tried'}: {step['text']}"
    )


def _tried_once(grounds: Grounds) -> Requirement:
    proofs = [_step_proof(one) for one, tried in _finished_steps(grounds) if tried]
    return Requirement("an action step was tried", _first(proofs), proofs)


def _three_steps(grounds: Grounds) -> Requirement:
    last = _finished_steps(grounds)[-3:]
    proofs = [_step_proof(one) for one, _ in last]
    whole = len(last) == 3 and all(tried for _, tried in last)
    return Requirement("the last three action steps were tried", _last(proofs, whole), proofs)


def _close(grounds: Grounds) -> Requirement:
    last = named(grounds.evidence)[-1:]
    proofs = [_of_evidence(one) for one in last]
    whole = bool(last) and reaches(last[0]["level"]["level"], CLOSE, grounds.levels)
    words = f"the level last named is {floor(grounds.levels, CLOSE)} or above"
    return Requirement(words, _last(proofs, whole), proofs)


def _two_proficient(grounds: Grounds) -> Requirement:
    last = named(grounds.evidence)[-2:]
    proofs = [_of_evidence(one) for one in last]
    high = all(reaches(one["level"]["level"], PROFICIENT, grounds.levels) for one in last)
    words = f"the last two levels named are {floor(grounds.levels, PROFICIENT)} or above"
    return Requirement(words, _last(proofs, len(last) == 2 and high), proofs)


def _three_modes(grounds: Grounds) -> Requirement:
    newest: dict[str, Document] = {}
    for one in grounds.evidence:
        newest[one["mode"]] = one
    proofs = [_of_evidence(one) for one in newest.values()]
    whole = len(newest) >= 3 and "student evidence" in newest
    words = "evidence in three modes, student evidence among them"
    return Requirement(words, _last(proofs, whole), proofs)


def _journal(grounds: Grounds) -> Requirement:
    proofs = [_of_evidence(one) for one in grounds.evidence if one["mode"] == "journaling"]
    return Requirement("a journal entry", _first(proofs), proofs)


def _teacher_chose(grounds: Grounds) -> Requirement:
    chosen = [
        (one["date"], one["next_step_chosen_by"], _of_evidence(one, one["next_step"]))
        for one in grounds.evidence
        if one["next_step"].strip()
    ]
    chosen += [
        (
            one["date"],
            one["chosen_by"],
            Proof("goal", grounds.goal["id"], date.fromisoformat(one["date"]), one["words"]),
        )
        for one in grounds.goal.get("reviews") or ()
        if one["outcome"] == "a next step"
    ]
    last = sorted(chosen, key=lambda one: one[0])[-1:]
    proofs = [proof for _, _, proof in last]
    whole = bool(last) and last[0][1] == "teacher"
    return Requirement("the teacher chose the last next step", _last(proofs, whole), proofs)


def _by_teacher(grounds: Grounds) -> Requirement:
    phases = grounds.coachee["phases"]
    since = phases[-1]["date"] if phases and phases[-1]["phase"] == "3" else None
    gathered = [
        one
        for one in grounds.evidence
        if one["gathered_by"] == "teacher" and since is not None and one["date"] >= since
    ]
    proofs = [_of_evidence(one) for one in gathered]
    words = "two pieces of evidence gathered by the teacher in phase 3"
    return Requirement(words, proofs[1].day if len(proofs) > 1 else None, proofs)


def _held(grounds: Grounds, held_days: int) -> Requirement:
    since = held_since(grounds.evidence, grounds.levels)
    counted = named(grounds.evidence)
    if since is not None:
        counted = [one for one in counted if one["date"] >= since.isoformat()]
    proofs = [_of_evidence(one) for one in counted[-3:] if since is not None]
    words = f"{floor(grounds.levels, PROFICIENT)} or above held for {held_days} days"
    until = None if since is None else since + timedelta(days=held_days)
    return Requirement(words, until, proofs)


def _of_evidence(item: Document, words: str = "") -> Proof:
    level = item["level"]
    label = f"{level['level']}, named by {level['named_by']}: " if level else ""
    if level and level["named_by"] not in ("teacher", "together"):
        label = ""
    said = words or item["what"] or item["reference"] or "lines of an observation"
    return Proof(
        "evidence",
        item["id"],
        date.fromisoformat(item["date"]),
        f"{column_of(item).value}: {label}{said}",
    )


def _of_cycle(cycle: Document, words: str) -> Proof:
    return Proof("cycle", cycle["id"], _day_of(cycle), words)


def _day_of(cycle: Document) -> date | None:
    meeting = cycle["meeting"]
    day = meeting["date"] if meeting else cycle["planned"]["observation"]
    return date.fromisoformat(day or str(cycle["created_at"])[:10])


def _first(proofs: Sequence[Proof]) -> date | None:
    return min((proof.day for proof in proofs if proof.day is not None), default=None)


def _last(proofs: Sequence[Proof], whole: bool) -> date | None:
    if not whole:
        return None
    return max((proof.day for proof in proofs if proof.day is not None), default=None)
