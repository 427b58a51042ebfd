"""School business by one's own email, telephone or profile: may it go that way, and with whose leave?"""

from collections.abc import Iterable
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    forbids,
    met,
    permits,
    requires,
    unknown,
)
from schoolgate.rulebook.facts import LONDON
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.message_send import ChannelLeave, MessageSend

COMMUNITY = ("staff", "governor", "volunteer", "parent", "friend", "pupil")


class OfficialEmail(Control):
    """Does an email on school business to the school's people come from an official address?

    Settings: `sender`, the address it has to come from. Where there is leave for private email, the case
    turns on the binding's tension."""

    key = "message.official_email"
    listens_to = ("message.send",)
    points = ("school_email",)

    class Settings(NoSettings):
        sender: Literal["official school email account"]

    def judge(self, facts: MessageSend, settings: Settings) -> Iterable[Said]:
        if facts.direction == "incoming" or facts.way not in (None, "email"):
            return
        meant = _school_business(facts)
        if isinstance(meant, Said):
            yield meant
        elif meant and facts.way is None:
            yield unknown("message_way", "message_writer")
        elif meant and facts.from_account is None:
            yield unknown("message_from_account", "message_writer")
        elif meant and facts.from_account == "official":
            yield met("message.official_email")
        elif meant:
            left = any("personal email" in one.covers for one in facts.channel_leaves or ())
            yield forbids("message.not_own_email", turns=left)


class PrivateChannel(Control):
    """May staff deal with school business over their own email or telephone?

    Settings: `channel` - which; `direction` - "incoming" where the rule is about taking up what came in,
    None where it is about getting in touch."""

    key = "message.private_channel"
    listens_to = ("message.send",)
    points = ("private_channel",)

    class Settings(NoSettings):
        channel: Literal["personal email", "personal mobile phone"]
        direction: Literal["incoming"] | None

    def judge(self, facts: MessageSend, settings: Settings) -> Iterable[Said]:
        way = "email" if settings.channel == "personal email" else "phone"
        if facts.direction != (settings.direction or "outgoing") or facts.way not in (None, way):
            return
        if facts.from_account == "official":
            return
        meant = _school_business(facts)
        if isinstance(meant, Said):
            yield meant
        elif meant and facts.way is None:
            yield unknown("message_way", "message_writer")
        elif meant and facts.from_account is None:
            yield unknown("message_from_account", "message_writer")
        elif meant:
            taken_up = "taken_up" if settings.direction else "written"
            yield forbids(f"message.{way}_{taken_up}")


class ChannelAllowed(Control):
    """Is there leave beforehand for dealing with this over a private email or telephone?

    Settings: `approver` - whose; `prior` - it has to come first; `channels` that it can be given for. Leave
    is for circumstances: outside their days it counts for nothing."""

    key = "message.channel_leave"
    listens_to = ("message.send",)
    points = ("private_channel",)

    class Settings(NoSettings):
        approver: str
        prior: Literal[True]
        channels: tuple[Literal["personal email", "personal mobile phone"], ...]

    def judge(self, facts: MessageSend, settings: Settings) -> Iterable[Said]:
        if facts.from_account != "personal" or facts.way not in ("email", "phone"):
            return
        channel = "personal email" if facts.way == "email" else "personal mobile phone"
        if channel not in settings.channels:
            return
        if facts.channel_leaves is None:
            yield unknown("message_channel_leave", settings.approver)
            return
        given = [one for one in facts.channel_leaves if settings.approver in one.roles]
        found = [_came_first(one, facts) for one in given if channel in one.covers]
        if True in found:
            yield permits("message.channel_leave", role=settings.approver)
        elif None in found:
            yield unknown("message_leave_days", "office")


def _came_first(one: ChannelLeave, facts: MessageSend) -> bool | None:
    """Whether this leave was there before the message and its circumstances hold; None: not known."""
    day = facts.day
    if day is None or one.at is None:
        return None
    if (one.from_day or day) > day or (one.to_day or day) < day:
        return False
    if facts.now is not None:
        return one.at <= facts.now
    given = one.at.astimezone(LONDON).date()
    return None if given == day else given < day


def _school_business(facts: MessageSend) -> bool | Said:
    """Whether it is school business with somebody of the school, or which fact is missing for that."""
    if facts.purpose in ("private", "other"):
        return False
    if facts.to_relation is not None and facts.to_relation not in COMMUNITY:
        return False
    if facts.purpose is None:
        return unknown("message_purpose", "message_writer")
    return unknown("message_to", "message_writer") if facts.to_relation is None else True


