"""`schoolgate reset-second-step`: the person who runs the server is the second, where there is no other."""

import argparse
from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator

from schoolgate.cli import access
from schoolgate.core.tenancy import scope
from schoolgate.people.sessions import start_factor_reset
from tests.cast import someone
from tests.web.signing import with_app, with_password


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    access.reset_second_step_arguments(parser)
    return access.run_reset_second_step(parser.parse_args(words))


@pytest.fixture
def two(federation):
    """The only two who may take part: one of them has lost her phone."""
    with scope(federation.pk):
        return with_app(with_password(someone("Hanna", "slt"))), someone("Dora", "slt")


def has_a_step(person) -> bool:
    return Authenticator.objects.filter(user=person.user_id).exists()


def test_it_confirms_what_the_other_administrator_asked_for(two, federation, capsys):
    hanna, dora = two
    assert run(hanna.email) == 1
    assert "Another administrator must first ask for it" in capsys.readouterr().err
    assert has_a_step(hanna)
    with scope(federation.pk, dora.pk):
        start_factor_reset(by=dora, at=datetime.now(UTC), person=hanna)
    assert has_a_step(hanna)
    assert run(hanna.email) == 0
    assert not has_a_step(hanna)


def test_it_resets_alone_only_where_that_is_said(two):
    hanna, _dora = two
    assert run(hanna.email, "--no-one-else") == 0
    assert not has_a_step(hanna)


def test_nobody_of_that_address_is_a_mistake(db, capsys):
    assert run("nobody@example.org") == 2
    assert "no one has that address" in capsys.readouterr().err
