"""Sign-ins that are over leave nothing behind; those that go on stay."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection

from schoolgate.jobs.daily import sign_ins
from schoolgate.people.models import User

SECOND = timedelta(seconds=1)


@pytest.fixture
def signed_in(db):
    user = User.objects.create(email="a@example.org", password="!")

    def make(key, ends):
        Session.objects.create(session_key=key, session_data="x", expire_date=ends)
        UserSession.objects.create(user=user, session_key=key, ip="192.0.2.7", created_at=ends)

    return make


def test_a_sign_in_goes_once_it_has_run_out_and_not_a_second_before(signed_in, at):
    signed_in("over", at - SECOND)
    signed_in("goes on", at)
    sign_ins(at)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["goes on"]
    assert list(UserSession.objects.values_list("session_key", flat=True)) == ["goes on"]


def test_a_device_whose_sign_in_was_ended_goes_too(signed_in, at):
    signed_in("ended", at + SECOND)
    Session.objects.all().delete()
    sign_ins(at)
    assert not UserSession.objects.exists()


def test_counts_with_network_addresses_go_once_they_no_longer_count(db, at):
    with connection.cursor() as cursor:
        for key, ends in (("over", at - SECOND), ("counts", at)):
            cursor.execute("INSERT INTO core_cache VALUES (%s, 'x', %s)", [key, ends])
        sign_ins(at)
        cursor.execute("SELECT cache_key FROM core_cache WHERE cache_key IN ('over', 'counts')")
        assert cursor.fetchall() == [("counts",)]
