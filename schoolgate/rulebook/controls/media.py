"""The press gets in touch: who may answer, after what, and to whom does the enquiry go?"""

from collections.abc import Iterable
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    advises,
    by_role,
    forbids,
    met,
    obliges,
    requires,
    standing_answer,
    unknown,
)
from schoolgate.rulebook.facts import Given
from schoolgate.rulebook.findings import Due, Need
from schoolgate.rulebook.situations.item_answer import ItemAnswer
from schoolgate.rulebook.situations.item_received import ItemReceived
from schoolgate.rulebook.situations.media_enquiry import MediaEnquiry
from schoolgate.rulebook.working_time import in_utc

Answering = MediaEnquiry | ItemAnswer


class MediaPolicyFirst(Control):
    """Was the federation's media policy followed before a journalist who asks about posts is answered?

    Settings: before ("any response"), follow. A person attests that its steps were taken.
    """

    key = "media.policy_first"
    listens_to = ("item.received", "item.answer", "media.enquiry")
    points = ("press", "media_policy")
    attested = True

    class Settings(NoSettings):
        before: Literal["any response"]
        follow: str

    def judge(self, facts: ItemReceived | Answering, settings: Settings) -> Iterable[Said]:
        if isinstance(facts, ItemReceived):
            if facts.from_press is None:
                yield unknown("from_press", "moderator")
            elif facts.from_press:
                yield advises("media.policy_first_reminder")
            return
        asked = _journalist_about_posts(facts)
        if isinstance(asked, Said):
            yield asked
        elif asked:
            if standing_answer(facts.media_policy_steps):
                yield met("media.policy_followed")
            else:
                yield requires("media.policy_first", Need("media_policy_steps", "writer"))


class LeftToRole(Control):
    """May somebody answer a journalist who asks about posts, where such questions are left to one role?

    Settings: direct_to_role, own_response_allowed.
    """

    key = "media.left_to_role"
    listens_to = ("item.answer", "media.enquiry")
    points = ("press", "answer")

    class Settings(NoSettings):
        direct_to_role: str
        own_response_allowed: Literal[False]

    def judge(self, facts: Answering, settings: Settings) -> Iterable[Said]:
        asked = _journalist_about_posts(facts)
        if isinstance(asked, Said):
            yield asked
        elif asked:
            if facts.by is None:
                yield unknown("writer", "office")
            elif facts.by.holds(settings.direct_to_role):
                yield met("media.answered_by_role", role=settings.direct_to_role)
            else:
                yield forbids("media.left_to_role", role=settings.direct_to_role)


class PassedOn(Control):
    """Has an enquiry reached a role that it has to go to?

    Settings: recipients, any of whom will do; deadline, "immediately" or None where the policy names no time.
    `about`: which enquiries, those from the press or requests for a comment to be published.
    """

    key = "media.passed_on"
    listens_to = ("item.received", "media.enquiry")
    points = ("press", "pass_on", "request_for_comment")
    plumbing = frozenset({"who", "about"})

    class Settings(NoSettings):
        recipients: tuple[str, ...]
        deadline: Literal["immediately"] | None
        who: str
        about: Literal["press", "press_about_posts", "request_for_comment"]

    def judge(self, facts: ItemReceived | MediaEnquiry, settings: Settings) -> Iterable[Said]:
        covered = _is_covered(facts, settings.about)
        if isinstance(covered, Said):
            yield covered
        elif covered and isinstance(facts, MediaEnquiry) and facts.passed_to is None:
            yield unknown("passed_to", "writer")
        elif covered:
            passed_to = facts.passed_to if isinstance(facts, MediaEnquiry) else ()
            if not set(settings.recipients).isdisjoint(passed_to or ()):
                yield met("media.passed_on", roles=settings.recipients)
            elif settings.deadline is None:
                due = Due.none_promised()
                yield obliges(settings.who, "pass_on", due, "media.pass_on", roles=settings.recipients)
            elif facts.received_at is None:
                yield unknown("item_received_at", "moderator")
            else:
                due = Due(instant=in_utc(facts.received_at))
                yield obliges(
                    settings.who, "pass_on", due, "media.pass_on_at_once", roles=settings.recipients
                )


class PassedToAnother(Control):
    """Is it enough that a request for comment went to a role that only another sentence of the policy names?

    Settings: recipient, whom the one sentence wants; `others`, whom the other sentence allows as well.
    """

    key = "media.passed_to_another"
    listens_to = ("media.enquiry",)
    points = ("request_for_comment",)
    plumbing = frozenset({"others"})

    class Settings(NoSettings):
        recipient: str
        others: tuple[str, ...]

    def judge(self, facts: MediaEnquiry, settings: Settings) -> Iterable[Said]:
        if facts.asks_for_comment and facts.passed_to and settings.recipient not in facts.passed_to:
            others = [role for role in settings.others if role in facts.passed_to]
            if others:
                need = Need("pass_on", settings.recipient)
                yield requires("media.passed_to_another", need, role=settings.recipient, other=others[0])


