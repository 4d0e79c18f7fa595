"""What belongs to somebody who is to be forgotten, and what others still tell of them."""

from __future__ import annotations

import gzip
from pathlib import Path

from coach_tui.coaching.clock import SettableClock
from coach_tui.coaching.desk import open_desk
from coach_tui.domain.enumerations import CoacheeKind
from coach_tui.domain.records import CalendarFeed, Share
from coach_tui.domain.records.feed import SentEvent
from coach_tui.domain.statuses import Rules
from tests.support import NOW, TODAY, ZONE, add_launched, plan_visit, school_year

SHA = "0" * 64


def test_everything_of_one_goes_and_nothing_of_another(tmp_path: Path) -> None:
    folder = str(tmp_path / "store")
    desk = open_desk(folder, SettableClock(NOW, ZONE), Rules(), "test", create=True)
    desk.ledger.save("Set up", school_year())
    ana, bo = add_launched(desk, "Ana Ruiz"), add_launched(desk, "Bo Anaruizson")
    desk.coachees.pair(ana, bo)
    desk.observing.note(ana, ["T greets"])
    desk.observing.note(bo, ["T waits"])
    plan_visit(desk, desk.coachees.get(ana.id), TODAY)
    cycle = desk.cycling.planned(ana.id)
    assert cycle is not None
    own = {"created_at": NOW, "updated_at": NOW}
    events = tuple(
        SentEvent(uid=uid, title=title, changed_at=NOW)
        for uid, title in (
            (f"{cycle.id}-visit@coach-tui", "Visit"),
            ("other-visit@coach-tui", "Visit ANA RUIZ"),
            ("third-visit@coach-tui", "Visit Bo Anaruizson"),
        )
    )
    shared = {"what": "calendar", "recipient": "me", "shared_at": NOW, "sha256": SHA}
    desk.ledger.save(
        "More",
        CalendarFeed(id="feed", events=events, **own),
        Share(id="one", text="Ana Ruiz at nine", **shared, **own),
        Share(id="two", text="Bo at ten", **shared, **own),
    )
    wanted = desk.to_forget(desk.coachees.get(ana.id))
    assert wanted.counts() == {"coachees": 1, "cycles": 1, "observations": 1, "shares": 1}
    assert wanted.elsewhere == ()
    assert desk.forget(wanted, None) == []
    desk.close()
    after = open_desk(folder, SettableClock(NOW, ZONE), Rules(), "test", create=False)
    assert [one.name for one in after.coachees.all()] == ["Bo Anaruizson"]
    assert after.coachees.get(bo.id).reciprocal_pair is None
    assert [one.id for one in after.ledger.store.all(Share)] == ["two"]
    (feed,) = after.ledger.store.all(CalendarFeed)
    assert [event.uid for event in feed.events] == ["third-visit@coach-tui"]
    assert after.observing.of(bo.id)[0].lines[0].text == "T waits"
    after.close()


def test_who_is_named_without_accents_is_found_and_a_short_form_only_reported(
    tmp_path: Path,
) -> None:
    folder = str(tmp_path / "store")
    desk = open_desk(folder, SettableClock(NOW, ZONE), Rules(), "test", create=True)
    desk.ledger.save("Set up", school_year())
    tomas, bo = add_launched(desk, "Tomás Hill"), add_launched(desk, "Bo Reed")
    desk.observing.note(bo, ["as Tommy said, T rolls down the hill; ask Reed, see Ms. hill"])
    named = add_launched(desk, "Ann Ng", building="tomas hill's building")
    shared = {"what": "calendar", "recipient": "me", "shared_at": NOW, "sha256": SHA}
    own = {"created_at": NOW, "updated_at": NOW}
    desk.ledger.save(
        "More",
        Share(id="one", text="see TomasHill at nine", **shared, **own),
        Share(id="two", text="Hill at ten", **shared, **own),
    )
    wanted = desk.to_forget(desk.coachees.get(tomas.id))
    assert wanted.counts() == {"coachees": 1, "shares": 1}
    assert wanted.elsewhere == (("coachees", named.id),)
    assert [(table, word) for table, _, word in wanted.perhaps] == [
        ("observations", "Tommy"),
        ("observations", "hill"),
        ("shares", "Hill"),
    ]
    desk.coachees.edit(named, building="Oak")
    wanted = desk.to_forget(desk.coachees.get(tomas.id))
    assert desk.forget(wanted, None) == []
    desk.close()
    for path in (tmp_path / "store").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            plain = gzip.decompress(content) if path.suffix == ".gz" else content
            assert b"tomas hill" not in plain.lower()
            assert b"TomasHill" not in plain


def test_the_words_of_a_team_tell_nobody(tmp_path: Path) -> None:
    desk = open_desk(
        str(tmp_path / "store"), SettableClock(NOW, ZONE), Rules(), "test", create=True
    )
    team = desk.coachees.add(name="Grade 4 team", kind=CoacheeKind.TEAM)
    bo = add_launched(desk, "Bo Reed")
    desk.observing.note(bo, ["Grade 4 reads; the Team of Juniper"])
    assert desk.to_forget(team).perhaps == ()
    desk.observing.note(bo, ["the grade 4 team came"])
    assert [table for table, _ in desk.to_forget(team).elsewhere] == ["observations"]
    desk.close()
