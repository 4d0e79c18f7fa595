"""What it takes to get from a document back to the one before it.

`{"whole": {...}}` for one that was deleted; else `{"fields": {name: value before}, "absent": [names
that were not there], "lists": {name: [start, count, [items before]]}}`, each part only where there
is something: a list in which few items changed tells those, because the notes of an observation
grow by a line at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from coach_tui.store.engine import Document

SHORT = 4
"""Items from which a list is told by what changed in it."""


def difference(before: Document, after: Document | None) -> dict[str, Any]:
    """Return what `restored` needs to make `before` out of `after`."""
    if after is None:
        return {"whole": before}
    fields, lists = {}, {}
    for name, value in before.items():
        if name in after and _same(value, after[name]):
            continue
        if _is_long(value) and _is_long(after.get(name)):
            lists[name] = _spliced(value, after[name])
        else:
            fields[name] = value
    absent = [name for name in after if name not in before]
    parts = {"fields": fields, "absent": absent, "lists": lists}
    return {name: part for name, part in parts.items() if part}


def restored(after: Document | None, difference: dict[str, Any]) -> Document:
    """Return the document before. Raises `KeyError`, `TypeError`, `ValueError` where it cannot."""
    if after is None or "whole" in difference:
        return dict(difference["whole"])
    before = {**after, **difference.get("fields", {})}
    for name in difference.get("absent", ()):
        del before[name]
    for name, (start, count, items) in difference.get("lists", {}).items():
        now = after[name]
        before[name] = [*now[:start], *items, *now[start + count :]]
    return before


def _same(one: Any, other: Any) -> bool:
    if type(one) is type(other) and isinstance(one, str | int | None):
        return bool(one == other)
    # 1, 1.0 and True are equal to Python, and three different values here.
    return one is other or orjson.dumps(one) == orjson.dumps(other)


def _is_long(value: Any) -> bool:
    return isinstance(value, list) and len(value) >= SHORT


def _spliced(before: list[Any], after: list[Any]) -> list[Any]:
    shorter = min(len(before), len(after))
    # Most lists grow at their end: seen at once, where looking at each item takes its time.
    only_grew = orjson.dumps(before[:shorter]) == orjson.dumps(after[:shorter])
    start = shorter if only_grew else 0
    while start < shorter and _same(before[start], after[start]):
        start += 1
    end = 0
    while end < shorter - start and _same(before[-1 - end], after[-1 - end]):
        end += 1
    return [start, len(after) - start - end, before[start : len(before) - end]]
