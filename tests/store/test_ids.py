from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_tui.store.ids import is_id, new_id
from tests.store.samples import NOW

MOMENTS = st.datetimes(
    min_value=datetime(1970, 1, 1),  # noqa: DTZ001 - hypothesis adds the time zone
    max_value=datetime(9999, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def zeros(count: int) -> bytes:
    return bytes(count)


def ones(count: int) -> bytes:
    return b"\xff" * count


@given(MOMENTS, MOMENTS)
def test_ids_sort_by_the_microsecond_they_were_made_in(one: datetime, other: datetime) -> None:
    earlier, later = sorted((one, other))
    if earlier == later:
        return
    assert new_id(earlier, ones) < new_id(later, zeros)


def test_an_id_is_a_version_7_uuid() -> None:
    assert new_id(NOW, zeros) == "01999fa4-c600-7000-8000-000000000000"
    assert new_id(NOW + timedelta(microseconds=1_999), ones) == (
        "01999fa4-c601-7ffb-bfff-ffffffffffff"
    )
    assert re.fullmatch(
        r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", new_id(NOW)
    )


def test_the_time_zone_of_the_moment_makes_no_difference() -> None:
    elsewhere = NOW.astimezone(timezone(timedelta(hours=-6)))
    assert new_id(elsewhere, zeros) == new_id(NOW, zeros)


def test_ids_made_in_the_same_microsecond_differ() -> None:
    assert len({new_id(NOW) for _ in range(1_000)}) == 1_000


def test_a_moment_without_time_zone_or_before_1970_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        new_id(NOW.replace(tzinfo=None))
    with pytest.raises(ValueError, match="1970"):
        new_id(datetime(1969, 12, 31, tzinfo=UTC))


@pytest.mark.parametrize("value", ["", "a" * 65, "a b", "a/b", "ä", 'a"', "a\n", 7, None])
def test_what_cannot_be_an_id(value: object) -> None:
    assert not is_id(value)


def test_what_can_be_an_id() -> None:
    assert is_id(new_id(NOW))
    assert is_id("a" * 64)
