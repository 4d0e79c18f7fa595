"""What may be a name of somebody the app does not know is pointed to, never taken out."""

from __future__ import annotations

import pytest

from coach_tui.coaching.desk import empty_desk
from coach_tui.domain.statuses import Rules
from tests.support import HOSTILE, clock


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("T asks Marcus and Priya for tiles; Marcus nods", ("Marcus", "Priya")),
        ("marcus raises his hand", ("marcus",)),
        ("Xiulan says 4/8. Everyone writes", ("Xiulan",)),
        ("as Mr. Lincoln and Dr. Ruizova did", ("Lincoln", "Ruizova")),
        ('T "Open your books, Quetzal"', ("Quetzal",)),
        ("Tue 24 Nov 2026, on Monday in Math the Spanish group of Ana, Ms. Ruiz", ()),
        ("S3 reads, G2 writes, the IEP is on the ELA board. We go", ()),
        ('09:14 (0:05) T "What do you see?" The bell rings', ()),
        ("a [colleague] said so: Look-for, wait time: 2", ()),
    ],
)
def test_names_that_are_left_in_are_pointed_to(text: str, named: tuple[str, ...]) -> None:
    desk = empty_desk(clock(), Rules())
    ana = desk.coachees.add(name="Ana Ruiz")
    assert desk.sharing.left_in(text, ana) == named
    desk.close()


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_written_can_be_looked_through(text: str) -> None:
    desk = empty_desk(clock(), Rules())
    ana = desk.coachees.add(name=text[:200].strip() or "Ana")
    bo = desk.coachees.add(name="Bo Li")
    assert desk.sharing.redactor(ana).clean(text[:200]) == text[:200]
    assert "Li" not in desk.sharing.redactor(ana).clean(f"{text} Li ")[-12:]
    assert isinstance(desk.sharing.left_in(text, bo), tuple)
    desk.close()
