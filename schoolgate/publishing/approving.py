"""Send a post for approval; approve exactly what is shown, as the second person, or send it back with a
reason; ask for a permission that it lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow, Refused
from schoolgate.core.events import record
from schoolgate.core.moves import done_before, move
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.people.assignments import give_permission
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.policy.asking import answered, record_decisions, require
from schoolgate.policy.choices import own_yes_from
from schoolgate.policy.keeping import GOES_AHEAD
from schoolgate.policy.models import DecisionRecord, PermissionAsked
from schoolgate.policy.permitting import ask_permission
from schoolgate.policy.queries import in_force
from schoolgate.publishing import queries, rules
from schoolgate.publishing.digest import content_digest, last_reading
from schoolgate.publishing.duty_kinds import APPROVE, PUT_RIGHT
from schoolgate.publishing.facts import Asked, facts_of
from schoolgate.publishing.hits import hits_of
from schoolgate.publishing.models import CAN_BE_CHANGED, POST_MOVES, Approval, Post, PostState
from schoolgate.publishing.of_pupils import film_in, pupils_in, standings_in, uses_of, words_on
from schoolgate.publishing.permissions import (
    TALK,
    counts_beside_others,
    discusses_as,
    lacking_of,
    place_of_post,
    policy_needs,
)
from schoolgate.publishing.questions import raise_declared
from schoolgate.publishing.rules import keep_use
from schoolgate.pupils.consents import Standing, standings_by_channel
from schoolgate.pupils.models import Pupil, Use
from schoolgate.rulebook.clauses import Role
from schoolgate.rulebook.kinds import REFUSED
from schoolgate.rulebook.situations.posts import PostPublish
from schoolgate.rulebook.situations.sharing import ImageShare, SharedPerson

SITUATION = "image.share"
POINTS = frozenset({"picture_rules", "picture_guidance", "picture_tagging"})
"""What a policy may say about pictures as a whole; all else is asked of the post itself."""
_MENTION = re.compile(r"(?<![\w.@/])@\w")
"""An account mentioned, as every network writes it; an email address is none."""


def keep_pictures(post: Post, *, at: datetime, facts: Asked) -> list[DecisionRecord]:
    """Return the saved decisions about a post's pictures, one for each account; none where the post has no
    picture or the policy has no such rule. `facts`: of the post on each account, at this instant."""
    bound = in_force(local_day(at)).book.bound(SITUATION)
    if not post.pictures or not any(each.point in POINTS for each in bound):
        return []
    asked = [(picture_facts(each, post, text=target.text), post) for target, each in facts]
    return record_decisions(SITUATION, asked, at=at, by=post.author)


def picture_facts(facts: PostPublish, post: Post, *, text: str) -> ImageShare:
    """Return the pictures of a post on one account as the facts of posting them there: of people those shown,
    whether or not the words name anyone.

    Schoolgate never tags anyone in a picture itself; an account mentioned in the words of the post, `text`,
    is as good as tagged.
    """
    picture, people = facts.picture, facts.people
    if people is None and all(each.shows_people is False for each in post.pictures):
        people = ()
    return ImageShare(
        now=facts.now,
        by=facts.author,
        act="upload",
        place="official_account",
        pupil_site=facts.account.pupil_site,
        shows_pupils=None if picture is None else picture.with_pupils(facts),
        shows_security=None if picture is None else picture.shows_security,
        swimwear=None if picture is None else picture.swimwear,
        people=None if people is None else tuple(SharedPerson(**vars(each)) for each in people),
        fit=None if picture is None else picture.fit,
        dressed=None if picture is None else picture.dressed,
        ridicules=None if picture is None else picture.ridicules,
        tagging="on" if _MENTION.search(text) else "off",
    )


@action
def submit_post(*, by: Person, at: datetime, post: Post) -> Post:
    """Send a post for approval.

    Raises Refused if the policy does not allow it in its present form, or still needs an answer that only the
    author can give; what others have to give (an approval, a consent check, a ruling) may come later.
    """
    rules.check_may_change(by, post, on=local_day(at))
    check_sendable(post, at=at)
    if raise_declared(post, at=at):
        post = queries.post(post.pk)
    for each in keep_use(post, at=at):
        require(each)
    facts = known_of(post, at=at)
    kept = evaluate(post, at=at, by=by, facts=facts)
    pictures = keep_pictures(post, at=at, facts=facts)
    for each in (*kept, *pictures):
        if each.outcome in REFUSED or queries.author_still_owes(answered(each)):
            raise Refused(
                each,
                _("You can’t send this post for approval yet."),
                _("See below what the policy requires, change the post and send it for approval again."),
            )
    clauses = clauses_of([*kept, *pictures])
    move(post, to=PostState.SUBMITTED, moves=POST_MOVES, at=at, sent_back_because="")
    discharge(kind=PUT_RIGHT, subject=post, by=by, at=at)
    ask_for_approval(post, at=at, kept=kept)
    record("post.submitted", subject=post, at=at, actor=by, clauses=clauses, decision=kept[0].pk)
    return queries.post(post.pk)


def known_of(post: Post, *, at: datetime, approvers: Any = None) -> Asked:
    """Return the facts of the post on each account. `approvers`: None for those whose approval stands."""
    given = queries.approvers_of(post, at=at) if approvers is None else approvers
    return facts_of(post, at=at, approvers=given)


def evaluate(
    post: Post, *, at: datetime, by: Person | None, approvers: Any = None, facts: Asked | None = None
) -> list[DecisionRecord]:
    """Ask the policy in force about the post on each account, and save the answers. `facts`: as `known_of`
    gave them at this instant, where another question needs them too."""
    known = known_of(post, at=at, approvers=approvers) if facts is None else facts
    return record_decisions("post.publish", [(each, post) for _target, each in known], at=at, by=by)


def clauses_of(kept: Sequence[DecisionRecord]) -> list[str]:
    """Every clause that these answers rest on, once."""
    return list(dict.fromkeys(clause for each in kept for clause in each.clauses))


def check_sendable(post: Post, *, at: datetime) -> None:
    """Raise BadInput, with everything that is wrong, if a network could not take the post in its present
    form."""
    wrong = rules.problems_of(post, on=local_day(at))
    if wrong:
        raise BadInput(wrong)


def ask_for_approval(post: Post, *, at: datetime, kept: Sequence[DecisionRecord]) -> None:
    """Open the approver's task for each role that approves this post."""
    due = Due.at(post.planned_at) if post.planned_at else Due.none_promised()
    for role in approving_roles(post.author, kept):
        open_duty(
            kind=APPROVE,
            subject=post,
            at=at,
            due=due,
            role=role.key,
            school=post.school,
            about=post.author,
            clauses=_why_approved(kept),
            decision=kept[0],
        )


