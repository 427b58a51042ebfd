"""Rows of notices and the mails they go out in, of devices, of what people and a federation chose, and of
the one email server.

Texts of events about mails and messages in the record.

The kind of task about people that mail does not reach.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolgate.core.events import Event
from schoolgate.core.events import declare as declare_events
from schoolgate.core.models import Federation, FederationOwned
from schoolgate.duties.kinds import PEOPLE
from schoolgate.duties.kinds import declare as declare_task
from schoolgate.duties.models import Duty
from schoolgate.notices.kinds import UNDER_WAY, MailState, Moment, Security, Urgency, kind
from schoolgate.people.models import Person


class Sending(models.Model):
    """The progress of sending one mail.

    `STARTED` is written before the server is contacted, `HANDING_OVER` before the mail itself leaves: a
    worker that dies in the first is simply followed by another; if it dies in the second, it is unknown
    whether the mail was sent.
    """

    state = models.CharField(max_length=12, choices=MailState, default=MailState.WAITING)
    reason = models.CharField(max_length=20, blank=True)
    trouble = models.CharField(max_length=20, blank=True)
    """What the server said last, as a code of `troubles`."""
    message_id = models.CharField(max_length=120)
    """The mail's own name, made before the first try and never changed: it identifies the mail in the
    server's log, or if it is received twice after all."""
    tries = models.IntegerField(default=0)
    made_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Mail(FederationOwned, Sending):
    """One mail to one person, for everything that they are told at that moment."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    urgency = models.CharField(max_length=10, choices=Urgency)
    day = models.DateField(null=True)
    """Of a morning mail: the day it is for, so that there is never a second one."""
    letter = models.CharField(max_length=60, blank=True)
    """The kind of a separate mail, such as an invitation."""
    lists = models.JSONField(default=list)
    """What it lists, as [kind, moment, number]."""
    way = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "person", "day"],
                condition=Q(day__isnull=False),
                name="notices_one_morning_mail",
            ),
            models.CheckConstraint(
                name="notices_mail_ended_as_its_state_says",
                condition=Q(state__in=UNDER_WAY, ended_at=None)
                | ~Q(state__in=UNDER_WAY) & Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="notices_mail_morning_has_a_day",
                condition=Q(urgency=Urgency.MORNING, day__isnull=False)
                | Q(urgency=Urgency.AT_ONCE, day=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["federation", "next_try_at", "id"],
                condition=Q(state__in=UNDER_WAY),
                name="notices_mail_to_send",
            ),
            models.Index(fields=["federation", "person", "-id"], name="notices_mail_of_person"),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk}"

    @property
    def to_address(self) -> str:
        """Its address: mails about the sign-in go to the sign-in's own address, which no federation can
        change."""
        of_sign_in = self.letter and kind(self.letter).of_sign_in
        return self.person.user.email if of_sign_in else self.person.email


class Notice(FederationOwned):
    """One thing that one person is told by mail. What waits for the morning mail is read from the duties."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    moment = models.CharField(max_length=12, choices=Moment, default=Moment.TOLD)
    subject = models.CharField(max_length=80)
    duty = models.ForeignKey(Duty, models.PROTECT, null=True, related_name="+")
    urgency = models.CharField(max_length=10, choices=Urgency)
    number = models.BigIntegerField(default=0)
    """Distinguishes repeated notices about the same subject, where a notice may recur."""
    made_at = models.DateTimeField()
    mail = models.ForeignKey(Mail, models.PROTECT, null=True, related_name="notices")
    state = models.CharField(max_length=12, choices=MailState, default=MailState.WAITING)
    reason = models.CharField(max_length=20, blank=True)
    passed_on = models.BooleanField(default=False)
    """Whether another person was told because this one could not be."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "person", "kind", "subject", "moment", "duty", "number"],
                nulls_distinct=False,
                name="notices_notice_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["federation", "person", "id"],
                condition=Q(state=MailState.WAITING, mail=None),
                name="notices_notice_waiting",
            ),
            models.Index(
                fields=["federation", "id"],
                condition=Q(
                    state__in=(MailState.FAILED, MailState.DROPPED, MailState.UNKNOWN), passed_on=False
                ),
                name="notices_notice_not_told",
            ),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"


class BadAddress(FederationOwned):
    """An address that mail cannot reach: nothing is sent there until the person has another, or it is said
    to work again."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    address = models.EmailField()
    because = models.CharField(max_length=20)
    since = models.DateTimeField()
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "person"], name="notices_bad_address_once")
        ]

    def __str__(self) -> str:
        return f"bad address {self.pk}"


