"""Messages to learners over social media: from which account, about what, to how many, thought through?"""

from collections.abc import Iterable
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    advises,
    forbids,
    met,
    permits,
    requires,
    unknown,
)
from schoolgate.rulebook.controls.contacts_apart import is_named
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.message_send import MessageSend, Purpose


class LearnerAccount(Control):
    """May staff reach learners over social media from this account? Settings: whether an account that the
    school approved is needed."""

    key = "message.approved_account"
    listens_to = ("message.send",)
    points = ("learner_account",)

    class Settings(NoSettings):
        approved_school_account_required: Literal[True]

    def judge(self, facts: MessageSend, settings: Settings) -> Iterable[Said]:
        meant = _to_learners(facts)
        if isinstance(meant, Said):
            yield meant
        elif meant and facts.from_account is None:
            yield unknown("message_from_account", "message_writer")
        elif meant and facts.from_account == "personal":
            yield forbids("message.not_own_account")
        elif meant and facts.approved_account is None:
            yield unknown("message_approved_account", "office")
        elif meant:
            yield (
                permits("message.approved_account")
                if facts.approved_account
                else forbids("message.unapproved_account")
            )


class LearnerPurpose(Control):
    """May a message to learners be about this? Settings: `allowed_purposes`."""

    key = "message.purpose"
    listens_to = ("message.send",)
    points = ("learner_purpose",)

    class Settings(NoSettings):
        allowed_purposes: tuple[Purpose, ...]

    def judge(self, facts: MessageSend, settings: Settings) -> Iterable[Said]:
        meant = _to_learners(facts)
        if isinstance(meant, Said):
            yield meant
        elif meant and facts.purpose is None:
            yield unknown("message_purpose", "message_writer")
        elif meant:
            fits = facts.purpose in settings.allowed_purposes
            yield met("message.for_learning") if fits else forbids("message.not_for_learning")


class LearnerWeighed(Control):
    """Has whoever writes to learners put down what they weighed first? Settings: `required_field`, which
    note."""

    key = "message.weighed"
    listens_to = ("message.send",)
    points = ("learner_weighed",)

    class Settings(NoSettings):
        required_field: Literal["appropriateness_reason", "implications_note"]

    def judge(self, facts: MessageSend, settings: Settings) -> Iterable[Said]:
        meant = _to_learners(facts)
        if isinstance(meant, Said):
            yield meant
        elif meant and facts.notes is None:
            yield unknown(settings.required_field, "message_writer")
        elif meant and settings.required_field in (facts.notes or ()):
            yield met()
        elif meant:
            need = Need(settings.required_field, "message_writer")
            yield requires(f"message.no_{settings.required_field}", need)


class LearnerGroup(Control):
    """Does a message to learners go to a group?

    Settings: `recipient_kind`; `min_pupil_recipients`, the least number of pupils that are one. A message
    that everybody can read, to fewer, turns on the binding's tension."""

    key = "message.group"
    listens_to = ("message.send",)
    points = ("learner_group",)

    class Settings(NoSettings):
        recipient_kind: Literal["group"]
        min_pupil_recipients: int

    def judge(self, facts: MessageSend, settings: Settings) -> Iterable[Said]:
        meant = _to_learners(facts)
        if isinstance(meant, Said):
            yield meant
        elif meant and facts.pupils is None:
            yield unknown("message_pupils", "message_writer")
        elif meant and (facts.pupils or 0) >= settings.min_pupil_recipients:
            yield met("message.to_group")
        elif meant and facts.in_public is None:
            yield unknown("message_in_public", "message_writer")
        elif meant:
            yield forbids("message.one_pupil", turns=facts.in_public is True)


class LearnerAlone(Control):
    """May a pupil be written to on their own? Settings: `individual_pupil_messages_allowed`, False.

    Where everybody can read it, the case turns on the binding's tension."""

    key = "message.alone"
    listens_to = ("message.send",)
    points = ("learner_alone",)

    class Settings(NoSettings):
        individual_pupil_messages_allowed: Literal[False]

    def judge(self, facts: MessageSend, settings: Settings) -> Iterable[Said]:
        meant = _to_learners(facts)
        if isinstance(meant, Said):
            yield meant
        elif meant and facts.pupils is None:
            yield unknown("message_pupils", "message_writer")
        elif meant and facts.pupils == 1 and facts.in_public is None:
            yield unknown("message_in_public", "message_writer")
        elif meant and facts.pupils == 1:
            yield forbids("message.alone", turns=facts.in_public is True)


class LearnerUnseen(Control):
    """May a message over social media go to a pupil where the public cannot see it? Settings: none."""

    key = "message.unseen"
    listens_to = ("message.send",)
    points = ("learner_unseen",)

    def judge(self, facts: MessageSend, settings: NoSettings) -> Iterable[Said]:
        meant = _to_learners(facts)
        if isinstance(meant, Said):
            yield meant
        elif meant and facts.in_public is None:
            yield unknown("message_in_public", "message_writer")
        elif meant and not facts.in_public:
            yield forbids("message.unseen")


class ChildrenWrittenTo(Control):
    """May somebody write to children over social networks at all? Settings: `actors`, whom the words name.

    From an official account it turns on the tension: accounts for teaching that are open to pupils exist."""

    key = "message.children"
    listens_to = ("message.send",)
    points = ("children_at_all",)

    class Settings(NoSettings):
        actors: tuple[Literal["paid employee", "volunteer"], ...]

    def judge(self, facts: MessageSend, settings: Settings) -> Iterable[Said]:
        named, meant = is_named(facts.by, settings.actors), _to_learners(facts)
        if named is False or meant is False:
            return
        if named is None:
            yield unknown("relation", "office")
        elif isinstance(meant, Said):
            yield meant
        elif facts.from_account is None:
            yield unknown("message_from_account", "message_writer")
        else:
            yield forbids("contact.children", turns=facts.from_account == "official")


def _to_learners(facts: MessageSend) -> bool | Said:
    """Whether it goes to learners over social media, or which fact is missing for that."""
    if facts.to_relation not in (None, "pupil") or facts.way not in (None, "social"):
        return False
    if facts.direction == "incoming":
        return False
    if facts.to_relation is None:
        return unknown("message_to", "message_writer")
    return unknown("message_way", "message_writer") if facts.way is None else True


class ChildrenInMind(Control):
    """What staff are told who talk with children through a site for them. Settings: none."""

    key = "message.children_in_mind"
    listens_to = ("message.send",)
    points = ("children_in_mind",)

    def judge(self, facts: MessageSend, settings: NoSettings) -> Iterable[Said]:
        if facts.to_relation == "pupil" and facts.way in (None, "social") and facts.pupil_site:
            yield advises("message.children_in_mind")
