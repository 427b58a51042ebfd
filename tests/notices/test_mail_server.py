"""The one email server: kept sealed, tested by a code that has to be entered, told plainly when it fails."""

import itertools
import re
import socket
from datetime import timedelta

import pytest

from schoolgate.core import vault
from schoolgate.core.env import env
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.tenancy import scope
from schoolgate.core.vault import change_key
from schoolgate.notices import mail_server
from schoolgate.notices.kinds import Security
from schoolgate.notices.mail_server import MOST_ANSWERED, TROUBLES, Answers, MailTrouble
from schoolgate.notices.models import MailServer
from tests.notices.server import free_port, running

pytestmark = pytest.mark.usefixtures("db", "no_mail_in_surroundings")
USUAL = {
    "host": "smtp.school.example",
    "port": 587,
    "security": Security.STARTTLS,
    "sender": "Office <office@school.example>",
    "user": "office",
    "password": "swordfish",
}


def keep(at, **other):
    return mail_server.keep(**(USUAL | other), at=at)


def keep_small(server, at):
    return keep(at, host="127.0.0.1", port=server.port, security=Security.NONE, user="", password="")


def code_in(server) -> str:
    return re.search(r"\b\d{6}\b", server.taken[-1][1].partition("\r\n\r\n")[2])[0]


def test_there_is_none_until_somebody_enters_one(at):
    assert mail_server.current() is None
    assert mail_server.proven_at() is None
    with pytest.raises(MailTrouble, match="No email server has been set up"):
        mail_server.send_test("ann@school.example", at)


def test_what_was_entered_is_kept_and_the_password_lies_sealed(at):
    kept = keep(at)
    assert (kept.host, kept.port, kept.user, kept.password) == (
        "smtp.school.example",
        587,
        "office",
        "swordfish",
    )
    assert mail_server.current() == kept
    assert "swordfish" not in repr(kept)
    row = MailServer.objects.get()
    assert "swordfish" not in row.sealed_password
    assert vault.unseal(row.sealed_password) == "swordfish"


def test_a_password_that_is_not_entered_again_stays(at):
    keep(at)
    assert keep(at, port=465, security=Security.TLS, password=None).password == "swordfish"
    assert keep(at, user="", password="").password == ""


def test_a_change_of_the_vaults_key_takes_the_password_along(at, tmp_path):
    keep(at)
    change_key(lambda _told: None, wait=lambda: None)
    assert mail_server.current().password == "swordfish"


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("host", {"host": "no such name"}),
        ("host", {"host": ""}),
        ("port", {"port": 0}),
        ("port", {"port": 65536}),
        ("security", {"security": "none"}),
        ("security", {"security": "ssl"}),
        ("sender", {"sender": "office"}),
        ("sender", {"sender": "a@b.example\r\nBcc: everybody@b.example"}),
        ("user", {"user": ""}),
    ],
)
def test_what_cannot_work_is_said_beside_its_field(at, field, wrong):
    with pytest.raises(BadInput) as told:
        keep(at, **wrong)
    assert list(told.value.fields) == [field]
    assert mail_server.current() is None


def test_the_surroundings_win_and_cannot_be_changed_on_a_page(at, monkeypatch):
    keep(at)
    monkeypatch.setenv("SCHOOLGATE_DELIVER_FOR_REAL", "true")
    monkeypatch.setenv("SCHOOLGATE_MAIL_HOST", "mail.machine.example")
    env.cache_clear()
    found = mail_server.current()
    assert (found.host, found.from_surroundings) == ("mail.machine.example", True)
    with pytest.raises(NotNow, match="on the machine itself"):
        keep(at)


def test_a_test_mail_brings_a_code_and_the_code_is_the_proof(at, loopback):
    with running() as server:
        keep_small(server, at)
        mail_server.send_test("ann@school.example", at)
    assert server.taken[0][0] == "ann@school.example"
    assert mail_server.proven_at() is None
    with pytest.raises(BadInput, match="Use the one in the latest test email"):
        wrong = "000000" if code_in(server) != "000000" else "000001"
        _confirm(wrong, at)
    later = at + timedelta(minutes=3)
    mail_server.confirm(f" {code_in(server)[:3]} {code_in(server)[3:]} ", later)
    assert mail_server.proven_at() == later
    with pytest.raises(BadInput, match="Send a test email first"):
        _confirm(code_in(server), later)


def _confirm(code, at):
    try:
        mail_server.confirm(code, at)
    except BadInput as error:
        raise BadInput(error.fields, error.fields["code"]) from error


def test_a_code_lives_for_two_hours_and_takes_five_wrong_tries(at, loopback):
    with running() as server:
        keep_small(server, at)
        mail_server.send_test("ann@school.example", at)
        code = code_in(server)
        wrong = "000000" if code != "000000" else "000001"
        with pytest.raises(BadInput, match="has expired"):
            _confirm(code, at + timedelta(hours=2, seconds=1))
        for _try in range(5):
            with pytest.raises(BadInput, match="Use the one in the latest test email"):
                _confirm(wrong, at)
        with pytest.raises(BadInput, match="Too many"):
            _confirm(code, at)
        mail_server.send_test("ann@school.example", at)
        mail_server.confirm(code_in(server), at + timedelta(hours=2))
    assert mail_server.proven_at() == at + timedelta(hours=2)


def test_another_server_needs_another_proof_another_password_does_not(at, loopback):
    with running() as server:
        keep_small(server, at)
        mail_server.send_test("ann@school.example", at)
        mail_server.confirm(code_in(server), at)
    keep_small(server, at)
    assert mail_server.proven_at() == at
    keep(at)
    assert mail_server.proven_at() is None


