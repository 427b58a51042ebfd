"""A version of the policy: who may write it, who adopts it, and what its record has to state."""

from collections.abc import Iterator
from typing import Literal

from schoolgate.rulebook.controls.base import (
    NoSettings,
    Said,
    forbids,
    met,
    permits,
    requires,
    standing_answer,
    unknown,
)
from schoolgate.rulebook.controls.steps import AtStep
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.policy_adopt import PolicyAdopt
from schoolgate.rulebook.situations.policy_life import Held


def holders_on(held: tuple[Held, ...], role: str, facts: PolicyAdopt) -> list[Held]:
    """Those who hold this role on the day judged; all who have it on record where no day is given."""
    day = facts.day
    return [
        one
        for one in held
        if one.role == role and (day is None or ((one.from_day or day) <= day <= (one.to_day or day)))
    ]


class _Step(AtStep):
    step_fact = "act"
    step_known_by = "policy_owner"


class Drafter(_Step):
    """May this person draft or change the policy?

    Settings: `role` - whose work it is; `perhaps` - a role of which the policy's words leave it open.
    """

    key = "adopt.drafter"
    listens_to = ("policy.adopt",)
    points = ("drafter",)
    steps = ("draft", "change")
    plumbing = frozenset({"perhaps"})

    class Settings(NoSettings):
        role: str
        perhaps: str | None

    def judge_step(self, facts: PolicyAdopt, settings: Settings) -> Iterator[Said]:
        if facts.by is None:
            yield unknown("policy.policy_writer", "office")
        elif facts.by.holds(settings.role):
            yield met("adopt.drafts", role=settings.role)
        else:
            turns = settings.perhaps is not None and facts.by.holds(settings.perhaps)
            yield forbids("adopt.not_the_drafter", turns=turns, role=settings.role)


class AdoptedBy(_Step):
    """Was the version approved, agreed or authorised by those whom the policy names, before it is in force?

    Settings: `step` - which of them; `role` - by holders of it; `issued_on` - the day or month that the
    issued text itself gives, None where it gives none. The record of the issued text says the same; a later
    version has a day or month of its own.
    """

    key = "adopt.by_role"
    listens_to = ("policy.adopt",)
    points = ("approved_by", "authorised_by")
    steps = ("put_in_force",)
    plumbing = frozenset({"step"})

    class Settings(NoSettings):
        step: Literal["approved", "agreed", "authorised"]
        role: str
        issued_on: str | None

    def judge_step(self, facts: PolicyAdopt, settings: Settings) -> Iterator[Said]:
        if facts.steps is None:
            yield unknown("policy.adoption_steps", "policy_owner")
            return
        taken = [one for one in facts.steps if one.step == settings.step]
        rightly = [one for one in taken if settings.role in one.roles]
        if not rightly:
            message = f"adopt.{settings.step}_by_another" if taken else f"adopt.not_{settings.step}"
            yield requires(message, Need(f"step.{settings.step}", settings.role), role=settings.role)
        elif all(one.on is None for one in rightly):
            yield requires("adopt.no_date", Need("policy.step_date", "policy_owner"), role=settings.role)
        elif settings.issued_on is not None and facts.text_as_issued is None:
            yield unknown("policy.text_as_issued", "policy_owner")
        elif (
            settings.issued_on is not None
            and facts.text_as_issued
            and settings.issued_on not in [one.on for one in rightly]
        ):
            yield forbids("adopt.other_date", printed=settings.issued_on)
        else:
            yield met(f"adopt.{settings.step}", role=settings.role)


class ChangesStated(_Step):
    """Does the version say what has changed since the one before? Settings: `required_field` - its place."""

    key = "adopt.changes_stated"
    listens_to = ("policy.adopt",)
    points = ("changes_stated",)
    steps = ("hand_in", "put_in_force")

    class Settings(NoSettings):
        required_field: Literal["significant_revisions"]

    def judge_step(self, facts: PolicyAdopt, settings: Settings) -> Iterator[Said]:
        if facts.changes_stated:
            yield met("adopt.changes_stated")
        else:
            yield requires("adopt.changes_missing", Need(f"policy.{settings.required_field}", "policy_owner"))


class LastReviewStated(_Step):
    """Does the record of the version say when it was last reviewed?

    Settings: `issued_with` - the month that the issued text gives; the record of that text says the same.
    """

    key = "adopt.last_review_stated"
    listens_to = ("policy.adopt",)
    points = ("last_review_stated",)
    steps = ("hand_in", "put_in_force")

    class Settings(NoSettings):
        issued_with: str

    def judge_step(self, facts: PolicyAdopt, settings: Settings) -> Iterator[Said]:
        if facts.last_reviewed is None:
            yield requires("adopt.no_last_review", Need("policy.last_reviewed", "policy_owner"))
        elif facts.text_as_issued is None:
            yield unknown("policy.text_as_issued", "policy_owner")
        elif facts.text_as_issued and facts.last_reviewed != settings.issued_with:
            yield forbids("adopt.other_date", printed=settings.issued_with)
        else:
            yield met("adopt.last_reviewed")


