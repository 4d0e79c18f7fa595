"""Self-assessments of a teacher, a team, or the coach: entered together, or taken from a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Self

from textual import work

from coach_tui.domain.enumerations import AssessmentWindow, Party
from coach_tui.domain.progress.assessing import NOT_LOOKED_AT
from coach_tui.presentation.profile import assessment_lines, assessment_title, before_of
from coach_tui.presentation.progress import PARTIES
from coach_tui.presentation.reading import read_date
from coach_tui.presentation.text import plural, visible
from coach_tui.screens.base import NotDone
from coach_tui.screens.progress.listing import Listing
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.field import Field
from coach_tui.widgets.keyed_table import Column, KeyedTable
from coach_tui.widgets.literal import literal
from coach_tui.widgets.one_key import ACTIONS

if TYPE_CHECKING:
    from coach_tui.coaching.assessing import Assessed
    from coach_tui.coaching.desk import Desk
    from coach_tui.domain.records import PracticeProfile
    from coach_tui.exchange.assessments import AssessmentPlan
    from coach_tui.screens.dialogs.form import Answers, Save
    from coach_tui.screens.session import Session

NONE = """No self-assessment yet.

  a   assess with a practice profile, function by function
  i   take assessments in from a table (.csv, .xlsx)"""

_WINDOWS = tuple(window.value for window in AssessmentWindow)
_PARTIES = tuple(party.value for party in Party)
_REFUSALS_SHOWN = 8


class AssessmentScreen(Listing):
    """The assessments of one coachee, or of the coach, with what changed in words."""

    BINDINGS = bindings("assessment")
    PLACES = ("assessment", "list", "app")

    def __init__(self, session: Session, coachee: str | None) -> None:
        """Show those of the coachee with this id, the coach's own for None."""
        super().__init__(session)
        self._coachee_id = coachee
        self._name = "your own"
        self._found: list[Assessed] = []

    def draft_place(self) -> dict[str, str]:
        """Say where this is found again."""
        return {**self.own_place(), "coachee": self._coachee_id or ""}

    @classmethod
    async def again(cls, session: Session, place: Mapping[str, str]) -> Self:
        """Make the screen of a `draft_place`."""
        return cls(session, place["coachee"] or None)

    @property
    def selected_id(self) -> str | None:
        """The coachee of this page."""
        return self._coachee_id

    async def read(self) -> None:
        """Read the assessments."""

        def read(desk: Desk) -> tuple[str, list[Assessed]]:
            id = self._coachee_id
            name = "your own" if id is None else desk.coachees.get(id).name
            return name, desk.assessing.of(id)

        self._name, self._found = await self.perform(read)

    def show(self) -> None:
        """Show each assessment with its functions, the newest first."""
        self.say_title(f"Self-assessment · {self._name}", "in words of the practice profile")
        table = self.query_one(KeyedTable)
        table.shape([Column("", 46), Column("", 0)])
        everything = [one.assessment for one in self._found]
        rows = []
        for one in reversed(self._found):
            of = one.assessment
            title = one.profile.title if one.profile else of.profile
            by = f"named by {PARTIES[of.named_by.value]}"
            heading = (
                literal(assessment_title(of), "bold"),
                literal(f"{title} {of.version}, {by}"),
            )
            rows.append((of.id, heading))
            before = before_of(of, everything)
            lines = assessment_lines(of, before, one.profile)
            rows += [
                (f"{of.id} {number}", (literal(f"  {label}"), literal(words)))
                for number, (label, words) in enumerate(lines)
            ]
            if of.note.strip():
                rows.append((f"{of.id} note", (literal("  Note"), literal(of.note))))
        table.fill(rows)
        table.display = bool(rows)
        self.put("empty", [] if rows else [NONE])

    def row_words(self) -> list[str]:
        """Return the essential function under the cursor and what changed in it, in full."""
        id, _, place = (self.query_one(KeyedTable).current_key or "").partition(" ")
        everything = [one.assessment for one in self._found]
        for one in self._found:
            if one.assessment.id == id and place.isdecimal():
                before = before_of(one.assessment, everything)
                label, words = assessment_lines(one.assessment, before, one.profile)[int(place)]
                return [f"{label}: {words}"]
        return []

    def action_open(self) -> None:
        """Change the assessment under the cursor."""
        key = (self.query_one(KeyedTable).current_key or "").partition(" ")[0]
        found = next((one for one in self._found if one.assessment.id == key), None)
        if found is not None:
            self._change(found)

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def _change(self, found: Assessed) -> None:
        if found.profile is None:
            self.tell("This version of the practice profile is not here")
            return
        await self._assess(found.profile, found)

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_add(self) -> None:
        """Assess with a practice profile."""
        await self._assess(await self._profile(), None)

    async def _profile(self) -> PracticeProfile:
        profiles = await self.perform(lambda desk: desk.profiles.all())
        if len(profiles) == 1:
            return profiles[0]
        options = [(one.id, f"{one.title} {one.version}") for one in profiles]
        picked = await self._pick("With which practice profile?", options)
        return next(one for one in profiles if one.id == picked)

    async def _assess(self, profile: PracticeProfile, found: Assessed | None) -> None:
        known = {} if found is None else {o.function: o.level for o in found.assessment.levels}
        choices = (NOT_LOOKED_AT, *(level.name for level in profile.levels))
        of = None if found is None else found.assessment

        async def save(answers: Answers) -> None:
            levels = {
                one.key: None
                if answers[f"f {one.key}"] == NOT_LOOKED_AT
                else answers[f"f {one.key}"]
                for one in profile.functions
            }
            day = read_date(answers["day"], self.session.today())
            await self.session.perform(
                lambda desk: desk.assessing.save(
                    self._coachee_id,
                    profile,
                    AssessmentWindow(answers["window"]),
                    day,
                    levels,
                    named_by=Party(answers["named_by"]),
                    note=answers["note"],
                    shown=of,
                )
            )

        fields = [
            Field("window", "Window", of.window.value if of else _WINDOWS[0], _WINDOWS),
            *(
                Field(f"f {one.key}", _short(one.key), known.get(one.key) or NOT_LOOKED_AT, choices)
                for one in profile.functions
            ),
            Field("named_by", "Named by", of.named_by.value if of else _PARTIES[0], _PARTIES),
            Field("note", "Note", of.note if of else "", lines=3),
            Field("day", "Date", of.date.isoformat() if of else "today"),
        ]
        await self._ask(
            f"Self-assessment: {self._name}",
            fields if self._coachee_id else [one for one in fields if one.name != "named_by"],
            self._needs_day,
            save if self._coachee_id else self._own(save),
            f"{profile.title} {profile.version}. Not looked at is no level.",
        )
        self.tell("Self-assessment saved")
        await self.on_desk_changed()

    @staticmethod
    def _own(save: Save) -> Save:
        """Return `save` for the coach's own: she alone names it."""

        async def own(answers: Answers) -> None:
            await save({**answers, "named_by": Party.COACH.value})

        return own

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_take(self) -> None:
        """Take in assessments from a table: shown first, then saved."""
        profile = await self._profile()
        plans: list[AssessmentPlan] = []

        async def plan(answers: Answers) -> None:
            path = answers["path"]
            plans.append(
                await self.session.perform(lambda desk: desk.assessing.plan_import(path, profile))
            )

        await self._ask(
            "Take in self-assessments",
            [Field("path", "File", hint="~/sapp.csv")],
            lambda given: {} if given["path"].strip() else {"path": "give the name of a file"},
            plan,
            "Columns: name or id, window (baseline, interim, end), date, one for each function.",
        )
        await self._confirm(plans[-1], profile)
        await self.on_desk_changed()

    async def _confirm(self, found: AssessmentPlan, profile: PracticeProfile) -> None:
        lines = [f"line {line}: {visible(why)}" for line, why in found.refused[:_REFUSALS_SHOWN]]
        if len(found.refused) > _REFUSALS_SHOWN:
            lines.append(f"and {len(found.refused) - _REFUSALS_SHOWN} more")
        refused = f"Left out: {'; '.join(lines)}" if lines else ""
        if not found.rows:
            self.complain(f"There is nothing to take in. {refused}")
            raise NotDone
        count = plural(len(found.rows), "assessment")
        question = f"Take in {count} with {profile.title} {profile.version}?"
        await self._pick(question, [("yes", f"Take in {count}")], refused)
        saved = await self.perform(lambda desk: desk.assessing.take_in(found, profile))
        self.tell(f"{plural(saved, 'assessment')} taken in (u undoes it)")


def _short(key: str) -> str:
    """Return the key of an essential function as a label: its title would take three lines."""
    return key.replace("-", " ").replace("_", " ").capitalize()
