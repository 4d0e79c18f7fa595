"""A month as a grid of days: what each day is called, and its entries in a few signs. Plain."""

from __future__ import annotations

from datetime import date, timedelta

from coach_tui.presentation.calendar.signs import token
from coach_tui.presentation.text import cut, visible, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coach_tui.domain.planning.appointments import Appointment

WEEKS = 6
"""Rows of a month: as many as the longest needs, so that the grid never jumps."""

ROWS = 3
"""Terminal rows of a day: its number and what it is, then two rows of entries."""

MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_SHARE_OF_FREE_DAY = 0.5
"""How wide a weekday without school is, beside one with."""


class Cell:
    """A day of the grid: the day, what it is called (`Labor Day`), and its entries."""

    __slots__ = ("day", "entries", "in_month", "is_school", "label")

    def __init__(
        self,
        day: date,
        in_month: bool,
        is_school: bool,
        label: str,
        entries: Sequence[Appointment],
    ) -> None:
        """Hold the values."""
        self.day, self.in_month, self.is_school = day, in_month, is_school
        self.label, self.entries = label, entries


def first_shown(day: date) -> date:
    """Return the Monday that the grid of the month of `day` begins with."""
    first = day.replace(day=1)
    return first - timedelta(days=first.weekday())


def month_title(day: date) -> str:
    """Return `November 2026`."""
    return f"{MONTH_NAMES[day.month - 1]} {day.year}"


def months_away(day: date, months: int) -> date:
    """Return the same day of the month so many months away, or the last one of it."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    year = min(max(year, date.min.year + 1), date.max.year - 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (following - timedelta(days=1)).day))


def column_widths(room: int, taught: Sequence[bool]) -> list[int]:
    """Return the width of each of the seven days in `room` columns, one of each kept as a gap.

    Weekdays on which no school is held are narrower, but never under six columns.
    """
    shares = [1.0 if one else _SHARE_OF_FREE_DAY for one in taught]
    unit = room / sum(shares)
    widths = [max(int(unit * share), 6) for share in shares]
    spare = room - sum(widths)
    order = sorted(range(7), key=lambda n: (not taught[n], n))
    for n in order[: max(spare, 0)]:
        widths[n] += 1
    return widths


def day_names(widths: Sequence[int]) -> list[str]:
    """Return the names of the days, whole where all of a kind fit, else the first three letters."""
    names = list(zip(DAY_NAMES, widths, strict=True))
    school = all(len(name) < size for name, size in names[:5])
    weekend = school and all(len(name) < size for name, size in names[5:])
    return [
        name if (school if n < 5 else weekend) else name[: min(3, size - 1)]
        for n, (name, size) in enumerate(names)
    ]


def tokens(
    cell: Cell, columns: int, rows: int, name: Callable[[str], str], chosen: int = -1
) -> list[list[tuple[str, Appointment | None]]]:
    """Return the entries of a day in so many rows and columns, each with its entry.

    What does not fit is counted in a last `+3`; the entry `chosen` is always among those shown.
    """
    signs = [(token(one, name(one.person)), one) for one in cell.entries]
    fitted = _in_rows(signs, columns, rows)
    shown = sum(len(row) for row in fitted)
    if shown < len(signs):
        begin = max(chosen - shown + 2, 0) if chosen >= shown - 1 else 0
        fitted = _in_rows(signs[begin:], columns, rows)
        shown = sum(len(row) for row in fitted)
        left = len(signs) - shown + 1
        more = f"+{left}"
        last = fitted[-1]
        while last and sum(width(text) + 1 for text, _ in last[:-1]) + len(more) > columns:
            last.pop()
            left += 1
            more = f"+{left}"
        if last:
            last.pop()
        last.append((more, None))
    return fitted


def _in_rows(
    signs: Sequence[tuple[str, Appointment]], columns: int, rows: int
) -> list[list[tuple[str, Appointment | None]]]:
    found: list[list[tuple[str, Appointment | None]]] = [[]]
    room = columns
    for text, one in signs:
        size = width(text) + 1
        if size > room + 1 and found[-1]:
            if len(found) == rows:
                break
            found.append([])
            room = columns
        found[-1].append((text, one))
        room -= size
    return found


def label_rows(label: str, columns: int, rows: int) -> list[str]:
    """Return the name of a day off in so many rows, wrapped between words."""
    found: list[str] = []
    line = ""
    for word in visible(label).split():
        longer = f"{line} {word}".strip()
        if width(longer) <= columns:
            line = longer
            continue
        if line:
            found.append(line)
        line = word
    found.append(line)
    shown = found[:rows]
    if len(found) > rows and shown:
        shown[-1] = cut(f"{shown[-1]} {found[rows]}…", columns)
    return [cut(row, columns) for row in shown]