def test_no_test_mail_is_sent_inside_a_scope(at, federation):
    keep(at)
    with scope(federation.pk), pytest.raises(RuntimeError):
        mail_server.send_test("ann@school.example", at)


@pytest.mark.parametrize(
    ("code", "how"),
    [
        ("password", {"answers": {"AUTH": "535 no"}, "offers": "250-here\r\n250 AUTH PLAIN"}),
        ("sender", {"answers": {"MAIL": "553 not you"}}),
        ("address", {"answers": {"RCPT": "550 nobody"}}),
        ("address_later", {"answers": {"RCPT": "450 not now"}}),
        ("refused", {"answers": {"BODY": "554 spam"}}),
        ("refused_later", {"answers": {"BODY": "451 busy"}}),
        ("refused_later", {"answers": {"DATA": "452 full"}}),
        ("broken_off", {"hang_up_after": "MAIL"}),
        ("unknown", {"hang_up_after": "DATA"}),
        ("unknown", {"hang_up_after": "BODY"}),
        ("slow", {"deaf_to": "RCPT"}),
        ("no_answer", {"answers": {"EHLO": "421 go", "HELO": "421 go"}}),
    ],
)
def test_each_thing_that_can_happen_has_its_own_plain_sentence(at, loopback, code, how):
    with running(**how) as server:
        more = {"user": "office", "password": "x"} if code == "password" else {"user": "", "password": ""}
        keep(at, host="127.0.0.1", port=server.port, security=Security.NONE, **more)
        with pytest.raises(MailTrouble) as told:
            mail_server.send_test("ann@school.example", at, patience=0.3)
    assert told.value.code == code


def answer_of(size: int) -> str:
    """An answer of so many bytes, of lines of 64 each; the end of its last line is the server's."""
    line = "250-".ljust(62, "x") + "\r\n"
    return line * (size // 64 - 1) + "250 ".ljust(62 + size % 64, "x")


@pytest.mark.parametrize("command", ["EHLO", "MAIL", "RCPT", "BODY"])
@pytest.mark.parametrize(
    ("size", "taken"), [(MOST_ANSWERED, True), (MOST_ANSWERED + 1, False), (50 * MOST_ANSWERED, False)]
)
def test_the_longest_answer_is_read_and_no_byte_more(at, loopback, command, size, taken):
    with running(answers={command: answer_of(size)}) as server:
        keep_small(server, at)
        if taken:
            mail_server.send_test("ann@school.example", at)
        else:
            with pytest.raises(MailTrouble) as told:
                mail_server.send_test("ann@school.example", at)
            assert told.value.code == ("unknown" if command == "BODY" else "broken_off")


def test_an_answer_that_comes_byte_by_byte_has_no_more_time_than_another():
    server, ours = socket.socketpair()
    seconds = itertools.count()
    with server, ours:
        server.sendall(b"2" * 100)
        answers = Answers(ours, 20, clock=lambda: next(seconds))
        read = [answers.readinto(bytearray(1)) for _second in range(19)]
        with pytest.raises(TimeoutError):
            answers.readinto(bytearray(1))
        answers.begin()
        assert (sum(read), answers.readinto(bytearray(1)), ours.gettimeout()) == (19, 1, 20)


def test_a_server_that_is_not_there_or_offers_no_encryption(at, loopback):
    keep(at, host="127.0.0.1", port=free_port(), security=Security.NONE, user="", password="")
    with pytest.raises(MailTrouble, match="can’t be reached"):
        mail_server.send_test("ann@school.example", at)
    with running() as server:
        keep(at, host="127.0.0.1", port=server.port, security=Security.STARTTLS)
        with pytest.raises(MailTrouble, match="secure connection"):
            mail_server.send_test("ann@school.example", at)
        keep(at, host="127.0.0.1", port=server.port, security=Security.TLS)
        with pytest.raises(MailTrouble, match=r"secure connection|did not respond"):
            mail_server.send_test("ann@school.example", at, patience=0.3)
    assert server.taken == []


def test_every_trouble_says_what_is_next():
    assert all(str(each.sentence) and str(each.next_step) for each in TROUBLES.values())


def test_a_server_that_stands_still_is_tried_again_after_longer_and_longer_waits(at):
    for minutes in (1, 2, 5, 10, 15, 30, 30):
        mail_server.note_trouble(MailTrouble("no_answer"), at)
        assert mail_server.may_try(at + timedelta(minutes=minutes)) is True
        assert mail_server.may_try(at + timedelta(minutes=minutes, seconds=-1)) is False
    since, trouble = mail_server.trouble_since()
    assert (since, trouble.code) == (at, "no_answer")
    mail_server.note_good(at)
    assert mail_server.trouble_since() is None
    assert mail_server.may_try(at) is True


def test_what_is_about_one_address_says_nothing_of_the_server(at):
    mail_server.note_trouble(MailTrouble("address"), at)
    assert mail_server.trouble_since() is None


def test_a_wait_that_a_wrong_clock_counted_does_not_last(at):
    mail_server.note_trouble(MailTrouble("no_answer"), at + timedelta(days=1))
    assert mail_server.may_try(at) is True


def test_a_password_that_no_key_of_this_home_opens_is_told_and_breaks_nothing(at, home):
    keep(at)
    (home / "keys" / "vault.keys").unlink()
    assert mail_server.in_use().code == "keys"
    assert mail_server.proven_at() is None
    keep(at)
    assert mail_server.in_use().host == "smtp.school.example"
