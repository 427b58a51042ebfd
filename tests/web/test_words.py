"""The closed list of words that no page shows, over everything that a page can be made of."""

import re
from pathlib import Path

import polib
import pytest

from schoolgate.rulebook.messages import NEEDS, POINTS, SENTENCES, SOURCES
from tests.web.plain import LISTED, check_page, forbidden_in, shown_by

PACKAGE = Path(__file__).resolve().parents[2] / "schoolgate"
CATALOGUE = polib.mofile(str(PACKAGE / "locale/cy/LC_MESSAGES/django.mo"))
TEMPLATES = sorted((PACKAGE / "web").rglob("*.html"))


def test_the_search_sees_whole_words_in_any_capitals():
    assert forbidden_in("On Hold: see the Ledger of Schoolgate, household", "en") == ["hold", "ledger"]


def test_the_search_leaves_parts_of_words_alone():
    assert forbidden_in("Schoolgate holds-all preference findable Schoolgates", "en") == []


def test_a_page_is_searched_in_its_text_and_in_what_is_read_aloud_and_nowhere_else():
    html = '<p class="hold">a gate</p><img alt="a ledger"><script>silent</script>'
    html += '<input type="hidden" value="digest"><p data-quoted>a finding</p>'
    assert forbidden_in(shown_by(html), "en") == ["gate", "ledger"]
    with pytest.raises(AssertionError):
        check_page(html)


def test_both_languages_have_a_word_for_each_forbidden_one():
    assert {language: len(words) > 8 for language, words in LISTED.items()} == {"en": True, "cy": True}


def test_no_sentence_of_the_catalogue_shows_a_forbidden_word():
    shown = {
        f"{language}: {text}": found
        for entry in CATALOGUE
        for language, texts in (
            ("en", [entry.msgid, entry.msgid_plural]),
            ("cy", [entry.msgstr, *entry.msgstr_plural.values()]),
        )
        for text in texts
        if (found := forbidden_in(text, language))
    }
    assert shown == {}


@pytest.mark.parametrize(
    "table", [SENTENCES, NEEDS, SOURCES, POINTS], ids=["sentences", "needs", "sources", "points"]
)
def test_no_message_of_the_rulebook_shows_a_forbidden_word(table):
    assert {key: found for key, text in table.items() if (found := forbidden_in(text, "en"))} == {}


def test_no_template_shows_a_forbidden_word():
    assert len(TEMPLATES) > 500
    wrong = {}
    for template in TEMPLATES:
        text = re.sub(
            r"\{%(?! translate).*?%\}|\{\{.*?\}\}|\{#.*?#\}",
            " ",
            template.read_text(encoding="utf-8"),
            flags=re.DOTALL,
        )
        if found := forbidden_in(shown_by(text), "en"):
            wrong[template.relative_to(PACKAGE / "web").as_posix()] = found
    assert wrong == {}
