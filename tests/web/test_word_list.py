"""The word list: its own order, and every sentence in both languages against it."""

import re

import polib
import pytest

from schoolgate.web.frame.help import topics
from schoolgate.web.glossary import listed, words
from tests.web.plain import shown_by
from tests.web.word_list import (
    TEMPLATES,
    english,
    excepted,
    found_in,
    not_said,
    sentences,
    unlike,
    welsh,
    whole_words,
    written_in,
)

IN_TEMPLATES = sorted(TEMPLATES.rglob("*.html"))


def sentence(en, cy=""):
    return polib.POEntry(msgid=en, msgstr=cy)


def test_no_sentence_says_what_the_list_rules_out_in_either_language():
    """But for what is excepted; and nothing is excepted that needs it no more."""
    known = excepted("sentences")
    said = {
        entry.msgid: found
        for entry in sentences()
        if (found := found_in(english(entry), "en") + found_in(welsh(entry), "cy"))
    }
    assert {text: found for text, found in said.items() if text not in known} == {}
    assert sorted(set(known) - said.keys()) == []


def test_no_help_beside_a_page_says_it_in_either_language():
    said = {
        (each.key, one): found_in(getattr(each, one).plain, one) for each in topics() for one in ("en", "cy")
    }
    assert {key: found for key, found in said.items() if found} == {}


def test_each_welsh_sentence_has_the_word_that_the_list_has_for_the_english_one():
    """With the same rule for what is excepted."""
    known = excepted("unlike")
    other = {entry.msgid: found for entry in sentences() if (found := [word.key for word in unlike(entry)])}
    assert {text: found for text, found in other.items() if text not in known} == {}
    assert sorted(set(known) - other.keys()) == []


def test_no_template_says_what_the_list_rules_out():
    known = excepted("sentences")
    assert len(IN_TEMPLATES) > 500
    wrong = {}
    for template in IN_TEMPLATES:
        said = shown_by(written_in(template)).splitlines()
        if lines := [line for line in said if found_in(line, "en") and line.strip() not in known]:
            wrong[template.relative_to(TEMPLATES).as_posix()] = lines
    assert wrong == {}


def test_every_excepted_phrase_is_still_said_somewhere():
    everything = "\n".join(english(entry) for entry in sentences())
    phrases = [each["says"] for each in listed()["excepted"]["phrases"]]
    assert [phrase for phrase in phrases if not whole_words((phrase,)).search(everything)] == []


def test_each_exception_has_a_reason():
    for kind in ("phrases", "sentences", "unlike"):
        assert [each["says"] for each in listed()["excepted"][kind] if len(each["because"]) < 8] == []


def test_a_variant_is_found_as_a_whole_word_in_any_capitals():
    assert found_in("Log in, then click the Ledger of the 2FA list", "en") == [
        "log in",
        "click",
        "ledger",
        "2fa",
    ]


def test_a_part_of_a_word_and_an_excepted_phrase_are_left_alone():
    assert found_in("The clickable e-mailer gives the user name; the Duty sheet", "en") == []


def test_the_places_of_arguments_are_no_words():
    assert found_in(english(sentence("Sent to %(email)s, {email}.")), "en") == []


def test_welsh_with_a_mutated_form_is_taken_and_with_another_word_is_not():
    kept = sentence("The consent was withdrawn.", "Tynnwyd y gydsyniad yn ôl.")
    other = sentence("The consent was withdrawn.", "Tynnwyd y caniatâd yn ôl.")
    assert ([word.key for word in unlike(kept)], [word.key for word in unlike(other)]) == ([], ["consent"])


def test_english_without_the_word_asks_nothing_of_the_welsh():
    assert list(unlike(sentence("The school was told.", "Cafodd yr ysgol wybod."))) == []


def test_each_word_stands_once_with_both_languages_and_a_meaning_in_both():
    keys = [word.key for word in words()]
    assert len(keys) == len(set(keys)) > 40
    assert [w.key for w in words() if not all((w.en, w.cy, w.means_en, w.means_cy))] == []
    assert {word.kind for word in words()} == {"field", "ours"}


def test_whoever_lists_english_forms_lists_welsh_ones():
    assert [word.key for word in words() if bool(word.forms_en) != bool(word.forms_cy)] == []


@pytest.mark.parametrize("language", ["en", "cy"])
def test_no_word_of_the_list_and_no_meaning_is_ruled_out_by_the_list(language):
    own = {word.key: f"{word.name(language)}. {word.means(language)}" for word in words()}
    assert {key: found for key, text in own.items() if (found := found_in(text, language))} == {}


def test_the_search_is_made_of_every_variant():
    variants = [each for word in words() for each in word.never_en]
    assert [each for each in variants if not not_said("en").fullmatch(re.sub(r"\*", "", each))] == []
