"""Tom, whose school account is joined, the directory that it is in, and the way there and back."""

from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import parse_qs

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from schoolgate.core import vault
from schoolgate.core.postgres import server
from schoolgate.core.surroundings import parts_of
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Directory, DirectoryAdmits, SchoolAccount
from tests import databases
from tests.cast import someone
from tests.web.school_provider import CLIENT, SECRET, TENANT, serve
from tests.web.signing import with_password

NOW = datetime.now(UTC)
OID = "11111111-2222-3333-4444-555555555555"
SUBJECT = f"{TENANT}:{OID}"


@contextmanager
def as_operator():
    """As the owner of the tables, whose work `schoolgate directory` is."""
    name = connection.settings_dict["NAME"]
    databases.connect_to(name, role=server.OWNER)
    try:
        yield
    finally:
        databases.connect_to(name)


@pytest.fixture
def provider(own_database, httpserver):
    """The school's own sign-in; it says that Tom signs in at this school's tenant."""
    cache.clear()
    found = serve(httpserver)
    found.says(sub="tom", oid=OID, tid=TENANT)
    return found


@pytest.fixture
def directory(provider, federation):
    """Wildground's tenant at Microsoft."""
    return add_directory(provider, federation)


@pytest.fixture
def tom(federation, directory):
    """A teacher with a password, whose school account is joined."""
    with scope(federation.pk):
        tom = with_password(someone("Tom Teacher", "staff"))
    join(tom, directory)
    return tom


def add_directory(provider, *federations, slug="wildground", kind="microsoft", tenant=TENANT):
    with as_operator():
        made = Directory.objects.create(
            slug=slug, kind=kind, name=f"{slug.title()} school", issuer=provider.address, client_id=CLIENT,
            sealed_secret=vault.seal(SECRET), tenant=tenant, made_at=NOW,
        )  # fmt: skip
        for each in federations:
            DirectoryAdmits.objects.create(directory=made, federation=each)
    return made


def join(person, directory, subject=SUBJECT):
    return SchoolAccount.objects.create(directory=directory, subject=subject, user=person.user, joined_at=NOW)


def there_and_back(client, provider, address, **said):
    """Post a form that leads to the school's sign-in, sign in there; what our page then answers."""
    page = client.post(address, said)
    if "to" not in (page.context or {}):
        return page
    parts = parts_of(page.context["to"])
    asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
    return client.get(address_of(provider.authorize(asked)))


def address_of(address):
    parts = parts_of(address)
    return f"{parts.path}?{parts.query}"


def come_in(provider, slug="wildground", client=None, **said):
    client = client or Client()
    return client, there_and_back(client, provider, reverse("school-account-start", args=[slug]), **said)


def said(page):
    return page.content.decode()
