"""What a school's accounts are for and for whom, and what its staff are asked to pass on."""

from collections.abc import Iterator
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    advises,
    met,
    permits,
    unknown,
)
from schoolgate.rulebook.situations.account_purpose import AccountPurpose, Readers
from schoolgate.rulebook.situations.post_publish import PostPublish


def _is_on(page: str | None, network: str | None) -> bool:
    """Whether a network is that of a page such as "School (Facebook page)"; one that is not known may be."""
    return page is None or network is None or network.casefold() in page.casefold()


class OfSchool(Control):
    """Is this one of the things that the school's accounts are for?

    Settings: `school`; `purpose` - as the policy lists it; `page` - the page that it speaks of (None: all of
    the school's accounts); `channel` - "additional": news goes out elsewhere, too."""

    key = "purpose.of_school"
    version = 2
    listens_to = ("post.publish", "account.purpose")
    points = ("school_purpose",)

    class Settings(NoSettings):
        school: str
        purpose: str
        page: str | None
        channel: Literal["additional"] | None

    def judge(self, facts: PostPublish | AccountPurpose, settings: Settings) -> Iterator[Said]:
        account = facts.account if isinstance(facts, PostPublish) else facts
        if account.school not in (settings.school, None) or not _is_on(settings.page, account.network):
            return
        if facts.purpose is None or facts.purpose.casefold() != settings.purpose.casefold():
            return
        if account.school is None:
            if not isinstance(facts, PostPublish):  # there it would only be met
                yield unknown("school", "office")
        elif isinstance(facts, PostPublish):
            yield met("purpose.of_school", purpose=settings.purpose)
        else:
            yield permits("purpose.of_school", purpose=settings.purpose)
        if settings.channel == "additional" and account.school is not None:
            yield advises("purpose.additional")


class LocalActivities(Control):
    """May a page tell of this although the school does not run it?

    Settings: `school`, `purpose`, `page` as above; `organiser_may_be_outside_school`."""

    key = "purpose.local_activities"
    version = 2
    listens_to = ("post.publish",)
    points = ("own_affairs",)

    class Settings(NoSettings):
        school: str
        purpose: str
        page: str
        organiser_may_be_outside_school: bool

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        account, purpose = facts.account, facts.purpose
        if account.school not in (settings.school, None) or not _is_on(settings.page, account.network):
            return
        told = purpose is not None and purpose.casefold() == settings.purpose.casefold()
        if told and settings.organiser_may_be_outside_school:
            if account.school is None:
                yield unknown("school", "office")
            else:
                yield permits("purpose.others_activities")


class ForReaders(Control):
    """Are these among the people whom a school writes for?

    Settings: `school`; `page` as above; `audience` - in the policy's words."""

    key = "purpose.for_readers"
    version = 2
    listens_to = ("account.purpose",)
    points = ("written_for",)

    class Settings(NoSettings):
        school: str
        page: str | None
        audience: tuple[Readers, ...]

    def judge(self, facts: AccountPurpose, settings: Settings) -> Iterator[Said]:
        if not _is_on(settings.page, facts.network) or facts.readers not in settings.audience:
            return
        if facts.school is None:
            yield unknown("school", "office")
        elif facts.school == settings.school:
            yield permits("purpose.for_readers", readers=f"readers.{facts.readers}")
