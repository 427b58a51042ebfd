"""Permissions that owners gave: recorded, ended, chosen for a post, what they tell the policy, and who
decides in doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, Text
from schoolgate.core.events import record
from schoolgate.core.models import School
from schoolgate.core.moves import done_before
from schoolgate.people.models import Person
from schoolgate.publishing import rules
from schoolgate.publishing.models import (
    OwnedThing,
    OwnerForm,
    OwnerPermission,
    OwnerPermissionPlace,
    Post,
    PostTarget,
    UsedPermission,
)
from schoolgate.rulebook import Book
from schoolgate.rulebook.situations.posts import Material

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


LIMITS: Mapping[str, tuple[int, Text]] = {
    "title": (200, _("Use up to 200 characters.")),
    "owner": (200, _("Use up to 200 characters.")),
    "by_line": (200, _("Use up to 200 characters.")),
    "limits": (500, _("Use up to 500 characters.")),
}
"""The most characters of each text, and the sentence for a longer one."""


@action
def record_owner_permission(
    *,
    by: Person,
    at: datetime,
    school: School,
    what: str,
    title: str,
    owner: str,
    form: str,
    given_on: date,
    until: date | None = None,
    by_line: str = "",
    limits: str = "",
    accounts: Sequence[Account] = (),
    scan: tuple[str, str] = ("", ""),
) -> OwnerPermission:
    """Add a permission to the register of a school. `accounts`: the only ones that it is for; none: all.
    `scan`: digest and media type of the letter, e-mail or licence in the file store, proven by its content.

    Raises NotAllowed unless `by` writes posts for the school, BadInput by field.
    """
    rules.check_may_write(by, school, on=local_day(at))
    texts = {"title": title, "owner": owner, "by_line": by_line, "limits": limits}
    wrong = _wrong(texts, what=what, form=form)
    if given_on > local_day(at):
        wrong["given_on"] = _("This day is in the future. Enter the day when the owner agreed.")
    if until is not None and until < given_on:
        wrong["until"] = _("The last day is before the day when the owner agreed.")
    if any(each.school_id not in (None, school.pk) for each in accounts):
        wrong["accounts"] = _("Choose accounts of this school.")
    if wrong:
        raise BadInput(wrong)
    row = OwnerPermission.objects.create(
        school=school,
        what=what,
        form=form,
        given_on=given_on,
        until=until,
        scan=scan[0],
        scan_type=scan[1],
        by=by,
        at=at,
        **{name: said.strip() for name, said in texts.items()},
    )
    OwnerPermissionPlace.objects.bulk_create(
        [OwnerPermissionPlace(permission=row, account=each) for each in dict.fromkeys(accounts)]
    )
    record("ownerpermission.recorded", subject=row, at=at, actor=by)
    return row


@action
def end_owner_permission(*, by: Person, at: datetime, permission: OwnerPermission) -> OwnerPermission:
    """End a permission: its owner took it back, or it was entered by mistake. Posts that use it stay as they
    are; the register lists the live ones.

    Raises NotAllowed unless `by` writes posts for its school, NotNow once it has been ended.
    """
    rules.check_may_write(by, permission.school, on=local_day(at))
    ended = OwnerPermission.objects.filter(pk=permission.pk, ended_at=None).update(ended_at=at, ended_by=by)
    if not ended:
        raise done_before(
            permission,
            _("This permission has ended already."),
            _("Open the list again to see its status."),
            ended_at__isnull=False,
        )
    record("ownerpermission.ended", subject=permission, at=at, actor=by)
    permission.refresh_from_db()
    return permission


def write_chosen(post: Post, chosen: Sequence[OwnerPermission]) -> None:
    """Write which permissions a post uses, in place of those chosen before. Raises BadInput (`owners`) for
    another school's."""
    if any(each.school_id != post.school_id for each in chosen):
        raise BadInput({"owners": _("Choose permissions of this school.")})
    UsedPermission.objects.filter(post=post).exclude(permission__in=chosen).delete()
    kept = set(UsedPermission.objects.filter(post=post).values_list("permission_id", flat=True))
    new = {each.pk: each for each in chosen if each.pk not in kept}
    UsedPermission.objects.bulk_create([UsedPermission(post=post, permission=each) for each in new.values()])


def _wrong(texts: Mapping[str, str], *, what: str, form: str) -> dict[str, Text]:
    wrong: dict[str, Text] = {}
    for name, said in texts.items():
        if "\x00" in said:
            wrong[name] = rules.CONTROLS
        elif len(said) > LIMITS[name][0]:
            wrong[name] = LIMITS[name][1]
    if not texts["title"].strip():
        wrong["title"] = _("Say what it is.")
    if not texts["owner"].strip():
        wrong["owner"] = _("Enter who gave the permission.")
    if what not in OwnedThing.values:
        wrong["what"] = _("Choose what the permission is for.")
    if form not in OwnerForm.values:
        wrong["form"] = _("Choose how the owner agreed.")
    return wrong
