"""User text made safe to show: literal, on one line or several, cut by display width. Plain.

What is stored is never touched. What is shown has every control character replaced by a visible
sign, so that no note can move a cursor, change a colour or turn the reading direction around.
"""

from __future__ import annotations

_LINE_BREAK = "⏎"
_ELLIPSIS = "…"

_VISIBLE = {code: chr(0x2400 + code) for code in range(0x20)}
_VISIBLE[0x7F] = "␡"
_VISIBLE.update({code: f"<U+{code:04X}>" for code in range(0x80, 0xA0)})
_VISIBLE.update(
    {
        code: f"<U+{code:04X}>"
        for code in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
    }
)
_VISIBLE.update({code: _LINE_BREAK for code in (0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)})
_VISIBLE[0x09] = " "
_MANY_LINES = {**_VISIBLE, 0x0A: "\n"}


def visible(text: str) -> str:
    """Return `text` on one line with every control character shown as a sign."""
    return text.replace("\r\n", "\n").translate(_VISIBLE)


def visible_lines(text: str) -> str:
    """Return `text` with its line breaks kept and every other control character shown."""
    return text.replace("\r\n", "\n").translate(_MANY_LINES)


def width(text: str) -> int:
    """Return how many terminal columns `text` takes."""
    if text.isascii():
        return len(text)
    from unicodedata import category, combining, east_asian_width

    return sum(
        0
        if combining(char) or category(char) in ("Mn", "Me", "Cf")
        else 2
        if east_asian_width(char) in "WF"
        else 1
        for char in text
    )


def cut(text: str, columns: int) -> str:
    """Return `text` made visible and cut to `columns`, with an ellipsis where it was longer."""
    shown = visible(text)
    if width(shown) <= columns:
        return shown
    kept = shown[:columns]
    while kept and width(kept) > columns - 1:
        kept = kept[:-1]
    return kept.rstrip() + _ELLIPSIS if columns > 0 else ""


def pad(text: str, columns: int) -> str:
    """Return `text` cut to `columns` and filled with spaces up to that width."""
    shown = cut(text, columns)
    return shown + " " * (columns - width(shown))


def plural(count: int, one: str, many: str = "") -> str:
    """Return `1 teacher`, `2 teachers`: a count with its noun."""
    return f"{count} {one if count == 1 else many or one + 's'}"
