"""Who is let in, and with what."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.people.models import User
from tests.cast import someone
from tests.web.signing import (
    PASSWORD,
    addresses,
    code,
    is_signed_in,
    sign_in,
    with_password,
)


def test_a_teacher_signs_in_with_a_password_alone(teacher):
    client = sign_in(teacher)
    assert client.get(reverse("me")).status_code == 200


def test_a_wrong_password_lets_nobody_in(teacher):
    client = Client()
    answer = client.post(
        reverse("account_login"), {"login": teacher.user.email, "password": "wrong-wrong-wrong"}
    )
    assert is_signed_in(client) is False
    assert "is wrong" in answer.content.decode()


def test_a_wrong_password_and_an_unknown_address_are_told_alike(teacher):
    def told(email):
        page = Client().post(reverse("account_login"), {"login": email, "password": "wrong-wrong-wrong"})
        return "The email address or password is wrong." in page.content.decode()

    assert [told(teacher.user.email), told("nobody@example.org")] == [True, True]


def test_too_many_wrong_passwords_are_stopped_even_before_a_right_one(teacher):
    client = Client()
    for _ in range(5):
        client.post(reverse("account_login"), {"login": teacher.user.email, "password": "wrong-wrong-wrong"})
    client.post(reverse("account_login"), {"login": teacher.user.email, "password": PASSWORD})
    assert is_signed_in(client) is False


def test_the_password_alone_lets_nobody_in_who_has_a_second_step(head):
    client = Client()
    answer = client.post(reverse("account_login"), {"login": head.user.email, "password": PASSWORD})
    assert answer["Location"] == reverse("mfa_authenticate")
    assert is_signed_in(client) is False
    assert client.get(reverse("me")).status_code == 302


def test_the_second_step_takes_the_right_code_only(head):
    client = Client()
    client.post(reverse("account_login"), {"login": head.user.email, "password": PASSWORD})
    wrong = "000000" if code() != "000000" else "111111"
    client.post(reverse("mfa_authenticate"), {"code": wrong})
    assert is_signed_in(client) is False
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert is_signed_in(client) is True


def test_a_recovery_code_works_once(head):
    codes = (
        Authenticator.objects.create(user=head.user, type="recovery_codes", data=_sealed_codes(head))
        .wrap()
        .get_unused_codes()
    )
    signed_in = []
    for _ in range(2):
        client = Client()
        client.post(reverse("account_login"), {"login": head.user.email, "password": PASSWORD})
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        signed_in.append(is_signed_in(client))
    assert signed_in == [True, False]


def _sealed_codes(person):
    from allauth.mfa.utils import encrypt

    return {"seed": encrypt("seed"), "used_mask": 0}


def test_there_is_no_page_on_which_to_sign_up():
    assert [name for name in addresses() if "signup" in name or "sign-up" in name] == []
    paths = ("/signup/", "/accounts/signup/", "/sign-up", "/sign-in/sign-up")
    assert [Client().get(path).status_code for path in paths] == [404] * 4


def test_too_many_wrong_codes_are_stopped_even_before_a_right_one(head):
    client = Client()
    client.post(reverse("account_login"), {"login": head.user.email, "password": PASSWORD})
    for number in range(5):
        client.post(reverse("mfa_authenticate"), {"code": f"00000{number}"})
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert is_signed_in(client) is False


def test_a_code_works_once(head):
    shown = code()
    signed_in = []
    for _ in range(2):
        client = Client()
        client.post(reverse("account_login"), {"login": head.user.email, "password": PASSWORD})
        client.post(reverse("mfa_authenticate"), {"code": shown})
        signed_in.append(is_signed_in(client))
    assert signed_in == [True, False]


def test_passwords_are_kept_with_argon2():
    from schoolgate.config import settings as ours

    assert ours.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert Argon2PasswordHasher().encode(PASSWORD, "some-salt-of-ours").startswith("argon2$argon2id$")


def test_signing_in_alone_makes_nobody_staff(federation):
    with scope(federation.pk):
        guest = with_password(someone("Gwen Guest", relation="parent"))
    client = sign_in(guest)
    assert [client.get(path).status_code for path in ("/me", "/people", "/people?new")] == [
        200,
        403,
        403,
    ]


def test_who_has_no_seat_is_not_let_in(db):
    user = User.objects.create(email="no.seat@example.org")
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert is_signed_in(client) is False


def language_after_sign_in(person, browser: str) -> tuple[str, Client]:
    """The language of a person's own page after signing in with a browser that asks for this one."""
    client = sign_in(person, Client(headers={"Accept-Language": browser}))
    return language_of(client), client


def language_of(client: Client) -> str:
    return client.get(reverse("me")).content.decode().partition('<html lang="')[2][:2]


def test_the_language_of_the_sign_in_page_stays_unless_another_was_chosen(teacher, head):
    assert language_after_sign_in(teacher, "en")[0] == "en"
    assert language_after_sign_in(head, "cy")[0] == "cy"  # through the second step too
    spoken, client = language_after_sign_in(teacher, "cy")
    assert spoken == "cy"
    client.post(reverse("my-language"), {"language": "en"})
    assert language_of(client) == "en"  # in this session, and in each that begins
    assert language_after_sign_in(teacher, "cy")[0] == "en"
