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
    "the adult who keeps us safe hit me",
    "the lady at school that keeps everyone safe grabbed me",
    "y ddynes ddiogelu wedi fy mwrw i",
    "mae’r person sy’n cadw ni’n saff wedi fy nharo i",
    "the person who reads these hit me",
    "the one who is meant to keep us safe touches me",
    "the child safety lady grabbed me",
    "whoever reads these reports hurts me",
    "the safegarding man hit me",
    "the person you told me to talk to kissed me",
    "I was hit by the person who reads this",
    "yr un sy’n darllen hwn wedi fy nharo",
    "the saftey teacher hit me",
    "the D.S.L. touches me",
    "the designated person hit me",
    "the child protecton woman hit me",
    "the child protection person hit me",
    "the welfare oficer grabbed me",
    "the pastoral lady hits me",
    "ma'r person diogeli yn brifo fi",
    "mae'r person dynodedig wedi fy nharo",
)
HOPES = (
    "I hope someone reads this. My dad hits me.",
    "please whoever reads this help me, my brother hits me",
    "I hope the person who reads this can help, dad hits me",
    "a boy told me to go to the toilets and hit me",
    "Thank you for keeping our children safe.",
)
ANSWERS = (
    "the person who reads this", "whoever reads these reports", "the child safety lady", "the lead",
    "the person you told me to talk to", "y person sy’n darllen hwn",
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


@pytest.mark.parametrize("words", HOPES)
def test_who_hopes_to_be_read_and_helped_accuses_no_one(words):
    assert not seats_in(words, book("wildground"), asked=False).leads


def test_so_do_they_where_it_was_asked_who_it_is():
    assert [one for one in ANSWERS if not seats_in(one, book("wildground"), asked=True).leads] == []


def test_who_decides_about_accounts_is_known_by_it():
    found = seats_in("the lady who decides about the accounts hit me", book("wildground"), asked=False)
    assert "slt" in found.sure


MISSPELT = (
    ("The principle keeps messaging year 8 girls", "wootton", "head"),
    ("our principel hit me", "wootton", "head"),
    ("the depute head hit me", "wildground", "deputy"),
    ("the chair of govenors hit me", "wildground", "chair"),
)
NOT_A_TITLE = (
    "The principle of respect is in our rules", "our principles", "It is the principle that counts",
    "in principle he may go", "The administration was slow", "an administrative error",
)  # fmt: skip


def test_a_title_that_is_misspelt_is_read_as_it_is_meant_and_words_like_it_are_not():
    for words, policy, seat in MISSPELT:
        assert seat in seats_in(words, book(policy), asked=False).heads, words
    for words in NOT_A_TITLE:
        for policy in ("wootton", "wildground", "llanidloes"):
            found = seats_in(words, book(policy), asked=False)
            assert found.heads | found.sure | found.perhaps == set(), (words, policy)


@pytest.mark.parametrize("word", ["administater", "administrater", "adminstrator", "Administrator"])
def test_so_is_the_administrator(word):
    found = seats_in(f"the {word} hits me", book("wildground"), asked=False)
    assert (
        found.perhaps | found.sure
        == seats_in("the administrator hits me", book("wildground"), asked=False).perhaps
    )
