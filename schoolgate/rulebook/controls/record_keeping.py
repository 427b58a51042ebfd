"""Use of the school's systems, leave that counts, and what law reaches what was shared."""

from collections.abc import Iterator
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    advises,
    forbids,
    met,
    requires,
    unknown,
)
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.permission_counts import PermissionCounts
from schoolgate.rulebook.situations.record_disclose import RecordDisclose
from schoolgate.rulebook.situations.sharing_considered import SharingConsidered
from schoolgate.rulebook.situations.systems_use import SystemsUse


class NoticeRecorded(Control):
    """How does the record of a sign-in word that the notice of monitoring was shown?

    Settings: `record_as` - the word for it; `not_as` - the word that it must not use.
    """

    key = "systems.notice_recorded"
    listens_to = ("systems.use",)
    points = ("notice_recorded",)

    class Settings(NoSettings):
        record_as: Literal["informed"]
        not_as: Literal["consent"]

    def judge(self, facts: SystemsUse, settings: Settings) -> Iterator[Said]:
        if facts.recorded_as == settings.record_as:
            yield met("systems.recorded_as_informed")
        elif facts.recorded_as == settings.not_as:
            yield forbids("systems.recorded_as_consent")


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


class LawReaches(Control):
    """Which law reaches what is shared on a social network? Settings: `law`."""

    key = "reach.reaches"
    listens_to = ("sharing.considered", "record.disclose")
    points = ("data_protection", "information_requests", "within_reach")

    class Settings(NoSettings):
        law: Literal["data protection", "freedom of information"]

    _words = {"data protection": "data_protection", "freedom of information": "information"}

    def judge(self, facts: SharingConsidered | RecordDisclose, settings: Settings) -> Iterator[Said]:
        word = self._words[settings.law]
        if isinstance(facts, SharingConsidered):
            yield advises(f"reach.{word}")
        elif facts.under is None:
            yield unknown("request_under", "whoever_asks")
        elif facts.under != settings.law or facts.shared_by_staff is False:
            return
        elif facts.shared_by_staff is None:
            yield unknown("shared_by_staff", "office")
        else:
            yield met(f"reach.{word}_reaches")


class FurtherLaws(Control):
    """Which laws beside those that the policy names may reach what is shared?

    Settings: `law`; `list_is_open` - the federation may put further ones on the list.
    """

    key = "reach.further"
    listens_to = ("sharing.considered",)
    points = ("further_laws",)

    class Settings(NoSettings):
        law: Literal["other legislation"]
        list_is_open: Literal[True]

    def judge(self, facts: SharingConsidered, settings: Settings) -> Iterator[Said]:
        if facts.further_laws:
            yield advises("reach.further_named", laws=facts.further_laws)
        else:
            yield advises("reach.further")


class PrivateSpaces(Control):
    """Does a private space take what is shared there outside the law? Settings: `private_spaces_included`."""

    key = "reach.private_spaces"
    listens_to = ("sharing.considered", "record.disclose")
    points = ("private_spaces",)

    class Settings(NoSettings):
        private_spaces_included: Literal[True]

    def judge(self, facts: SharingConsidered | RecordDisclose, settings: Settings) -> Iterator[Said]:
        if facts.space in (None, "public"):
            return
        if isinstance(facts, SharingConsidered):
            yield advises("reach.private_too")
        else:
            yield met("reach.private_reached")
