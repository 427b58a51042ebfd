"""Signing in through the real pages, for tests of the doors."""

import time

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver, reverse

from schoolgate.people.models import Person

PASSWORD = "three-brown-horses"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def with_password(person: Person) -> Person:
    """The person can sign in with PASSWORD, and has no second step yet."""
    Authenticator.objects.filter(user=person.user).delete()
    person.user.set_password(PASSWORD)
    person.user.save()
    return person


def with_app(person: Person) -> Person:
    """The person has an app as second step, with the key SECRET, and nothing else."""
    Authenticator.objects.filter(user=person.user).delete()
    TOTP.activate(person.user, SECRET)
    return person


def code(secret: str = SECRET) -> str:
    """What the app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD))


def sign_in(person: Person, client: Client | None = None, password: str = PASSWORD) -> Client:
    """A client that went through the sign-in page, and through the second step where the person has one."""
    client = client or Client()
    client.post(reverse("account_login"), {"login": person.user.email, "password": password})
    if Authenticator.objects.filter(user=person.user_id, type=Authenticator.Type.TOTP).exists():
        cache.clear()
        client.post(reverse("mfa_authenticate"), {"code": code()})
    return client


def is_signed_in(client: Client) -> bool:
    """Whether the client's session belongs to a user."""
    return "_auth_user_id" in client.session


def addresses():
    """The name of every page that takes no argument. The API has a namespace and knows no sessions."""

    def walk(patterns):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                yield from () if pattern.namespace else walk(pattern.url_patterns)
            elif pattern.name and not pattern.pattern.converters and "(?P" not in str(pattern.pattern):
                yield pattern.name

    return sorted(set(walk(get_resolver().url_patterns)))


def show_second_step(client: Client, person: Person) -> Client:
    """The person's browser, as that of somebody who has just shown the second step once more."""
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "email": person.email},
        {"method": "mfa", "at": time.time(), "type": "totp"},
    ]
    session["account_authentication_methods_user"] = str(person.user_id)
    session.save()
    return client
