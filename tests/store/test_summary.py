"""The summary beside the store says what the store says, or is not believed."""

from __future__ import annotations

import json
import os
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
)

from coach_tui import __version__
from coach_tui.domain.enumerations import CycleStage, EvidenceMode, LineKind
from coach_tui.domain.records import NoteLine, PriorityGroup, Record
from coach_tui.store import deriving, plain, summary, thin
from coach_tui.store.errors import Corrupt, NeedsUpgrade
from coach_tui.store.live_summary import LiveSummary
from coach_tui.store.memory_engine import MemoryEngine
from coach_tui.store.records import RecordStore
from coach_tui.store.summary import Summary
from tests.store.samples import (
    HOSTILE,
    NOW,
    calendar,
    coach,
    coachee,
    cycle,
    everything,
    evidence,
    goal,
    held_meeting,
    later,
    observation,
    opened,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def store(folder: Path) -> RecordStore:
    engine = opened(folder)
    store = RecordStore(engine)
    store.save(coach(), calendar(), coachee("ana"), coachee("bea"), observation(), at=NOW)
    engine.compact()
    store.poll()
    return store


def read(folder: Path) -> Summary:
    found = summary.read(str(folder))
    assert found is not None
    return found


def derived(folder: Path) -> Summary:
    """The summary by the slow way, from the snapshot and the journal alone."""
    found = plain.read_store(str(folder))
    assert found is not None
    header, tables = found
    return deriving.derive(tables, store=header.id, sequence=header.sequence)


def kept(folder: Path) -> Any:
    return json.loads((folder / "coach.summary.json").read_bytes())


def test_no_store_has_no_summary(folder: Path) -> None:
    assert summary.read(str(folder)) is None
    folder.mkdir()
    assert summary.read(str(folder)) is None


def test_a_new_store_has_an_empty_one(folder: Path) -> None:
    engine = opened(folder)
    assert read(folder) == Summary(store=engine.store)
    assert read(folder).school_days() is None


def test_it_says_who_is_coached_by_whom_and_when_school_is_held(
    store: RecordStore, folder: Path
) -> None:
    found = read(folder)
    assert (found.coach, found.sequence) == ("Rosa", 1)
    assert [facts.id for facts in found.facts] == ["ana", "bea"]
    assert found.facts[0].last_observation == NOW.date()
    assert found == store.summary() == derived(folder)
    assert found.facts == store.facts()


def test_its_school_days_are_those_of_the_calendar(store: RecordStore, folder: Path) -> None:
    ours, theirs = read(folder).school_days(), calendar().school_days()
    assert ours is not None
    assert (ours.first, ours.last, len(ours)) == (theirs.first, theirs.last, len(theirs))
    year = [ours.first + timedelta(days=n) for n in range((ours.last - ours.first).days + 1)]
    assert [day in ours for day in year] == [day in theirs for day in year]


def test_it_is_read_without_the_snapshots_documents(store: RecordStore, folder: Path) -> None:
    path = folder / "coach.json"
    status = path.stat()
    header, rest = path.read_bytes().split(b"\n", 1)
    path.write_bytes(header + b"\n" + b"?" * len(rest))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert read(folder) == store.summary()


def test_it_comes_back_from_its_plain_form(store: RecordStore) -> None:
    plain = json.loads(json.dumps(store.summary().to_plain()))
    assert Summary.from_plain(plain) == store.summary()


def test_it_names_nobody_in_its_representation(store: RecordStore) -> None:
    assert "Ana" not in repr(store.summary())
    assert "Rosa" not in repr(store.summary())


# ------------------------------------------------------------------------------------ not believed


def lie(folder: Path) -> None:
    """Make the kept summary say something else, so that believing it would show."""
    plain = kept(folder)
    plain["coach"] = "a lie"
    (folder / "coach.summary.json").write_text(json.dumps(plain))
    assert read(folder).coach == "a lie"


def test_an_older_summary_is_not_believed(store: RecordStore, folder: Path) -> None:
    lie(folder)
    old = (folder / "coach.summary.json").read_bytes()
    store.save(coachee("eve"), at=NOW)
    (folder / "coach.summary.json").write_bytes(old)
    assert read(folder) == store.summary() == derived(folder)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("store", "another"),
        ("schema", 0),
        ("sequence", 2),
        ("written_at", "2025-10-01T12:00:01+00:00"),
        ("size", 1),
        ("head", "0" * 64),
        ("journal_size", 1),
        ("version", "0.0.0"),
    ],
)
def test_a_summary_of_anything_else_is_not_believed(
    store: RecordStore, folder: Path, name: str, value: object
) -> None:
    lie(folder)
    plain = kept(folder)
    assert plain["of"][name] != value
    plain["of"][name] = value
    (folder / "coach.summary.json").write_text(json.dumps(plain))
    assert read(folder) == store.summary()


