"""Every short name of the record has its sentence."""

import pytest
from django.apps import apps
from django.utils.translation import override

from schoolgate.core.events import EVENTS as DECLARED
from schoolgate.core.models import FederationOwned
from schoolgate.core.saying import subject_in_words
from schoolgate.reports.evidence import PROOFS
from tests.web.plain import forbidden_in

EVENTS = {name: each.sentence for name, each in DECLARED.items()}
OWNED = [model for model in apps.get_models() if issubclass(model, FederationOwned)]
SUBJECTS = {model._meta.label_lower: model.numbered for model in OWNED}
KINDS = ("decided", "duty", "record", "advice", "invariant", "structure", "attested", "text")


def test_every_proof_has_its_words():
    assert sorted(PROOFS) == sorted(KINDS)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_no_sentence_shows_a_word_of_the_rulebook(language):
    with override(language):
        said = [str(words) for table in (EVENTS, SUBJECTS, PROOFS) for words in table.values()]
    assert [text for text in said if forbidden_in(text, language)] == []


@pytest.mark.parametrize("table", [EVENTS, SUBJECTS, PROOFS])
def test_every_sentence_has_its_welsh(table):
    with override("cy"):
        welsh = {key: str(words) for key, words in table.items()}
    with override("en"):
        same = {"people.person"}  # the word is the same in both languages
        assert [key for key, words in table.items() if str(words) == welsh[key] and key not in same] == []


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("publishing.post:417", "Post 417"),
        ("core.term:3", "Entry 3"),
        ("core.user:4", "Entry 4"),
        ("earlier.thing:5", "Entry 5"),
    ],
)
def test_a_thing_is_called_by_its_kind_and_number(subject, words):
    assert subject_in_words(subject) == words
