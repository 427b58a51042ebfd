"""Whatever a ready rule needs can be given where the program asks: no rule stops everyone for good."""

import pytest

from schoolgate.publishing.questions import questions_for
from schoolgate.rulebook import decide
from schoolgate.rulebook.proposal_form import ASKED_IN
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.trying import book_with_alone
from schoolgate.rulebook.sentences.words import FIELDS
from tests.guarantees.test_silence import begun

EACH_WAY = [
    (key, {**begun(ready), name: one})
    for key, ready in ready_rules().items()
    for name in [next((each for each in ready.fields if len(ready.options_of(each)) > 1), "")]
    for one in (ready.options_of(name) or [None])
    if name or one is None
]
"""Each ready rule, with each of the words of its first field."""


def needs(book, situation, facts, of=None):
    found = decide(book, situation, facts).findings
    ours = (one for one in found if one.basis == "policy")
    return {need.what for one in ours for need in one.needs if of is None or need.source == of}


def begun_with(ready, values):
    """The form's values: a field of several words takes a list of one."""
    return {
        name: (value,)
        if isinstance(ready.defaults.get(name), tuple) and isinstance(value, str) and value
        else value
        for name, value in values.items()
        if name
    }


@pytest.mark.parametrize(("key", "values"), EACH_WAY)
def test_what_an_account_needs_stands_on_the_form_of_its_proposal(key, values):
    """*People who run an account are prepared*: no form asked who they are, so none could be approved."""
    book = book_with_alone(ready_rules()[key], begun_with(ready_rules()[key], values))
    wanted = set().union(*(needs(book, situation, {}) for situation in ASKED_IN)) & {*FIELDS}
    assert wanted <= {point.key for point in book.proposal_form}


@pytest.mark.parametrize(("key", "values"), EACH_WAY)
def test_what_a_post_needs_of_its_author_is_asked_of_its_author(key, values):
    book = book_with_alone(ready_rules()[key], begun_with(ready_rules()[key], values))
    empty = {"has_picture": True, "picture": {"shows_pupils": True}, "marks": []}
    for need in needs(book, "post.publish", empty, of="author"):
        assert questions_for([need]) or need in GIVEN_ELSEWHERE, need


GIVEN_ELSEWHERE = {"picture", "alt_text", "consent_list", "has_picture", "has_film"}
"""What an author gives with the picture or film itself."""