def approving_roles(author: Person, kept: Sequence[DecisionRecord]) -> list[Role]:
    """Return the roles that these decisions name for the approval, otherwise those that approve here, in the
    order of the author's policy."""
    named = {
        need.source
        for each in kept
        for finding in answered(each).at("approval")
        if finding.stands
        for need in finding.needs
    }
    of_this_policy = book_for(author).roles
    return [role for role in of_this_policy if role.name in named] or [
        role for role in of_this_policy if "approve_post" in role.capacities
    ]


def ask_again(post: Post, *, at: datetime) -> None:
    """Ask the approvers of an approved post again: it is no longer what they approved."""
    move(post, to=PostState.SUBMITTED, moves=POST_MOVES, at=at)
    let_approval_lapse(post, at=at)
    again = queries.post(post.pk)
    ask_for_approval(again, at=at, kept=evaluate(again, at=at, by=None))
    record("post.asked_again", subject=again, at=at)


def _why_approved(kept: Sequence[DecisionRecord]) -> list[str]:
    """Return the clauses that require an approval: the policy's own first, then the house's."""
    decisions = [answered(each) for each in kept]
    found = [one for point in ("approval", "second_person") for d in decisions for one in d.at(point)]
    return list(dict.fromkeys(clause for finding in found for clause in finding.clauses))


def let_approval_lapse(post: Post, *, at: datetime) -> None:
    """Withdraw the approval of changed content: it needs approval again."""
    if Approval.objects.filter(post=post, lapsed_at=None).update(lapsed_at=at):
        record("post.approval_lapsed", subject=post, at=at)


def check_not_on_own_word(person: Person, post: Post, *, on: date) -> None:
    """Raise NotAllowed where a pupil is in a post by a yes that only this person vouches for: they entered
    it, printed its link, or read its mail."""
    if any(each.rests_on(person.pk) for each in _rested_on(post, on=on)):
        raise NotAllowed(
            _(
                "You handled the only yes for a pupil in this post yourself: you entered it, "
                "printed its link or read its email."
            ),
            _("Ask a colleague who approves posts, or enter it with a copy of the signed paper."),
        )


