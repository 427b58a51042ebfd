"""School accounts: which directory people sign in through, and whose account is whose."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from schoolgate.core import vault
from schoolgate.core.models import Federation
from schoolgate.core.vault import CannotOpen, also_sealed
from schoolgate.people.models import Directory, DirectoryAdmits, SchoolAccount, User


def live() -> QuerySet[Directory]:
    """Return the directories that people can sign in through: not ended, and admitting a federation; by
    name."""
    admits = DirectoryAdmits.objects.filter(directory=OuterRef("pk"))
    return Directory.objects.filter(Exists(admits), ended_at=None).order_by("name", "pk")


def live_one(slug: str) -> Directory | None:
    """Return the directory of that name, where people can sign in through it, or None."""
    return live().filter(slug=slug).first()


def admitting(federation: Federation) -> list[Directory]:
    """Return every directory that opens this federation, ended ones too, by name."""
    return list(Directory.objects.filter(admits__federation=federation).order_by("name", "pk"))


def joined_as(directory: Directory, subject: str) -> User | None:
    """Return whose sign-in this school account is joined to, or None. An e-mail address is never asked."""
    found = SchoolAccount.objects.filter(directory=directory, subject=subject).select_related("user").first()
    return found.user if found else None


def accounts_of(user: User) -> list[SchoolAccount]:
    """Return the school accounts joined to a sign-in, oldest first."""
    return list(SchoolAccount.objects.filter(user=user).select_related("directory").order_by("pk"))


def secret_of(directory: Directory) -> str:
    """Return the client secret with which this program identifies itself to the directory. Raises
    CannotOpen."""
    return vault.unseal(directory.sealed_secret)


@also_sealed
def seal_anew(newly: Callable[[str], str | None]) -> Iterator[str]:
    """Seal each secret with the newest key; yields `directory SLUG` for what no key opens."""
    for directory in Directory.objects.order_by("pk"):
        try:
            with transaction.atomic():
                if new := newly(directory.sealed_secret):
                    Directory.objects.filter(pk=directory.pk).update(sealed_secret=new)
        except CannotOpen:
            yield f"directory {directory.slug}"
