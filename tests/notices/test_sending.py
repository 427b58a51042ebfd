"""Sending: refused, slow, broken off, killed in between, the database away; never twice, never in silence."""

from datetime import date, timedelta

import pytest

from schoolgate.core.errors import NotAllowed
from schoolgate.core.tenancy import in_scope
from schoolgate.duties.models import Duty
from schoolgate.notices import mail_server, mails, sending
from schoolgate.notices.actions import give_address, note_bounce
from schoolgate.notices.kinds import MailState
from schoolgate.notices.mail_server import MailTrouble
from schoolgate.notices.models import BadAddress, CaughtMail, Mail, Notice
from schoolgate.notices.round import make_ready, tell_now
from schoolgate.notices.ways import Catcher, Email, way_for
from tests.cast import someone
from tests.notices.conftest import london, then
from tests.notices.server import running

MINUTE = timedelta(minutes=1)


class Killed(BaseException):
    """A worker that dies here."""


def states(house) -> list[tuple[str, str]]:
    with house.within():
        return list(Mail.objects.order_by("pk").values_list("person__name", "state"))


def danger(house, at, **more):
    house.told(at)
    return house.duty(at, "accounts.fake", **more)


def test_an_address_that_is_refused_is_a_duty_and_the_second_one_is_told(house, at):
    danger(house, at, then=then(house))
    house.way.trouble[house.tess.email] = "address"
    assert house.told(at) == []
    assert [name for name, _lines in house.told(at + MINUTE)] == ["Sol West"]
    assert states(house) == [("Tess Moor", "failed"), ("Sol West", "sent")]
    with house.within():
        mend = Duty.objects.get(kind="notices.mend_address")
        assert (mend.role_key, mend.subject) == ("slt", f"people.person:{house.tess.pk}")
    house.duty(at + MINUTE, "accounts.fake")
    house.way.trouble.clear()
    house.told(at + MINUTE)
    assert states(house)[2:] == [("Tess Moor", "dropped")], "nothing is sent to an address that was refused"


def test_another_address_mends_it(house, at):
    danger(house, at)
    house.way.trouble[house.tess.email] = "address"
    house.told(at)
    with house.within():
        with pytest.raises(NotAllowed):
            give_address(by=house.sol, at=at, person=house.tess, address="tess@school.example")
        give_address(by=house.ada, at=at, person=house.tess, address="tess@school.example")
        assert BadAddress.objects.count() == 0
        assert Duty.objects.get(kind="notices.mend_address").state == "discharged"
    house.duty(at, "accounts.fake")
    assert "Tess Moor" in [name for name, _lines in house.told(at + MINUTE)]


def test_a_bounce_that_is_entered_by_hand_tells_the_second_one(house, at):
    danger(house, at, then=then(house))
    assert [name for name, _ in house.told(at)] == ["Tess Moor"]
    with house.within():
        note_bounce(by=house.ada, at=at + MINUTE, person=house.tess)
        assert Mail.objects.get().reason == "bounced"
    assert [name for name, _ in house.told(at + MINUTE)] == ["Sol West"]


def test_an_address_that_is_put_off_is_tried_for_a_day_and_then_given_up(house, at):
    danger(house, at)
    house.way.trouble[house.tess.email] = "address_later"
    make_ready(house.federation.pk, at)
    tried = []
    for _time in range(20):
        with house.within():
            mail = Mail.objects.get(person=house.tess)
        if mail.state != "waiting":
            break
        tried.append(int((mail.next_try_at - at) / MINUTE))
        sending.send_waiting(house.federation.pk, clock=lambda now=mail.next_try_at: now, way=house.way)
    assert tried[:6] == [0, 5, 20, 50, 110, 230]
    assert (mail.state, mail.reason, mail.tries, len(tried)) == ("failed", "bad_address", 12, 12)


def test_a_server_that_stands_still_is_told_to_administrators_and_everything_goes_out_later(house, at):
    danger(house, at)
    house.way.stands_still, house.way.key = "no_answer", "email"
    assert house.told(at) == []
    assert mails.standing_still(at + 29 * MINUTE) is None
    assert mails.standing_still(at + 30 * MINUTE).code == "no_answer"
    with house.within():
        assert str(mails.standing_still(at + 30 * MINUTE).sentence) == "The email server can’t be reached."
    assert states(house) == [("Tess Moor", "waiting")]
    house.way.stands_still = ""
    assert [name for name, _ in house.told(at + 31 * MINUTE)] == ["Tess Moor"]
    assert mails.standing_still(at + 31 * MINUTE) is None