def touch(folder: Path) -> None:
    """Give the files other times, as copying them does."""
    for name in ("coach.json", "coach.journal.jsonl"):
        os.utime(folder / name, ns=(1, 1))


@pytest.mark.parametrize("committed", [False, True])
def test_it_is_believed_beside_files_that_were_copied(
    store: RecordStore, folder: Path, committed: bool
) -> None:
    if committed:
        store.save(coachee("eve"), at=NOW)
        store.poll()
    lie(folder)
    touch(folder)
    assert read(folder).coach == "a lie"


@pytest.mark.parametrize("name", ["coach.json", "coach.journal.jsonl"])
def test_it_is_not_believed_beside_files_that_were_changed_in_their_place(
    store: RecordStore, folder: Path, name: str
) -> None:
    store.save(coachee("ana", name="Ann", revision=1), at=NOW)
    store.poll()
    lie(folder)
    path = folder / name
    data = path.read_bytes()
    place = data.rfind(b"Bea" if name == "coach.json" else b"Ann")
    path.write_bytes(data[:place] + b"Eve" + data[place + 3 :])
    touch(folder)
    assert read(folder).coach == "Rosa"


def test_a_head_that_is_not_the_journals_is_not_believed(store: RecordStore, folder: Path) -> None:
    lie(folder)
    plain = kept(folder)
    (folder / "coach.summary.json").write_text(json.dumps({**plain, "head": "0" * 64}))
    touch(folder)
    assert read(folder).coach == "Rosa"


def test_facts_come_from_a_line_at_a_time_as_from_the_whole(
    store: RecordStore, folder: Path
) -> None:
    script = NoteLine(id="l", time=NOW, speaker="T", kind=LineKind.ACTION, text=HOSTILE)
    store.save(observation("long", lines=[script]), goal(), evidence(), at=NOW)
    opened(folder).compact()
    found, whole = thin.read_thin(str(folder / "coach.json")), plain.read_store(str(folder))
    assert found is not None
    assert whole is not None
    assert "lines" not in found[1]["observations"]["long"]
    assert whole[1]["observations"]["long"]["lines"]
    assert deriving.derive(found[1]) == deriving.derive(whole[1])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b",\n", b"\n"),
        (b'"seal":', b'"sael":'),
        (b'"coachees":{\n', b'"coachees": {\n'),
        (b'"coachees":{\n', b'"coachees":{\n"x":{},\n'),
        (b'"revision":1', b'"revision":-1'),
        (b"}}}\n", b"}}\n"),
        (b'"schema":2', b'"schema":1'),
        (b"\n},\n", b",\n},\n"),
        (b"}}}\n", b"}}}\n{}"),
        (b'"seal":{', b'"calendar":{\n},\n"seal":{'),
    ],
)
def test_what_is_laid_out_otherwise_is_read_as_a_whole(
    store: RecordStore, folder: Path, old: bytes, new: bytes
) -> None:
    path = folder / "coach.json"
    assert thin.read_thin(str(path)) is not None
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))
    assert thin.read_thin(str(path)) is None


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b'{"of":{}}', b"\xff", b"[" * 100_000]
)
def test_an_unreadable_summary_is_not_believed(
    store: RecordStore, folder: Path, content: bytes
) -> None:
    (folder / "coach.summary.json").write_bytes(content)
    assert read(folder) == store.summary()


def test_a_summary_whose_facts_are_of_another_shape_is_not_believed(
    store: RecordStore, folder: Path
) -> None:
    shapes: list[Any] = [[{}], None, [{"id": "ana"}], 7]
    for shape in shapes:
        plain = {**kept(folder), "facts": shape}
        (folder / "coach.summary.json").write_text(json.dumps(plain))
        assert read(folder) == store.summary()


def test_a_missing_or_linked_summary_is_not_believed(
    store: RecordStore, folder: Path, tmp_path: Path
) -> None:
    lie(folder)
    (folder / "coach.summary.json").rename(tmp_path / "elsewhere")
    assert read(folder) == store.summary()
    (folder / "coach.summary.json").unlink()
    (folder / "coach.summary.json").symlink_to(tmp_path / "elsewhere")
    assert read(folder) == store.summary()


def test_a_snapshot_edited_by_hand_is_read_itself(store: RecordStore, folder: Path) -> None:
    path = folder / "coach.json"
    path.write_text(path.read_text().replace('"name":"Ana"', '"name":"Amy"'))
    assert [facts.name for facts in read(folder).facts] == ["Amy", "Bea"]


