"""What the permissions of owners that were chosen for a post tell the policy, and who decides in doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from schoolgate.core.clock import local_day
from schoolgate.publishing.models import Post, PostTarget
from schoolgate.publishing.owner_models import OwnerForm, OwnerPermission
from schoolgate.rulebook import Book
from schoolgate.rulebook.situations.post_parts import Material

POINTS = ("rights_doubt", "doubt")
"""Where a policy says who decides about rights; else who decides about any doubt."""
AUTHORS_WORD = frozenset({"owners_permission", "partner_permission", "written_permission"})
"""The needs of a decision that a chosen permission meets while it counts."""


def chosen_for(post: Post) -> list[OwnerPermission]:
    """Return the permissions that the author chose for a post."""
    return [each.permission for each in post.used_permissions.all()]


def day_needed(planned_at: datetime | None, *, at: datetime) -> date:
    """Return the day on which a post needs its permissions: when it goes out, today if that is past."""
    return local_day(max(at, planned_at) if planned_at else at)


def over_in(post: Post, *, at: datetime) -> list[OwnerPermission]:
    """Return the permissions chosen for a post that don't count for one of its accounts when it goes out."""
    day = day_needed(post.planned_at, at=at)
    return [
        each
        for each in chosen_for(post)
        if not all(each.counts(on=day, account_id=target.account_id) for target in post.targets.all())
    ]


def answered_by_owners(post: Post, *, at: datetime) -> list[str]:
    """Return the author's questions that a permission chosen for the post answers with no, so that no word
    of the author's can: unless the author says that the post has other work, or other names, beside it."""
    answers: dict[str, Any] = post.answers
    over = over_in(post, at=at)
    names: list[str] = []
    if any(not each.names_organisation for each in over) and not _said(answers, "others_work"):
        names.append("permission")
    if any(each.names_organisation for each in over) and not _said(answers, "names_partner"):
        names += ["partner_permission", "partner_permission_written"]
    return names


def _said(answers: Mapping[str, Any], name: str) -> bool:
    return answers.get(name, {}).get("answer") is True


def materials_of(
    post: Post,
    target: PostTarget,
    answers: Mapping[str, Any],
    *,
    beside: tuple[Material, ...] | None,
    at: datetime,
) -> tuple[Material, ...] | None:
    """Return what a post includes on one account: what its author said (`beside`; None: not known), and the
    works for which they chose a permission.

    A by-line counts as shown where the text has it, else by the author's own answer."""
    if beside is None:
        return None
    day, shown = day_needed(post.planned_at, at=at), target.text.casefold()
    found = list(beside)
    for each in chosen_for(post):
        if each.names_organisation:
            continue
        what: Any = each.what
        counts = each.counts(on=day, account_id=target.account_id)
        named = bool(each.by_line) and each.by_line.casefold() in shown
        said = answers.get("credited", {}).get("answer")
        found.append(
            Material(
                what=what,
                origin="licensed" if counts and each.form == OwnerForm.LICENCE else "someone_elses",
                permission=counts,
                credited=True if named else said if isinstance(said, bool) else None,
                labels=(),
            )
        )
    return tuple(found)


def partner_facts(
    post: Post, target: PostTarget, answered: Mapping[str, Any], *, at: datetime
) -> dict[str, bool | None]:
    """Return what a post's mention of organisations is, with the permissions chosen for it; empty without
    any. `answered`: the author's own facts, about organisations beside these."""
    day = day_needed(post.planned_at, at=at)
    rows = [each for each in chosen_for(post) if each.names_organisation]
    if not rows:
        return {}
    agreed = [each.counts(on=day, account_id=target.account_id) for each in rows]
    written = [yes and each.form != OwnerForm.SPOKEN for yes, each in zip(agreed, rows, strict=True)]
    others = answered.get("names_partner") is True
    return {
        "names_partner": True,
        "partner_permission": _all(agreed, answered.get("partner_permission"), others=others),
        "partner_permission_written": _all(
            written, answered.get("partner_permission_written"), others=others
        ),
    }


def _all(known: Sequence[bool], said: bool | None, *, others: bool) -> bool | None:
    """Return whether it is true of each: False as soon as of one it is not, None while one is unknown."""
    every = [*known, said] if others else [*known]
    if False in every:
        return False
    return None if None in every else True


def who_decides(book: Book) -> list[str]:
    """Return the roles, by the policy's own names, that decide where an author is unsure about rights; empty
    where the policy names none."""
    for point in POINTS:
        roles = list(book.roles_at("post.publish", point))
        if roles:
            return roles
    return []


def wants_by_line(book: Book) -> bool:
    """Return whether this policy has a rule that the maker is named."""
    return any(bound.point == "credit" for bound in book.bound("post.publish"))
