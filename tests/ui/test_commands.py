"""Every command is something that its screen can do."""

from __future__ import annotations

import pytest
from textual.dom import DOMNode

from coach_tui.app import CoachApp
from coach_tui.presentation.commands import COMMANDS, PLACES, Command
from coach_tui.screens.calendar.district import DistrictScreen
from coach_tui.screens.calendar.proposals import CatchUpScreen, DisplacedScreen
from coach_tui.screens.calendar.screen import CalendarScreen
from coach_tui.screens.calendar.sending import SendingScreen
from coach_tui.screens.calendar.time_share import TimeShareScreen
from coach_tui.screens.caseload import CaseloadScreen
from coach_tui.screens.coachee.screen import CoacheeScreen
from coach_tui.screens.dialogs.choice import Pick
from coach_tui.screens.dialogs.form import Form
from coach_tui.screens.dialogs.locked import LockedScreen
from coach_tui.screens.dialogs.picker import Picker
from coach_tui.screens.dialogs.plan import PlanDialog
from coach_tui.screens.dialogs.share import ShareDialog
from coach_tui.screens.dialogs.unsaved import Unsaved
from coach_tui.screens.history.screen import HistoryScreen
from coach_tui.screens.meeting.launch import LaunchScreen
from coach_tui.screens.meeting.screen import MeetingScreen
from coach_tui.screens.notes.practice import PracticeScreen
from coach_tui.screens.notes.screen import NotesScreen
from coach_tui.screens.observe import ObserveScreen
from coach_tui.screens.progress.assessment import AssessmentScreen
from coach_tui.screens.progress.evidence import EvidenceScreen
from coach_tui.screens.progress.goal import GoalScreen
from coach_tui.screens.progress.lines import ChooseLines
from coach_tui.screens.progress.plan import PlanScreen
from coach_tui.screens.progress.profiles import ProfilesScreen
from coach_tui.screens.progress.release import ReleaseScreen
from coach_tui.screens.progress.screen import ProgressScreen
from coach_tui.screens.progress.teacher import TeacherProgressScreen
from coach_tui.screens.progress.watching import WatchScreen
from coach_tui.screens.roster import RosterScreen
from coach_tui.screens.today.screen import TodayScreen
from coach_tui.screens.welcome import WelcomeScreen
from coach_tui.widgets.keyed_table import KeyedTable
from coach_tui.widgets.matrix_table import MatrixTable

HOLDERS: dict[str, tuple[type[DOMNode], ...]] = {
    "app": (CoachApp,),
    "list": (KeyedTable,),
    "teacher": (
        CaseloadScreen,
        TodayScreen,
        CoacheeScreen,
        MeetingScreen,
        LaunchScreen,
        ProgressScreen,
    ),
    "today": (TodayScreen,),
    "caseload": (CaseloadScreen,),
    "coachee": (CoacheeScreen,),
    "calendar": (CalendarScreen,),
    "plan": (PlanDialog,),
    "proposed": (CatchUpScreen, DisplacedScreen),
    "district": (DistrictScreen,),
    "time_share": (TimeShareScreen,),
    "send": (SendingScreen,),
    "observe": (ObserveScreen,),
    "asked": (ObserveScreen,),
    "more": (ObserveScreen,),
    "script": (ObserveScreen,),
    "notes": (NotesScreen,),
    "practice": (PracticeScreen,),
    "meeting": (MeetingScreen,),
    "launch": (LaunchScreen,),
    "progress": (ProgressScreen,),
    "matrix": (MatrixTable,),
    "growth": (TeacherProgressScreen,),
    "goal": (GoalScreen,),
    "evidence": (EvidenceScreen,),
    "release": (ReleaseScreen,),
    "watch": (WatchScreen,),
    "profiles": (ProfilesScreen,),
    "assessment": (AssessmentScreen,),
    "coaching_plan": (PlanScreen,),
    "lines": (ChooseLines,),
    "roster": (RosterScreen,),
    "form": (Form, Pick, Picker),
    "share": (ShareDialog,),
    "history": (HistoryScreen,),
    "unsaved": (Unsaved,),
    "locked": (LockedScreen,),
    "welcome": (WelcomeScreen,),
}


def test_every_place_has_its_screen() -> None:
    assert HOLDERS.keys() == PLACES.keys()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_the_screen_has_a_method_for_the_command(command: Command) -> None:
    for holder in HOLDERS[command.place]:
        assert callable(getattr(holder, f"action_{command.action}", None))
