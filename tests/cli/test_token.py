"""`schoolgate token`: the same keys as on one's own page."""

import argparse
from datetime import UTC, datetime

import pytest

from schoolgate.cli import access
from schoolgate.core.tenancy import scope
from schoolgate.people.sessions import find
from tests.cast import someone
from tests.web.signing import code, with_app, with_password


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    access.token_arguments(parser)
    return access.run_token(parser.parse_args(words))


@pytest.fixture
def cara(federation):
    with scope(federation.pk):
        return someone("Cara", "staff")


@pytest.fixture
def head(federation):
    with scope(federation.pk):
        return with_app(with_password(someone("Hanna", "slt")))


def test_make_prints_the_key_list_names_it_and_end_ends_it(cara, capsys):
    assert run("make", cara.email, "--name", "Newsletter", "--read-only") == 0
    text = capsys.readouterr().out.strip()
    found = find(text, at=datetime.now(UTC))
    assert (found.person, found.may_write) == (cara, False)
    assert run("list", cara.email) == 0
    listed = capsys.readouterr().out
    assert listed.startswith(f"{found.pk}  Newsletter  read  until ")
    assert text not in listed
    assert run("end", cara.email, str(found.pk)) == 0
    assert find(text, at=datetime.now(UTC)) is None


def test_a_person_who_must_have_a_second_step_gives_its_code(head, capsys):
    assert run("make", head.email, "--name", "Sums") == 1
    assert "two-step verification" in capsys.readouterr().err
    assert run("make", head.email, "--name", "Sums", "--code", "000000") == 1
    assert run("make", head.email, "--name", "Sums", "--code", code()) == 0


def test_nobody_of_that_address_is_a_mistake(db, capsys):
    assert run("list", "nobody@example.org") == 2
    assert (
        capsys.readouterr().err
        == "schoolgate token: no one has that address. Use the one they sign in with\n"
    )


def test_a_key_that_lasts_too_long_is_refused_in_words(cara, capsys):
    assert run("make", cara.email, "--name", "x", "--days", "400") == 1
    assert "A key can last from one day to a year." in capsys.readouterr().err


def test_somebody_elses_key_cannot_be_ended(cara, head, capsys):
    assert run("make", head.email, "--name", "Sums", "--code", code()) == 0
    number = find(capsys.readouterr().out.strip(), at=datetime.now(UTC)).pk
    assert run("end", cara.email, str(number)) == 1