def test_while_there_is_no_mail_server_mails_wait_and_that_is_told(house, at, no_mail_in_surroundings):
    danger(house, at)
    done = tell_now(house.federation.pk, clock=lambda: at)
    assert done.stands_still is True
    assert states(house) == [("Tess Moor", "waiting")]
    assert mails.standing_still(at + 31 * MINUTE).code == "none_set"


def test_an_unknown_outcome_is_told_as_such_never_sent_again_and_the_second_one_is_told(house, at):
    danger(house, at, then=then(house))
    house.way.trouble[house.tess.email] = "unknown"
    house.told(at)
    house.way.trouble.clear()
    assert [name for name, _ in house.told(at + 60 * MINUTE)] == ["Sol West"]
    assert states(house) == [("Tess Moor", "unknown"), ("Sol West", "sent")]


@pytest.mark.parametrize(("when", "after"), [("before", "sent"), ("between", "unknown")])
def test_a_worker_that_is_killed_sends_nothing_twice(house, at, when, after):
    danger(house, at)
    went = []

    class Dying(type(house.way)):
        def hand_over(self, letter, before_handing_over):
            if when == "between":
                before_handing_over()
                went.append(letter.message_id)
            raise Killed

    with pytest.raises(Killed):
        tell_now(house.federation.pk, clock=lambda: at, way=Dying())
    assert house.told(at + 9 * MINUTE) == [], "it may still be at work"
    house.told(at + 11 * MINUTE)
    assert states(house)[0] == ("Tess Moor", after)
    names = went + [letter.message_id for letter in house.way.letters if letter.to_name == "Tess Moor"]
    assert len(names) == 1


def test_a_kill_in_the_middle_of_a_batch_leaves_each_mail_sent_once(house, at):
    house.told(at)
    with house.within():
        people = [someone(f"Person {n}", "staff") for n in range(6)]
    for person in people:
        house.duty(at, "accounts.fake", person=person)

    class Dying(type(house.way)):
        def hand_over(self, letter, before_handing_over):
            if len(self.letters) == 3:
                raise Killed
            super().hand_over(letter, before_handing_over)

    dying = Dying()
    with pytest.raises(Killed):
        tell_now(house.federation.pk, clock=lambda: at, way=dying)
    house.told(at + MINUTE)
    house.told(at + 11 * MINUTE)
    everybody = [letter.to_name for letter in (*dying.letters, *house.way.letters)]
    assert sorted(everybody) == sorted(person.name for person in people)


def test_nothing_is_sent_inside_a_transaction(house, at):
    danger(house, at)
    inside = []

    class Looking(type(house.way)):
        def hand_over(self, letter, before_handing_over):
            inside.append(in_scope())
            super().hand_over(letter, before_handing_over)

    tell_now(house.federation.pk, clock=lambda: at, way=Looking())
    assert inside == [False]


def test_a_database_that_goes_away_while_a_mail_is_handed_over_leaves_it_unknown(house, at):
    from django.db import OperationalError

    danger(house, at)

    class Gone(type(house.way)):
        def hand_over(self, letter, before_handing_over):
            super().hand_over(letter, before_handing_over)
            raise OperationalError("the database went away")

    with pytest.raises(OperationalError):
        tell_now(house.federation.pk, clock=lambda: at, way=Gone())
    house.told(at + 11 * MINUTE)
    assert states(house)[0] == ("Tess Moor", "unknown")
    assert "Tess Moor" not in [letter.to_name for letter in house.way.letters]


def test_a_real_conversation_with_a_mail_server(house, at, loopback):
    danger(house, at)
    house.tess.name = "Tess\r\nBcc: everybody@school.example"
    with house.within():
        house.tess.save()
    with running() as server:
        tell_now(house.federation.pk, clock=lambda: at, way=Email(server.settings))
    ((to, text),) = server.taken
    head, _, _body = text.partition("\r\n\r\n")
    assert to == house.tess.email
    assert "\r\nBcc" not in head
    assert "Auto-Submitted: auto-generated" in head
    with house.within():
        assert f"Message-ID: {Mail.objects.get().message_id}" in head


