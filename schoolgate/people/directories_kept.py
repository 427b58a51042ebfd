"""Add and end directories, and admit federations to them: by the installation's operator, as the database
owner.

The pages can do none of this: the application's role may only read these tables.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from schoolgate.core import vault
from schoolgate.core.errors import BadInput, NotFound, Text
from schoolgate.core.models import Federation
from schoolgate.core.web_address import parts_of
from schoolgate.people.models import Directory, DirectoryAdmits, DirectoryKind

GOOGLE = "https://accounts.google.com"
MICROSOFT = "https://login.microsoftonline.com/{tenant}/v2.0"
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,49}")
_DOMAIN = re.compile(r"(?=.{4,100}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
_LOOPBACK = ("127.0.0.1", "localhost")


@transaction.atomic
def add_directory(
    *,
    at: datetime,
    slug: str,
    kind: str,
    name: str,
    client_id: str,
    secret: str,
    tenant: str = "",
    issuer: str = "",
    federations: Sequence[str] = (),
) -> Directory:
    """Add a school's own sign-ins, for these federations (by slug). Raises BadInput by field.

    Microsoft's and Google's addresses follow from `tenant`; `issuer` is for another service. A slug is used
    once for ever: what was joined to an ended directory must not come back to life under another.
    """
    tenant, name, secret = tenant.strip().lower(), " ".join(name.split()), secret.strip()
    issuer = _issuer(kind, tenant, issuer)
    wrong = _wrong_name(slug, name, client_id, secret) | _wrong_place(kind, tenant, issuer)
    if wrong:
        raise BadInput(wrong)
    directory = Directory.objects.create(
        slug=slug,
        kind=kind,
        name=name,
        issuer=issuer,
        client_id=client_id,
        sealed_secret=vault.seal(secret),
        tenant=tenant if kind != DirectoryKind.OTHER else "",
        made_at=at,
    )
    for federation in federations:
        admit(slug=directory.slug, federation=federation)
    return directory


def admit(*, slug: str, federation: str) -> None:
    """Let a directory open a federation. Raises NotFound, BadInput (no such federation)."""
    found = Federation.objects.filter(slug=federation).first()
    if found is None:
        raise BadInput({"federation": _("There is no such federation. Give the address of an existing one.")})
    DirectoryAdmits.objects.get_or_create(directory=_one(slug), federation=found)


def end_directory(*, slug: str, at: datetime) -> Directory:
    """End a directory: no one can sign in through it any more, and those who did are signed out at their next
    page. Raises NotFound, also for one that has ended."""
    directory = _one(slug)
    if not Directory.objects.filter(pk=directory.pk, ended_at=None).update(ended_at=at):
        raise NotFound
    return directory


def _one(slug: str) -> Directory:
    found = Directory.objects.filter(slug=slug).first()
    if found is None:
        raise NotFound
    return found


def _issuer(kind: str, tenant: str, issuer: str) -> str:
    if kind == DirectoryKind.MICROSOFT:
        return MICROSOFT.format(tenant=tenant)
    return GOOGLE if kind == DirectoryKind.GOOGLE else issuer.strip()


def _wrong_name(slug: str, name: str, client_id: str, secret: str) -> dict[str, Text]:
    wrong: dict[str, Text] = {}
    if not _SLUG.fullmatch(slug) or slug == "back":
        wrong["slug"] = _("Use lowercase letters, numbers and hyphens, at most 50.")
    elif Directory.objects.filter(slug=slug).exists():
        wrong["slug"] = _("This name is or was already in use. Choose another.")
    if not 0 < len(name) <= 80:
        wrong["name"] = _("Enter the text for the sign-in button, in 80 characters or fewer.")
    if not 0 < len(client_id) <= 300 or not secret:
        wrong["client"] = _("Give the client ID, and its secret on standard input.")
    return wrong


def _wrong_place(kind: str, tenant: str, issuer: str) -> dict[str, Text]:
    wrong: dict[str, Text] = {}
    if kind == DirectoryKind.MICROSOFT and not _is_id(tenant):
        wrong["tenant"] = _("Give the tenant ID, like 8eaef023-2b34-4da1-9baa-8bc8c9d6a490, never common.")
    if kind == DirectoryKind.GOOGLE and not _DOMAIN.fullmatch(tenant):
        wrong["tenant"] = _("Give the school’s Google Workspace domain, like school.example.")
    if kind == DirectoryKind.OTHER and not _is_safe(issuer):
        wrong["issuer"] = _("Give the issuer’s address, which begins with https://.")
    return wrong


def _is_id(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def _is_safe(issuer: str) -> bool:
    parts = parts_of(issuer)
    if not parts.hostname or parts.query or parts.fragment or len(issuer) > 300:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
