"""Devices on which people want notices, and what is sent to them."""

from django.db import models
from django.db.models import Q

from schoolgate.core.models import FederationOwned
from schoolgate.notices.models.mail import Mail, Sending
from schoolgate.notices.states import UNDER_WAY
from schoolgate.people.models import Person


class PushDevice(FederationOwned):
    """One browser of one person. Its address and keys are sealed in the vault: anyone who has them could send
    messages to it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    """Its name for people, such as "Chrome on Android"."""
    digest = models.CharField(max_length=64)
    """Digest of its address, so that one browser is one device."""
    secret_ref = models.BigIntegerField()
    added_at = models.DateTimeField()
    last_good_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["federation", "digest"], name="notices_device_once")]
        indexes = [models.Index(fields=["federation", "person"], name="notices_device_of_person")]

    def __str__(self) -> str:
        return f"device {self.pk}"


class Push(FederationOwned, Sending):
    """The push message for one mail to one device. It goes through the states of a mail."""

    mail = models.ForeignKey(Mail, models.PROTECT, related_name="pushes")
    device = models.ForeignKey(PushDevice, models.CASCADE, related_name="pushes")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "mail", "device"], name="notices_push_once"),
            models.CheckConstraint(
                name="notices_push_ended_as_its_state_says",
                condition=Q(state__in=UNDER_WAY, ended_at=None)
                | ~Q(state__in=UNDER_WAY) & Q(ended_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["federation", "next_try_at", "id"],
                condition=Q(state__in=UNDER_WAY),
                name="notices_push_to_send",
            )
        ]

    def __str__(self) -> str:
        return f"push {self.pk}"
