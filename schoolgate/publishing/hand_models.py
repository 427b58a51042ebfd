"""Rows of taking down and of what people do by hand: who asked for it, who did it, and who looked."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person
from schoolgate.pupils.models import Withdrawal


class TakeDown(FederationOwned):
    """One act of taking down: one post, or all of an account or of a day at once.

    `reason` is a short code that is also in the record; `words` are the person's own, and are only here. One
    that follows a `withdrawal` of consent is done by the program: it has a due time, and `told_at` once the
    outcome of every copy was passed on.
    """

    numbered: ClassVar[Promise] = _("Take-down {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=20)
    words = models.TextField(blank=True)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    day = models.DateField(null=True)
    withdrawal = models.OneToOneField(Withdrawal, models.PROTECT, null=True, related_name="take_down")
    due_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="publishing_take_down_by_a_person_or_withdrawal",
                condition=Q(by__isnull=False, withdrawal=None, due_at=None)
                | Q(by=None, withdrawal__isnull=False, due_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "-at", "-id"], name="publishing_take_down_newest"),
            models.Index(
                fields=["federation", "id"],
                condition=Q(withdrawal__isnull=False, told_at=None),
                name="publishing_withdrawn_to_settle",
            ),
        ]

    def __str__(self) -> str:
        return f"take-down {self.pk}"


class TakeDownPost(FederationOwned):
    """One post of such an act. `asked`: False if it was being taken down already, so no request was made."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    take_down = models.ForeignKey(TakeDown, models.PROTECT, related_name="posts")
    post = models.ForeignKey("publishing.Post", models.PROTECT, related_name="+")
    asked = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "take_down", "post"], name="publishing_take_down_post_once"
            ),
        ]

    def __str__(self) -> str:
        return f"post {self.post_id} of take-down {self.take_down_id}"


class WithdrawnCopy(FederationOwned):
    """One live copy that has to go because consent was withdrawn."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    take_down = models.ForeignKey(TakeDown, models.PROTECT, related_name="copies")
    delivery = models.ForeignKey("publishing.Delivery", models.PROTECT, related_name="withdrawn")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "take_down", "delivery"], name="publishing_withdrawn_copy_once"
            ),
        ]

    def __str__(self) -> str:
        return f"copy {self.delivery_id} of take-down {self.take_down_id}"


class RemovalSaid(FederationOwned):
    """A person's report that they took a post down by hand, and what the second person saw."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    delivery = models.ForeignKey("publishing.Delivery", models.PROTECT, related_name="removals_said")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    gone = models.BooleanField(null=True)
    """What the second person saw. None: not checked yet."""
    looked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    looked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "delivery"], condition=Q(gone=None), name="publishing_removal_said_once"
            ),
            models.CheckConstraint(
                name="publishing_removal_looked_as_a_whole",
                condition=Q(gone=None, looked_by=None, looked_at=None)
                | Q(gone__isnull=False, looked_by__isnull=False, looked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="publishing_removal_seen_by_another",
                condition=Q(looked_by=None) | ~Q(looked_by=models.F("by")),
            ),
        ]

    def __str__(self) -> str:
        return f"word {self.pk} of a removal by hand"


class AddressMended(FederationOwned):
    """The address of a post posted by hand, corrected later; the old address stays."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")
    only_destroyed: ClassVar[bool] = True

    delivery = models.ForeignKey("publishing.Delivery", models.PROTECT, related_name="addresses_mended")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    before = models.TextField()
    after = models.TextField()

    def __str__(self) -> str:
        return f"mended address {self.pk}"
