"""The page "Words": both languages, its two orders, looking for a word."""

import pytest
from django.urls import reverse

from schoolgate.web.glossary import words
from schoolgate.web.glossary.pages import matches, order
from tests.web.plain import check_page

WORDS = {word.key: word for word in words()}


@pytest.fixture
def amina(cast):
    return cast("Amina Khan", "staff")


def place(html, text):
    assert text in html
    return html.index(text)


def test_anybody_inside_reads_every_word_in_both_languages(amina, sign_in):
    html = sign_in(amina).get(reverse("words")).content.decode()
    check_page(html)
    assert [word.key for word in words() if word.en not in html or word.cy not in html] == []
    assert '<span lang="cy">corff llywodraethu</span>' in html


def test_who_is_not_signed_in_is_sent_to_the_sign_in_page(client):
    assert client.get(reverse("words")).status_code == 302


def test_it_stands_behind_more(amina, sign_in):
    assert f'href="{reverse("words")}"' in sign_in(amina).get(reverse("menu")).content.decode()


def test_words_stand_in_the_order_of_either_language(amina, sign_in):
    browser = sign_in(amina)
    english = browser.get(reverse("words")).content.decode()
    welsh = browser.get(reverse("words"), {"by": "cy"}).content.decode()
    assert place(english, WORDS["account"].means_en) < place(english, WORDS["picture"].means_en)
    assert place(welsh, ">tasg<") < place(welsh, ">tystiolaeth<")


def test_an_order_that_there_is_not_is_that_of_the_reader(amina, sign_in):
    browser = sign_in(amina)
    asked = browser.get(reverse("words"), {"by": "xx"}).content.decode()
    assert place(asked, WORDS["account"].means_en) < place(asked, WORDS["picture"].means_en)


def test_a_search_leaves_what_has_it_in_the_word_or_in_the_meaning(amina, sign_in):
    html = sign_in(amina).post(reverse("words"), {"words": "GOVERNING"}).content.decode()
    check_page(html)
    assert (WORDS["governor"].means_en in html, WORDS["password"].means_en in html) == (True, False)


def test_a_search_finds_the_other_language_too(amina, sign_in):
    html = sign_in(amina).post(reverse("words"), {"words": "mewnflwch"}).content.decode()
    assert WORDS["inbox"].means_en in html


def test_a_search_that_finds_nothing_says_so_and_what_to_do(amina, sign_in):
    html = sign_in(amina).post(reverse("words"), {"words": "zzz"}).content.decode()
    assert ("No words found" in html, "show all words" in html) == (True, True)


def test_what_is_too_long_to_be_a_word_is_not_looked_for(amina, sign_in):
    longest, longer = (sign_in(amina).post(reverse("words"), {"words": "a" * length}) for length in (60, 61))
    assert (longest.status_code, longer.status_code) == (200, 422)


def test_the_welsh_alphabet_puts_double_letters_after_single_ones():
    by_welsh = sorted(["llun", "lwc", "dde", "dy", "chi", "cyw"], key=lambda text: order(made_of(text), "cy"))
    assert by_welsh == ["cyw", "chi", "dy", "dde", "lwc", "llun"]


def test_nothing_looked_for_matches_every_word():
    assert all(matches(word, "") for word in words())


def made_of(welsh):
    return type(words()[0])(key="k", kind="ours", en="x", cy=welsh, means_en="x", means_cy="x")
