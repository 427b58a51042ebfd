"""Planning posts: move one to another time, repeat it on other days, and the good times of an account."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow, Refused
from schoolgate.core.events.recording import record
from schoolgate.core.moves import move
from schoolgate.duties.actions import cancel
from schoolgate.people.models import Person
from schoolgate.policy.asking import answered
from schoolgate.publishing import queries, rules
from schoolgate.publishing.actions.drafting import TargetText, draft_post
from schoolgate.publishing.actions.submitting import ask_for_approval, evaluate, let_approval_lapse
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.duty_kinds import APPROVE
from schoolgate.publishing.models import Post, Slot
from schoolgate.publishing.owners import chosen_for
from schoolgate.publishing.plan_models import LAST_WEEKDAY
from schoolgate.publishing.planning import MOST_REPEATS, clock_of
from schoolgate.publishing.questions import is_about_content
from schoolgate.publishing.states import CAN_BE_CHANGED, POST_MOVES, PostState
from schoolgate.rota.models import instant
from schoolgate.rulebook.kinds import REFUSED

GONE = frozenset({PostState.TAKING_DOWN, PostState.TAKEN_DOWN, PostState.WITHDRAWN})
MOST_SLOTS = 50
"""Good times of one account."""


@action
def move_post(*, by: Person, at: datetime, post: Post, planned_at: datetime) -> Post:
    """Give a post another time, with the content and the answers as they are.

    Its time is part of what approvers approve. So a draft stays a draft; a post that was sent for approval or
    approved needs approval of the new time, and its approvers are asked again; one that was not sent becomes
    a draft.

    Raises NotAllowed (not its author), NotNow (on its way or out; changed meanwhile), BadInput (`day`: a time
    in the past), Refused (the policy does not allow it at that time).
    """
    rules.check_may_change(by, post, on=local_day(at))
    if post.state not in CAN_BE_CHANGED:
        raise NotNow(_("This post is live or being sent, so you can’t move it."), _("Take it down instead."))
    if planned_at <= at:
        raise BadInput({"day": _("Choose a time in the future.")})
    if planned_at == post.planned_at:
        return post
    changed = Post.objects.filter(pk=post.pk, version=post.version).update(
        version=post.version + 1, planned_at=planned_at
    )
    if not changed:
        raise NotNow(_("This post was changed a moment ago."), _("Open it again, then make your change."))
    was = post.state
    let_approval_lapse(post, at=at)
    if was in (PostState.SUBMITTED, PostState.APPROVED):
        _ask_about_new_time(post, by=by, at=at)
    elif was != PostState.DRAFT:
        post.refresh_from_db(fields=["version", "planned_at"])
        move(post, to=PostState.DRAFT, moves=POST_MOVES, at=at)
    record("post.moved", subject=post, at=at, actor=by)
    return queries.post(post.pk)


def _ask_about_new_time(post: Post, *, by: Person, at: datetime) -> None:
    cancel(kind=APPROVE, subject=post, because="changed", at=at, by=by)
    post.refresh_from_db(fields=["version", "planned_at"])
    if post.state == PostState.APPROVED:
        move(post, to=PostState.SUBMITTED, moves=POST_MOVES, at=at)
    again = queries.post(post.pk)
    kept = evaluate(again, at=at, by=by)
    for each in kept:
        if each.outcome in REFUSED or queries.author_still_owes(answered(each)):
            raise Refused(
                each,
                _("The policy doesn’t allow this post at that time."),
                _("Choose another time, or change the post and send it for approval again."),
            )
    ask_for_approval(again, at=at, kept=kept)


@action
def repeat_post(*, by: Person, at: datetime, post: Post, days: Sequence[date]) -> list[Post]:
    """Make a draft with the same content on each of these days, at the same time of London's clocks.

    Each is a post of its own: nothing of it is approved, and no statement about people's consent is copied,
    because that may change; people are listed, and the questions about them are open. Days that have a
    repetition already are left out.

    Raises NotAllowed (not its author), NotNow (withdrawn or taken down), BadInput (`days`).
    """
    rules.check_may_change(by, post, on=local_day(at))
    if post.state in GONE:
        raise NotNow(_("This post was withdrawn or taken down."), _("Write a new post instead."))
    if post.planned_at is None:
        raise BadInput({"days": _("First give this post a day and time.")})
    wanted = sorted(set(days) - repeated_on(post))
    if not wanted or len(wanted) > MOST_REPEATS:
        raise BadInput({"days": _("Choose between 1 and 60 days.")})
    clock = clock_of(post.planned_at)
    made = [
        draft_post(by=by, at=at, school=post.school, planned_at=instant(day, clock), **_content(post))
        for day in wanted
    ]
    Post.objects.filter(pk__in=[each.pk for each in made]).update(repeat_of=post)
    record("post.repeated", subject=post, at=at, actor=by, drafts=len(made))
    return made


def repeated_on(post: Post) -> set[date]:
    """Return the days on which a repetition of this post is planned, withdrawn ones apart."""
    times = post.repeats.exclude(state__in=GONE).values_list("planned_at", flat=True)
    return {local_day(each) for each in times if each is not None}


def _content(post: Post) -> dict[str, Any]:
    """Return what a repetition takes over, as `draft_post` takes it: texts, pictures, who is in it, and the
    author's answers about exactly this content."""
    seen = content_digest(post)
    return {
        "text": post.text,
        "language": post.language,
        "other_text": post.other_text,
        "targets": [
            TargetText(each.account, each.text, each.language, each.as_thread) for each in post.targets.all()
        ],
        "pictures": post.pictures,
        "owners": chosen_for(post),
        "people": [
            {name: getattr(each, name) for name in ("pupil", "number", "relation", "shown", "named")}
            for each in post.people.all()
        ],
        "answers": {
            name: given["answer"]
            for name, given in post.answers.items()
            if given["seen"] == seen and is_about_content(name, given["answer"])
        },
    }


@action
def add_slots(
    *, by: Person, at: datetime, account: Account, weekdays: Collection[int], clock: time
) -> list[Slot]:
    """Add a good time on these days of the week (Monday is 0); those that exist stay as they are.

    Raises NotAllowed, BadInput (`weekdays`).
    """
    rules.check_may_set_slots(by, account, on=local_day(at))
    if not weekdays or not all(0 <= day <= LAST_WEEKDAY for day in weekdays):
        raise BadInput({"weekdays": _("Choose at least one day.")})
    known = Slot.objects.filter(account=account)
    if known.count() + len(weekdays) > MOST_SLOTS:
        raise BadInput({"weekdays": _("An account can have up to 50 good times.")})
    there = set(known.filter(clock=clock).values_list("weekday", flat=True))
    made = [
        Slot.objects.create(account=account, weekday=day, clock=clock)
        for day in sorted(set(weekdays) - there)
    ]
    for each in made:
        record("slot.added", subject=each, at=at, actor=by, account=account.pk)
    return made


@action
def remove_slot(*, by: Person, at: datetime, slot: Slot) -> None:
    """Remove a good time. Posts planned at it stay."""
    rules.check_may_set_slots(by, slot.account, on=local_day(at))
    record("slot.removed", subject=slot, at=at, actor=by, account=slot.account_id)
    slot.delete()
