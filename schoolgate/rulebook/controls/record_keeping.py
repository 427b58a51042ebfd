"""Use of the school's systems, leave that counts, and what law reaches what was shared."""

from collections.abc import Iterator
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    forbids,
    met,
    requires,
    unknown,
)
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.permission_counts import PermissionCounts


class PermissionValid(Control):
    """Does a leave count?

    Settings: `permission_by` - whose own it has to be; `form` - how it has to be given; `prior` - whether
    before the use. Which holder of that role gives it, where it touches several schools, may be left
    open."""

    key = "permission.valid"
    listens_to = ("permission.counts",)
    points = ("permission_counts",)

    class Settings(NoSettings):
        permission_by: str
        form: Literal["written"]
        prior: Literal[True]

    def judge(self, facts: PermissionCounts, settings: Settings) -> Iterator[Said]:
        role, given = settings.permission_by, facts.given
        if facts.none_given:
            yield requires("permission.none", Need("written_permission", role), turns=False, role=role)
            return
        if given is None:
            yield unknown("permission", role)
            return
        wrong = list(self._wrong(facts, role))
        yield from wrong
        if not wrong and facts.several_schools is None:
            yield unknown("several_schools", "whoever_asks")
        elif not wrong and facts.several_schools:
            yield requires("permission.which_head", Need("written_permission", role), role=role)
        elif not wrong:
            yield met("permission.counts", role=role)

    @staticmethod
    def _wrong(facts: PermissionCounts, role: str) -> Iterator[Said]:
        given = facts.given
        if given is None:
            return
        if role not in given.roles:
            yield forbids("permission.somebody_elses", turns=False, role=role)
        if given.written is None:
            yield unknown("permission_written", "whoever_asks")
        elif not given.written:
            yield forbids("permission.not_written", turns=False)
        if given.at is None or facts.used_at is None:
            yield unknown("permission_when", "whoever_asks")
        elif given.at > facts.used_at:
            yield forbids("permission.too_late", turns=False)


class PermissionMedium(Control):
    """Is leave needed where it is used like this? Settings: `media` - where the rule holds."""

    key = "permission.medium"
    listens_to = ("permission.counts",)
    points = ("permission_medium",)

    class Settings(NoSettings):
        media: tuple[Literal["internet", "written documentation"], ...]

    def judge(self, facts: PermissionCounts, settings: Settings) -> Iterator[Said]:
        if facts.medium is None:
            yield unknown("medium", "whoever_asks")
        elif facts.medium not in settings.media:
            return
        elif facts.none_given:
            yield requires("permission.needed_here", Need("written_permission", "whoever_asks"))
        elif facts.given is None:
            yield unknown("permission", "whoever_asks")
        else:
            yield met("permission.asked_here")
