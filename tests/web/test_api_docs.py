"""The page about the API: made of the API's own document, with nothing from elsewhere."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from schoolgate.core.tenancy import scope
from tests.cast import someone
from tests.web.plain import check_page


@pytest.fixture
def tess(federation, sign_in):
    with scope(federation.pk):
        person = someone("Tess Moor", "class_teacher")
    return sign_in(person)


def test_every_operation_of_the_document_is_on_the_page(tess):
    document = tess.get("/api/v1/openapi.json").json()
    html = tess.get(reverse("api-docs")).content.decode()
    check_page(html)

    for path, operations in document["paths"].items():
        for method in operations:
            assert re.search(rf"<strong>{method.upper()}</strong> {re.escape(path)}</span>", html), (
                method,
                path,
            )
    assert all(status in html for status in ("401", "409", "422", "503"))


def test_fields_are_named_with_their_type_and_whether_they_are_needed(tess):
    html = tess.get(reverse("api-docs")).content.decode()
    first = re.search(r'id="posts_start_post">.*?</details>', html, re.DOTALL).group()
    assert re.search(r"school</span>\s*<span[^>]*>Required", first)
    assert "application/json" in first
    tess.cookies[settings.LANGUAGE_COOKIE_NAME] = "cy"
    welsh = tess.get(reverse("api-docs")).content.decode()
    first = re.search(r'id="posts_start_post">.*?</details>', welsh, re.DOTALL).group()
    assert all(word in first for word in ("Cais: POST", "Ymateb 201: POST", ">Gofynnol<"))


def test_it_is_reached_from_the_keys_and_not_without_signing_in(tess, client):
    assert reverse("api-docs") in tess.get(reverse("me")).content.decode()
    assert client.get(reverse("api-docs"))["Location"].startswith("/sign-in")
