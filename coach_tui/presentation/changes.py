"""What changed in a record, in words: each field that is another, before and after. Plain."""

from __future__ import annotations

import re

from coach_tui.presentation.text import cut, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    Document = Mapping[str, Any]

KEPT_BY_THE_STORE = frozenset({"id", "created_at", "updated_at", "revision"})
"""Fields that nobody typed."""

WORDS: Mapping[str, str] = {
    "agreed_on": "agreed on",
    "begun": "meeting opened at",
    "chosen_by": "chosen by",
    "drawn_on": "words drawn from the notes",
    "follow_up_sent_on": "written follow-up sent on",
    "follows": "goal before this one",
    "function": "essential function",
    "history": "state of the goal",
    "levels": "names of the levels",
    "named_by": "named by",
    "next_step_chosen_by": "next step chosen by",
    "observation_lines": "lines of notes",
    "planned_modes": "planned evidence",
    "statement": "goal",
    "success": "what success looks like",
    "taken": "lines taken from the notes",
    "what": "what it shows",
}
"""What a field is called where its own name is no word a coach would use."""

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")

A_RECORD = "(another record)"
"""What is said for the id by which a record names another."""

LONGEST = 120
"""Columns that a value takes at most in one line."""


def change_words(before: Document | None, after: Document | None) -> list[str]:
    """Return a line for each field that changed; field names and values as people read them."""
    if before is None and after is None:
        return []
    if before is None:
        return ["Added", *_differences({}, after or {}, ())]
    if after is None:
        return ["Taken away"]
    return list(_differences(before, after, ()))


def _differences(before: Any, after: Any, path: tuple[str, ...]) -> Iterator[str]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in [*before, *(name for name in after if name not in before)]:
            if name not in KEPT_BY_THE_STORE:
                yield from _differences(before.get(name), after.get(name), (*path, name))
    elif isinstance(before or [], list) and isinstance(after or [], list):
        yield from _of_lists(before or [], after or [], path)
    elif isinstance(before or {}, dict) and isinstance(after or {}, dict):
        yield from _differences(before or {}, after or {}, path)
    elif said(before) != said(after) or said(after) == A_RECORD:
        yield f"{_field(path)}: {said(before)} → {said(after)}"


def _of_lists(before: list[Any], after: list[Any], path: tuple[str, ...]) -> Iterator[str]:
    """Compare by id where the parts have one, else by what they are."""
    old, new = _keyed(before), _keyed(after)
    for key, part in old.items():
        if key not in new:
            yield f"{_field(path)}: taken out: {said(part)}"
        elif part != new[key]:
            yield from _differences(part, new[key], (*path, said(_name_of(part))))
    for key, part in new.items():
        if key not in old:
            yield f"{_field(path)}: added: {said(part)}"
    if list(old) != list(new) and sorted(old) == sorted(new):
        yield f"{_field(path)}: in another order"


def _keyed(parts: list[Any]) -> dict[str, Any]:
    keyed: dict[str, Any] = {}
    for part in parts:
        own = part.get("id") if isinstance(part, dict) else None
        key = str(own) if own else repr(part)
        while key in keyed:
            key += " again"
        keyed[key] = part
    return keyed


def _name_of(part: Any) -> Any:
    if not isinstance(part, dict):
        return part
    return next((part[name] for name in ("text", "label", "name") if part.get(name)), "a part")


def _field(path: tuple[str, ...]) -> str:
    return " · ".join(WORDS.get(name, visible(name).replace("_", " ")) for name in path)


def said(value: Any) -> str:
    """Return a stored value on one line: words as they are, nothing as `–`."""
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        words = ", ".join(said(part) for part in value)
    elif isinstance(value, dict):
        named = value.get("text") or value.get("label") or value.get("name")
        words = named if isinstance(named, str) else _parts(value)
    else:
        words = A_RECORD if _ID.fullmatch(str(value)) else visible(str(value))
    return cut(words, LONGEST)


def _parts(value: Document) -> str:
    held = {name: part for name, part in value.items() if part not in (None, "", [], {}, False)}
    return ", ".join(f"{_field((name,))} {said(part)}" for name, part in held.items()) or "–"