class ParentsFromOwnProfile(Control):
    """May somebody talk to parents about school matters from a personal profile?

    Settings: `account`, `topic`: of which account and matters the words speak.
    """

    key = "message.parents_own_profile"
    listens_to = ("message.send",)
    points = ("parents_from_own",)

    class Settings(NoSettings):
        account: Literal["personal"]
        topic: Literal["school issues"]

    def judge(self, facts: MessageSend, settings: Settings) -> Iterable[Said]:
        if facts.to_relation not in (None, "parent") or facts.from_account == "official":
            return
        if facts.way not in (None, "social"):
            return
        meant = _about_school(facts)
        if isinstance(meant, Said):
            yield meant
        elif meant and facts.to_relation is None:
            yield unknown("message_to", "message_writer")
        elif meant and facts.from_account is None:
            yield unknown("message_from_account", "message_writer")
        elif meant:
            yield forbids("message.parents_own_profile")


class PrivateMessage(Control):
    """Is a message over social media from one's own account a private contact that has rules of its own?

    Settings: `to` - with whom the rule is about contact. The message waits until that question is answered;
    from an account of the school it need not be asked."""

    key = "message.private_contact"
    listens_to = ("message.send",)
    points = ("private_message",)
    plumbing = frozenset({"to"})

    class Settings(NoSettings):
        to: Literal["pupil", "parent"]

    def judge(self, facts: MessageSend, settings: Settings) -> Iterable[Said]:
        if facts.way not in (None, "social") or facts.from_account == "official":
            return
        if facts.to_relation not in (None, settings.to):
            return
        if facts.to_relation is None:
            yield unknown("message_to", "message_writer")
        elif facts.way is None or facts.from_account is None:
            yield unknown("message_way" if facts.way is None else "message_from_account", "message_writer")
        else:
            yield requires(
                f"message.private_contact_{settings.to}", Need("message_contact_asked", "message_writer")
            )


class SchoolFromOwn(Control):
    """May school matters be talked about from a personal account, with anybody? Settings: `topic`."""

    key = "message.school_from_own"
    listens_to = ("message.send",)
    points = ("school_from_own",)

    class Settings(NoSettings):
        topic: Literal["school issues"]

    def judge(self, facts: MessageSend, settings: Settings) -> Iterable[Said]:
        if facts.from_account == "official" or facts.way not in (None, "social"):
            return
        meant = _about_school(facts)
        if isinstance(meant, Said):
            yield meant
        elif meant and facts.from_account is None:
            yield unknown("message_from_account", "message_writer")
        elif meant:
            yield forbids("message.school_from_own")


class WorkAccountOnly(Control):
    """May a work account be used for this? Settings: `content`, what it is not used for."""

    key = "message.work_account"
    listens_to = ("message.send",)
    points = ("work_account_only",)

    class Settings(NoSettings):
        content: Literal["personal", "unrelated"]

    def judge(self, facts: MessageSend, settings: Settings) -> Iterable[Said]:
        purpose = "private" if settings.content == "personal" else "other"
        if facts.from_account == "official" and facts.way == "social" and facts.purpose == purpose:
            yield forbids(f"message.work_account_{settings.content}")


class WorkEmail(Control):
    """May private mail be sent from work email? Settings: `channel`."""

    key = "message.work_email"
    listens_to = ("message.send",)
    points = ("work_account_only",)

    class Settings(NoSettings):
        channel: Literal["work email"]

    def judge(self, facts: MessageSend, settings: Settings) -> Iterable[Said]:
        if facts.from_account == "official" and facts.way == "email" and facts.purpose == "private":
            yield forbids("message.work_email")


class WorkProfile(Control):
    """Does what is about school matters go out from a profile that fits? Settings: `account_any_of`, which
    do."""

    key = "message.work_profile"
    listens_to = ("message.send",)
    points = ("work_profile",)

    class Settings(NoSettings):
        account_any_of: tuple[Literal["corporate", "professional profile", "service area"], ...]

    def judge(self, facts: MessageSend, settings: Settings) -> Iterable[Said]:
        if facts.way not in (None, "social"):
            return
        meant = _about_school(facts)
        if isinstance(meant, Said):
            yield meant
        elif meant and facts.from_account is None:
            yield unknown("message_from_account", "message_writer")
        elif meant and facts.from_account == "personal":
            yield requires("message.work_profile", Need("message_profile", "message_writer"))
        elif meant and facts.profile is None:
            yield unknown("message_profile", "office")
        elif meant and facts.profile in settings.account_any_of:
            yield met("message.from_work_profile")
        elif meant:
            yield requires("message.work_profile", Need("message_profile", "message_writer"))


def _about_school(facts: MessageSend) -> bool | Said:
    if facts.purpose is None:
        return unknown("message_purpose", "message_writer")
    return facts.purpose in ("teaching_and_learning", "school_business")
