"""Cookies: taken from this host alone behind https, and read by no script."""

import pytest
from django.test import Client
from django.urls import reverse

from schoolgate.web.frame.uploads import most_as_wsgi
from tests.web.signin.conftest import empty_cache, teacher
from tests.web.signing import PASSWORD

__all__ = ["empty_cache", "teacher"]


@pytest.fixture
def behind_https(settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.LANGUAGE_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31_536_000, True


class Browser(Client):
    """Over https, as a browser is: what was set comes back under the name it was set with."""

    def request(self, **given):
        return super().request(**{**given, "wsgi.url_scheme": "https", "SERVER_PORT": "443"})


def test_a_person_signs_in_with_cookies_that_no_neighbour_can_set(behind_https, teacher):
    browser = Browser()
    browser.get(reverse("account_login"))
    browser.post(reverse("account_login"), {"login": teacher.user.email, "password": PASSWORD})
    browser.post(reverse("language"), {"language": "cy"})
    browser.post(reverse("theme"), {"theme": "dark"})

    assert browser.get(reverse("me")).status_code == 200
    assert {"__Host-sessionid", "__Host-csrftoken", "__Host-schoolgate_staff", "__Host-django_language",
            "__Host-theme"} <= set(browser.cookies)  # fmt: skip
    for name, one in browser.cookies.items():
        assert name.startswith("__Host-"), name
        assert (one["secure"], one["httponly"], one["samesite"]) == (True, True, "Lax"), name
        assert (one["path"], one["domain"]) == ("/", ""), name


def test_a_cookie_that_anybody_under_the_same_domain_may_have_set_is_not_read(behind_https, teacher):
    browser = Browser()
    browser.post(reverse("account_login"), {"login": teacher.user.email, "password": PASSWORD})
    key = browser.cookies["__Host-sessionid"].value

    planted = Browser()
    planted.cookies["sessionid"] = key
    assert planted.get(reverse("me")).status_code == 302
    planted.cookies["__Host-sessionid"] = key
    assert planted.get(reverse("me")).status_code == 200


def test_a_large_upload_is_taken_by_the_same_cookie(behind_https, teacher):
    browser = Browser()
    browser.post(reverse("account_login"), {"login": teacher.user.email, "password": PASSWORD})
    key = browser.cookies["__Host-sessionid"].value
    told = {"REQUEST_METHOD": "POST", "PATH_INFO": reverse("post-new", args=[1])}
    told |= {"SERVER_NAME": "here", "SERVER_PORT": "443"}

    assert most_as_wsgi({**told, "HTTP_COOKIE": f"__Host-sessionid={key}"}, 40) > 40
    assert most_as_wsgi({**told, "HTTP_COOKIE": f"sessionid={key}"}, 40) == 40


def test_browsers_are_told_to_use_https_alone_for_a_year_here_and_below(behind_https, db):
    assert Browser().get("/healthz")["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
