"""Telling devices: what is sent, to whom and when; refused, gone, broken off, killed in between."""

import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from schoolgate.core.errors import BadInput, NotFound
from schoolgate.core.models import VaultSecret
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import discharge
from schoolgate.notices import pushing
from schoolgate.notices.actions import choose
from schoolgate.notices.after_restore import drop_waiting
from schoolgate.notices.mails import forget
from schoolgate.notices.models import Mail, Push, PushDevice
from schoolgate.notices.pushing import add_device, devices_of, forget_devices, remove_device
from schoolgate.notices.round import make_ready
from schoolgate.notices.ways import (
    CURVE,
    LENGTH,
    SERVICES,
    PushServices,
    Subscription,
    as_bytes,
    content_keys,
    encrypted,
    point_of,
    public_key,
)
from tests.notices.push_service import Browser, running

MINUTE = timedelta(minutes=1)


class Killed(BaseException):
    """A worker that dies here."""


@pytest.fixture
def service(loopback):
    with running() as found:
        yield found


def subscribe(house, service, at, *, person=None, name="a") -> Browser:
    browser = service.browser(name)
    with house.within():
        add_device(
            by=person or house.tess, at=at, subscription=browser.subscription, name="Chrome on Android",
            services=service.services,
        )  # fmt: skip
    return browser


def tell(house, service, at) -> int:
    make_ready(house.federation.pk, at)
    return pushing.send_pushes(house.federation.pk, clock=lambda: at, services=service.services)


def states(house) -> list[str]:
    with house.within():
        return list(Push.objects.order_by("pk").values_list("state", flat=True))


# --- The message ------------------------------------------------------------------------------------------


def test_the_keys_of_a_message_are_those_of_the_standards_own_example():
    """RFC 8291, section 5 and appendix A."""
    theirs = as_bytes(
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
    )
    ours = as_bytes("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8")
    key, nonce = content_keys(
        as_bytes("kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs"),
        auth=as_bytes("BTBZMqHH6r4Tts7J_aSIgg"),
        salt=as_bytes("DGv6ra1nlYgDCS1FRnbzlw"),
        theirs=theirs,
        ours=ours,
    )
    assert key == as_bytes("oIhVW04MRdy2XN9CiKLxTg")
    assert nonce == as_bytes("4h_95klXJ5E_qnoN")


def test_only_the_browser_can_read_it_and_its_length_says_nothing():
    browser = Browser("https://fcm.googleapis.com/x")
    to = Subscription(browser.address, browser.point, browser.secret)
    short, long = encrypted(b'{"a": 1}', to), encrypted(b'{"a": "' + b"x" * 100 + b'"}', to)
    assert browser.reads(short) == {"a": 1}
    assert len(short) == len(long)
    with pytest.raises(ValueError, match="too long"):
        encrypted(b"x" * LENGTH, to)


def test_two_messages_have_nothing_in_common():
    browser = Browser("https://fcm.googleapis.com/x")
    to = Subscription(browser.address, browser.point, browser.secret)
    assert encrypted(b"{}", to)[:16] != encrypted(b"{}", to)[:16]


def test_our_key_is_made_once_and_stays(home):
    assert public_key() == public_key()
    assert len(as_bytes(public_key())) == 65


# --- Adding a device --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/x", "https://web.push.apple.com/x",
        "https://updates.push.services.mozilla.com/wpush/v2/x", "https://db5p.notify.windows.com/w/?t=x",
    ],
)  # fmt: skip
def test_the_services_of_the_browsers_are_taken(endpoint):
    assert PushServices().takes(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x", "https://127.0.0.1/x", "https://169.254.169.254/latest",
        "https://evil.example/fcm.googleapis.com", "https://fcm.googleapis.com.evil.example/x",
        "https://fcm.googleapis.com@evil.example/x", "https://fcm.googleapis.com:8443/x", "https://[::1]/x",
        "https://notify.windows.com.evil.example", "file:///etc/passwd", "", "https://fcm.googleapis.com/\n",
        "https://fcm.googleapis.com/" + "x" * 1000, "https://[", "https://fcm.googleapis.com:x/",
    ],
)  # fmt: skip
def test_nothing_else_is_ever_spoken_to(endpoint):
    assert not PushServices().takes(endpoint)
    assert not any(one in ("localhost", "127.0.0.1") for one in SERVICES)


@pytest.mark.parametrize(
    "given",
    [
        "", "{}", "[]", "null", "x", '{"endpoint": 1}', "[" * 3000, "x" * 5000,
        '{"endpoint": "https://fcm.googleapis.com/x", "keys": {}}',
        '{"endpoint": "https://fcm.googleapis.com/x", "keys": {"p256dh": "AAAA", "auth": "AAAA"}}',
        '{"endpoint": "https://fcm.googleapis.com/x", "keys": {"p256dh": "%%", "auth": 4}}',
    ],
)  # fmt: skip
def test_what_is_no_subscription_is_refused(house, at, given):
    with house.within(), pytest.raises(BadInput):
        add_device(by=house.tess, at=at, subscription=given, name="x")


