"""Private contact in special cases: family, leavers, earlier schools, work accounts, doubt, volunteers."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import ClassVar, Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    advises,
    by_role,
    forbids,
    met,
    permits,
    requires,
    unknown,
)
from schoolgate.rulebook.facts import Person
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.contact_accept import Act, ContactAccept

CONNECTING: frozenset[Act] = frozenset({"follow", "accept", "invite"})
Channel = Literal["personal", "official"]


class FamilyTie(Control):
    """Does a family tie to a present pupil count for something in private contact?

    Settings: `ground`, the tie in the policy's words. Where the binding overrides the ban it is an exception;
    where not, ban and tie stand side by side for the role that rules."""

    key = "contact.family"
    listens_to = ("contact.accept",)
    points = ("pupil_contact",)

    class Settings(NoSettings):
        ground: str

    def judge(self, facts: ContactAccept, settings: Settings) -> Iterable[Said]:
        if facts.other_is("pupil") is not True or facts.channel != "personal":
            return
        if facts.other.family is None:
            yield unknown("contact_family", "contact_asker")
        elif facts.other.family:
            yield permits("contact.family")


class LeaverContact(Control):
    """May somebody who has left be in private contact with pupils of the place that they left?

    Settings: `ends`, when that ends, None: the policy says nothing. A former pupil turns on the tension: the
    words do not say when somebody stops counting as a pupil."""

    key = "contact.leaver"
    version = 2
    listens_to = ("contact.accept",)
    points = ("leaver_contact",)
    tied_only: ClassVar[bool] = False

    class Settings(NoSettings):
        ends: None

    def judge(self, facts: ContactAccept, settings: Settings) -> Iterable[Said]:
        if facts.channel == "official" or facts.has_left is False:
            return
        pupil, former = facts.other_is("pupil"), facts.other_is("former_pupil")
        if pupil is False and former is False:
            return
        missing = _missing(facts)
        if missing is not None:
            if not self.tied_only:
                yield missing
        elif facts.other.family is self.tied_only:
            if self.tied_only:
                yield forbids("contact.leaver_tied")
            elif pupil:
                yield forbids("contact.leaver", turns=False)
            else:
                yield forbids("contact.leaver_former")


class LeaverContactTied(LeaverContact):
    """The same of a pupil who is family, where the words have no exception for it."""

    key = "contact.leaver_tied"
    tied_only = True


class EarlierSchool(Control):
    """May somebody be in private contact with a pupil of the school where they worked before?

    Settings: `ends`, when it ends; `age`, None: no age ends it. Who has left that school turns on the
    tension: the words do not say when somebody stops counting as a pupil."""

    key = "contact.earlier_school"
    version = 2
    listens_to = ("contact.accept",)
    points = ("earlier_school_pupil",)
    tied_only: ClassVar[bool] = False

    class Settings(NoSettings):
        ends: Literal["when the person is no longer considered a pupil"]
        age: None

    def judge(self, facts: ContactAccept, settings: Settings) -> Iterable[Said]:
        if facts.channel == "official" or facts.other_is("earlier_school_pupil") is False:
            return
        missing = _missing(facts)
        if missing is None and facts.other.on_roll is None:
            missing = unknown("contact_on_roll", "contact_asker")
        if missing is not None:
            if not self.tied_only:
                yield missing
        elif facts.other.family is self.tied_only:
            if self.tied_only:
                yield forbids("contact.earlier_tied")
            elif facts.other.on_roll:
                yield forbids("contact.earlier_school", turns=False)
            else:
                yield forbids("contact.earlier_gone")


class EarlierSchoolTied(EarlierSchool):
    """The same of a pupil who is family, where the words have no exception for it."""

    key = "contact.earlier_school_tied"
    tied_only = True


def _missing(facts: ContactAccept) -> Said | None:
    """Which fact is missing that every rule on private contact needs."""
    if facts.other.relation is None:
        return unknown("contact_relation", "contact_asker")
    if facts.channel is None:
        return unknown("contact_channel", "contact_asker")
    if facts.has_left is None:
        return unknown("contact_has_left", "office")
    return unknown("contact_family", "contact_asker") if facts.other.family is None else None


class StudentFriend(Control):
    """Are staff expected not to be friends with a student on social networks?

    Settings: `connection_kinds` of which the words speak. Another kind, and a student who is family, turn on
    the tension, unless it is an official account, for which there is a sentence of its own."""

    key = "contact.student_friend"
    version = 2
    listens_to = ("contact.accept",)
    points = ("student_friend",)

    class Settings(NoSettings):
        connection_kinds: tuple[Literal["friend"], ...]

    def judge(self, facts: ContactAccept, settings: Settings) -> Iterable[Said]:
        if facts.other_is("pupil") is False or facts.act in ("interact", "message"):
            return
        if facts.channel == "official":
            yield forbids("contact.student_friend", turns=False)
        elif facts.other.relation is None:
            yield unknown("contact_relation", "contact_asker")
        elif facts.act is None:
            yield unknown("contact_act", "contact_asker")
        elif facts.other.family is None:
            yield unknown("contact_family", "contact_asker")
        elif facts.connection is None:
            yield unknown("contact_connection", "contact_asker")
        elif facts.other.family or facts.connection not in settings.connection_kinds:
            yield forbids("contact.student_not_mentioned")
        else:
            yield forbids("contact.student_friend", turns=False)


class WorkConnection(Control):
    """May a student be connected to an account of the school, because it is one for work?

    Settings: `account_levels` - of which accounts; `use` - what they are used for.
    """

    key = "contact.work_connection"
    listens_to = ("contact.accept",)
    points = ("student_friend",)

    class Settings(NoSettings):
        account_levels: tuple[Literal["school", "department"], ...]
        use: Literal["work"]

    def judge(self, facts: ContactAccept, settings: Settings) -> Iterable[Said]:
        if facts.other_is("pupil") is not True or facts.channel == "personal" or facts.act not in CONNECTING:
            return
        level, used = facts.account_level, facts.used_for_work
        if used is False or (level is not None and level not in settings.account_levels):
            return
        if facts.channel is None:
            yield unknown("contact_channel", "contact_asker")
        elif level is None:
            yield unknown("contact_account_level", "office")
        elif used is None:
            yield unknown("contact_used_for_work", "contact_asker")
        else:
            yield permits("contact.work_connection")


class ColleagueAsked(Control):
    """What somebody is told who asks a colleague to be friends on a private profile. Settings: none."""

    key = "contact.colleague"
    listens_to = ("contact.accept",)
    points = ("colleague_contact",)

    def judge(self, facts: ContactAccept, settings: NoSettings) -> Iterable[Said]:
        asks = facts.channel != "official" and facts.act in ("invite", "follow")
        if asks and facts.other_is("colleague"):
            yield advises("contact.colleague")


class ContactDoubt(Control):
    """Has somebody who is in doubt about such a contact talked it over?

    Settings: `ask_role` - with whom; `topic` - about which contacts.
    """

    key = "contact.doubt"
    listens_to = ("contact.accept",)
    points = ("contact_doubt",)

    class Settings(NoSettings):
        ask_role: str
        topic: Literal["parent contact", "family contact"]

    def judge(self, facts: ContactAccept, settings: Settings) -> Iterable[Said]:
        if facts.unsure is False or facts.channel == "official":
            return
        if settings.topic == "parent contact":
            meant = facts.other_is("parent")
        else:
            meant = facts.other_is("pupil") and facts.other.family
        if meant is False:
            return
        need = Need("contact_talk", settings.ask_role)
        if meant is None:
            yield unknown("contact_relation", "contact_asker")
        elif facts.unsure is None:
            yield unknown("contact_unsure", "contact_asker")
        elif facts.talked_over is None:
            yield unknown("contact_talk", settings.ask_role)
        elif by_role(facts.talked_over, (settings.ask_role,)):
            yield met("contact.talked_over", role=settings.ask_role)
        else:
            yield requires(f"contact.doubt_{settings.topic.split()[0]}", need, role=settings.ask_role)


class WhileEmployed(Control):
    """How long does the ban on private contact with parents and children last?

    Settings: `starts`, `ends`: the words for its first and last moment. Said at the moment of asking, with
    the first day on which it no longer binds, where the last day of employment is known."""

    key = "contact.while_employed"
    listens_to = ("contact.accept",)
    points = ("contact_employment",)

    class Settings(NoSettings):
        starts: Literal["employment start"]
        ends: Literal["employment end"]

    def judge(self, facts: ContactAccept, settings: Settings) -> Iterable[Said]:
        about_them = facts.other_is("pupil") or facts.other_is("parent")
        if not about_them or facts.channel == "official" or facts.has_left is not False:
            return
        last = facts.person.employed_to if facts.person is not None else None
        if last is None:
            yield advises("contact.while_employed")
        else:
            said = advises("contact.while_employed_until", day=last)
            said.lifts_on = last + timedelta(days=1)
            yield said


def is_named(person: Person | None, actors: tuple[str, ...]) -> bool | None:
    """Whether somebody is one of those whom the words name; None where it is not known what they are."""
    if person is None or person.relation is None:
        return None
    words = {"staff": "paid employee", "volunteer": "volunteer"}
    return words.get(person.relation) in actors


class ChildrenOnNetworks(Control):
    """May somebody be in touch with children over social networks at all?

    Settings: `actors` - whom the words name; `channels` - from which accounts this binding judges it. On an
    official account the case turns on the tension: accounts for teaching that are open to pupils exist."""

    key = "contact.children"
    listens_to = ("contact.accept",)
    points = ("contact_children",)
    plumbing = frozenset({"channels"})

    class Settings(NoSettings):
        actors: tuple[Literal["paid employee", "volunteer"], ...]
        channels: tuple[Channel, ...]

    def judge(self, facts: ContactAccept, settings: Settings) -> Iterator[Said]:
        if facts.other_is("pupil") is not True or facts.channel not in (None, *settings.channels):
            return
        named = is_named(facts.actor, settings.actors)
        if named is False:
            return
        if named is None:
            yield unknown("relation", "office")
        elif facts.channel is None:
            yield unknown("contact_channel", "contact_asker")
        else:
            yield forbids("contact.children", turns=facts.channel == "official")
