"""`schoolgate directory`: only whoever runs the installation adds, admits and ends schools' own sign-ins."""

import io
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from schoolgate.cli import importing
from schoolgate.cli.registry import COMMANDS, Needs
from schoolgate.core.postgres import server
from schoolgate.people import directories
from schoolgate.people.models import Directory
from tests import databases

TENANT = "8eaef023-2b34-4da1-9baa-8bc8c9d6a490"


@contextmanager
def as_operator():
    name = connection.settings_dict["NAME"]
    databases.connect_to(name, role=server.OWNER)
    try:
        yield
    finally:
        databases.connect_to(name)


@pytest.fixture
def call(own_database, federation, monkeypatch, capsys):
    """`call("end", "x")` runs it as the owner; returns the status and what was printed."""

    def run(*words: str, secret: str = "s3cret\n") -> tuple[int, str]:
        import argparse

        parser = argparse.ArgumentParser()
        importing.directory_arguments(parser)
        monkeypatch.setattr("sys.stdin", io.StringIO(secret))
        with as_operator():
            status = importing.run_directory(parser.parse_args(words))
        said = capsys.readouterr()
        return status, said.out + said.err

    return run


def add(call, slug="juniors", kind="microsoft", *more, secret="s3cret\n"):
    words = ("add", slug, "--kind", kind, "--name", "Juniors", "--client-id", "abc", *more)
    return call(*words, secret=secret)


def test_a_tenant_at_microsoft_is_added_with_its_own_issuer_and_a_sealed_secret(call):
    status, said = add(call, "juniors", "microsoft", "--tenant", TENANT.upper(), "--federation", "wildground")
    assert (status, "/sign-in/school/juniors/back" in said) == (0, True)
    made = Directory.objects.get()
    assert made.issuer == f"https://login.microsoftonline.com/{TENANT}/v2.0"
    assert ("s3cret" in made.sealed_secret, directories.secret_of(made)) == (False, "s3cret")
    assert [each.slug for each in directories.live()] == ["juniors"]


def test_google_and_another_service_are_added_too(call):
    assert add(call, "google", "google", "--tenant", "school.example")[0] == 0
    assert add(call, "hwb", "other", "--issuer", "https://sign-in.example/")[0] == 0
    assert [each.issuer for each in Directory.objects.order_by("slug")] == [
        "https://accounts.google.com",
        "https://sign-in.example/",
    ]


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("microsoft", ("--tenant", "common")),
        ("microsoft", ()),
        ("google", ("--tenant", "gmail")),
        ("other", ("--issuer", "http://sign-in.example")),
        ("other", ("--issuer", "https://sign-in.example/?x=1")),
        ("other", ()),
    ],
)
def test_what_names_no_school_or_is_reached_in_clear_is_refused(call, kind, more):
    assert add(call, "juniors", kind, *more)[0] == 1
    assert Directory.objects.count() == 0


def test_a_secret_is_needed_and_an_unknown_federation_adds_nothing(call):
    more = ("--tenant", TENANT)
    assert add(call, "juniors", "microsoft", *more, secret="\n")[0] == 1
    assert add(call, "juniors", "microsoft", *more, "--federation", "nowhere")[0] == 1
    assert Directory.objects.count() == 0


def test_it_opens_nothing_before_it_admits_a_federation_and_nothing_after_its_end(call):
    add(call, "juniors", "microsoft", "--tenant", TENANT)
    assert list(directories.live()) == []
    call("admit", "juniors", "wildground")
    assert [each.slug for each in directories.live()] == ["juniors"]
    assert "opens wildground" in call("list")[1]
    assert call("end", "juniors")[0] == 0
    assert list(directories.live()) == []
    assert [call("end", "juniors")[0], call("end", "nobody")[0]] == [1, 1]
    assert add(call, "juniors", "microsoft", "--tenant", TENANT)[0] == 1


def test_the_pages_role_can_neither_add_nor_change_nor_end_one(call):
    add(call, "juniors", "microsoft", "--tenant", TENANT)
    assert COMMANDS["directory"].needs is Needs.DATABASE_AS_OWNER
    for change in ({"ended_at": None}, {"issuer": "https://elsewhere.example"}, {"client_id": "x"}):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Directory.objects.update(**change)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Directory.objects.get().delete()
