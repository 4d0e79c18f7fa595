"""What other calendars were told: so that importing again updates, and cancels what is gone."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from coach_tui.domain.records.base import Day, Moment, Part, Record, Text, Wording


class SentEvent(Part):
    """One event as it was last written to a calendar file.

    `sequence` rises with each change that was written; `starts` and `ends` are moments for a time,
    `first` and `last` days for one of a whole day. A cancelled one is written as cancelled until
    its day has passed.
    """

    uid: Wording
    sequence: Annotated[int, Field(ge=0)] = 0
    title: Text = ""
    place: Text = ""
    starts: Moment | None = None
    ends: Moment | None = None
    first: Day | None = None
    last: Day | None = None
    free: bool = False
    cancelled: bool = False
    changed_at: Moment


class CalendarFeed(Record):
    """The one memory of the events that were written to calendar files (RFC 5545)."""

    table: ClassVar[str] = "feeds"

    events: tuple[SentEvent, ...] = ()
