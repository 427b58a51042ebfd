"""Rows of what comes in from files and by email: the address of each account, lists of comments."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned
from schoolgate.people.models import BroughtList, ListMapping, Person


class MailAddress(FederationOwned):
    """The address to which staff forward what was written on an account. `code`: its secret part; the
    sender must also be a member of staff who replies there."""

    numbered: ClassVar[Promise] = _("Email address {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    account = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "code"], name="inbox_mail_code_once"),
            models.UniqueConstraint(
                fields=["federation", "account"], condition=Q(ended_at=None), name="inbox_mail_address_once"
            ),
        ]

    def __str__(self) -> str:
        return f"email address {self.pk}"


class CommentMapping(ListMapping):
    """What the columns and words of a list of comments mean here."""

    numbered: ClassVar[Promise] = _("Comment list settings {number}")


class CommentImport(BroughtList):
    """One list of comments, messages or reviews."""

    numbered: ClassVar[Promise] = _("Comment list {number}")

    mapping = models.ForeignKey(CommentMapping, null=True, on_delete=models.PROTECT, related_name="+")
