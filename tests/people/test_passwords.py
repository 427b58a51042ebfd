"""Which passwords can be chosen."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from schoolgate.people.models import User

pytestmark = pytest.mark.django_db


def why_not(password: str, email: str = "tess.moorhouse@hillbank.example") -> set[str]:
    try:
        validate_password(password, User(email=email))
    except ValidationError as error:
        return {each.code for each in error.error_list}
    return set()


@pytest.mark.parametrize(
    "password",
    [
        "three-brown-horses",
        "tri cheffyl brown",
        "αβγδεζηθικλμ",
        "aaaa bbbb cccc dddd",
        "THREEBROWNHORSES",
        " three brown horses ",
        "x7" * 64,
        "Wildground plays the trumpet at noon",
    ],
)
def test_any_composition_and_length_is_taken_from_twelve_characters_on(federation, password):
    assert why_not(password) == set()


def test_eleven_characters_are_too_few_and_twelve_are_enough(federation):
    assert why_not("brown-horse") == {"password_too_short"}
    assert why_not("brown-horses") == set()


@pytest.mark.parametrize(
    "password",
    [
        "Schoolgate2026!",
        "ysgol-schoolgate-1",
        "Wildground-2026!",
        "wildground_federation_1",
        "Moorhouse-2026!!",
        "Facebook-Password-1",
    ],
)
def test_the_programs_the_schools_and_the_persons_own_names_make_no_password(federation, password):
    assert "guessable_password" in why_not(password)


def test_eight_letters_beside_those_words_are_enough_and_seven_are_not(federation):
    assert why_not("wildground-trombone") == set()
    assert why_not("wildground-trumpet") == {"guessable_password"}


@pytest.mark.parametrize("password", ["passwordpassword", "123456789012", "q1w2e3r4t5y6"])
def test_what_is_used_everywhere_is_refused(federation, password):
    assert why_not(password) & {"password_too_common", "guessable_password", "password_entirely_numeric"}
