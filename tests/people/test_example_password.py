"""The examples' password is for examples only."""

import pytest
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from schoolgate.core.tenancy import scope
from schoolgate.people.models import Membership
from schoolgate.people.persons import PASSWORD, hashed
from tests.cast import someone


@pytest.mark.parametrize("chosen", [PASSWORD, PASSWORD.upper(), f" {PASSWORD} "])
def test_nobody_of_a_real_federation_may_choose_it(federation, chosen):
    with scope(federation.pk):
        person = someone("Helen")
    with pytest.raises(ValidationError, match="public password"):
        validate_password(chosen, person.user)


def test_nobody_who_is_nowhere_yet_may_choose_it(db):
    with pytest.raises(ValidationError, match="public password"):
        validate_password(PASSWORD)


def test_people_of_an_example_have_it(make_federation):
    with scope(make_federation("wildground", is_example=True).pk):
        validate_password(PASSWORD, someone("Helen").user)


def test_whoever_is_in_an_example_and_in_a_real_federation_may_not(make_federation):
    with scope(make_federation("wildground", is_example=True).pk):
        person = someone("Helen")
    real = make_federation("oakhill")
    Membership.objects.create(user=person.user, federation=real, person_id=1, since="2020-01-01T00:00Z")
    with pytest.raises(ValidationError, match="public password"):
        validate_password(PASSWORD, person.user)


def test_it_is_hashed_once_and_every_other_password_each_time(settings):
    """Two people with one password of their own have two hashes: none sees that it's the same."""
    assert hashed(PASSWORD) == hashed(PASSWORD)
    assert check_password(PASSWORD, hashed(PASSWORD))
    own = "a long enough one"
    assert hashed(own) != hashed(own)
    assert check_password(own, hashed(own))
    settings.PASSWORD_HASHERS = ["tests.telling.QuickArgon2"]
    assert hashed(PASSWORD).startswith("argon2$")
    assert check_password(PASSWORD, hashed(PASSWORD))
