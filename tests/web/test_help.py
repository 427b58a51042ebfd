"""The help beside each page: the matching page of docs/how-to in short, in both languages."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, override

from schoolgate.web.frame.errors import ANYBODY
from schoolgate.web.frame.help import Help, found_with, topic_of, topics
from scripts import help as sections
from tests.web.addresses import ALL
from tests.web.plain import check_page, forbidden_in

MOST_WORDS = 150


def html(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("topic", topics(), ids=lambda each: each.key)
def test_a_topic_is_short_and_plain_and_its_labels_are_those_of_the_pages(topic):
    for language, said in (("en", topic.en), ("cy", topic.cy)):
        with override(language):
            text = said.plain
        assert len(text.split()) <= MOST_WORDS, language
        assert list(forbidden_in(text, language)) == [], language
    assert len(topic.en.says) == len(topic.cy.says)
    of_english, of_welsh = (
        re.findall(r"\{([^{}]*)\}", " ".join((*said.says, said.next))) for said in (topic.en, topic.cy)
    )
    assert of_english == of_welsh
    with override("cy"):
        same = [label for label in of_english if gettext(label) == label]
    assert same == [], "no page has these labels"
    assert reverse(topic.to)


def test_docs_and_help_are_one_text():
    assert [page.name for page, made in sections.pages() if page.read_text(encoding="utf-8") != made] == []


def test_each_page_behind_the_sign_in_has_its_help_and_a_public_page_has_none():
    opened = {
        each.name: getattr(each.view, "open_to", ANYBODY)
        for each in ALL
        if "GET" in getattr(each.view, "methods", ("GET",))
    }
    without = [name for name, to in opened.items() if to != ANYBODY and topic_of(name) is None]
    assert without == []
    assert topic_of("noticeboard-post") is None


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_help_is_one_press_from_its_page_and_leads_back_to_it(stage, language):
    amina = stage.browser("amina")
    amina.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = html(amina.get("/posts"))
    assert page.count('href="/help?about=posts"') == 2, "beside it on a desk, and at its foot on a phone"
    shown = html(amina.get("/help?about=posts"))
    check_page(shown, language)
    assert f'href="{reverse("post-start")}"' in shown
    with override(language):
        assert f"<em>{gettext('Send for approval')}</em>" in shown
    assert amina.get("/help?about=nothing").status_code == 404


def test_the_search_finds_help_by_its_words_in_the_readers_language(stage):
    with override("cy"):
        assert [each.key for each in found_with(["cydsyniad", "rhieni"])] == ["pupils"]
        assert found_with(["consent"]) == []
    amina = stage.browser("amina")
    found = html(amina.post("/search", {"words": "withdraw picture"}))
    assert 'href="/help?about=stop"' in found
    assert "/help?about=stop" not in html(amina.post("/search", {"words": "zebra"}))


def test_a_label_is_escaped_as_it_is_set_off():
    said = Help("Title", ("Press {Save} & *go*.",), "<b>")
    assert (said.lines, said.next_line) == (["Press <em>Save</em> &amp; <em>go</em>."], "&lt;b&gt;")
