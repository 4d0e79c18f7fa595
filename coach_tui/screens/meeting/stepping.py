"""The six steps: sentences as prepared, what was said, done marks, prompts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from coach_tui.domain.enumerations import MeetingStep, SentenceSource
from coach_tui.domain.records import Sentence, StepOfMeeting
from coach_tui.presentation.meeting import SENTENCE, origin_of
from coach_tui.presentation.text import plural
from coach_tui.screens.meeting.sheet import OnAMeeting
from coach_tui.widgets.field import Field
from coach_tui.widgets.one_key import ACTIONS

if TYPE_CHECKING:
    from coach_tui.screens.dialogs.form import Answers


class SteppingMeeting(OnAMeeting):
    """Where the steps of a meeting are prepared and held."""

    def _of_step(self, step: MeetingStep) -> StepOfMeeting:
        return self._sheet.meeting.steps[step]

    async def _put(
        self, step: MeetingStep, shown: StepOfMeeting, sentences: tuple[Sentence, ...]
    ) -> None:
        await self.session.perform(
            lambda desk: desk.meetings.change_sentences(self._cycle_id, step, shown, sentences)
        )

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_tick(self) -> None:
        """Mark the step under the cursor as done, or not."""
        step = self.step()
        shown = self._of_step(step)
        await self.perform(
            lambda desk: desk.meetings.change_step(self._cycle_id, step, shown, done=not shown.done)
        )
        await self.take_anew()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_held(self) -> None:
        """Write down what was said in the step under the cursor."""
        await self._write_held(self.step())

    async def _write_held(self, step: MeetingStep) -> None:
        shown = self._of_step(step)

        async def save(answers: Answers) -> None:
            await self.session.perform(
                lambda desk: desk.meetings.change_step(
                    self._cycle_id, step, shown, held=answers["held"], done=True
                )
            )

        prepared = " · ".join(one.text for one in shown.preparation[:3])
        await self._ask(
            f"Said: {step.value}",
            [Field("held", "What was said", shown.held, lines=8)],
            lambda given: {},
            save,
            prepared,
        )
        await self.take_anew()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_add(self) -> None:
        """Add a sentence of the coach's own to the step under the cursor."""
        await self._write_sentence(self.step(), None, Sentence(text="-"), "")

    async def _edit_sentence(self) -> None:
        row, step = self.row, self.step()
        of = self._of_step(step)
        if row is None or row.place >= len(of.preparation):
            return
        sentence = of.preparation[row.place]
        await self._write_sentence(step, row.place, sentence, sentence.text)

    async def _write_sentence(
        self, step: MeetingStep, place: int | None, sentence: Sentence, text: str
    ) -> None:
        """Ask for the words of a sentence; `place` is None for a new one, which comes last."""
        shown = self._of_step(step)

        async def save(answers: Answers) -> None:
            written = sentence.changed(text=answers["text"])
            sentences = list(shown.preparation)
            if place is None:
                sentences.append(written)
            else:
                sentences[place] = written
            await self._put(step, shown, tuple(sentences))

        origin = "" if place is None else origin_of(sentence, self._sheet.observations)
        which = "a new sentence" if place is None else f"sentence {place + 1}"
        await self._ask(
            f"{step.value.capitalize()}: {which}",
            [Field("text", "Sentence", text, lines=4)],
            lambda given: {} if given["text"].strip() else {"text": "write the sentence"},
            save,
            origin,
        )
        await self.take_anew()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_drop(self) -> None:
        """Take the sentence under the cursor out of its step; its note line stays."""
        row, step = self.row, self.step()
        shown = self._of_step(step)
        if row is None or row.kind != SENTENCE or row.place >= len(shown.preparation):
            self.tell("Move to the sentence that you want to take out")
            return
        kept = tuple(one for n, one in enumerate(shown.preparation) if n != row.place)
        await self.perform(
            lambda desk: desk.meetings.change_sentences(self._cycle_id, step, shown, kept)
        )
        self.tell("Taken out of the meeting; the note line stays (u undoes it)")
        await self.take_anew()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_prompts(self) -> None:
        """Offer the questions for this step; one that is picked becomes a sentence of it."""
        step = self.step()
        asked = self.asked(step)
        if not asked:
            self.tell("Every question for this step is hidden in your questions.toml")
            return
        options = [(str(n), question.text) for n, question in enumerate(asked)]
        words = f"{step.value.capitalize()}: {plural(len(asked), 'question')}"
        picked = asked[int(await self._pick(words, options, "The one you pick is added."))]
        shown = self._of_step(step)
        added = Sentence(text=picked.text, source=SentenceSource.QUESTIONS)
        await self.perform(
            lambda desk: desk.meetings.change_sentences(
                self._cycle_id, step, shown, (*shown.preparation, added)
            )
        )
        await self.take_anew()
