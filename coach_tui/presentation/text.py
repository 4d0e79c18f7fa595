"""User text made safe to show: literal, on one line or several, cut by display width. Plain.

What is stored is never touched. What is shown has every control character replaced by a visible
sign, so that no note can move a cursor, change a colour or turn the reading direction around.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
_VISIBLE.update(dict.fromkeys((0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), _LINE_BREAK))
_VISIBLE[0x09] = " "
_MANY_LINES = {**_VISIBLE, 0x0A: "\n"}


def visible(text: str) -> str:
    """Return `text` on one line with every control character shown as a sign."""
    if text.isprintable():  # so are most texts, and no control character is
        return text
    return text.replace("\r\n", "\n").translate(_VISIBLE)


def visible_lines(text: str) -> str:
    """Return `text` with its line breaks kept and every other control character shown."""
    return text.replace("\r\n", "\n").translate(_MANY_LINES)


_SIGN_FOR_SIGN = {code: sign if len(sign) == 1 else "\ufffd" for code, sign in _VISIBLE.items()}


def visible_in_place(text: str) -> str:
    """Return `text` with one sign for each control character: for where a cursor stands in it."""
    return text.translate(_SIGN_FOR_SIGN)


_EMOJI_STYLE = "\ufe0f"
_FIRST_COMBINING = "\u0300"
"""Every character before it takes one column: Latin letters, and the signs among them."""
_SIGNS_OF_FORMAT = "\u00ad\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2"
"""Signs of the unseen category that are seen: the soft hyphen, Arabic number signs."""


def _widths(text: str) -> Iterator[int]:
    """Yield the columns that each character adds; what combines with another adds none."""
    from unicodedata import category, east_asian_width

    before = 0
    for char in text:
        if char < _FIRST_COMBINING:
            before = 1
            yield 1
            continue
        kind = category(char)
        if char == _EMOJI_STYLE:
            columns = 1 if before == 1 else 0
        elif (kind in ("Mn", "Me", "Cf") and char not in _SIGNS_OF_FORMAT) or (
            "\u1160" <= char <= "\u11ff"  # the vowels and ends of Hangul syllables
        ):
            columns = 0
        elif kind == "Cn":  # Python calls every character newer than itself wide
            columns = 2 if char >= "\U0001f000" else 1
        else:
            columns = 2 if east_asian_width(char) in "WF" else 1
        yield columns
        before = columns


def width(text: str) -> int:
    """Return how many terminal columns `text` takes."""
    return len(text) if text.isascii() else sum(_widths(text))


def cut(text: str, columns: int) -> str:
    """Return `text` made visible and cut to `columns`, with an ellipsis where it was longer."""
    shown = visible(text)
    return shown if width(shown) <= columns else _shortened(shown, columns)


def _shortened(shown: str, columns: int) -> str:
    if columns <= 0:
        return ""
    taken = kept = 0
    for taken_by_one in _widths(shown):
        if taken + taken_by_one >= columns:
            break
        taken += taken_by_one
        kept += 1
    return shown[:kept].rstrip() + _ELLIPSIS


def pad(text: str, columns: int) -> str:
    """Return `text` cut to `columns` and filled with spaces up to that width."""
    shown = visible(text)
    taken = width(shown)
    if taken > columns:
        shown = _shortened(shown, columns)
        taken = width(shown)
    return shown + " " * (columns - taken)


def plural(count: int, one: str, many: str = "") -> str:
    """Return `1 teacher`, `2 teachers`: a count with its noun."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def packed(words: Iterable[str], columns: int) -> list[str]:
    """Return `words` with ` · ` between them, in as few rows of at most `columns` as hold them."""
    rows: list[str] = []
    for one in words:
        if rows and width(rows[-1]) + 3 + width(one) <= columns:
            rows[-1] = f"{rows[-1]} · {one}"
        else:
            rows.append(one)
    return rows
