"""The coach's own records: herself, her district, and her contacts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from coach_tui.coaching.sample.setting import Setting, in_turn
from coach_tui.coaching.sample.talk import ContactHabit
from coach_tui.domain.records import Coach, CoachingModel, Contact, District, Prerequisites
from coach_tui.store.ids import new_id


def coach_of(setting: Setting) -> Coach:
    """Return the coach."""
    school = setting.library.school
    made = setting.schooling.moment(setting.day(0) - timedelta(days=12), 8 * 60 + 30)
    return Coach(
        id="coach",
        created_at=made,
        updated_at=made,
        name=school.coach.name,
        role=school.coach.role,
        buildings=tuple(building.name for building in school.building),
        weekly_hours=school.coach.weekly_hours,
        prerequisites=Prerequisites(content_expertise=True, knows_the_materials=True),
    )


def district_of(setting: Setting) -> District:
    """Return the district with its coaching model."""
    district = setting.library.school.district
    made = setting.schooling.moment(setting.day(0) - timedelta(days=12), 8 * 60 + 40)
    return District(
        id="district",
        created_at=made,
        updated_at=made,
        name=district.name,
        commitment=district.commitment,
        coaching_model=CoachingModel(**district.coaching_model.model_dump()),
        goals=district.goals,
    )


def contacts_of(setting: Setting, seed: int) -> list[Contact]:
    """Return the coach's own contacts, oldest first."""
    random = Random(f"{seed}/contacts")
    found = [
        contact
        for habit in setting.library.talk.contact
        for contact in _of_habit(setting, habit, random)
    ]
    return sorted(found, key=lambda contact: (contact.created_at, contact.id))


def _of_habit(setting: Setting, habit: ContactHabit, random: Random) -> Iterator[Contact]:
    schooling = setting.schooling
    wanted = schooling.today - timedelta(days=habit.newest)
    number = 0
    while wanted > schooling.days[0]:
        day = schooling.before(wanted)
        made = schooling.moment(day, 16 * 60 + random.randrange(60), random.randrange(60))
        yield Contact(
            id=new_id(made, random.randbytes),
            created_at=made,
            updated_at=made,
            kind=habit.kind,
            date=day,
            minutes=random.randint(*habit.minutes) // 5 * 5,
            channel=habit.channel,
            note=in_turn(habit.notes, number),
        )
        number += 1
        wanted -= timedelta(days=habit.every)
