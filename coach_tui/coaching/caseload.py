"""The caseload as it stands today. Plain: the quick commands and the first screen use it."""

from __future__ import annotations

from coach_tui.coaching.clock import today
from coach_tui.domain.names import is_called, plain
from coach_tui.domain.school_days import SchoolDays
from coach_tui.domain.standing import Standing, stand
from coach_tui.store import summary as summaries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from coach_tui.coaching.clock import Clock
    from coach_tui.domain.statuses import Rules
    from coach_tui.domain.today import Task
    from coach_tui.store.summary import Summary


class Caseload:
    """Everyone on the caseload with the statuses of one day.

    `outside_year` says that today lies in no school year the calendar knows: then nothing can be
    due, and the coach should be told to bring the calendar up to date. `own` are the coach's own
    entries of the calendar, as the store's summary holds them.
    """

    __slots__ = (
        "coach",
        "has_calendar",
        "outside_year",
        "own",
        "rows",
        "rules",
        "school_days",
        "sequence",
        "today",
    )

    def __init__(self, summary: Summary, today: date, rules: Rules) -> None:
        """Derive the statuses of `today` from what the store sums up."""
        school_days = summary.school_days()
        self.coach, self.sequence, self.today = summary.coach, summary.sequence, today
        self.has_calendar = school_days is not None
        self.outside_year = school_days is not None and not (
            school_days.first <= today <= school_days.last
        )
        self.school_days = school_days or SchoolDays(today, today, (), ())
        self.rules, self.own = rules, summary.own
        self.rows: list[Standing] = stand(summary.facts, self.school_days, today, rules)

    def tasks(self) -> list[Task]:
        """Return what is owed and due now, group by group."""
        from coach_tui.domain.today import today_tasks

        return today_tasks(self.rows, self.own, self.school_days, self.today, self.rules)

    def find(self, words: str) -> list[Standing]:
        """Return whom `words` name: the exact name, else names that hold every word.

        An accent may be left out, or a letter written as a keyboard has it: only where the name
        as it is written is nobody's.
        """
        for same in (str.casefold, plain):
            wanted = same(words).split()
            exact = [row for row in self.rows if same(row.facts.name).split() == wanted]
            if exact:
                return exact
        return [row for row in self.rows if is_called(row.facts.name, words)]


def read_caseload(directory: str, clock: Clock, rules: Rules) -> Caseload | None:
    """Read the caseload of the store in `directory`; None when there is no store.

    Raises the store's errors when there is one that cannot be read.
    """
    summary = summaries.read(directory)
    return None if summary is None else Caseload(summary, today(clock), rules)
