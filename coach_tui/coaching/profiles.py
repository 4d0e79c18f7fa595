"""Practice profiles: the shipped one, those of the coach, and their versions (seed 004)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib import resources
from typing import Any

from coach_tui.coaching.ledger import Ledger
from coach_tui.domain.records import (
    EssentialFunction,
    FunctionReference,
    GrowthGoal,
    PracticeProfile,
    Record,
)
from coach_tui.exchange.out_files import write_new
from coach_tui.exchange.profiles import parse_profile, read_profile

SHIPPED = "school_based_implementation_coaching.toml"
BLANK = "blank.toml"


class VersionTaken(ValueError):
    """A profile of this name and version is there with another content (levels refer to it)."""


@dataclass(frozen=True)
class Named:
    """A function of a profile's version, found: the profile and the function."""

    profile: PracticeProfile
    function: EssentialFunction


def data_text(file: str) -> str:
    """Return the text of a shipped profile file."""
    return resources.files("coach_tui.data").joinpath("profiles", file).read_text("utf-8")


class Profiles:
    """Verbs about practice profiles.

    A version that was used stays as it was: a changed profile is a new version. The shipped one
    is put into the store when something first refers to it.
    """

    def __init__(self, ledger: Ledger) -> None:
        """Save through `ledger`."""
        self._ledger = ledger
        self._read: PracticeProfile | None = None

    @property
    def shipped(self) -> PracticeProfile:
        """The profile that comes with the program."""
        if self._read is None:
            self._read = self._made(parse_profile(data_text(SHIPPED), SHIPPED))
        return self._read

    def all(self) -> list[PracticeProfile]:
        """Return every profile and version, by title, the newest version of each first."""
        stored = self._ledger.store.all(PracticeProfile)
        if not any(_same(one, self.shipped) for one in stored):
            stored.append(self.shipped)
        newest = sorted(stored, key=lambda one: one.created_at, reverse=True)
        return sorted(newest, key=lambda one: (one.title.casefold(), one.profile))

    def find(self, profile: str, version: str) -> PracticeProfile | None:
        """Return a version of a profile, None when it is not known here."""
        for one in self.all():
            if (one.profile, one.version) == (profile, version):
                return one
        return None

    def function(self, reference: FunctionReference | None) -> Named | None:
        """Return what a goal refers to, None for nothing or for what is not known here."""
        if reference is None:
            return None
        profile = self.find(reference.profile, reference.version)
        functions = () if profile is None else profile.functions
        found = next((one for one in functions if one.key == reference.function), None)
        return None if profile is None or found is None else Named(profile, found)

    def look_fors(self, goal: GrowthGoal) -> tuple[str, ...]:
        """Return what to look for while observing for a goal: its function's look-fors, else items.

        None for a goal without an essential function.
        """
        named = self.function(goal.function)
        return () if named is None else named.function.look_fors or named.function.items

    def to_keep(self, profile: PracticeProfile) -> list[Record]:
        """Return what must be saved with a record that refers to `profile`, so that it stays."""
        return [] if profile.revision or self._stored(profile) else [profile]

    def _stored(self, profile: PracticeProfile) -> PracticeProfile | None:
        found = self._ledger.store.where(
            PracticeProfile, profile=profile.profile, version=profile.version
        )
        return found[0] if found else None

    def take_in(self, path: str) -> PracticeProfile:
        """Take in the profile of a file (.toml or .json).

        Raises `ExchangeError` that names file and place, and `VersionTaken`.
        """
        return self._add(read_profile(os.path.expanduser(path)))

    def write(self, text: str) -> PracticeProfile:
        """Take in a profile that was typed, in TOML. Raises like `take_in`."""
        return self._add(parse_profile(text, "The profile"))

    def copy_blank(self, path: str) -> None:
        """Write a blank profile to a new file. Raises `ExchangeError`."""
        write_new(os.path.expanduser(path), data_text(BLANK).encode())

    def blank(self) -> str:
        """Return a blank profile as text, to be filled in."""
        return data_text(BLANK)

    def _add(self, fields: dict[str, Any]) -> PracticeProfile:
        profile = self._made(fields)
        there = self.find(profile.profile, profile.version)
        if there is not None:
            if _content(there) != _content(profile):
                raise VersionTaken(
                    f"version {profile.version} of {profile.title} is there with another content: "
                    "give the changed one another version"
                )
            return there
        self._ledger.save(f"Practice profile {profile.title}", profile)
        return self._ledger.store.require(PracticeProfile, profile.id)

    def _made(self, fields: dict[str, Any]) -> PracticeProfile:
        now = self._ledger.clock.now()
        return PracticeProfile(id=self._ledger.new_id(), created_at=now, updated_at=now, **fields)


def _same(one: PracticeProfile, other: PracticeProfile) -> bool:
    return (one.profile, one.version) == (other.profile, other.version)


def _content(profile: PracticeProfile) -> dict[str, Any]:
    own = ("id", "created_at", "updated_at", "revision")
    return {key: value for key, value in profile.to_document().items() if key not in own}
