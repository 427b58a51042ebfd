"""The mails of the sign-in pages: at once, sealed until they are sent, and gone afterwards."""

from datetime import timedelta

import pytest

from schoolgate.core.models import Federation
from schoolgate.core.vault import change_key
from schoolgate.notices import sign_in
from schoolgate.notices.models import SignInMail
from tests.notices.mails import Collected, sign_in_mails

MINUTE = timedelta(minutes=1)
LINK = "https://school.example/password/new/abc-def"


@pytest.fixture
def written(house, at, home):
    return sign_in.write(to=house.tess.email, subject="A new password", body=LINK, at=at)


def test_the_words_lie_sealed_and_are_gone_once_it_is_sent(written, at):
    assert LINK not in written.sealed
    assert [(letter.subject, letter.body) for letter in sign_in_mails(at)] == [("A new password", LINK)]
    row = SignInMail.objects.get()
    assert (row.state, row.sealed) == ("sent", "")
    assert sign_in_mails(at) == []


def test_a_change_of_the_vaults_key_takes_them_along(written, at):
    change_key(lambda _told: None, wait=lambda: None)
    assert len(sign_in_mails(at)) == 1


@pytest.mark.parametrize(
    ("code", "state"),
    [("address", "failed"), ("unknown", "unknown"), ("address_later", "waiting"), ("broken_off", "waiting")],
)
def test_what_is_refused_or_unknown_is_not_sent_again(written, house, at, code, state):
    way = Collected(trouble={house.tess.email: code})
    sign_in.send_waiting(clock=lambda: at, way=way)
    row = SignInMail.objects.get()
    assert row.state == state
    assert (row.sealed == "") == (state != "waiting")
    assert len(sign_in_mails(at + MINUTE)) == (state == "waiting")


def test_a_link_that_could_not_be_sent_for_an_hour_is_not_sent_any_more(written, at):
    assert sign_in_mails(at + 61 * MINUTE) == []
    assert SignInMail.objects.get().reason == "too_old"


@pytest.mark.parametrize(("state", "sent"), [("started", 1), ("handing_over", 0)])
def test_what_a_dead_worker_left_behind(written, at, state, sent):
    SignInMail.objects.update(state=state, started_at=at)
    assert sign_in_mails(at + 9 * MINUTE) == []
    assert len(sign_in_mails(at + 11 * MINUTE)) == sent
    assert SignInMail.objects.get().state == ("sent" if sent else "unknown")


def test_it_goes_nowhere_while_there_is_no_mail_server(written, at, no_mail_in_surroundings):
    assert sign_in.send_waiting(clock=lambda: at) == 0
    assert SignInMail.objects.get().state == "waiting"
    assert Federation.objects.filter(is_example=True).count() == 0


def test_old_rows_go(written, at):
    sign_in_mails(at)
    assert sign_in.forget_old(at + timedelta(days=7)) == 0
    assert sign_in.forget_old(at + timedelta(days=7, seconds=1)) == 1
