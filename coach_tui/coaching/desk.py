"""A coach's desk: the verbs over one open store, with one clock and one set of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach_tui.coaching.action_steps import ActionSteps
from coach_tui.coaching.assessing import Assessing
from coach_tui.coaching.caseload import Caseload
from coach_tui.coaching.clock import Clock
from coach_tui.coaching.coachees import Coachees
from coach_tui.coaching.contacts import Contacts
from coach_tui.coaching.counting import Counting
from coach_tui.coaching.cycling import Cycling
from coach_tui.coaching.evidence import Gathering
from coach_tui.coaching.finding_notes import FindingNotes
from coach_tui.coaching.follow_ups import FollowUps
from coach_tui.coaching.goals import Goals
from coach_tui.coaching.launching import Launching
from coach_tui.coaching.ledger import Ledger
from coach_tui.coaching.meetings import Meetings
from coach_tui.coaching.monitoring import Monitoring
from coach_tui.coaching.moving import Moving
from coach_tui.coaching.observing import Observing
from coach_tui.coaching.planning.busy import Busy, BusyTimes
from coach_tui.coaching.planning.days import DayBook, Days
from coach_tui.coaching.planning.duties import Duties
from coach_tui.coaching.planning.planning import Planning
from coach_tui.coaching.planning.sending import Sending
from coach_tui.coaching.planning.year import SchoolYears
from coach_tui.coaching.profiles import Profiles
from coach_tui.coaching.releasing import Releasing
from coach_tui.coaching.remembering import Remembering
from coach_tui.coaching.scripts import Scripts
from coach_tui.coaching.setting_up import SettingUp
from coach_tui.coaching.sharing import Sharing
from coach_tui.coaching.timeline import Happening, timeline
from coach_tui.domain.records import Coachee, Evidence, GrowthGoal
from coach_tui.domain.statuses import Rules
from coach_tui.store.draft_file import DraftFile
from coach_tui.store.journal_engine import JournalEngine
from coach_tui.store.memory_engine import MemoryEngine
from coach_tui.store.records import RecordStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach_tui.coaching.forgetting import ToForget
    from coach_tui.store.encryption.cipher import Cipher


class Desk:
    """Everything the screens and commands can do; they see no store.

    Each attribute holds the verbs of a noun; `ledger` undoes what they saved; `drafts` is where
    unsaved text is kept, None over a store in memory.
    """

    def __init__(
        self,
        store: RecordStore,
        clock: Clock,
        rules: Rules,
        notices: tuple[str, ...] = (),
        drafts: DraftFile | None = None,
        engine: JournalEngine | None = None,
    ) -> None:
        """Lay out the verbs over `store`; `notices` are what the coach should know of it."""
        self.notices, self.drafts = notices, drafts
        self._engine = engine
        self._store, self.clock, self.rules = store, clock, rules
        self.ledger = Ledger(store, clock)
        self.coachees = Coachees(self.ledger)
        self.observing = Observing(self.ledger)
        self.scripts = Scripts(self.ledger)
        self.counting = Counting(self.ledger)
        self.notes = FindingNotes(self.ledger)
        self.cycling = Cycling(self.ledger, self.observing)
        self.meetings = Meetings(self.ledger, self.observing)
        self.action_steps = ActionSteps(self.ledger)
        self.follow_ups = FollowUps(self.ledger, self.meetings)
        self.contacts = Contacts(self.ledger)
        self.launching = Launching(self.ledger)
        self.setting_up = SettingUp(self.ledger)
        self.moving = Moving(self.ledger)
        self.remembering = Remembering(self.ledger)
        self.sharing = Sharing(self.ledger)
        self.profiles = Profiles(self.ledger)
        self.goals = Goals(self.ledger, self.profiles)
        self.evidence = Gathering(self.ledger)
        self.monitoring = Monitoring(self.ledger, rules)
        self.releasing = Releasing(self.ledger, rules)
        self.assessing = Assessing(self.ledger, self.profiles)
        self.planning = Planning(self.ledger, self.cycling, self.observing)
        self.school_years = SchoolYears(self.ledger)
        self.duties = Duties(self.ledger)
        self.sending = Sending(self.ledger)
        self._day_book = DayBook(store, clock, rules)
        self._busy_times = BusyTimes(clock)

    @property
    def is_set_up(self) -> bool:
        """Whether the first run was finished: there is a coach and a school calendar."""
        return self.setting_up.coach is not None and self.setting_up.calendar is not None

    def caseload(self) -> Caseload:
        """Return the caseload as it stands today."""
        return Caseload(self._store.summary(), self.ledger.today(), self.rules)

    def days(self) -> Days:
        """Return what stands on which day, with the busy times that are read from elsewhere.

        Busy times that cannot be read are left out, and `Days.trouble` says why. They are read here
        where nothing else did: a screen asks for `days_now`, which reads them in another thread.
        """
        calendar = self.setting_up.calendar
        busy = Busy()
        if calendar is not None and calendar.busy_from:
            first, last = calendar.first_day, calendar.last_day
            busy = self._busy_times.between(calendar.busy_from, first, last)
        return self._day_book.days(busy.times, busy.trouble)

    def unread_busy(self) -> Callable[[], object] | None:
        """Return what reads the busy times for `days`, in any thread; None when they are read."""
        calendar = self.setting_up.calendar
        if calendar is None or not calendar.busy_from:
            return None
        first, last = calendar.first_day, calendar.last_day
        return self._busy_times.unread(calendar.busy_from, first, last)

    def timeline(self, coachee: Coachee) -> list[Happening]:
        """Return everything that happened with a coachee, newest first."""
        goals = self._store.where(GrowthGoal, coachee=coachee.id)
        evidence = [item for goal in goals for item in self._store.where(Evidence, goal=goal.id)]
        return timeline(
            coachee,
            self.cycling.of(coachee.id),
            self.observing.of(coachee.id),
            goals,
            evidence,
            self.contacts.of(coachee.id),
            local=self.clock.local,
        )

    def poll(self) -> bool:
        """Take in what another session wrote; returns whether there was anything."""
        return self._store.poll()

    @property
    def is_locked(self) -> bool:
        """Whether the store is encrypted, and was opened with its passphrase."""
        return self._engine is not None and not self._engine.contents.coding.is_plain

    def try_passphrase(self, passphrase: str) -> None:
        """Raise `WrongSecret` unless the passphrase opens the store."""
        from coach_tui.coaching import locking

        locking.open_with(self._journal().directory, passphrase)

    def lock(self, passphrase: str) -> str:
        """Encrypt the store; returns the recovery code. Raises as `locking.lock` does."""
        from coach_tui.coaching import locking

        return locking.lock(self._journal(), passphrase)

    def unlock(self, cipher: Cipher) -> None:
        """Take the encryption off. Raises as `locking.unlock` does."""
        from coach_tui.coaching import locking

        locking.unlock(self._journal(), cipher)

    def to_forget(self, coachee: Coachee) -> ToForget:
        """Return what forgetting the coachee would take away."""
        from coach_tui.coaching import forgetting

        return forgetting.to_forget(self.ledger, coachee)

    def forget(self, wanted: ToForget, cipher: Cipher | None) -> list[str]:
        """Take it away for good; see `forgetting.forget`. The desk is to be closed after it."""
        from coach_tui.coaching import forgetting

        return forgetting.forget(self._journal(), self.ledger, wanted, cipher)

    def _journal(self) -> JournalEngine:
        if self._engine is None:
            raise ValueError("a store in memory has no files")
        return self._engine

    def close(self) -> None:
        """Close the store. What was acknowledged is on disk already; so are drafts, then."""
        if self.drafts is not None:
            self.drafts.close()
        self._store.close()


def open_desk(
    directory: str,
    clock: Clock,
    rules: Rules,
    session: str,
    *,
    create: bool,
    cipher: Cipher | None = None,
) -> Desk:
    """Open the store in `directory`; `cipher` opens a locked one.

    Raises the store's errors, `NotFound` when there is none, `KeyNeeded` for a locked one.
    """
    engine = JournalEngine.open(directory, create=create, session=session, codec=cipher)
    notices = tuple(f"{one.where}: {one.text}" for one in engine.notices)
    drafts = DraftFile(directory, session, cipher)
    return Desk(RecordStore(engine), clock, rules, notices, drafts, engine)


def empty_desk(clock: Clock, rules: Rules) -> Desk:
    """Return a desk over a store in memory: to try what an import would do before there is one."""
    return Desk(RecordStore(MemoryEngine()), clock, rules)
