"""Rows of messages from official accounts to groups, and of the process for replies elsewhere."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned, School
from schoolgate.inbox.states import MessagePurpose, Relation
from schoolgate.people.models import Person


class GroupMessage(FederationOwned):
    """A message that the policy allowed, for a person to send by hand, with why it is appropriate.

    `people`: how many it goes to; `group` names the group, never a person. `public`: everyone can read it.
    """

    numbered: ClassVar[Promise] = _("Message {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    account = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    to = models.CharField(max_length=10, choices=Relation)
    group = models.CharField(max_length=120)
    people = models.PositiveIntegerField()
    public = models.BooleanField()
    purpose = models.CharField(max_length=30, choices=MessagePurpose)
    reason = models.TextField(max_length=1000, blank=True)
    implications = models.TextField(max_length=1000, blank=True)
    text = models.TextField(max_length=5000)
    decision = models.BigIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        constraints = [
            models.CheckConstraint(name="inbox_message_to_people", condition=Q(people__gte=1)),
        ]
        indexes = [models.Index(fields=["federation", "-id"], name="inbox_message_newest")]

    def __str__(self) -> str:
        return f"message {self.pk}"


class ResponseProcess(FederationOwned):
    """How the federation answers what others write elsewhere, as adopted. Append-only: the newest counts."""

    numbered: ClassVar[Promise] = _("Process {number} for replies")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    words = models.TextField(max_length=5000)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"process {self.pk} for replies"
