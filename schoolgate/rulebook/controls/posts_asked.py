"""What others say of a post before it goes out: that it is correct, that it was talked over, that rights are
clear; and what its author may say."""

from collections.abc import Iterator
from typing import Literal

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
    standing_answer,
    unknown,
)
from schoolgate.rulebook.controls.posts_text import waits
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.post_publish import PostPublish
from schoolgate.rulebook.situations.rights_question import RightsQuestion


class Factual(Control):
    """Is what it says correct, by somebody's check of it as it stands and of what it was marked for?

    Where nobody was asked yet, it is a reminder; a check of an earlier version has to be made again."""

    key = "post.factual"
    listens_to = ("post.publish",)
    points = ("truth",)

    def judge(self, facts: PostPublish, settings: NoSettings) -> Iterator[Said]:
        for about, mark in facts.marks_by_kind.get("incorrect", ()):
            answer = standing_answer(mark.judged)
            if answer is None:
                yield waits(about, "mark.incorrect")
            elif answer:
                yield forbids("text.found", about, what="mark.incorrect")
            else:
                yield met("text.found_in_order", about, what="mark.incorrect")
        checked = facts.facts_checked
        if checked is None:
            yield advises("rule.incorrect")
        elif standing_answer(checked) is None:
            yield requires("post.facts_changed", Need("facts_checked", "reader"))
        elif checked.answer:
            yield met("post.facts_checked")
        else:
            yield forbids("post.facts_wrong")


class TalkedOver(Control):
    """Was the content talked over beforehand with one of these, who is not its author?

    Settings: `roles` - one is enough. Where nobody was asked yet, it is a reminder. Where the content of the
    site was approved once, it may turn on the policy's words whether each post needs it."""

    key = "post.talked_over"
    listens_to = ("post.publish",)
    points = ("talked_over",)

    class Settings(NoSettings):
        roles: tuple[str, ...]

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        if facts.talks is None:
            yield advises("post.talk_it_over", roles=settings.roles)
            return
        author = facts.author.key if facts.author is not None else None
        held = [one for one in by_role(facts.talks, settings.roles) if one.by != author]
        held = [one for one in held if one.at is None or facts.now is None or one.at <= facts.now]
        if held:
            yield met("post.talked_over", roles=[role for role in settings.roles if role in held[0].roles])
        else:
            yield requires(
                "post.not_talked_over",
                Need("content_talk", settings.roles[0]),
                turns=facts.account.content_approved_once is True,
                roles=settings.roles,
            )


class PutToAdvisers(Control):
    """Before this role releases a post that was held for rights: have these answered, of the post as it
    stands?

    Settings: `role` - whose release; `consults` - whom it has to ask."""

    key = "rights.put_to_advisers"
    listens_to = ("rights.question",)
    points = ("rights_advice",)

    class Settings(NoSettings):
        role: str
        consults: str

    def judge(self, facts: RightsQuestion, settings: Settings) -> Iterator[Said]:
        if facts.by is None:
            yield unknown("decider", "office")
        elif not facts.by.holds(settings.role):
            return
        elif facts.answers is None:
            yield unknown("advisers_answer", settings.consults)
        else:
            found = {one.of_this_version for one in by_role(facts.answers, (settings.consults,))}
            if True in found:
                yield met("rights.advised", role=settings.consults)
            elif None in found:
                yield unknown("advisers_answer_of_this", settings.consults)
            else:
                need = Need("advisers_answer", settings.consults)
                yield requires("rights.not_advised", need, role=settings.consults)


class OfCompany(Control):
    """Does it carry nothing of a company that is marked like this?

    Settings: `owner`; `label` - the marks."""

    key = "material.of_company"
    listens_to = ("post.publish",)
    points = ("confidential",)

    class Settings(NoSettings):
        owner: Literal["company"]
        label: tuple[str, ...]

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        for position, one in enumerate(facts.materials or ()):
            about = f"materials[{position}]"
            if one.owner != settings.owner:
                continue
            if one.labels is None:
                yield unknown("labels", "author", about)
                continue
            marked = [label for label in settings.label if label in one.labels]
            if marked:
                yield forbids("material.of_company", about, label=marked[0])
            else:
                yield met("material.not_labelled", about)


class OpinionAllowed(Control):
    """May it state an opinion? Settings: `allowed`."""

    key = "post.opinion_allowed"
    listens_to = ("post.publish",)
    points = ("opinions",)

    class Settings(NoSettings):
        allowed: Literal["opinions"]

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        if facts.personal_view:
            yield permits("post.opinion_allowed")
