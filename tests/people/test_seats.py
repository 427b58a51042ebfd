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
)
HOPES = (
    "I hope someone reads this. My dad hits me.",
    "please whoever reads this help me, my brother hits me",
    "I hope the person who reads this can help, dad hits me",
    "a boy told me to go to the toilets and hit me",
    "Thank you for keeping our children safe.",
)
TURNS_TO = (
    "my dad hits me and i want to talk to the safeguarding lead",
    "please can the person who keeps children safe help me, my brother hurts me",
    "the safeguarding lead said i should write here because my uncle touches me",
    "mae dad yn fy nharo, ga i siarad efo'r person diogelu",
    "another kid punches me every day, please tell the child protection person",
    "I told the person who keeps children safe and she was kind but my dad hits me",
    "my uncle hurts me please can the safeguarding lead help",
)
STILL_OF_THE_LEAD = (
    "I want to talk to the safeguarding lead but she keeps touching me",
    "my dad hits me and the safeguarding lead hits me",
    "my dad hits me and I told the safeguarding lead and she did it too",
    "my dad hits me. the person who keeps children safe made me do it as well",
    "the safeguarding lead told my dad to hit me",
    "please help, the safeguarding lead hurts me",
    "my brother hurts me and I told the safeguarding lead, it was her",
    "mae dad yn fy nharo a'r person diogelu hefyd",
    "can I talk to someone about the safeguarding lead",
    "my dad hits me and the safeguarding lead told me not to tell",
    "my dad hits me and the safeguarding lead won't help",
    "my dad hits me and the safeguarding lead watched",
    "my brother hurts me and the person who keeps children safe said to keep quiet",
    "mae dad yn fy nharo a dywedodd y person diogelu wrtha i am beidio deud",
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


def test_a_lead_who_is_asked_for_help_against_someone_else_is_told():
    for words in TURNS_TO:
        assert not seats_in(words, book("wildground"), asked=False).leads, words


def test_where_anything_may_be_said_of_the_lead_it_is_about_them():
    for words in STILL_OF_THE_LEAD:
        assert seats_in(words, book("wildground"), asked=False).leads, words
