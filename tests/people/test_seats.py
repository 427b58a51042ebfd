"""What people may call who leads on safeguarding: first of all the words that our own pages call them by."""

import pytest
from django.utils import translation
from django.utils.translation import gettext

from schoolgate.people.seats import seats_in
from schoolgate.rulebook import book

PROMISED = (
    "The person at school who keeps children safe (the designated safeguarding lead).",
    "The person at school who keeps children safe (the designated safeguarding person).",
)
"""What a child's page calls the lead, in England and in Wales."""
MORE = (
    "the adult who keeps us safe hit me", "the lady at school that keeps everyone safe grabbed me",
    "y ddynes ddiogelu wedi fy mwrw i", "mae’r person sy’n cadw ni’n saff wedi fy nharo i",
)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("promise", PROMISED)
def test_the_words_of_our_own_page_for_the_lead_mean_the_lead(promise, language):
    with translation.override(language):
        called, _bracket, term = gettext(promise).rstrip(".)").partition(" (")
    for words in (called, term):
        assert seats_in(f"{words} hit me", book("wildground"), asked=False).leads, words


@pytest.mark.parametrize("words", MORE)
def test_so_do_words_like_them(words):
    assert seats_in(words, book("wildground"), asked=False).leads


def test_a_school_that_keeps_children_safe_means_no_one():
    assert not seats_in("Thank you for keeping our children safe.", book("wildground"), asked=False).leads