def test_a_point_that_is_not_on_the_curve_is_refused(house, at):
    browser = Browser("https://fcm.googleapis.com/x")
    wrong = json.loads(browser.subscription)
    wrong["keys"]["p256dh"] = "B" + "A" * 86
    with house.within(), pytest.raises(BadInput):
        add_device(by=house.tess, at=at, subscription=json.dumps(wrong), name="x")


def test_address_and_keys_lie_sealed_and_go_with_the_device(house, service, at):
    subscribe(house, service, at)
    with house.within():
        device = PushDevice.objects.get()
        assert service.origin not in json.dumps(PushDevice.objects.values()[0], default=str)
        assert VaultSecret.objects.filter(pk=device.secret_ref).exists()
        with pytest.raises(NotFound):
            remove_device(by=house.sol, at=at, pk=device.pk)
        remove_device(by=house.tess, at=at, pk=device.pk)
        assert not VaultSecret.objects.filter(pk=device.secret_ref).exists()


def test_a_browser_that_somebody_else_signs_in_with_is_theirs_alone(house, service, at):
    subscribe(house, service, at, person=house.tess)
    subscribe(house, service, at, person=house.sol)
    with house.within():
        assert (devices_of(house.tess), len(devices_of(house.sol))) == ([], 1)


def test_who_leaves_is_told_no_more(house, service, at):
    subscribe(house, service, at)
    with house.within():
        forget_devices(person=house.tess, at=at)
        assert not PushDevice.objects.exists()


def test_nobody_has_more_than_ten(house, service, at):
    for number in range(10):
        subscribe(house, service, at, name=str(number))
    with pytest.raises(BadInput) as refused:
        subscribe(house, service, at, name="another")
    assert "ten devices" in str(refused.value.fields["subscription"])


# --- Sending ----------------------------------------------------------------------------------------------


def test_what_is_sent_holds_a_sentence_and_an_address_and_is_signed(house, service, at):
    browser = subscribe(house, service, at)
    house.duty(at, "accounts.fake")
    assert tell(house, service, at) == 1
    [(address, headers, body)] = service.taken
    assert browser.reads(body) == {"title": "A task needs you", "language": "en", "path": "/today"}
    assert address == browser.address
    assert (headers["urgency"], headers["ttl"], headers["content-encoding"]) == ("high", "86400", "aes128gcm")
    service.check_signature(headers)
    assert states(house) == ["sent"]
    assert tell(house, service, at + MINUTE) == 0, "once"


def test_it_is_in_the_language_of_its_reader(house, service, at):
    browser = subscribe(house, service, at)
    with house.within():
        house.tess.language = "cy"
        house.tess.save()
    house.duty(at, "accounts.fake")
    tell(house, service, at)
    assert browser.reads(service.taken[0][2])["title"] == "Mae tasg yn aros amdanoch"


def test_who_chose_less_is_told_less(house, service, at):
    """Comments wait for the morning mail unless somebody chose otherwise: a device follows."""
    subscribe(house, service, at)
    house.duty(at, "item.answer")
    assert tell(house, service, at) == 0
    with house.within():
        choose(by=house.tess, at=at, wishes={"comments": "at_once"})
    house.duty(at + MINUTE, "item.answer")
    assert tell(house, service, at + MINUTE) == 1


def test_what_was_done_meanwhile_is_not_told(house, service, at):
    subscribe(house, service, at)
    duty = house.duty(at, "accounts.fake")
    make_ready(house.federation.pk, at)
    with house.within():
        discharge(kind=duty.kind, subject=duty.subject, by=house.tess, at=at)
    assert tell(house, service, at) == 0
    assert states(house) == ["dropped"]


def test_a_device_is_not_told_of_what_came_before_it(house, service, at):
    house.duty(at, "accounts.fake")
    make_ready(house.federation.pk, at)
    subscribe(house, service, at + MINUTE)
    assert tell(house, service, at + MINUTE) == 0


