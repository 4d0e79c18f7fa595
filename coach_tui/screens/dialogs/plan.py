"""When something is to be: a phrase is typed, understood, held against what is there, and taken."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from coach_tui.coaching.clock import Clock, is_shown_twice, wall_moment
from coach_tui.coaching.planning.days import Days
from coach_tui.coaching.planning.planning import Time
from coach_tui.coaching.planning.suggesting import building_of, in_the_way, no_school, suggestions
from coach_tui.coaching.refusals import REFUSALS
from coach_tui.domain.planning.appointments import LENGTHS, Stage
from coach_tui.domain.planning.slots import Slot
from coach_tui.presentation.calendar.signs import conflict_words
from coach_tui.presentation.dates import MONTHS, WEEKDAYS
from coach_tui.presentation.errors import explain, unexpected
from coach_tui.presentation.phrases import When, read_when, when_words
from coach_tui.presentation.text import cut
from coach_tui.presentation.times import clock
from coach_tui.screens.dialogs.phrase_line import PhraseLine
from coach_tui.screens.drafting import FormDraft
from coach_tui.screens.session import Session
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.inputs import LineInput
from coach_tui.widgets.keyed_table import Column, KeyedTable
from coach_tui.widgets.literal import literal
from coach_tui.widgets.one_key import ACTIONS
from coach_tui.widgets.passage import Passage

HINT = "tue 10:15 · next thu p3 · tomorrow 2nd period 20m"
DROP = "drop"
SAVED = "saved"

Save = Callable[[Time], Awaitable[None]]
"""Saves the time, or raises one of the refusals of `coach_tui.coaching.refusals`."""


@dataclass(frozen=True)
class Asked:
    """What is to be planned: the heading, whom it is with, the stage, and where it stands now.

    `day` is meant where the phrase names none; `record` is the cycle that moves, empty for a new
    one; `minutes` are kept where the phrase names none; `can_drop` offers to cancel the cycle.
    """

    heading: str
    person: str
    stage: Stage
    day: date | None = None
    record: str = ""
    minutes: int | None = None
    text: str = ""
    can_drop: bool = False


class PlanDialog(ModalScreen[str | None]):
    """Asks when; closes once it is saved. Conflicts are named, never forbidden.

    A day on which there is no school is taken at the second Enter only.

    What is typed is a draft until it is saved or thrown away; closing asks once.

    Answers `SAVED`, `DROP` when the cycle is to be cancelled instead, None when it was closed.
    """

    CSS_PATH = "plan.tcss"
    BINDINGS = bindings("plan")
    AUTO_FOCUS = "LineInput"

    def __init__(self, asked: Asked, days: Days, at: Clock, save: Save) -> None:
        """Ask for `asked`, held against `days`."""
        super().__init__()
        self._asked, self._days, self._at, self._save = asked, days, at, save
        first = asked.day if asked.day is not None and asked.day > days.today else days.today
        self._slots = suggestions(days, asked.person, asked.stage, first)
        self._draft = FormDraft(asked.heading)
        words = [_slot_words(slot) for slot in self._slots]
        self._phrase = PhraseLine(asked.text, HINT, words)
        self._warned_of = ""
        self._asked_about: When | None = None

    def compose(self) -> ComposeResult:
        """Lay out the question, the line, what was understood, suggestions and keys."""
        with Vertical(id="plan-box"):
            yield Passage(literal(self._asked.heading, "bold", wrap=True), id="plan-title")
            yield self._phrase.line
            yield Label("", id="plan-understood", markup=False)
            yield Label("", id="plan-conflicts", markup=False)
            if self._slots:
                yield Label("", id="plan-suggest", markup=False)
                yield KeyedTable(id="plan-slots", show_header=False)
        yield Label(self._keys(), id="plan-keys", markup=False)

    def _keys(self) -> str:
        drop = " · f4 cancel the cycle" if self._asked.can_drop else ""
        return f"enter save · ctrl+u empty the line · down a suggestion{drop} · escape close"

    def on_mount(self) -> None:
        """Show the suggestions, and what stands there."""
        if self._slots:
            free = "Free" if self._asked.stage is not Stage.VISIT else "Free, and can be observed"
            self.query_one("#plan-suggest", Label).update(f"{free} (down and up pick):")
            table = self.query_one(KeyedTable)
            table.can_focus = False
            table.styles.height = len(self._slots)
            table.shape([Column("", 26), Column("", 0)])
            table.fill(
                [
                    (str(n), (literal(_slot_words(slot)), literal(slot.period.name, "dim")))
                    for n, slot in enumerate(self._slots)
                ]
            )
            table.show_cursor = False
        session = getattr(self.app, "session", None)
        if isinstance(session, Session):
            self._draft.begin(session, [self._phrase])
        self._show()

    @property
    def _text(self) -> str:
        return self.query_one(LineInput).value

    def _understood(self) -> When:
        """Return what the line says; raises `ValueError` with what can be typed."""
        bells, building = self._days.surroundings.bells, building_of(self._days, self._asked.person)
        when = read_when(self._text, self._days.today, bells, building, day=self._asked.day)
        if when.start is not None:
            wall_moment(self._at, when.day, when.start)
        return when

    def _time(self, when: When) -> Time:
        minutes = self._asked.minutes if when.minutes is None else when.minutes
        return Time(when.day, when.start, minutes, when.period)

    @on(Input.Changed)
    def _changed(self) -> None:
        self._draft.changed([self._phrase])
        self._show()

    def _show(self) -> None:
        understood, conflicts = "", ""
        if self._text.strip():
            try:
                when = self._understood()
            except ValueError as error:
                understood = f"… {error}"
            else:
                usual = self._asked.minutes or LENGTHS[self._asked.stage]
                understood = f"→ {when_words(when, self._days.today, usual)}"
                conflicts = "\n".join(f"! {one}" for one in self._conflicts(when))
        self.query_one("#plan-understood", Label).update(literal(understood, wrap=True))
        self.query_one("#plan-conflicts", Label).update(_lines(conflicts))

    def _conflicts(self, when: When) -> list[str]:
        asked = self._asked
        found = in_the_way(self._days, asked.stage, asked.person, self._time(when), asked.record)
        words = [conflict_words(one, self._days.people) for one in found]
        if when.start is not None and is_shown_twice(self._at, when.day, when.start):
            words.append("clocks show this hour twice that day: the first is taken")
        return words

    def action_suggest(self) -> None:
        """Put the next suggestion into the line."""
        self._suggest(1)

    def action_suggest_back(self) -> None:
        """Put the suggestion before into the line; before the first, what was typed."""
        self._suggest(-1)

    def _suggest(self, step: int) -> None:
        if not self._slots:
            return
        picked = self._phrase.pick(step)
        table = self.query_one(KeyedTable)
        table.show_cursor = picked >= 0
        if picked >= 0:
            table.go_to(str(picked))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_save()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_save(self) -> None:
        """Save what was understood, and close; else say why not."""
        try:
            when = self._understood()
            if self._asks_once_more(when):
                return
            await self._draft.mark(saving=True)
            await self._save(self._time(when))
        except REFUSALS as error:
            why = explain(error)
        except Exception as error:  # noqa: BLE001 - what was typed must stay, whatever it was
            why = unexpected(error)
        else:
            self._close(SAVED)
            return
        self._say(why)
        await self._draft.mark(saving=False)

    def _asks_once_more(self, when: When) -> bool:
        """Ask about a day without school; whether this was the first time for this one."""
        closed = no_school(self._days, when.day)
        if closed is None or when == self._asked_about:
            return False
        self._asked_about = when
        self._say(f"no school ({cut(closed, 24)}): enter again plans it")
        return True

    def _say(self, words: str) -> None:
        label = self.query_one("#plan-understood", Label)
        label.update(literal(f"✗ {words}", wrap=True))

    def action_drop(self) -> None:
        """Leave, to cancel the cycle instead; what was typed is thrown away when asked twice."""
        if self._asked.can_drop and self._may_go():
            self._close(DROP)

    def action_cancel(self) -> None:
        """Close; nothing is planned. What was typed is thrown away only when asked twice."""
        if self._may_go():
            self._close(None)

    def _may_go(self) -> bool:
        typed = self._phrase.typed
        if not typed or typed == self._warned_of:
            return True
        self._warned_of = typed
        self._say(f"{cut(typed, 30)} is not saved: once more throws it away, enter saves it")
        return False

    def _close(self, answer: str | None) -> None:
        self._draft.drop()
        self.dismiss(answer)


def _lines(text: str) -> Text:
    """Return several lines for a label, literally."""
    return Text("\n").join([literal(line, wrap=True) for line in text.split("\n")])


def _slot_words(slot: Slot) -> str:
    """Return a suggestion as it could be typed: `tue 1 dec 10:15`."""
    day = slot.day
    words = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {clock(slot.start)}"
    return words.lower()
