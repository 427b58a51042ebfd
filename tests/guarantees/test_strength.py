"""One sentence has one strength: none says *must* for a clause that says *should*, or the other way round."""

import re

import pytest

from schoolgate.rulebook import book, books
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.messages import SENTENCES
from schoolgate.rulebook.rules.rule import Rule

SHOULD = frozenset({Modality.SHOULD, Modality.SHOULD_NOT, Modality.ADVISED, Modality.ADVISED_NOT})
MUST = frozenset({Modality.MUST, Modality.MUST_NOT})
SAYS_MUST = re.compile(r"\b(must|can’t|may not|has to|have to|requires|required)\b")
SAYS_SHOULD = re.compile(r"\b(should|ideally|advises)\b", re.IGNORECASE)
OF_OTHERS = re.compile(
    r"the federation must|even where they say \"should\"|and another only advises against it"
)
"""What a sentence says of the federation, which rules, or of another clause."""


def said(settings):
    """The sentences in which a rule asks for something."""
    if not isinstance(settings, Rule):
        return ()
    asking = ("forbid", "need", "must_be", "oblige", "advise")
    return tuple(
        SENTENCES[step.say]
        for step in settings.steps
        if step.say in SENTENCES and any(getattr(step, verb) is not None for verb in asking)
    )


@pytest.mark.parametrize("policy", books())
def test_no_sentence_is_stronger_or_weaker_than_its_clause(policy):
    pack, wrong = book(policy).pack, []
    for bound in pack.bindings:
        modality = pack.clauses[bound.clauses[0]].modality
        for sentence in said(bound.settings):
            words = OF_OTHERS.sub("", sentence)
            if modality in SHOULD and SAYS_MUST.search(words):
                wrong.append((bound.clauses[0], "says must, and its clause should", sentence))
            if modality in MUST and SAYS_SHOULD.search(words):
                wrong.append((bound.clauses[0], "says should, and its clause must", sentence))
    assert wrong == []
