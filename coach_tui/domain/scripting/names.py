"""What may follow a `+` in a line: tags, look-fors and priority groups. Plain."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

TAGS = ("praise", "probe", "goal", "step", "celebrate")
"""Tags that need no name beside them, as they are typed and as they are kept."""

GROUP, LOOK_FOR = "priority group", "look-for"

ORDER = (*TAGS, GROUP, LOOK_FOR)
"""All tags, in the order of `LineTag`."""

_APART = re.compile(r"[\W_]+")


def handle(name: str) -> str:
    """Return a name as it is typed after a `+`: small letters, `-` for what stands between."""
    return _APART.sub("-", name.casefold()).strip("-")


def _in_order(tags: set[str]) -> tuple[str, ...]:
    return tuple(tag for tag in ORDER if tag in tags)


class Names:
    """The tags, and the priority groups and look-fors of one teacher, by how they are typed.

    Names that would be typed alike get a number: `waits-2`.
    """

    __slots__ = ("_handles", "by_handle")

    def __init__(self, groups: Iterable[str] = (), look_fors: Iterable[str] = ()) -> None:
        """Know the tags, then `groups`, then `look_fors`."""
        self.by_handle: dict[str, tuple[str, str]] = {tag: (tag, "") for tag in TAGS}
        self._handles: dict[tuple[str, str], str] = {}
        for kind, names in ((GROUP, groups), (LOOK_FOR, look_fors)):
            for name in names:
                self._add(kind, name)

    def _add(self, kind: str, name: str) -> None:
        plain = handle(name)
        if not plain or (kind, name) in self._handles:
            return
        free, number = plain, 2
        while free in self.by_handle:
            free, number = f"{plain}-{number}", number + 1
        self.by_handle[free] = (kind, name)
        self._handles[kind, name] = free

    def find(self, word: str) -> tuple[str, str] | None:
        """Return tag and label that `+word` means (no label for a plain tag), None for neither."""
        return self.by_handle.get(word.casefold())

    def matching(self, beginning: str) -> list[str]:
        """Return what can be typed after the `+` and `beginning`, in the order it is known.

        What begins so comes first, then what has a word that does.
        """
        begun = beginning.casefold()
        first = [one for one in self.by_handle if one.startswith(begun)]
        inside = [one for one in self.by_handle if one not in first and f"-{begun}" in one]
        return first + (inside if begun else [])

    def toggled(
        self, tags: tuple[str, ...], labels: tuple[str, ...], tag: str, label: str = ""
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return tags and labels with this one added, or taken away when it is there.

        A tag that names groups or look-fors goes with the last of them.
        """
        if not label:
            on = tag not in tags
            return _in_order({*tags, tag} if on else {*tags} - {tag}), labels
        on = label not in labels
        labels = (*labels, label) if on else tuple(one for one in labels if one != label)
        still = on or any(self._kind_of(one) == tag for one in labels)
        return _in_order({*tags, tag} if still else {*tags} - {tag}), labels

    def _kind_of(self, label: str) -> str:
        return next((kind for kind, name in self._handles if name == label), LOOK_FOR)

    def written(self, tags: Iterable[str], labels: Iterable[str]) -> list[str]:
        """Return what has to be typed, each with its `+`, for these tags and labels.

        A label that is not known here (its group was renamed since) is typed by its own handle.
        """
        labels = tuple(labels)
        typed = [f"+{tag}" for tag in tags if tag in TAGS]
        for label in labels:
            known = next((h for (_, name), h in self._handles.items() if name == label), None)
            typed.append(f"+{known or handle(label)}")
        return typed


NO_NAMES = Names()
