"""The one email server of the installation, and its status."""

from django.db import models
from django.db.models import Q

from schoolgate.notices.states import Security


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
