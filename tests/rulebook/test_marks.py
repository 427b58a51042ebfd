"""What a text can be marked for: a closed list that policies' words lead into, and that clears no text."""

import pytest

from schoolgate.rulebook import book, books, decide
from schoolgate.rulebook.controls.posts_text import MarkSettings
from schoolgate.rulebook.errors import BadFacts
from schoolgate.rulebook.messages import NEEDS, in_english
from schoolgate.rulebook.rules.rule import Rule, compared
from schoolgate.rulebook.situations.marks import MARK_KINDS, PEOPLE, RAISED_BY, WORDS

AUTHOR = {"key": "a", "relation": "staff"}
PLAIN = {"author": AUTHOR, "people": [], "links": []}
JUDGED = {"answer": True, "by": "b", "at": "2025-05-06T09:00:00Z", "of_this_version": True}


def on_posts():
    """The settings of every rule about a post that is about to go out."""
    return [
        one.settings for key in books() for one in book(key).pack.bindings if "post.publish" in one.situations
    ]


def looked_for(settings):
    if isinstance(settings, MarkSettings):
        return set(settings.looked_for)
    return set(compared(settings.model_dump(), "kind")) if isinstance(settings, Rule) else set()


def test_every_mark_has_its_phrase():
    assert [kind for kind in MARK_KINDS if not NEEDS.get(f"mark.{kind}")] == []


def test_every_word_of_a_policy_leads_to_a_mark_and_has_words_for_its_people():
    assert {kind for kinds in WORDS.values() for kind in kinds} <= set(MARK_KINDS)
    assert {f"people.{word}" for word in PEOPLE} <= set(NEEDS)


def test_no_mark_is_raised_that_no_policy_reads():
    read = {kind for settings in on_posts() for kind in looked_for(settings)}
    assert set(MARK_KINDS) - read == set()
    assert {kind for kinds in RAISED_BY.values() for kind in kinds} <= read


def test_every_rule_about_a_text_can_be_said_while_nothing_is_marked():
    said = [settings.rule for settings in on_posts() if isinstance(settings, MarkSettings)]
    assert len(said) > 60
    for one in said:
        assert "{" not in in_english(one.message, one.args)


@pytest.mark.parametrize("key", books())
def test_no_mark_that_nobody_has_raised_stops_a_post_that_says_nothing_of_marks(key):
    asked = {"author": AUTHOR, "account": {}}
    before = decide(book(key), "post.publish", asked)
    after = decide(book(key), "post.publish", {**asked, "marks": []})
    assert before.points == after.points


@pytest.mark.parametrize("key", books())
def test_a_mark_found_untrue_is_never_worse_than_none(key):
    without = decide(book(key), "post.publish", PLAIN)
    for kind in MARK_KINDS:
        untrue = {"kind": kind, "whom": "pupil", "judged": {**JUDGED, "answer": False}}
        found = decide(book(key), "post.publish", {**PLAIN, "marks": [untrue]})
        assert {**found.points} == {**without.points}, kind


@pytest.mark.parametrize("key", books())
def test_a_mark_found_true_is_never_better_than_one_that_nobody_judged(key):
    worse = []
    for kind in MARK_KINDS:
        raised, true = (
            decide(
                book(key),
                "post.publish",
                {"author": AUTHOR, "marks": [{"kind": kind, "whom": "staff", **more}]},
            )
            for more in ({}, {"judged": JUDGED})
        )
        worse += [(kind, one) for one in raised.points if true.points[one].weight < raised.points[one].weight]
    assert worse == []


FIVE = ("wildground", "boroughbridge", "learn-to-live", "wootton", "llanidloes")
FOUND = [
    # what was found in a text, at which point, and the answers in the order of FIVE
    ("insulting", "respect_shown", "not_permitted not_permitted silent not_permitted silent"),
    ("phone_number", "text_details", "not_permitted not_permitted not_permitted permitted silent"),
    ("date_of_birth", "text_details", "not_permitted not_permitted not_permitted permitted silent"),
    ("results_with_name", "text_details", "permitted not_permitted permitted permitted silent"),
    ("alarm", "security_words", "silent silent not_permitted silent silent"),
    ("political_canvassing", "canvassing", "permitted permitted silent not_permitted silent"),
    ("internal_grievance", "sensitive_topics", "silent not_permitted permitted permitted silent"),
    ("incorrect", "truth", "silent silent silent not_permitted not_permitted"),
    ("discreditable", "good_name", "silent not_permitted not_permitted not_permitted silent"),
    ("personal_opinion", "opinions", "silent silent silent not_permitted silent"),
]


@pytest.mark.parametrize(("kind", "point", "answers"), FOUND, ids=[one[0] for one in FOUND])
def test_what_was_found_in_a_text_has_five_answers(kind, point, answers):
    asked = {**PLAIN, "personal_view": False, "marks": [{"kind": kind, "whom": "family", "judged": JUDGED}]}
    decided = {key: decide(book(key), "post.publish", asked) for key in FIVE}
    assert " ".join(decided[key].points[point] for key in FIVE) == answers


def test_a_mark_that_is_not_on_the_list_is_refused():
    with pytest.raises(BadFacts, match="Input should be"):
        decide(book("wootton"), "post.publish", {"marks": [{"kind": "rude"}]})


def test_ten_thousand_marks_are_judged_one_by_one():
    marks = [{"kind": "insulting", "whom": "staff", "judged": JUDGED}] * 10_000
    decided = decide(book("wootton"), "post.publish", {"author": AUTHOR, "marks": marks})
    assert len([one for one in decided.at("respect_shown") if one.about]) == 10_000
