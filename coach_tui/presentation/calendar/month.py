"""A month as a grid of days: what each day is called, and its entries in a few signs. Plain."""

from __future__ import annotations

from datetime import date, timedelta

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


_NARROWEST = 3
"""Columns that one entry takes at least, with the space behind it."""


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


Sign = tuple[str, int, "Appointment | None"]
"""An entry as it stands in a grid, the columns it takes, and the entry itself."""


def tokens(
    cell: Cell,
    columns: int,
    rows: int,
    sign: Callable[[Appointment], tuple[str, int]],
    chosen: int = -1,
) -> list[list[Sign]]:
    """Return the entries of a day in so many rows and columns.

    `sign` gives the words of an entry and their width. What does not fit is counted in a last
    `+3`; the entry `chosen` is always among those shown.
    """
    count = len(cell.entries)
    most = rows * (columns // _NARROWEST) + 1
    fitted, shown = _in_rows(cell.entries[:most], columns, rows, sign)
    if shown == count:
        return fitted
    begin = max(chosen - shown + 2, 0) if chosen >= shown - 1 else 0
    if begin:
        fitted, shown = _in_rows(cell.entries[begin : begin + most], columns, rows, sign)
    _count_rest(fitted[-1], count - shown, columns)
    return fitted


def _count_rest(last: list[Sign], left: int, columns: int) -> None:
    """Put `+3` at the end of the last row, in place of as many entries as it needs room."""
    while last:
        last.pop()
        left += 1
        if sum(size + 1 for _, size, _ in last) + len(str(left)) + 1 <= columns:
            break
    words = f"+{left}"
    last.append((words, len(words), None))


def _in_rows(
    entries: Sequence[Appointment],
    columns: int,
    rows: int,
    sign: Callable[[Appointment], tuple[str, int]],
) -> tuple[list[list[Sign]], int]:
    """Return as many entries as fit, row by row, and how many they are."""
    found: list[list[Sign]] = [[]]
    line = found[0]
    room, shown = columns, 0
    for one in entries:
        text, size = sign(one)
        if size > room and line:
            if len(found) == rows:
                break
            line = []
            found.append(line)
            room = columns
        line.append((text, size, one))
        room -= size + 1
        shown += 1
    return found, shown


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
