"""What no database keeps reaches no page: a NUL, a text without end, a number beyond a column."""

from __future__ import annotations

import pytest
from django import forms
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from schoolgate.web.frame.forms import LARGEST, LONGEST_TEXT, SchoolForm
from schoolgate.web.frame.paging import small_in
from tests.web.plain import check_page


class Open(SchoolForm):
    """Fields that name no bounds of their own."""

    words = forms.CharField(required=False)
    number = forms.IntegerField(required=False)


@pytest.mark.parametrize("path", ["/people?after=%00", "/people?role=x%00", "/people?%00=x", "/people/%00"])
def test_an_address_with_a_nul_leads_nowhere(browser, path):
    assert browser.get(path).status_code == 404


def test_a_form_with_a_nul_is_refused_in_words_and_changes_nothing(browser, federation):
    answer = browser.post(reverse("my-language"), {"language": "en\x00"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Nothing has been changed." in html
    check_page(html, "en")
    with scope(federation.pk):
        assert set(Person.objects.values_list("language", flat=True)) == {"en"}
    assert browser.post(reverse("my-language"), {"language": "en"}).status_code == 302


@pytest.mark.parametrize(
    ("given", "sound"),
    [
        ({"words": "a" * LONGEST_TEXT}, True),
        ({"words": "a" * (LONGEST_TEXT + 1)}, False),
        ({"number": str(LARGEST)}, True),
        ({"number": str(LARGEST + 1)}, False),
        ({"number": str(-LARGEST - 1)}, False),
        ({"number": "9" * 5000}, False),
    ],
)
def test_a_field_without_bounds_of_its_own_has_those_of_a_column(given, sound):
    form = Open(given)
    assert form.is_valid() is sound


def test_a_field_that_a_page_adds_has_them_too():
    form = Open({"more": str(LARGEST + 1)})
    form.fields["more"] = forms.IntegerField()
    assert not form.is_valid()


@pytest.mark.parametrize("text", ["", "-1", "1.5", "\u00b2", "\u0663", "9" * 5000, "1000000", " 1", "1e3"])
def test_what_is_no_small_number_is_none(text):
    assert small_in(text) is None
    assert small_in("999999") == 999_999