@pytest.mark.parametrize("rotated", [False, True])
def test_beside_an_older_copy_the_journal_and_history_are_read(
    store: RecordStore, folder: Path, tmp_path: Path, rotated: bool
) -> None:
    shutil.copy(folder / "coach.json", tmp_path / "old")
    store.save(coachee("eve"), at=NOW)
    if rotated:
        opened(folder).compact()
    shutil.copy(tmp_path / "old", folder / "coach.json")
    assert [facts.id for facts in read(folder).facts] == ["ana", "bea", "eve"]


def test_a_commit_in_the_journal_is_read_and_then_kept(store: RecordStore, folder: Path) -> None:
    store.save(coachee("eve"), at=NOW)
    assert kept(folder)["sequence"] == 1
    assert read(folder) == store.summary() == derived(folder)
    store.poll()
    assert kept(folder)["sequence"] == 2
    assert kept(folder)["of"]["sequence"] == 1
    lie(folder)


def test_a_damaged_snapshot_is_made_up_for_by_what_else_is_there(
    store: RecordStore, folder: Path
) -> None:
    expected = store.summary()
    path = folder / "coach.json"
    path.write_bytes(path.read_bytes()[:-300])
    assert read(folder) == expected


def test_opening_makes_it_anew_when_it_is_old(store: RecordStore, folder: Path) -> None:
    (folder / "coach.summary.json").unlink()
    opened(folder, create=False)
    assert kept(folder)["of"]["sequence"] == 1
    lie(folder)


# ------------------------------------------------------------------------------------------ damage


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"state":"not_launched"', '"status":"not_launched"'),
        ('"launch":{"date":null', '"launch":{"date":"secret"'),
        ('"coachee":"ana"', '"coachee":7'),
        ('"name":"Rosa"', '"name":null'),
        ('"weekdays":[0', '"weekdays":[8'),
        ('"first_day":"2025-08-18"', '"first_day":"secret"'),
        ('"start":"2025-10-01T12:00:00Z"', '"started":"secret"'),
    ],
)
def test_documents_from_which_it_cannot_come_are_named_without_their_content(
    store: RecordStore, folder: Path, old: str, new: str
) -> None:
    path = folder / "coach.json"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    with pytest.raises(Corrupt) as caught:
        read(folder)
    assert "secret" not in str(caught.value)
    assert caught.value.__context__ is None
    assert any(table in str(caught.value) for table in ("coach", "calendar", "observations"))


def test_a_damaged_or_newer_snapshot_is_said(store: RecordStore, folder: Path) -> None:
    path = folder / "coach.json"
    whole = path.read_text()
    path.write_text(whole.replace('"schema":2', '"schema":7'))
    with pytest.raises(NeedsUpgrade):
        summary.read(str(folder))
    for name in ("backups", "history"):
        shutil.rmtree(folder / name)
    (folder / "coach.journal.jsonl").unlink()
    path.write_text(whole[:-3])
    with pytest.raises(Corrupt, match="not JSON"):
        summary.read(str(folder))
    path.write_text("")
    with pytest.raises(Corrupt):
        summary.read(str(folder))


# ----------------------------------------------------------------------------------- at every step

NAMES = st.sampled_from(["ana", "bea", "eve", "kim", "lou", "mia"])
DAYS = st.integers(0, 200).map(lambda number: date(2025, 9, 1) + timedelta(days=number))


