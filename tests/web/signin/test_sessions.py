"""How long a session lasts, and who ends it."""

from datetime import UTC, datetime, timedelta

from allauth.usersessions.models import UserSession
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.people import leaving
from schoolgate.people.models import Person
from tests.cast import someone
from tests.days import today
from tests.web.signing import is_signed_in, sign_in

NOW = datetime.now(UTC)


def _set(client, **changes):
    session = client.session
    session["signed_in"] = {**session["signed_in"], **changes}
    session.save()


def test_a_password_session_ends_when_nothing_was_done_for_an_hour(teacher):
    client = sign_in(teacher)
    _set(client, seen=(datetime.now(UTC) - timedelta(minutes=61)).isoformat())
    answer = client.get(reverse("me"))
    assert answer["Location"].startswith(reverse("account_login"))
    assert is_signed_in(client) is False


def test_a_password_session_goes_on_within_the_hour(teacher):
    client = sign_in(teacher)
    _set(client, seen=(datetime.now(UTC) - timedelta(minutes=58)).isoformat())
    assert client.get(reverse("me")).status_code == 200
    assert datetime.fromisoformat(client.session["signed_in"]["seen"]) > NOW - timedelta(minutes=1)


def test_a_session_says_how_it_began(teacher, head):
    assert sign_in(teacher).session["signed_in"]["with"] == "password"
    assert sign_in(head).session["signed_in"]["with"] == "two_steps"


def test_a_leavers_session_ends(federation, teacher):
    client = sign_in(teacher)
    with scope(federation.pk):
        by = someone("Ann", "slt")
        leaving.record_departure(by=by, at=NOW, person=Person.objects.get(pk=teacher.pk), left_on=today())
    assert UserSession.objects.filter(user=teacher.user_id).count() == 0
    assert client.get(reverse("me"))["Location"].startswith(reverse("account_login"))
    assert is_signed_in(sign_in(teacher)) is False


def test_who_leaves_tomorrow_is_still_in_today(federation, teacher):
    client = sign_in(teacher)
    with scope(federation.pk):
        by = someone("Ann", "slt")
        tomorrow = today() + timedelta(days=1)
        leaving.record_departure(by=by, at=NOW, person=Person.objects.get(pk=teacher.pk), left_on=tomorrow)
    assert client.get(reverse("me")).status_code == 200


def test_a_person_lists_and_ends_their_own_sessions(teacher):
    here, there = sign_in(teacher), sign_in(teacher)
    here.get(reverse("me"))
    there.get(reverse("me"))
    other = UserSession.objects.get(session_key=there.session.session_key)
    assert len(here.get(reverse("me")).context["sessions"]) == 2
    here.post(reverse("end-my-session", args=[other.pk]))
    assert there.get(reverse("me"))["Location"].startswith(reverse("account_login"))
    assert here.get(reverse("me")).status_code == 200


def test_somebody_elses_session_is_not_found(teacher, head):
    sign_in(head).get(reverse("me"))
    other = UserSession.objects.get(user=head.user_id)
    assert sign_in(teacher).post(reverse("end-my-session", args=[other.pk])).status_code == 404
    assert UserSession.objects.filter(pk=other.pk).exists() is True
