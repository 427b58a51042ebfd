"""A day that an older version let in, such as 9999-12-31, stands in every column of days: no page breaks."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from datetime import date

import pytest
from django.apps import apps
from django.core.signals import got_request_exception
from django.db import DatabaseError, models, transaction

from schoolgate.accounts.models import Care
from schoolgate.core.models.directory import FederationOwned
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from tests.stories import rolled_back
from tests.web.test_kinds_of_page import Reading

pytestmark = pytest.mark.timeout(900)
WHO_MAY = ("people.RoleAssignment", "people.Person", "people.Departure", "accounts.TeamMember")
"""Tables whose days say who may open a page at all."""
EXPECTED = {"accounts.Care.evaluate_on", "policy.PolicyVersion.review_due", "accounts.AccountKey.change_by"}
"""Some of the columns that must hold such a day, so that the test says something."""


def columns() -> Iterator[tuple[type[models.Model], str]]:
    for model in apps.get_models():
        if issubclass(model, FederationOwned) and model._meta.label not in WHO_MAY:
            yield from ((model, each.attname) for each in model._meta.local_fields if _is_day(each))


def _is_day(field: models.Field) -> bool:
    return isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField)


def moved_to(day: date) -> set[str]:
    """Put a day into each column that takes it; gives those that have rows."""
    done = set()
    Care.objects.update(first_day_taken=True)  # the day that people set counts, not the plan's
    for model, name in columns():
        try:
            with transaction.atomic():
                if model._base_manager.update(**{name: day}):
                    done.add(f"{model._meta.label}.{name}")
        except DatabaseError:  # only ever added to, or bounded by the database
            continue
    return done


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(1, 1, 1)])
def test_no_page_breaks_over_a_day_at_an_end_of_the_calendar(told, sign_in, settings, day):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    settings.USERSESSIONS_TRACK_ACTIVITY = False
    federation = told("wildground")
    broken: list[str] = []

    def note(request, **_more) -> None:
        broken.append(f"{request.get_full_path()}: {traceback.format_exception(sys.exc_info()[1])[-3:]}")

    got_request_exception.connect(note)
    try:
        with rolled_back():
            with scope(federation.pk):
                head = Person.objects.select_related("user").get(name="Helen Marsh")
                assert moved_to(day) >= EXPECTED
            browser = sign_in(head)
            browser.raise_request_exception = False
            walk = Reading(browser, set()).go()
    finally:
        got_request_exception.disconnect(note)
    assert len(walk.followed) > 40
    assert broken == []
