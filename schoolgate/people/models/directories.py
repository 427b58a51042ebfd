"""Rows of signing in with a school account. All of them belong to the installation: read before any scope."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import Federation
from schoolgate.people.models.people import User


class DirectoryKind(models.TextChoices):
    """The provider of a school's directory of sign-ins."""

    MICROSOFT = "microsoft", "Microsoft 365"
    GOOGLE = "google", "Google Workspace"
    OTHER = "other", _("Another service")


class Directory(models.Model):
    """A school's own list of sign-ins, at Microsoft, Google or elsewhere.

    Only the owner's role makes and ends one (`schoolgate directory`); the pages read it. `tenant` is the
    tenant's id at Microsoft, the domain at Google; a sign-in that says another is refused.
    """

    slug = models.SlugField(max_length=50, unique=True)
    kind = models.CharField(max_length=10, choices=DirectoryKind.choices)
    name = models.CharField(max_length=80)
    issuer = models.CharField(max_length=300)
    client_id = models.CharField(max_length=300)
    sealed_secret = models.TextField()
    tenant = models.CharField(max_length=100, blank=True, default="")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_directory_whose",
                condition=Q(kind=DirectoryKind.OTHER, tenant="")
                | (Q(kind__in=[DirectoryKind.MICROSOFT, DirectoryKind.GOOGLE]) & ~Q(tenant="")),
            ),
            models.CheckConstraint(
                name="people_directory_reached_safely",
                condition=Q(issuer__startswith="https://")
                | Q(issuer__regex=r"^http://(127\.0\.0\.1|localhost)[:/]"),
            ),
            models.CheckConstraint(
                name="people_directory_is_whole",
                condition=~Q(name="") & ~Q(client_id="") & ~Q(sealed_secret=""),
            ),
        ]

    def __str__(self) -> str:
        return f"directory {self.slug}"


class DirectoryAdmits(models.Model):
    """Sign-ins through this directory open this federation to people who have a place in it."""

    directory = models.ForeignKey(Directory, on_delete=models.CASCADE, related_name="admits")
    federation = models.ForeignKey(Federation, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["directory", "federation"], name="people_directory_admits_once")
        ]

    def __str__(self) -> str:
        return f"admission {self.pk}"


class SchoolAccount(models.Model):
    """A school account joined to a user's own sign-in. `subject` is who they are in the directory; no name,
    no address and no token is stored."""

    directory = models.ForeignKey(Directory, on_delete=models.PROTECT, related_name="accounts")
    subject = models.CharField(max_length=300)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="school_accounts")
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["directory", "subject"], name="people_school_account_once"),
            models.UniqueConstraint(fields=["user", "directory"], name="people_school_account_one_each"),
            models.CheckConstraint(name="people_school_account_somebody", condition=~Q(subject="")),
        ]

    def __str__(self) -> str:
        return f"school account {self.pk}"