def _rested_on(post: Post, *, on: date) -> Iterator[Standing]:
    """Yield the standings of the pupils in a post: of those chosen, and of those whose name may stay."""
    may, film = standings_in(post, on=on), film_in(post)
    for target in post.targets.all():
        for row in pupils_in(post):
            for use in uses_of(row, words_on(target), film):
                yield may[row.pupil_id or 0][target.account.network][use]
    named = {pk for hit in hits_of(post, on=on).named for pk in hit.hit.of}
    if not named:
        return
    networks = sorted({target.account.network for target in post.targets.all()})
    by_channel = standings_by_channel(
        Pupil.objects.filter(pk__in=named), uses=[Use.NAME], channels=networks, on=on,
        own_yes_from=own_yes_from(on=on),
    )  # fmt: skip
    for each in by_channel.values():
        yield from (one[Use.NAME] for one in each.values())


LONGEST_REASON = 2000


APPROVED_BEFORE = (PostState.APPROVED, PostState.SENDING, PostState.PUBLISHED)


@action
def approve_post(*, by: Person, at: datetime, post: Post, seen: str, discussed: bool = False) -> Post:
    """Approve the post as it was shown; `seen` is the value of `queries.seen_now` that the page carried.
    `discussed`: they say as well that its content was discussed with them first, where the policy asks it.

    Where the policy still waits for other roles alone, the approval is kept and the post goes on once they
    have said yes to the same content. An approval that comes after the planned time approves nothing: the
    post needs a new time.

    Raises NotAllowed (the author; no right to approve), BadInput (`screening`, `welsh`), NotNow (changed
    since it was shown; approved by this person already; stopped), Refused (the policy still needs something
    else).
    """
    rules.check_may_approve(by, post, on=local_day(at))
    if post.state in APPROVED_BEFORE:
        raise done_before(post, _("This post has already been approved."), state__in=APPROVED_BEFORE)
    if post.state != PostState.SUBMITTED:
        raise NotNow(_("This post isn’t waiting for approval."), _("Open it again to see its status."))
    if seen != queries.seen_now(post, at=at):
        raise NotNow(
            _(
                "Something has changed since you opened this: the post, a comment on its "
                "text, a picture check or the policy."
            ),
            _("Read it again, then decide."),
        )
    if post.planned_at is not None and at > post.planned_at:
        return _expire(post, by=by, at=at)
    check_sendable(post, at=at)
    check_not_on_own_word(by, post, on=local_day(at))
    rules.check_words_answered(post, on=local_day(at))
    rules.check_welsh_read(by, post)
    for each in keep_use(post, at=at):
        require(each)
    if discussed:
        _note_discussion(by, post, at=at)
    me, others = queries.as_if(by, post, at=at), queries.approvers_of(post, at=at)
    before = [each.decision for each in queries.judged(post, at=at)]
    kept = evaluate(post, at=at, by=by, approvers=(*others, me))
    complete = all(each.outcome in GOES_AHEAD for each in kept)
    standing = [each for each in post.approvals.all() if each.lapsed_at is None and each.by_id == by.pk]
    mine = next((each for each in standing if each.seen == seen), None)
    if not complete and mine is not None:
        raise done_before(
            post,
            _("You’ve already approved this version."),
            _("Open it again to see its status."),
            made=mine,
        )
    if not complete and not counts_beside_others(before, [answered(each) for each in kept]):
        for each in kept:
            require(each)
    Approval.objects.filter(pk__in=[each.pk for each in standing]).update(lapsed_at=at)
    Approval.objects.create(
        post=post,
        by=by,
        roles=list(me.roles),
        at=at,
        seen=seen,
        decision=kept[0].pk,
        welsh=last_reading(post),
    )
    if complete:
        return _go_on(post, by=by, at=at, kept=kept, seen=seen)
    discharge(kind=APPROVE, subject=post, by=by, at=at, how="approved")
    if any(need.what == "approval" for each in kept for need in policy_needs(answered(each))):
        ask_for_approval(post, at=at, kept=kept)
    record(
        "post.approved_in_part",
        subject=post,
        at=at,
        actor=by,
        clauses=clauses_of(kept),
        decision=kept[0].pk,
        seen=seen,
    )
    return queries.post(post.pk)


