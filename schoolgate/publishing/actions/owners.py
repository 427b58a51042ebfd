"""Record a permission that an owner gave, end it, and choose permissions for a post."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, Text
from schoolgate.core.events.recording import record
from schoolgate.core.models import School
from schoolgate.core.moves import done_before
from schoolgate.people.models import Person
from schoolgate.publishing import rules
from schoolgate.publishing.models import Post
from schoolgate.publishing.owner_models import (
    OwnedThing,
    OwnerForm,
    OwnerPermission,
    OwnerPermissionPlace,
    UsedPermission,
)

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