class SummaryFollowsTheStore(RuleBasedStateMachine):
    """Saves of every kind that facts come from, by two sessions; the summary is right each time."""

    stored: Bundle[Record] = Bundle("stored")
    goals: Bundle[Record] = Bundle("goals")

    @initialize()
    def open_two_sessions(self) -> None:
        import tempfile

        self.home = tempfile.TemporaryDirectory()
        self.folder = Path(self.home.name) / "store"
        self.engines = [opened(self.folder), opened(self.folder)]
        self.stores = [RecordStore(engine) for engine in self.engines]
        self.model = RecordStore(MemoryEngine(store=self.engines[0].store))
        self.number = 0
        self.save(False, coachee("ana"), coachee("bea"), coachee("eve"))

    def save(self, session: bool, *records: Record) -> tuple[Record, ...]:
        self.number += 1
        saved = self.stores[session].save(*records, at=later(seconds=self.number))
        self.model.save(*records, at=later(seconds=self.number))
        return saved.records

    def seen(self, session: bool, kind: type[Record], id: str) -> Record | None:
        self.engines[session].poll()
        return self.stores[session].get(kind, id)

    @rule(session=st.booleans(), id=NAMES, name=st.text(min_size=1), groups=st.integers(0, 2))
    def save_coachee(self, session: bool, id: str, name: str, groups: int) -> None:
        labels = tuple(PriorityGroup(label=f"group {number}") for number in range(groups))
        new = coachee(id, name=f"x{name}", priority_groups=labels)
        before = self.seen(session, type(new), id)
        self.save(session, new.changed(revision=before.revision if before else 0))

    @rule(target=stored, session=st.booleans(), of=NAMES, day=DAYS, ended=st.booleans())
    def observe(self, session: bool, of: str, day: date, ended: bool) -> Record:
        moment = NOW + (day - NOW.date())
        times = {"date": day, "start": moment, "end": moment if ended else None}
        return self.save(session, observation(f"o{self.number}", of, **times))[0]

    @rule(target=stored, session=st.booleans(), of=NAMES, day=DAYS, held=st.booleans())
    def meet(self, session: bool, of: str, day: date, held: bool) -> Record:
        stage = {"stage": CycleStage.FEEDBACK_HELD, "meeting": held_meeting(day)} if held else {}
        return self.save(session, cycle(f"c{self.number}", of, **stage))[0]

    @rule(target=goals, session=st.booleans(), of=NAMES, day=DAYS)
    def set_goal(self, session: bool, of: str, day: date) -> Record:
        return self.save(session, goal(f"g{self.number}", of, agreed_on=day))[0]

    @rule(goal=goals, session=st.booleans(), day=DAYS, journal=st.booleans())
    def gather_evidence(self, goal: Record, session: bool, day: date, journal: bool) -> None:
        mode = EvidenceMode.JOURNALING if journal else EvidenceMode.VIDEO
        self.save(session, evidence(f"e{self.number}", goal.id, date=day, mode=mode))

    @rule(target=goals, goal=consumes(goals), session=st.booleans(), of=NAMES)
    def move_goal(self, goal: Record, session: bool, of: str) -> Record:
        return self.save(session, goal.changed(coachee=of))[0]

    @rule(target=stored, record=consumes(stored), session=st.booleans(), of=NAMES)
    def move_to_another_coachee(self, record: Record, session: bool, of: str) -> Record:
        return self.save(session, record.changed(coachee=of))[0]

    @rule(record=consumes(stored), session=st.booleans())
    def delete(self, record: Record, session: bool) -> None:
        for each in (self.stores[session], self.model):
            each.save(at=NOW, deleted=[record])

    @rule(session=st.booleans(), id=NAMES)
    def delete_coachee(self, session: bool, id: str) -> None:
        before = self.seen(session, type(coachee()), id)
        if before is not None:
            self.delete(before, session)

    @rule(session=st.booleans(), last=DAYS, name=st.text())
    def set_up(self, session: bool, last: date, name: str) -> None:
        new = [coach(name=f"x{name}"), calendar(last_day=max(last, date(2025, 8, 19)))]
        found = [self.seen(session, type(record), record.id) for record in new]
        self.save(
            session,
            *(
                record.changed(revision=before.revision if before else 0)
                for record, before in zip(new, found, strict=True)
            ),
        )

    @rule(session=st.booleans())
    def open_anew(self, session: bool) -> None:
        self.engines[session] = opened(self.folder)
        self.stores[session] = RecordStore(self.engines[session])

    @rule()
    def lose_the_summary(self) -> None:
        (self.folder / "coach.summary.json").unlink(missing_ok=True)

    @invariant()
    def every_way_to_it_gives_the_same(self) -> None:
        expected = derived(self.folder)
        assert read(self.folder) == expected
        assert self.model.summary() == expected
        for engine, store in zip(self.engines, self.stores, strict=True):
            engine.poll()
            assert store.summary() == expected
            assert everything(engine) == everything(opened(self.folder))

    def teardown(self) -> None:
        self.home.cleanup()


SummaryFollowsTheStore.TestCase.settings = settings(
    max_examples=25, stateful_step_count=15, deadline=None
)
TestSummaryFollowsTheStore = SummaryFollowsTheStore.TestCase


def test_after_a_kill_only_what_followed_is_looked_at(
    store: RecordStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(coachee("eve"), at=NOW)
    store.poll()
    store.save(coachee("kim"), at=NOW)
    expected = store.summary()
    derivations: list[object] = []
    real = LiveSummary._derive

    def counted(self: LiveSummary, sequence: int) -> Summary:
        derivations.append(sequence)
        return real(self, sequence)

    monkeypatch.setattr(LiveSummary, "_derive", counted)
    assert kept(folder)["sequence"] == 2
    assert RecordStore(opened(folder)).summary() == expected
    assert derivations == []
    plain_kept = {
        **kept(folder),
        "sequence": 2,
        "head": "0" * 64,
        "facts": [],
        "of": {"version": 0},
    }
    plain_kept["of"] = {**plain_kept["of"], "version": __version__}
    (folder / "coach.summary.json").write_text(json.dumps(plain_kept))
    assert RecordStore(opened(folder)).summary() == expected
    assert derivations == [3]
