"""Notices, and the mails they go out in."""

from django.db import models
from django.db.models import Q

from schoolgate.core.models import Federation, FederationOwned
from schoolgate.duties.models import Duty
from schoolgate.notices.kinds import kind
from schoolgate.notices.states import UNDER_WAY, MailState, Moment, Urgency
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
