"""New federations.

The application's role cannot create one: the installation's operator does, as the owner.
"""

from __future__ import annotations

from collections.abc import Sequence

import psycopg
from django.db import connection
from django.utils.translation import gettext_lazy as _

from schoolgate.core.env import env
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.models.directory import Federation
from schoolgate.core.postgres.address import database_url

RESERVED = frozenset(
    [
        "account",
        "accounts",
        "admin",
        "answers",
        "api",
        "backups",
        "breaches",
        "clauses",
        "comments",
        "decisions",
        "deliveries",
        "docs",
        "evidence",
        "federation",
        "first-walks",
        "feed",
        "handed-over",
        "healthz",
        "help",
        "home",
        "inbox",
        "invitation",
        "invitations",
        "language",
        "mails",
        "manifest",
        "manifest.webmanifest",
        "may-i",
        "me",
        "media",
        "menu",
        "messages",
        "metrics",
        "news",
        "noticeboard",
        "offline",
        "password",
        "people",
        "pictures",
        "policy",
        "posts",
        "proposals",
        "pupils",
        "records",
        "register",
        "reports",
        "robots.txt",
        "rulings",
        "running",
        "rota",
        "schools",
        "search",
        "searches",
        "service-worker.js",
        "set-up",
        "sign-in",
        "sign-out",
        "something-is-wrong",
        "static",
        "stop",
        "style",
        "theme",
        "today",
        "uploads",
        "well-known",
        "wrong",
    ]
)
"""First words of the program's own addresses: a federation called so could not be reached."""

MIXES = "SELECT 1 FROM core_federation WHERE is_example <> %s LIMIT 1"
ADDING = 7_204_119
"""Name of the lock for adding a federation; `core_add_first_federation` takes the same one."""
MIXED = _("Demo federations and real ones can’t share an installation.")
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
        NotNow: an example where a real federation lives, or the other way round: the password of examples is
        public, so that no home ever has both.
    """
    if slug in RESERVED:
        raise BadInput({"slug": _("Schoolgate uses this address itself. Choose another.")})
    with psycopg.connect(database_url(env(), "owner"), dbname=connection.settings_dict["NAME"]) as owner:
        owner.execute("SELECT pg_advisory_xact_lock(%s)", [ADDING])
        if owner.execute(MIXES, [is_example]).fetchone():
            raise NotNow(MIXED, _("Choose another, empty SCHOOLGATE_HOME."))
        row = owner.execute(ADD, [slug, name, policy_key, list(languages), is_example]).fetchone()
    if row is None:
        raise BadInput({"slug": _("Another federation already has this address. Choose another.")})
    return Federation.objects.get(pk=row[0])
