"""Mails in a home that was restored: what waited then was most likely sent since, and is not sent again."""

from datetime import timedelta

from schoolgate.notices import sign_in
from schoolgate.notices.after_restore import drop_sign_in_mails, drop_waiting
from schoolgate.notices.models import Mail, SignInMail
from schoolgate.notices.round import make_ready
from tests.notices.mails import Collected

MINUTE = timedelta(minutes=1)


def test_what_waited_is_dropped_once_and_never_sent(house, at):
    house.told(at)
    house.duty(at, "accounts.fake")
    make_ready(house.federation.pk, at=at)
    with house.within():
        assert list(Mail.objects.values_list("state", flat=True)) == ["waiting"]
        assert [drop_waiting(at=at) for _ in range(2)] == [1, 0]
    assert house.told(at + MINUTE) == []
    with house.within():
        assert list(Mail.objects.values_list("state", "reason")) == [("dropped", "restored")]


def test_what_comes_up_afterwards_is_told(house, at):
    with house.within():
        drop_waiting(at=at)
    house.duty(at + MINUTE, "accounts.fake")
    assert [name for name, _ in house.told(at + MINUTE)] == ["Tess Moor"]


def test_a_link_that_opens_a_sign_in_goes_out_no_second_time(house, at):
    sign_in.write(to="p@example.org", subject="A link", body="https://...", at=at)
    assert [drop_sign_in_mails(at=at) for _ in range(2)] == [1, 0]
    way = Collected()
    assert (sign_in.send_waiting(clock=lambda: at + MINUTE, way=way), way.letters) == (0, [])
    row = SignInMail.objects.get()
    assert (row.state, row.reason, row.sealed) == ("dropped", "restored", "")
