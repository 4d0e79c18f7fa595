"""A practice profile, and self-assessments with it, as text."""

from __future__ import annotations

from collections.abc import Sequence

from coach_tui.domain.progress.assessing import NOT_LOOKED_AT, change_words
from coach_tui.domain.records import PracticeProfile, SelfAssessment
from coach_tui.presentation import dates
from coach_tui.presentation.text import visible, visible_lines


def profile_lines(profile: PracticeProfile) -> list[str]:
    """Return a whole profile, to be read."""
    lines = [f"{visible(profile.title)}, version {visible(profile.version)}"]
    if profile.foundations:
        lines += ["", visible_lines(profile.foundations)]
    lines += ["", "Levels, lowest first"]
    for level in profile.levels:
        advice = f": {visible(level.advice)}" if level.advice else ""
        lines.append(f"  {visible(level.name)}{advice}")
    for function in profile.functions:
        lines += ["", visible(function.title)]
        lines += [f"  - {visible(item)}" for item in function.items]
        for label, words in (("Look for", function.look_fors), ("Evidence", function.examples)):
            lines += [f"  {label}: {visible(one)}" for one in words]
        for name, words_of in function.descriptors.items():
            lines.append(f"  {visible(name)}: {visible(words_of)}")
    return lines


def assessment_title(assessment: SelfAssessment) -> str:
    """Return `baseline, Mon 7 Sep 2026`."""
    return f"{assessment.window.value}, {dates.full(assessment.date)}"


def assessment_lines(
    assessment: SelfAssessment, before: SelfAssessment | None, profile: PracticeProfile | None
) -> list[tuple[str, str]]:
    """Return each essential function and what was named, or what changed since `before`."""
    now = {one.function: one.level for one in assessment.levels}
    if profile is None:
        lines = [(visible(key), visible(level or NOT_LOOKED_AT)) for key, level in now.items()]
        return [*lines, ("", "this version of the profile is not here")]
    levels = [level.name for level in profile.levels]
    then = {} if before is None else {one.function: one.level for one in before.levels}
    lines = []
    for function in profile.functions:
        level = now.get(function.key)
        words = level or NOT_LOOKED_AT
        if before is not None:
            words = change_words(then.get(function.key), level, levels)
        lines.append((visible(function.title), visible(words)))
    return lines


def before_of(
    assessment: SelfAssessment, all_of_them: Sequence[SelfAssessment]
) -> SelfAssessment | None:
    """Return the assessment before this one with the same profile and version, None for none."""
    same = [
        one
        for one in all_of_them
        if (one.profile, one.version) == (assessment.profile, assessment.version)
    ]
    place = next((n for n, one in enumerate(same) if one.id == assessment.id), 0)
    return same[place - 1] if place else None
