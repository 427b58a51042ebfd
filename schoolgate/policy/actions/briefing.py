"""Tell everyone what the policy wants them to know: the task to read a guide, its confirmation, and what
training counts for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotNow
from schoolgate.core.events import record
from schoolgate.core.subjects import number_of, subject_of
from schoolgate.duties.actions import Opened, Then, discharge, open_duties, open_duty
from schoolgate.duties.models import STILL_TO_DO, Basis, Due, Duty
from schoolgate.people.models import Person
from schoolgate.people.queries import away_on
from schoolgate.policy import briefing, guides, knowing
from schoolgate.policy.actions.saying import attest
from schoolgate.policy.asking import answered, record_decisions
from schoolgate.policy.duty_kinds import BRIEF, BRIEF_ALL
from schoolgate.policy.models import Attestation, Guide
from schoolgate.policy.queries import PolicyInForce, in_force, policy_begun
from schoolgate.policy.reviewing import keepers_of
from schoolgate.policy.states import Attested
from schoolgate.rulebook.kinds import Outcome

AT_ONCE = 500
"""People that one transaction of the sweep looks at."""


@action
def confirm_guide(*, by: Person, at: datetime, guide: Guide, number: int) -> Attestation:
    """Record that a person has read the published version of a guide that the policy wants everyone to know,
    by their own sign-in. `number`: of the version they saw.

    Raises NotNow where another version was published meanwhile, or they aren't asked.
    """
    on = local_day(at)
    book = in_force(on).book
    found = guides.guide(guide.pk)
    if found.shown is None or found.shown.number != number or found.guide.ended_at is not None:
        raise NotNow(_("The guide has changed since you opened it."), _("Read it again."))
    if not briefing.wants_word(by, found, book, on=on):
        raise NotNow(_("You don’t have to confirm this guide."), _("You don’t need to do anything else."))
    shown = found.shown
    row = attest(
        kind=Attested.GUIDE_READ, about=shown, about_person=by, by=by, at=at,
        seen={"title": shown.title, "text": shown.text, "title_cy": shown.title_cy, "text_cy": shown.text_cy},
    )  # fmt: skip
    note_told(people=[by], topics=[briefing.TOPICS[found.guide.about]], at=at)
    return row


@action
def note_told(*, people: Iterable[Person], topics: Iterable[str], at: datetime) -> None:
    """Record that these people have now been told these topics, as far as the policy wants everyone to know
    them: with its clauses, and their tasks ended. Nothing happens for other topics."""
    on = local_day(at)
    policy = policy_begun(on)
    if policy is None:
        return
    wanted = {topic.casefold() for topic in briefing.topics_of(policy.book)}
    said = wanted & {topic.casefold() for topic in topics}
    everybody = list({one.pk: one for one in people}.values())
    if not said or not everybody:
        return
    facts = briefing.facts_of(everybody, policy.book, on=on)
    asked = list(zip(facts, everybody, strict=True))
    for kept in record_decisions(briefing.SITUATION, asked, at=at, by=None):
        if kept.outcome == Outcome.PERMITTED:
            clauses = answered(kept).clauses
            record("briefing.told", subject=kept.subject, at=at, clauses=clauses, decision=kept.pk)
    rows = Duty.objects.filter(kind=BRIEF, person__in=everybody, state__in=STILL_TO_DO)
    duties = list(rows.select_related("person"))
    about = dict(
        Guide.objects.filter(pk__in={number_of(one.subject) for one in duties}).values_list("pk", "about")
    )
    for duty in duties:
        if briefing.TOPICS.get(about.get(number_of(duty.subject), ""), "").casefold() in said:
            discharge(kind=BRIEF, subject=duty.subject, person=duty.person, by=duty.person, at=at, how="told")


@action
def watch_briefings(*, at: datetime, after: int = 0, limit: int = AT_ONCE) -> int | None:
    """Ask people who sign in to read what the policy in force wants everyone to know, once there is a guide
    about it. Safe to run twice.

    Checks `limit` people with ids above `after`; returns the id to continue from, None at the end.
    """
    on = local_day(at)
    policy = policy_begun(on)
    if policy is None or not briefing.topics_of(policy.book):
        return None
    here = knowing.people_here(on).select_related("user").filter(pk__gt=after).order_by("pk")
    looked = list(here.exclude(away_on(on, person="pk"))[:limit])
    without = knowing.without_sign_in(looked, at=at)
    published = guides.published()
    for topic, clauses in briefing.owed_by(looked, policy.book, on=on).items():
        about = briefing.guide_about(topic, published)
        if about is not None:
            reached = [one for one in looked if one.pk in clauses and one.pk not in without]
            _ask(reached, about.guide, clauses, policy, at=at)
    return looked[-1].pk if len(looked) == limit else None


@action
def watch_untold(*, at: datetime) -> None:
    """Ask the role that looks after the policy to tell those that no guide reaches: there is none about it
    yet, or they don't sign in. Ends the task once no one is left. Safe to run twice."""
    on = local_day(at)
    policy = policy_begun(on)
    if policy is None or not briefing.topics_of(policy.book):
        return
    waiting = [(one.guide, each) for one in briefing.standing(policy.book, on=on) for each in one.waiting]
    without = knowing.without_sign_in([each for _guide, each in waiting], at=at)
    unreached = [each for guide, each in waiting if guide is None or each.pk in without]
    owner, overseer = keepers_of(policy.book)
    if not unreached:
        discharge(kind=BRIEF_ALL, subject=policy.version, by=None, at=at, how="told")
        return
    if owner is None or Duty.objects.filter(kind=BRIEF_ALL, state__in=STILL_TO_DO).exists():
        return
    facts = briefing.facts_of(unreached[:1], policy.book, on=on)[0]
    kept = record_decisions(briefing.SITUATION, [(facts, unreached[0])], at=at, by=None)[0]
    open_duty(
        kind=BRIEF_ALL, subject=policy.version, role=owner, at=at, due=Due.none_promised(),
        clauses=briefing.owed_clauses(answered(kept)), decision=kept,
        then=Then(basis=Basis.HOUSE, role=overseer) if overseer else None,
    )  # fmt: skip


def _ask(
    people: Sequence[Person],
    guide: Guide,
    clauses: dict[int, tuple[str, ...]],
    policy: PolicyInForce,
    *,
    at: datetime,
) -> None:
    """Open the task to read this guide for those who don't have it yet, with the decision it comes from."""
    rows = Duty.objects.filter(kind=BRIEF, subject=subject_of(guide), person__in=people)
    rows = rows.filter(state__in=STILL_TO_DO)
    there = set(rows.values_list("person_id", flat=True))
    new = [one for one in people if one.pk not in there]
    facts = briefing.facts_of(new, policy.book, on=local_day(at))
    kept = record_decisions(briefing.SITUATION, list(zip(facts, new, strict=True)), at=at, by=None)
    open_duties(
        at=at,
        wanted=[
            Opened(
                kind=BRIEF, subject=guide, person=one, due=Due.none_promised(), clauses=clauses[one.pk],
                decision=row,
            )
            for one, row in zip(new, kept, strict=True)
        ],
    )  # fmt: skip
