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

    def of_wall(self, wall: datetime) -> datetime:
        """Return the moment at which the coach's clock shows `wall`, a time without a zone.

        Where clocks go back and show it twice, `wall.fold` says which.
        """
        raise NotImplementedError

    def zone_name(self) -> str:
        """Return the name of the coach's time zone (`America/Chicago`), empty when unknown."""
        return ""


def wall_moment(clock: Clock, day: date, minute: int) -> datetime:
    """Return the moment of `minute` after local midnight of `day`, in UTC.

    Of an hour that clocks show twice it is the first. Raises `ValueError` for a time that they
    skip, and for one outside of the calendar's years.
    """
    try:
        wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)  # noqa: DTZ001 - the wall's time
        moment = clock.of_wall(wall)
        shown = clock.local(moment).replace(tzinfo=None)
    except (OverflowError, OSError):
        raise ValueError(f"{day} lies outside of the years that a clock can show") from None
    if shown != wall:
        raise ValueError(
            f"{wall.hour}:{wall.minute:02} is skipped on {day}: clocks go forward in that hour"
        )
    return moment


def moment_of(clock: Clock, day: date, of_day: time) -> datetime:
    """Return the moment of a time that stands in notes, to the second, in UTC.

    Unlike `wall_moment` it refuses nothing, for a line of notes is never lost: a time that clocks
    skip on `day` is taken for the one that they show after it.
    """
    return clock.of_wall(datetime.combine(day, of_day))


def is_shown_twice(clock: Clock, day: date, minute: int) -> bool:
    """Whether clocks go back on `day` so that they show this minute twice."""
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)  # noqa: DTZ001 - the wall's time
    first, second = clock.of_wall(wall), clock.of_wall(wall.replace(fold=1))
    return first < second


class SystemClock(Clock):
    """The machine's clock and time zone."""

    def now(self) -> datetime:
        """Return this moment, aware, in UTC."""
        return datetime.now(UTC)

    def local(self, moment: datetime) -> datetime:
        """Return a moment in the machine's time zone."""
        return moment.astimezone()

    def of_wall(self, wall: datetime) -> datetime:
        """Return the moment at which the machine's clock shows `wall`."""
        return wall.astimezone(UTC)

    def zone_name(self) -> str:
        """Return the zone of `TZ`, else the one that the machine's zone file is of."""
        import os

        named = os.environ.get("TZ", "").lstrip(":") or os.path.realpath("/etc/localtime")
        name = named.partition("zoneinfo/")[2] or named
        return "" if name.startswith("/") else name


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

    def of_wall(self, wall: datetime) -> datetime:
        """Return the moment at which this clock shows `wall`."""
        return wall.replace(tzinfo=self.zone).astimezone(UTC)

    def zone_name(self) -> str:
        """Return the name of the clock's zone, when it has one."""
        return str(getattr(self.zone, "key", ""))


def today(clock: Clock) -> date:
    """Return the local date."""
    return clock.local(clock.now()).date()
