"""The watch list: who was released, since when, and who needs the coach again."""

from __future__ import annotations

from coach_tui.coaching.releasing import Watched
from coach_tui.presentation import dates
from coach_tui.presentation.text import plural
from coach_tui.screens.progress.listing import Listing
from coach_tui.screens.session import Session
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.keyed_table import Column, KeyedTable
from coach_tui.widgets.literal import literal

NOBODY = "Nobody was released yet. On the page of a teacher, p and R show how far it is."


class WatchScreen(Listing):
    """Released coachees by name; the key for the state re-opens one on a moment of need."""

    BINDINGS = bindings("watch", "teacher")
    PLACES = ("watch", "teacher", "list", "app")

    def __init__(self, session: Session) -> None:
        """Begin empty."""
        super().__init__(session)
        self._watched: list[Watched] = []

    @property
    def selected_id(self) -> str | None:
        """The coachee under the cursor."""
        return self.query_one(KeyedTable).current_key

    async def read(self) -> None:
        """Read who was released."""
        self._watched = await self.perform(lambda desk: desk.releasing.watch_list())

    def show(self) -> None:
        """Show them."""
        today = self.session.today()
        self.say_title(
            f"Watch list · {plural(len(self._watched), 'released', 'released')}", "by name"
        )
        table = self.query_one(KeyedTable)
        table.shape([Column("", 20), Column("", 23), Column("", 0)])
        rows = []
        for one in self._watched:
            since = "" if one.since is None else f"since {dates.short(one.since, today).strip()}"
            need = ""
            if one.need is not None:
                need = f"↺ re-entry: {one.need[0]}, {dates.relative(one.need[1], today)}"
            words = (literal(one.coachee.name), literal(f"✓ released {since}"), literal(need))
            rows.append((one.coachee.id, words))
        table.fill(rows)
        table.display = bool(rows)
        self.put("empty", [] if rows else [NOBODY])

    def row_words(self) -> list[str]:
        """Say what can be done."""
        if not self._watched:
            return []
        return [
            "enter: the levels of support; N there: a moment of need; t re-opens, with the need"
        ]

    def action_open(self) -> None:
        """Open the ladder of the coachee under the cursor."""
        from coach_tui.screens.progress.release import ReleaseScreen

        if self.selected_id is not None:
            self.app.push_screen(ReleaseScreen(self.session, self.selected_id))
