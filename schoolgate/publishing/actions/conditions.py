"""The author says whether a post meets the conditions of its accounts' approval."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import ConditionWord
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound, NotNow, Text
from schoolgate.core.events.recording import record
from schoolgate.core.subjects import subject_of
from schoolgate.people.models import Person
from schoolgate.publishing import rules
from schoolgate.publishing.conditions import conditions_of_post
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.models import Post
from schoolgate.publishing.states import CAN_BE_CHANGED

Said = tuple[bool | None, bool | None]


@action
def say_of_conditions(*, by: Person, at: datetime, post: Post, said: Mapping[int, Said]) -> None:
    """Record, for each condition (by its number), whether it applies to the post and whether it is met. The
    answers count for the current text.

    Raises NotAllowed (only the author), NotFound (no conditions), NotNow (on its way), BadInput
    (`touched-<number>`, `fulfilled-<number>`).
    """
    rules.check_may_change(by, post, on=local_day(at))
    if post.state not in CAN_BE_CHANGED:
        raise NotNow(
            _("This post is already live or being sent."), _("If something is wrong with it, take it down.")
        )
    conditions = conditions_of_post(post, on=local_day(at))
    if not conditions:
        raise NotFound
    wrong: dict[str, Text] = {}
    for row in conditions:
        touched, fulfilled = said.get(row.pk, (None, None))
        if touched is None:
            wrong[f"touched-{row.pk}"] = _("Choose whether the condition applies to this post.")
        elif touched and row.type == "requirement" and fulfilled is None:
            wrong[f"fulfilled-{row.pk}"] = _("Choose whether the post includes what the condition asks for.")
    if wrong:
        raise BadInput(wrong)
    seen = content_digest(post)
    for row in conditions:
        touched, fulfilled = said[row.pk]
        ConditionWord.objects.create(
            condition=row, about=subject_of(post), seen=seen, touched=bool(touched),
            fulfilled=fulfilled if touched and row.type == "requirement" else None, by=by, at=at,
        )  # fmt: skip
    record("post.conditions_said", subject=post, at=at, actor=by, conditions=len(conditions))
