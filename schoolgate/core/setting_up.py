"""New federations, which the installation's operator makes as the owner, because the application's role
cannot; and an empty home: the one address that opens its first pages.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import psycopg
from django.db import connection
from django.utils.translation import gettext_lazy as _

from schoolgate.core.env import env
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Text
from schoolgate.core.home import keys
from schoolgate.core.models import LANGUAGES, CalendarDay, DayKind, Federation, Safeguarder, School, SetUpLink
from schoolgate.core.postgres.server import database_url

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


LASTS = timedelta(hours=24)
"""How long a set-up address works. Schoolgate's own rule."""
KEPT_IN = "set-up-link"
"""Name of the file in the home's keys; the database has the digest only."""

MOST_SHOWN = 200
"""Schools, and entries on safeguarding, shown on one page."""

MINT = "INSERT INTO core_setuplink (digest, made_at, expires_at) VALUES (%s, %s, %s)"
END = "DELETE FROM core_setuplink"


def schools() -> list[School]:
    """Return the schools by name, each with its terms; as many as a page shows."""
    return list(School.objects.order_by("name", "pk").prefetch_related("terms")[:MOST_SHOWN])


def school(pk: int) -> School:
    """One school. Raises NotFound."""
    found = School.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def days_of(school: School) -> tuple[list[tuple[str, date, date]], list[date], list[date]]:
    """Return what was entered for a school: its terms, its INSET days, and its added holidays."""
    terms = school.terms.order_by("first_day").values_list("name", "first_day", "last_day")
    special = list(CalendarDay.objects.filter(school=school).order_by("day").values_list("kind", "day"))
    return (
        list(terms),
        [day for kind, day in special if kind == DayKind.INSET],
        [day for kind, day in special if kind == DayKind.ADDED_HOLIDAY],
    )


def safeguarders() -> list[Safeguarder]:
    """Return the safeguarding leads and deputies there are now, by school; as many as a page shows."""
    rows = Safeguarder.objects.filter(ended_at=None).select_related("school")
    return list(rows.order_by("school__name", "-place", "pk")[:MOST_SHOWN])


def safeguarder(pk: int) -> Safeguarder:
    """One entry on safeguarding, also one that has ended. Raises NotFound."""
    found = Safeguarder.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def mint_link(*, at: datetime) -> str:
    """Create a token for the set-up link, which ends every earlier one; stored in the home's keys.

    As the owner of the tables: only commands can. Raises NotNow if there is already a federation here that
    did not begin with such a link.
    """
    token = secrets.token_urlsafe(32)
    begun = Federation.objects.first()
    if begun is not None and begun.is_example:
        raise NotNow(MIXED, _("Choose another, empty SCHOOLGATE_HOME."))
    with psycopg.connect(database_url(env(), "owner"), dbname=connection.settings_dict["NAME"]) as owner:
        owner.execute(END)
        owner.execute(MINT, [_digest(token), at, at + LASTS])
        if begun is not None:
            owner.execute("UPDATE core_setuplink SET federation_id = %s", [begun.pk])
    path = keys() / KEPT_IN
    draft = path.with_name(f".{KEPT_IN}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(token)
    draft.replace(path)
    return token


def end_links() -> None:
    """Invalidate and delete every set-up link: the first person entered signs in from now on."""
    with psycopg.connect(database_url(env(), "owner"), dbname=connection.settings_dict["NAME"]) as owner:
        owner.execute(END)
    (keys() / KEPT_IN).unlink(missing_ok=True)


def kept_link(*, at: datetime) -> str | None:
    """Return the token stored in this home, while it is valid."""
    path = keys() / KEPT_IN
    token = path.read_text() if path.exists() else ""
    return token if token and link_of(token, at=at) else None


def link_of(token: str, *, at: datetime) -> SetUpLink | None:
    """The link that this token opens at the instant `at`; None: a wrong one, or too old."""
    found = SetUpLink.objects.filter(digest=_digest(token), expires_at__gt=at)
    return found.select_related("federation").first()


def check_entry(*, slug: str, name: str, languages: Sequence[str]) -> None:
    """Raise BadInput (slug, name, languages) unless a federation can be entered so."""
    fields: dict[str, Text] = {}
    if not 0 < len(name.strip()) <= 200:
        fields["name"] = _("Enter the federation’s name, in 200 characters or fewer.")
    if slug in RESERVED:
        fields["slug"] = _("Schoolgate uses this address itself. Choose another.")
    elif not is_slug(slug):
        fields["slug"] = _("Use lowercase letters a to z, numbers and hyphens, at most 60.")
    if not languages or set(languages) - set(LANGUAGES):
        fields["languages"] = _("Choose at least one language.")
    if fields:
        raise BadInput(fields)


def is_slug(words: str) -> bool:
    """Whether this can be part of an address: letters a to z, figures and hyphens, at most 60."""
    signs = set("abcdefghijklmnopqrstuvwxyz0123456789-")
    return 0 < len(words) <= 60 and set(words) <= signs and not words.startswith("-")


def add_first_federation(
    *, token: str, slug: str, name: str, policy_key: str, languages: Sequence[str]
) -> Federation:
    """Enter the home's first federation, for the holder of the set-up link.

    The database's own function compares the token and refuses if the directory is not empty: the
    application's role can add none in any other way. Raises NotAllowed (wrong or old token), NotNow (another
    was entered first, or there are examples here), BadInput.
    """
    check_entry(slug=slug, name=name, languages=languages)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT core_add_first_federation(%s, %s, %s, %s, %s)",
            [token, slug, name.strip(), policy_key, list(languages)],
        )
        told = cursor.fetchone()[0]
    if told == "added":
        return Federation.objects.get(slug=slug)
    if told == "no link":
        raise NotAllowed(
            _("This set-up address doesn’t work, or no longer works."),
            _("The person who runs the server can get a new one with this command: schoolgate setup --link"),
        )
    if told == "not empty":
        raise NotNow(
            _("A federation has already been added here, perhaps just now by someone else."),
            _("Reload the page to continue with it."),
        )
    raise BadInput({"slug": _("Use lowercase letters a to z, numbers and hyphens, at most 60.")})


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
