"""The practice profiles: the shipped one, your own by file or written here, and their versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from coach_tui.presentation.profile import profile_lines
from coach_tui.presentation.text import plural, visible
from coach_tui.screens.progress.listing import Listing
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.field import Field
from coach_tui.widgets.keyed_table import Column, KeyedTable
from coach_tui.widgets.literal import literal
from coach_tui.widgets.one_key import ACTIONS

if TYPE_CHECKING:
    from coach_tui.domain.records import PracticeProfile
    from coach_tui.screens.dialogs.form import Answers
    from coach_tui.screens.session import Session


class ProfilesScreen(Listing):
    """Every profile and version, by title."""

    BINDINGS = bindings("profiles")
    PLACES = ("profiles", "list", "app")

    def __init__(self, session: Session) -> None:
        """Begin empty."""
        super().__init__(session)
        self._profiles: list[PracticeProfile] = []

    async def read(self) -> None:
        """Read the profiles."""
        self._profiles = await self.perform(lambda desk: desk.profiles.all())

    def show(self) -> None:
        """Show them."""
        self.say_title(f"Practice profiles · {len(self._profiles)}", "levels refer to a version")
        table = self.query_one(KeyedTable)
        table.shape([Column("", 40), Column("", 12), Column("", 0)])
        table.fill(
            [
                (
                    one.id,
                    (
                        literal(one.title),
                        literal(one.version),
                        literal(
                            f"{plural(len(one.functions), 'function')}, "
                            f"{plural(sum(len(f.items) for f in one.functions), 'item')}, "
                            f"{plural(len(one.levels), 'level')}"
                        ),
                    ),
                )
                for one in self._profiles
            ]
        )

    def row_words(self) -> list[str]:
        """Return the levels of the profile under the cursor."""
        profile = self._current()
        if profile is None:
            return []
        return [f"Levels, lowest first: {', '.join(visible(one.name) for one in profile.levels)}"]

    def _current(self) -> PracticeProfile | None:
        key = self.query_one(KeyedTable).current_key
        return next((one for one in self._profiles if one.id == key), None)

    def action_open(self) -> None:
        """Read the profile under the cursor."""
        profile = self._current()
        if profile is not None:
            from coach_tui.screens.dialogs.page import Page

            self.app.push_screen(Page(profile_lines(profile)))

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_take(self) -> None:
        """Take in a profile from a file."""

        async def save(answers: Answers) -> None:
            await self.session.perform(lambda desk: desk.profiles.take_in(answers["path"]))

        await self._ask(
            "Take in a practice profile",
            [Field("path", "File", hint="~/my-practice.toml, or .json")],
            lambda given: {} if given["path"].strip() else {"path": "give the name of a file"},
            save,
            "b writes a blank one to a file, to be filled in.",
        )
        self.tell("Practice profile taken in")
        await self.on_desk_changed()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_write(self) -> None:
        """Write a profile here, beginning with a blank one."""
        blank = await self.perform(lambda desk: desk.profiles.blank())

        async def save(answers: Answers) -> None:
            await self.session.perform(lambda desk: desk.profiles.write(answers["text"]))

        await self._ask(
            "Write a practice profile",
            [Field("text", "In TOML", blank, lines=14)],
            lambda given: {},
            save,
            "A changed profile is another version: what was named with the old one stays.",
        )
        self.tell("Practice profile saved")
        await self.on_desk_changed()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_blank(self) -> None:
        """Write a blank profile to a new file."""

        async def save(answers: Answers) -> None:
            await self.session.perform(lambda desk: desk.profiles.copy_blank(answers["path"]))

        answers = await self._ask(
            "Write a blank practice profile",
            [Field("path", "To the file", "~/my-practice.toml")],
            lambda given: {} if given["path"].strip() else {"path": "give the name of a file"},
            save,
        )
        self.tell(f"Written to {answers['path']}")

    def action_assess(self) -> None:
        """Open your own self-assessments."""
        from coach_tui.screens.progress.assessment import AssessmentScreen

        self.app.push_screen(AssessmentScreen(self.session, None))