def _note_discussion(by: Person, post: Post, *, at: datetime) -> None:
    """Record that exactly this content was discussed with this person, in the role that the policy names."""
    on = local_day(at)
    role = discusses_as(by, post, (each.decision for each in queries.judged(post, at=at)), on=on)
    if role is None:
        return
    give_permission(
        by=by,
        at=at,
        role_key=role,
        written=True,
        covers=f"{TALK}:{content_digest(post)}",
        subject=subject_of(post),
        from_day=on,
    )


@action
def approve_if_complete(*, by: Person, at: datetime, post: Post) -> Post:
    """Approve a post whose approvers have said yes to the current content, now that another role's yes was
    given. `by`: the person who gave it. Without an approval, or while something is missing, nothing
    changes."""
    approval = queries.standing_approval(post)
    if post.state != PostState.SUBMITTED or approval is None:
        return post
    if approval.seen != queries.seen_now(post, at=at) or rules.problems_of(post, on=local_day(at)):
        return post
    if rules.words_to_answer(post, on=local_day(at)):
        return post
    if post.planned_at is not None and at > post.planned_at:
        return _expire(post, by=by, at=at)
    kept = [*evaluate(post, at=at, by=by), *keep_use(post, at=at)]
    if any(each.outcome not in GOES_AHEAD for each in kept):
        return post
    return _go_on(post, by=by, at=at, kept=kept, seen=approval.seen)


def _go_on(post: Post, *, by: Person, at: datetime, kept: Sequence[DecisionRecord], seen: str) -> Post:
    move(post, to=PostState.APPROVED, moves=POST_MOVES, at=at)
    discharge(kind=APPROVE, subject=post, by=by, at=at, how="approved")
    record(
        "post.approved",
        subject=post,
        at=at,
        actor=by,
        clauses=clauses_of(kept),
        decision=kept[0].pk,
        seen=seen,
    )
    return queries.post(post.pk)


@action
def send_back(*, by: Person, at: datetime, post: Post, reason: str) -> Post:
    """Give the post back to its author with a reason. Raises BadInput without one."""
    rules.check_may_approve(by, post, on=local_day(at))
    tidy = reason.strip()
    if not tidy or len(tidy) > LONGEST_REASON:
        raise BadInput({"reason": _("Say what needs to change, in up to 2,000 characters.")})
    move(post, to=PostState.DRAFT, moves=POST_MOVES, at=at, sent_back_because=tidy)
    discharge(kind=APPROVE, subject=post, by=by, at=at, how="sent_back")
    open_duty(
        kind=PUT_RIGHT, subject=post, at=at, due=Due.none_promised(), person=post.author, school=post.school
    )
    record("post.sent_back", subject=post, at=at, actor=by)
    return queries.post(post.pk)


def _expire(post: Post, *, by: Person, at: datetime) -> Post:
    move(post, to=PostState.EXPIRED, moves=POST_MOVES, at=at)
    cancel(kind=APPROVE, subject=post, because="too_late", at=at, by=by)
    open_duty(
        kind=PUT_RIGHT, subject=post, at=at, due=Due.none_promised(), person=post.author, school=post.school
    )
    record("post.expired", subject=post, at=at, actor=by)
    return queries.post(post.pk)


@action
def ask_for_post(*, by: Person, at: datetime, post: Post, covers: str, words: str = "") -> PermissionAsked:
    """Ask the role that can give the permission which this post lacks, for exactly its current content.

    `covers`: the kind of permission, as `lacking_of` names it. Raises NotAllowed unless `by` is its author,
    NotNow (the policy doesn’t wait for it; asked already; no one else has the role), BadInput on `words`.
    """
    on = local_day(at)
    rules.check_may_change(by, post, on=on)
    judged = queries.judged(post, at=at)
    lacking = lacking_of(post, (each.decision for each in judged), on=on)
    lacks = next((one for one in lacking if one.covers == covers), None)
    if lacks is None or post.state not in CAN_BE_CHANGED:
        raise NotNow(_("The policy doesn’t ask for this any more."), _("Open it again to see its status."))
    kept = evaluate(post, at=at, by=by)
    return ask_permission(
        by=by,
        at=at,
        about=post,
        place=place_of_post(post),
        lacks=lacks,
        digest=content_digest(post),
        text="\n\n".join(dict.fromkeys(target.text for target in post.targets.all())),
        words=words,
        account=next(
            each.target.account
            for each in judged
            if any(one.covers == covers for one in lacking_of(post, [each.decision], on=on))
        ),
        decision=next((each for each in kept if set(lacks.clauses) & set(each.clauses)), kept[0]),
    )