def test_each_device_of_a_person_is_told(house, service, at):
    subscribe(house, service, at, name="phone")
    subscribe(house, service, at, name="desk")
    house.duty(at, "accounts.fake")
    assert tell(house, service, at) == 2


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_takes_no_more_is_removed(house, service, at, status):
    browser = subscribe(house, service, at)
    service.answers[browser.address] = status
    house.duty(at, "accounts.fake")
    assert tell(house, service, at) == 0
    with house.within():
        assert not PushDevice.objects.exists()
        assert not Push.objects.exists()
        assert not VaultSecret.objects.filter(purpose="push").exists()
        assert Mail.objects.count() == 1, "the mail goes its own way"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_service_in_trouble_is_asked_again_later(house, service, at, status):
    browser = subscribe(house, service, at)
    service.answers[browser.address] = status
    house.duty(at, "accounts.fake")
    assert tell(house, service, at) == 0
    assert states(house) == ["waiting"]
    service.answers.clear()
    assert tell(house, service, at + MINUTE) == 0, "not before its time"
    assert tell(house, service, at + 6 * MINUTE) == 1


@pytest.mark.parametrize("status", [400, 403, 413])
def test_what_is_refused_for_good_is_not_tried_again(house, service, at, status):
    browser = subscribe(house, service, at)
    service.answers[browser.address] = status
    house.duty(at, "accounts.fake")
    tell(house, service, at)
    assert states(house) == ["failed"]


def test_a_service_that_is_not_there_is_asked_again_later(house, service, at):
    subscribe(house, service, at)
    gone = service.services
    house.duty(at, "accounts.fake")
    make_ready(house.federation.pk, at)
    with house.within():
        PushDevice.objects.update(digest="x")
    from unittest import mock

    from schoolgate.networks.port import NetworkError
    from schoolgate.networks.transport import Transport

    refused = NetworkError("unreachable", what_next="try_again")
    with mock.patch.object(Transport, "exchange", side_effect=refused):
        assert pushing.send_pushes(house.federation.pk, clock=lambda: at, services=gone) == 0
    assert states(house) == ["waiting"]


def test_an_answer_that_is_lost_leaves_it_open_and_it_is_not_sent_again(house, service, at):
    browser = subscribe(house, service, at)
    service.hang_up.add(browser.address)
    house.duty(at, "accounts.fake")
    assert tell(house, service, at) == 0
    assert states(house) == ["unknown"]
    service.hang_up.clear()
    assert tell(house, service, at + 60 * MINUTE) == 0


def test_a_worker_killed_before_it_spoke_is_followed_by_another(house, service, at, monkeypatch):
    subscribe(house, service, at)
    house.duty(at, "accounts.fake")

    def die(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(pushing, "_locked", die)
        with pytest.raises(Killed):
            tell(house, service, at)
    assert states(house) == ["started"]
    assert tell(house, service, at + MINUTE) == 0, "it may still be at work"
    assert tell(house, service, at + 11 * MINUTE) == 1
    assert len(service.taken) == 1


def test_a_worker_killed_while_it_spoke_leaves_it_unknown_and_nothing_is_sent_twice(
    house, service, at, monkeypatch
):
    subscribe(house, service, at)
    house.duty(at, "accounts.fake")

    def die(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(pushing, "_good", die)
        with pytest.raises(Killed):
            tell(house, service, at)
    assert states(house) == ["handing_over"]
    assert tell(house, service, at + 11 * MINUTE) == 0
    assert states(house) == ["unknown"]
    assert len(service.taken) == 1


def test_a_device_turned_off_while_it_is_told_is_no_trouble(house, service, at, monkeypatch):
    subscribe(house, service, at)
    house.duty(at, "accounts.fake")
    real = PushServices.hand_over

    def turned_off(self, *args, **kwargs):
        with scope(house.federation.pk):
            remove_device(by=house.tess, at=at, pk=PushDevice.objects.get().pk)
        real(self, *args, **kwargs)

    monkeypatch.setattr(PushServices, "hand_over", turned_off)
    assert tell(house, service, at) == 1
    assert states(house) == []


def test_a_restored_home_tells_nothing_of_before(house, service, at):
    subscribe(house, service, at)
    house.duty(at, "accounts.fake")
    make_ready(house.federation.pk, at)
    with house.within():
        drop_waiting(at=at)
    assert tell(house, service, at) == 0
    assert states(house) == ["dropped"]


def test_what_was_told_half_a_year_ago_is_forgotten(house, service, at):
    subscribe(house, service, at)
    house.duty(at, "accounts.fake")
    tell(house, service, at)
    with house.within():
        Mail.objects.update(state="sent", ended_at=at)
    forget(house.federation.pk, at=at + timedelta(days=181))
    assert states(house) == []


def test_nobody_who_has_no_device_costs_more_than_one_question(house, at, queries):
    house.duty(at, "accounts.fake")
    make_ready(house.federation.pk, at)
    with house.within(), queries() as seen:
        assert pushing.make_pushes(at=at) == 0
    assert sum("notices_" in one["sql"] for one in seen.captured_queries) == 1


def test_a_point_is_written_and_read(home):
    assert len(point_of(ec.generate_private_key(CURVE).public_key())) == 65
