"""Where `now` and `today` come from. Plain."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date, time, tzinfo


class Clock:
    """What the verbs ask for the time. Subclasses say where it comes from."""

    def now(self) -> datetime:
        """Return this moment, aware, in UTC."""
        raise NotImplementedError

    def local(self, moment: datetime) -> datetime:
        """Return a moment in the coach's own time zone."""
        raise NotImplementedError


class SystemClock(Clock):
    """The machine's clock and time zone."""

    def now(self) -> datetime:
        """Return this moment, aware, in UTC."""
        return datetime.now(UTC)

    def local(self, moment: datetime) -> datetime:
        """Return a moment in the machine's time zone."""
        return moment.astimezone()


class SettableClock(Clock):
    """A clock that stands still until it is moved: for tests, screenshots and demonstrations."""

    def __init__(self, moment: datetime, zone: tzinfo) -> None:
        """Stand at `moment` (aware) in the time zone `zone`."""
        self.moment, self.zone = moment, zone

    def now(self) -> datetime:
        """Return the moment it stands at, in UTC."""
        return self.moment.astimezone(UTC)

    def local(self, moment: datetime) -> datetime:
        """Return a moment in the clock's time zone."""
        return moment.astimezone(self.zone)


def today(clock: Clock) -> date:
    """Return the local date."""
    return clock.local(clock.now()).date()


def moment_of(clock: Clock, day: date, of_day: time) -> datetime:
    """Return the moment at which the clock on the wall shows `of_day` on `day`."""
    guess = wall = datetime.combine(day, of_day, tzinfo=UTC)
    for _ in range(2):
        # The offset of that day, not of today: summer time may have ended since.
        guess = wall - (clock.local(guess).utcoffset() or timedelta())
    return guess