class DirectionConfirmed(_Step):
    """Have those who set the direction said of this version that it mirrors it, by name and on a day?

    Settings: `aligned_with` - whose direction.
    """

    key = "adopt.direction_confirmed"
    listens_to = ("policy.adopt",)
    points = ("direction_matched",)
    attested = True
    steps = ("put_in_force",)

    class Settings(NoSettings):
        aligned_with: Literal["governors direction"]

    def judge_step(self, facts: PolicyAdopt, settings: Settings) -> Iterator[Said]:
        answer = standing_answer(facts.direction_confirmed)
        if answer is None:
            yield requires("adopt.direction_open", Need("policy.direction_confirmed", "governors_of_policy"))
        elif answer:
            yield met("adopt.direction_confirmed")
        else:
            yield forbids("adopt.direction_missed")


class IssuedWith(_Step):
    """Does the record of the issued text give the day, month or number that the text itself gives?

    A version whose text has changed has its own, which has to be there. Settings: `what` - the day of
    adoption, the day of issue, or the number of the version; `value` - what the text gives.
    """

    key = "adopt.issued_with"
    listens_to = ("policy.adopt",)
    points = ("adopted_on", "issued_on", "version_number")
    steps = ("put_in_force",)
    plumbing = frozenset({"what"})

    class Settings(NoSettings):
        what: Literal["adopted_on", "issued_on", "version_number"]
        value: str | int

    def judge_step(self, facts: PolicyAdopt, settings: Settings) -> Iterator[Said]:
        on_record = _on_record(facts, settings.what)
        if on_record is None:
            yield requires(f"adopt.no_{settings.what}", Need(f"policy.{settings.what}", "policy_owner"))
        elif facts.text_as_issued is None:
            yield unknown("policy.text_as_issued", "policy_owner")
        elif facts.text_as_issued is (on_record == settings.value):
            yield met("adopt.as_printed", printed=on_record)
        elif facts.text_as_issued:
            yield forbids("adopt.other_value", printed=settings.value)
        elif settings.what == "version_number":
            yield forbids("adopt.number_taken", printed=settings.value)
        else:
            yield met("adopt.as_printed", printed=on_record)


def _on_record(facts: PolicyAdopt, what: str) -> str | int | None:
    if what == "version_number":
        return facts.number
    if what == "issued_on":
        return facts.issued.isoformat() if facts.issued else None
    return next((one.on for one in facts.steps or () if one.step == "adopted" and one.on), None)


class AuthorsNamed(_Step):
    """Does the version name who wrote it? More than one may have.

    Settings: `author_count` - how many the issued text names; its record names as many.
    """

    key = "adopt.authors_named"
    listens_to = ("policy.adopt",)
    points = ("authors_named",)
    steps = ("hand_in", "put_in_force")

    class Settings(NoSettings):
        author_count: int

    def judge_step(self, facts: PolicyAdopt, settings: Settings) -> Iterator[Said]:
        if not facts.authors:
            yield requires("adopt.no_author", Need("policy.policy_authors", "policy_owner"))
        elif facts.text_as_issued is None:
            yield unknown("policy.text_as_issued", "policy_owner")
        elif facts.text_as_issued and len(set(facts.authors)) != settings.author_count:
            yield requires(
                "adopt.authors_missing",
                Need("policy.policy_authors", "policy_owner"),
                wanted=settings.author_count,
                given=len(set(facts.authors)),
            )
        else:
            yield met("adopt.authors_named")


class TitleNames(_Step):
    """Does the version carry the federation's name in each of these forms, so that either finds it?

    Settings: `name_on_title`, `name_in_text`.
    """

    key = "adopt.title_names"
    listens_to = ("policy.adopt",)
    points = ("title_names",)
    steps = ("hand_in", "put_in_force")

    class Settings(NoSettings):
        name_on_title: str
        name_in_text: str

    def judge_step(self, facts: PolicyAdopt, settings: Settings) -> Iterator[Said]:
        if facts.names is None:
            yield unknown("policy.federation_names", "policy_owner")
            return
        for name in (settings.name_on_title, settings.name_in_text):
            if name not in facts.names:
                yield requires(
                    "adopt.name_missing", Need("policy.federation_names", "policy_owner"), name=name
                )
                return
        yield met("adopt.names_carried")


class AnswersFor(_Step):
    """Is somebody named for the role that answers for the policy as a whole, before it is in force?

    Settings: `role`.
    """

    key = "adopt.answers_for"
    listens_to = ("policy.adopt",)
    points = ("answers_for",)
    steps = ("put_in_force",)

    class Settings(NoSettings):
        role: str

    def judge_step(self, facts: PolicyAdopt, settings: Settings) -> Iterator[Said]:
        if facts.holders is None:
            yield unknown("policy.role_holders", "office")
        elif holders_on(facts.holders, settings.role, facts):
            yield met("adopt.answers_for", role=settings.role)
        else:
            yield requires(
                "adopt.nobody_answers", Need("policy.role_holder", "federation"), role=settings.role
            )


class ChangeAnyTime(_Step):
    """May the policy be changed whenever its owner sees fit, whatever the day and the last review?"""

    key = "adopt.change_any_time"
    listens_to = ("policy.adopt",)
    points = ("change_any_time",)
    steps = ("draft", "change")

    def judge_step(self, facts: PolicyAdopt, settings: NoSettings) -> Iterator[Said]:
        yield permits("adopt.change_any_time")