class CaughtMail(FederationOwned):
    """A mail of an example federation, as it would have gone out. A real federation has none."""

    to_name = models.CharField(max_length=200, blank=True)
    to_address = models.EmailField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    caught_at = models.DateTimeField()
    message_id = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "message_id"], name="notices_caught_once")
        ]
        indexes = [models.Index(fields=["federation", "-id"], name="notices_caught_newest")]

    def __str__(self) -> str:
        return f"caught mail {self.pk}"


class SignInMail(Sending):
    """A mail with a link that opens something: of the sign-in pages, where no federation is known yet, or
    of a federation to a person without a place in it. Its words are sealed, and deleted once it is sent."""

    sent_for = models.ForeignKey(Federation, models.PROTECT, null=True, related_name="+")
    address = models.EmailField()
    sealed = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                condition=Q(state__in=UNDER_WAY),
                name="notices_sign_in_mail_to_send",
            ),
            models.Index(fields=["made_at"], name="notices_sign_in_mail_age"),
        ]

    def __str__(self) -> str:
        return f"sign-in mail {self.pk}"


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


class MailServer(models.Model):
    """One row for the installation: what was entered, what was proven, and since when it has been failing.

    If the environment names an email server, what was entered here is not used; the rest still is.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    host = models.CharField(max_length=255, blank=True)
    port = models.IntegerField(default=587)
    user = models.CharField(max_length=255, blank=True)
    sealed_password = models.TextField(blank=True)
    security = models.CharField(max_length=10, choices=Security, default=Security.STARTTLS)
    sender = models.CharField(max_length=254, blank=True)
    kept_at = models.DateTimeField(null=True)

    sealed_code = models.TextField(blank=True)
    code_for = models.CharField(max_length=64, blank=True)
    """Digest of the settings that the code was sent with: another server needs another proof."""
    code_sent_at = models.DateTimeField(null=True)
    code_tries = models.SmallIntegerField(default=0)
    proven_for = models.CharField(max_length=64, blank=True)
    proven_at = models.DateTimeField(null=True)

    last_good_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    failing_code = models.CharField(max_length=20, blank=True)
    tries = models.IntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="notices_one_mail_server", condition=Q(id=1)),
            models.CheckConstraint(
                name="notices_mail_server_security", condition=Q(security__in=Security.values)
            ),
            models.CheckConstraint(
                name="notices_mail_server_failing",
                condition=Q(failing_since=None, failing_code="")
                | Q(failing_since__isnull=False) & ~Q(failing_code=""),
            ),
        ]

    def __str__(self) -> str:
        return "the email server"


class Wish(FederationOwned):
    """How one person wants to be told of one kind of thing."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    urgency = models.CharField(max_length=10, choices=Urgency)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "person", "kind"], name="notices_wish_once"),
            models.CheckConstraint(name="notices_wish_urgency", condition=Q(urgency__in=Urgency.values)),
        ]

    def __str__(self) -> str:
        return f"wish {self.pk}"


class MorningTime(FederationOwned):
    """When the morning mail goes out: a person's own choice, or the federation's where no person is named."""

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    time = models.TimeField()
    """In London."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "person"], nulls_distinct=False, name="notices_morning_once"
            ),
        ]

    def __str__(self) -> str:
        return f"morning {self.pk}"


class ReadUpTo(FederationOwned):
    """How far the record was read. Its rows are numbered without gaps, so nothing is told twice or missed."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    number = models.BigIntegerField()
    mornings_until = models.DateTimeField(null=True)
    """Up to which instant morning mails were made ready."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["federation"], name="notices_read_up_to_once")]

    def __str__(self) -> str:
        return f"read up to {self.number}"


declare_events(
    {
        "badaddress.mended": Event(_("Emails are reaching a person again.")),
        "badaddress.noted": Event(_("Emails did not reach a person.")),
        "mail.failed": Event(_("An email to a person could not be sent, or bounced.")),
        "mail.unknown": Event(_("It is not known whether an email to a person was sent.")),
        "morningtime.set": Event(_("The time of the morning email was set.")),
    }
)


# fmt: off
MEND = declare_task("notices.mend_address", _("Find a working address: emails don’t reach this person"),
    _("See who it is"),
    page="person-contact", mail="mail", named=PEOPLE)
# fmt: on
