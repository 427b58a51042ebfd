"""Ask for a permission that a post lacks."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotNow
from schoolgate.people.models import Person
from schoolgate.policy.actions.permitting import ask_permission
from schoolgate.policy.models import PermissionAsked
from schoolgate.publishing import queries, rules
from schoolgate.publishing.actions.submitting import evaluate
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.lacking import lacking_of, place_of_post
from schoolgate.publishing.models import Post
from schoolgate.publishing.states import CAN_BE_CHANGED


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
