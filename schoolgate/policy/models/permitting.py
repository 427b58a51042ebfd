"""Requests for a permission that a rule waits for."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned, School
from schoolgate.people.models import Permission, Person
from schoolgate.policy.models.rulings import PutToRole
from schoolgate.policy.states import STILL_ASKED, AskedState


class PermissionAsked(PutToRole):
    """A permission that a person asked the role for which can give it.

    `about`: what it is asked for, a post or a comment (`publishing.post:7`). `covers` and `subject`: those of
    the permission that a yes gives. `lasts_for`: what it is about if it is given for some days, not for this
    text alone; empty where that can't be.
    """

    about = models.CharField(max_length=80)
    covers = models.CharField(max_length=120)
    subject = models.CharField(max_length=80)
    lasts_for = models.CharField(max_length=80, blank=True)
    point = models.CharField(max_length=60)
    """The point of the situation at which the policy waits for it."""
    roles = models.JSONField(default=list)
    """The keys of the roles that can give it."""
    named = models.BooleanField()
    """Whether the policy names these roles; if not, those who look after the policy are asked."""
    clauses = models.JSONField(default=list)
    words = models.TextField(_("What should they know?"), max_length=2000, blank=True)
    text = models.TextField(blank=True)
    """The exact text that a yes covers."""
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    account_id = models.BigIntegerField(null=True, blank=True)
    permission = models.OneToOneField(
        Permission, models.PROTECT, null=True, blank=True, related_name="request"
    )

    class Meta:
        verbose_name_plural = "permissions asked for"
        constraints = [
            models.CheckConstraint(
                name="policy_permission_answered_as_its_state_says",
                condition=Q(state__in=[*STILL_ASKED, AskedState.LAPSED], answered_by=None, permission=None)
                | Q(state=AskedState.GIVEN, answered_by__isnull=False, permission__isnull=False)
                | Q(state=AskedState.DECLINED, answered_by__isnull=False, permission=None),
            ),
            models.UniqueConstraint(
                fields=["federation", "about", "covers"],
                condition=Q(state__in=STILL_ASKED),
                name="policy_permission_asked_once",
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "about", "-id"], name="policy_permission_about"),
            models.Index(fields=["federation", "asked_by", "-id"], name="policy_permission_mine"),
        ]

    def __str__(self) -> str:
        return f"request for permission {self.pk}"

    @property
    def kind(self) -> str:
        """Return what it covers, without the digest of a text."""
        return self.covers.partition(":")[0]


class PermissionWord(FederationOwned):
    """A question back to the person who asked for a permission, or their answer. Only ever added to."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")
    only_destroyed: ClassVar[bool] = True

    asked = models.ForeignKey(PermissionAsked, models.PROTECT, related_name="said")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.TextField(max_length=2000)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"word {self.pk} on request {self.asked_id}"
