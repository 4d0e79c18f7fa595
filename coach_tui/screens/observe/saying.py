"""What stands under the script: one thing at a time, of what was asked for, typed or chosen."""

from __future__ import annotations

from rich.text import Text
from textual import on, work

from coach_tui.coaching.script_lines import as_typed
from coach_tui.domain.observed import asking
from coach_tui.domain.records import Observation
from coach_tui.presentation.commands import COMMANDS, key_words, keys_of
from coach_tui.presentation.observing import asking_words, read_as, strip_words
from coach_tui.presentation.script_text import prefix_words
from coach_tui.presentation.text import cut
from coach_tui.screens.observe.drafting import DraftedLine
from coach_tui.widgets.one_key import ACTIONS
from coach_tui.widgets.script_view import ScriptView

NEXT_ASKED = next(command for command in COMMANDS if command.id == "script.next_asked")

FIRST_TO_GO = ("group", "coach", "")
"""What the hint leaves out where there is no room for all."""


ASKED_AND_LINES = ("asked", "script", "app")
"""Whose keys stand in the footer where something is asked of the chosen line."""


class Saying(DraftedLine):
    """A hint, a question, a choice of keys; the footer follows."""

    _knows_prefixes = True

    def say(self) -> None:
        """Say one thing: what was asked for, what is asked of the line, how it is typed."""
        if self.is_attached:
            self.hint.say(self.with_trouble(self._said_now()))
            self.key_bar.show_places(*self._places_of_keys())

    def _places_of_keys(self) -> tuple[str, ...]:
        if self.is_among_lines and not self._borrowed:
            return ("script", "app") if self._asked_of_chosen() is None else ASKED_AND_LINES
        asked = self._borrowed is None and self.question() is not None
        return ("asked", "observe") if asked else ("observe",)

    def _said_now(self) -> Text | str:
        waiting_for = self.listening_words() or self.tagging_words()
        if waiting_for is not None:
            return waiting_for
        if self._borrowed is not None:
            return self._borrowed.prompt
        if self._just_done:
            return self._just_done
        if not self.is_open or self.is_among_lines:
            return self._words_of_lines()
        return self.completions() or self.question() or self._quiet_words()

    def _quiet_words(self) -> str:
        if self._prompt:
            return self._prompt
        if self.line.value:
            taken = read_as(self._typed_line)
            return f"{taken}  (\\ before it: plain words)" if taken else ""
        begun = self._observation is not None and self._observation.lines
        if begun and self._knows_prefixes:
            return ""
        for left_out in range(len(FIRST_TO_GO) + 1):
            words = "  ".join(prefix_words(self.reader.prefixes, FIRST_TO_GO[:left_out]))
            if len(words) <= self.size.width - 2:
                break
        return words

    def _words_of_lines(self) -> str:
        """Say what is asked of the chosen line, and of an ended observation what it holds."""
        seen = self._observation
        if seen is None:
            return ""
        if not seen.lines:
            return "No lines yet. " + ("Escape goes back to type." if self.is_open else "c adds.")
        rows = [self._asked_of_lines(seen)] if asking(seen) else []
        if seen.end is not None and not seen.quick_notes:
            rows.append(strip_words(seen, self.groups, self.now, self.size.width - 2))
        return "\n".join(rows)

    def _asked_of_lines(self, seen: Observation) -> str:
        asked = self._asked_of_chosen()
        if asked is not None:
            words, question = asked
            return f"{cut(words, 40)}: {question}"
        key = key_words(keys_of(NEXT_ASKED, self.session.settings.keys).split(",")[0])
        return asking_words(seen, key)

    def _asked_of_chosen(self) -> tuple[str, str] | None:
        """Return about which words of the chosen line something is asked, and the question."""
        chosen = self.script.chosen
        if chosen is None or not chosen.marks:
            return None
        found = self.reader.found(as_typed(chosen), chosen.dismissed)
        if not found:
            return None
        first = found[0]
        return chosen.text[first.start : first.end], first.question

    def action_not_here(self) -> None:
        """The question does not fit this line: the one being typed, or the chosen one."""
        if self.is_among_lines:
            self._dismiss_on_chosen()
        else:
            super().action_not_here()
            self.keep_draft()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def _dismiss_on_chosen(self) -> None:
        chosen, asked = self.script.chosen, self._asked_of_chosen()
        if chosen is not None and asked is not None:
            words, _ = asked
            await self.record(lambda desk, id: desk.scripts.dismiss(id, chosen.id, words))

    def action_next_asked(self) -> None:
        """Go to the next line on which a question stands: names first."""
        seen, chosen = self._observation, self.script.chosen
        asked = [] if seen is None else [line.id for line in asking(seen)]
        if not asked:
            self.tell("Nothing is asked of these lines")
            return
        here = asked.index(chosen.id) if chosen is not None and chosen.id in asked else -1
        self.script.choose_id(asked[(here + 1) % len(asked)])
        self.say()

    @on(ScriptView.Chosen)
    def _say_of_chosen(self) -> None:
        self.say()

    def places_of_help(self) -> tuple[str, ...]:
        """Begin with the keys of where she is: among the lines, or while typing."""
        if not self.is_among_lines:
            return self.PLACES
        typing = ("observe", "asked", "more") if self.is_open else ()
        return ("script", "list", *typing, "app")
