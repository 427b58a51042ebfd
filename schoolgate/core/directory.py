"""New federations.

The application's role cannot make one: whoever runs the installation does, as the owner.
"""

from __future__ import annotations

from collections.abc import Sequence

import psycopg
from django.db import connection
from django.utils.translation import gettext_lazy as _

from schoolgate.core.env import env
from schoolgate.core.errors import BadInput
from schoolgate.core.models.directory import Federation
from schoolgate.core.postgres.address import database_url

RESERVED = frozenset(
    [
        "account",
        "accounts",
        "admin",
        "answers",
        "api",
        "clauses",
        "comments",
        "decisions",
        "deliveries",
        "docs",
        "evidence",
        "feed",
        "federation",
        "healthz",
        "help",
        "home",
        "inbox",
        "invitation",
        "invitations",
        "language",
        "may-i",
        "me",
        "menu",
        "media",
        "noticeboard",
        "password",
        "people",
        "pictures",
        "policy",
        "posts",
        "proposals",
        "records",
        "register",
        "reports",
        "rulings",
        "schools",
        "sign-in",
        "sign-out",
        "static",
        "stop",
        "style",
        "today",
        "well-known",
    ]
)
"""First words of the program's own addresses: a federation called so could not be reached."""

ADD = """
INSERT INTO core_federation (slug, name, policy_key, languages, is_example) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (slug) DO NOTHING RETURNING id
"""


def add_federation(
    *, slug: str, name: str, policy_key: str, languages: Sequence[str] = ("en",), is_example: bool = False
) -> Federation:
    """Enter a federation into the directory, over a connection of the owner's own, and commit at once.

    Only commands call it: a web process has no address of the owner's.

    Args:
        slug: its part of public addresses, as in `/wildground/`.
        policy_key: key of its policy's pack.
        languages: codes of the languages it speaks, the first one first.

    Raises:
        BadInput: the slug is taken, or one of the program's own addresses begins with it.
    """
    if slug in RESERVED:
        raise BadInput({"slug": _("The program itself uses this address. Choose another.")})
    with psycopg.connect(database_url(env(), "owner"), dbname=connection.settings_dict["NAME"]) as owner:
        row = owner.execute(ADD, [slug, name, policy_key, list(languages), is_example]).fetchone()
    if row is None:
        raise BadInput({"slug": _("Another federation already has this address.")})
    return Federation.objects.get(pk=row[0])