def test_one_refused_address_does_not_keep_the_next_from_its_mail(house, at, loopback):
    danger(house, at)
    house.duty(at, "accounts.fake", person=house.sol)
    with running(answers={f"RCPT TO:<{house.tess.email}": "550 nobody"}) as server:
        tell_now(house.federation.pk, clock=lambda: at, way=Email(server.settings))
    assert [to for to, _text in server.taken][:1] == [house.sol.email]
    assert ("Tess Moor", "failed") in states(house)


def test_a_server_that_dies_between_the_mail_and_its_answer(house, at, loopback):
    danger(house, at)
    with running(hang_up_after="BODY") as server:
        way = Email(server.settings)
        tell_now(house.federation.pk, clock=lambda: at, way=way)
        tell_now(house.federation.pk, clock=lambda: at + 20 * MINUTE, way=way)
    assert states(house)[0] == ("Tess Moor", "unknown")
    assert [to for to, _text in server.taken].count(house.tess.email) == 1


def test_a_slow_server_costs_one_wait_and_not_one_for_each_mail(house, at, loopback):
    danger(house, at)
    house.duty(at, "accounts.fake", person=house.sol)
    with running(deaf_to="MAIL") as server:
        tell_now(house.federation.pk, clock=lambda: at, way=Email(server.settings, patience=0.3))
    assert {state for _name, state in states(house)} == {"waiting"}
    assert mail_server.trouble_since()[1].code == "slow"


def test_mails_of_an_example_never_leave_the_machine(house, at, make_federation):
    house.federation.is_example = True
    assert way_for(house.federation) == Catcher(house.federation.pk)
    danger(house, at)
    for _time in range(2):
        tell_now(house.federation.pk, clock=lambda: at, way=Catcher(house.federation.pk))
    with house.within():
        assert [mail.to_name for mail in CaughtMail.objects.all()] == ["Tess Moor"]
        assert Mail.objects.get().way == "catcher"


@pytest.mark.parametrize("kind", ["email", "catcher", "collected"])
def test_every_way_keeps_to_the_same_contract(house, at, loopback, kind):
    from schoolgate.notices.ways import Letter

    letter = Letter(
        "Tess", "tess@school.example", "Hello", "One\n.\nTwo\n", "en", "<1@schoolgate.invalid>", at
    )
    called = []
    with running() as server:
        ways = {
            "email": Email(server.settings),
            "catcher": Catcher(house.federation.pk),
            "collected": house.way,
        }
        with ways[kind].opened() as door:
            door.hand_over(letter, lambda: called.append(in_scope()))
    assert called == [False]
    if kind == "email":
        assert "One\r\n.\r\nTwo" in server.taken[0][1]
    if kind == "catcher":
        with house.within():
            assert CaughtMail.objects.get().body == letter.body


def test_notices_tell_how_their_mail_went(house, at):
    danger(house, at)
    house.told(at)
    with house.within():
        assert list(Notice.objects.values_list("state", flat=True)) == [MailState.SENT]


def test_danger_goes_out_before_the_morning_mails(house, at):
    house.duty(at, person=house.sol)
    morning = london(7, 30, date(2027, 1, 20))
    house.duty(morning, "accounts.fake")
    assert next(name for name, _ in house.told(morning)) == "Tess Moor"


def test_troubles_know_their_codes():
    with pytest.raises(KeyError):
        MailTrouble("something else")


def test_what_was_told_half_a_year_ago_is_not_kept_and_what_waits_is(house, at):
    from schoolgate.notices.mails import KEPT_FOR, forget

    danger(house, at)
    house.told(at)
    assert forget(house.federation.pk, at=at + KEPT_FOR) == 0
    house.way.stands_still = "slow"
    house.duty(at, "accounts.fake", person=house.sol)
    house.told(at)
    assert forget(house.federation.pk, at=at + KEPT_FOR + MINUTE) == 2
    assert states(house) == [("Sol West", "waiting")]
