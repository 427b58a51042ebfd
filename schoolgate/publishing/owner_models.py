"""Rows of the register of permissions that owners gave: for a picture, words or music, a name or a logo."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.models import FederationOwned, School
from schoolgate.people.models import Person


class OwnedThing(models.TextChoices):
    """What an owner's permission is for: a work, by the words of `Material.what`, or an organisation."""

    PICTURE = "picture", _("A picture")
    VIDEO = "video", _("A film")
    TEXT = "text", _("Words, such as a poem or a quote")
    MUSIC = "music", _("Music")
    DOCUMENT = "document", _("A document")
    NAME = "name", _("An organisation’s name")
    LOGO = "logo", _("An organisation’s logo or badge")


class OwnerForm(models.TextChoices):
    """In which form an owner agreed."""

    WRITTEN = "written", _("In writing")
    SPOKEN = "spoken", _("Not in writing")
    LICENCE = "licence", _("By a licence that allows this")


class OwnerPermission(FederationOwned):
    """A permission from the owner of a work, a name or a logo, for posts of one school.

    Another thing than `people.Permission`, which a role of the policy gives. `places`: the only accounts that
    it is for; none: all. `by_line`: how the owner wants to be named. `until`: its last day. `ended_at`: from
    when it no longer counts, whatever its last day.
    """

    numbered: ClassVar[Promise] = _("Permission {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    what = models.CharField(max_length=10, choices=OwnedThing)
    title = models.CharField(max_length=200)
    owner = models.CharField(max_length=200)
    form = models.CharField(max_length=8, choices=OwnerForm)
    by_line = models.CharField(max_length=200, blank=True)
    limits = models.CharField(max_length=500, blank=True)
    """What it is for, in words, where it is not for every use."""
    given_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    scan = models.CharField(max_length=64, blank=True)
    """The digest of the letter, e-mail or licence in the file store."""
    scan_type = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        indexes = [
            models.Index(fields=["federation", "school", "-at", "-id"], name="publishing_owner_of_school"),
        ]
        constraints = [
            models.CheckConstraint(
                name="publishing_owner_ended_by_a_person",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="publishing_owner_until_after_given",
                condition=Q(until=None) | Q(until__gte=models.F("given_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"owner's permission {self.pk}"

    @property
    def names_organisation(self) -> bool:
        """Return whether it is for the name or the logo of an organisation, and not for a work."""
        return self.what in (OwnedThing.NAME, OwnedThing.LOGO)

    def over_on(self, day: date) -> bool:
        """Return whether it has ended, or its last day is before `day`."""
        return self.ended_at is not None or (self.until is not None and self.until < day)

    def counts(self, *, on: date, account_id: int) -> bool:
        """Return whether it is for this account, on this day."""
        named = {each.account_id for each in self.places.all()}
        return not self.over_on(on) and self.given_on <= on and (not named or account_id in named)


class OwnerPermissionPlace(FederationOwned):
    """An account that an owner's permission is for, where it is not for all."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    permission = models.ForeignKey(OwnerPermission, models.PROTECT, related_name="places")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("account_id",)
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "permission", "account"], name="publishing_owner_place_once"
            ),
        ]

    def __str__(self) -> str:
        return f"owner's permission {self.permission_id} on account {self.account_id}"


class UsedPermission(FederationOwned):
    """An owner's permission that the author of a post chose for it."""

    post = models.ForeignKey("publishing.Post", models.CASCADE, related_name="used_permissions")
    permission = models.ForeignKey(OwnerPermission, models.PROTECT, related_name="uses")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "post", "permission"], name="publishing_permission_used_once"
            ),
        ]

    def __str__(self) -> str:
        return f"permission {self.permission_id} used in post {self.post_id}"