class AdviceFirst(Control):
    """Has somebody who talks to the press advice or approval from one of the recipients? Settings: those."""

    key = "media.advice_first"
    listens_to = ("item.answer", "media.enquiry")
    points = ("press", "answer")

    class Settings(NoSettings):
        recipients: tuple[str, ...]

    def judge(self, facts: Answering, settings: Settings) -> Iterable[Said]:
        if not _answers(facts) or facts.from_press is False:
            return
        if facts.from_press is None:
            yield unknown("from_press", "moderator")
        elif facts.by is not None and facts.by.holds(*settings.recipients):
            yield met("media.answered_by_role", role=settings.recipients)
        else:
            advice = _advice(facts)
            if advice is None:
                yield unknown("press_advice", "office")
            elif by_role(advice, settings.recipients):
                yield met("media.advice_given")
            else:
                yield requires("media.advice_first", Need("press_advice", settings.recipients[0]))


class WrittenApproval(Control):
    """Is there approval in writing, naming this text, for an answer to a request for comment?

    Settings: approval ("written"). `approver`: who answers such requests; `others`, whose advice or approval
    another sentence of the policy takes: where there is only that, `short_of` has the binding ask the role
    that rules.
    """

    key = "media.written_approval"
    listens_to = ("item.answer", "media.enquiry")
    points = ("request_for_comment",)
    plumbing = frozenset({"approver", "others"})

    class Settings(NoSettings):
        approval: Literal["written"]
        approver: str
        others: tuple[str, ...]

    def judge(self, facts: Answering, settings: Settings) -> Iterable[Said]:
        if not _answers(facts) or facts.asks_for_comment is False:
            return
        if facts.asks_for_comment is None:
            yield unknown("asks_for_comment", "moderator")
            return
        advice = _advice(facts)
        if facts.by is not None and facts.by.holds(settings.approver):
            yield met("media.answered_by_role", role=settings.approver)
        elif advice is None:
            yield unknown("written_approval", settings.approver)
        elif _in_writing(by_role(advice, (settings.approver,))):
            yield met("media.approved_in_writing", role=settings.approver)
        elif not by_role(advice, (settings.approver, *settings.others)):
            yield requires("media.written_approval", Need("written_approval", settings.approver))


class ShortOfWritten(WrittenApproval):
    """Is less than the approver's word in writing enough, where another sentence asks for less?"""

    key = "media.short_of_written"

    def judge(self, facts: Answering, settings: WrittenApproval.Settings) -> Iterable[Said]:
        advice = _advice(facts)
        if not _answers(facts) or not facts.asks_for_comment or not advice:
            return
        if facts.by is not None and facts.by.holds(settings.approver):
            return
        given = by_role(advice, (settings.approver, *settings.others))
        if given and not _in_writing(by_role(advice, (settings.approver,))):
            need = Need("written_approval", settings.approver)
            yield requires("media.short_of_written", need, role=settings.approver)


def _answers(facts: Answering) -> bool:
    """Whether an answer is about to be given; passing an enquiry on is none."""
    return isinstance(facts, ItemAnswer) or facts.act == "answer"


def _advice(facts: Answering) -> tuple[Given, ...] | None:
    return facts.press_advice if isinstance(facts, ItemAnswer) else facts.advice


def _in_writing(given: Iterable[Given]) -> bool:
    return any(one.written and one.of_this_version for one in given)


def _journalist_about_posts(facts: Answering) -> bool | Said:
    """Whether a journalist who asks about posts is about to be answered, or which fact is missing."""
    if not _answers(facts) or facts.from_press is False or facts.about_posts is False:
        return False
    if facts.from_press is None:
        return unknown("from_press", "moderator")
    if facts.about_posts is None:
        return unknown("about_posts", "moderator")
    return True


def _is_covered(facts: ItemReceived | MediaEnquiry, about: str) -> bool | Said:
    if about == "request_for_comment":
        asks = facts.asks_for_comment if isinstance(facts, MediaEnquiry) else False
        return unknown("asks_for_comment", "moderator") if asks is None else asks
    if facts.from_press is None:
        return unknown("from_press", "moderator")
    if facts.from_press and about == "press_about_posts" and isinstance(facts, MediaEnquiry):
        return unknown("about_posts", "moderator") if facts.about_posts is None else facts.about_posts
    return facts.from_press
