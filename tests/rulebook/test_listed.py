"""Words that a policy lists for an answer: who is offered which, and what a wrong list is told."""

import pytest

from schoolgate.cli.new_policy import begin
from schoolgate.rulebook import book, decide
from schoolgate.rulebook.errors import BadPack
from schoolgate.rulebook.facts_read import ListedWord, listed_words
from schoolgate.rulebook.one_file import from_yaml, to_yaml
from schoolgate.rulebook.packs import own_policies_in
from schoolgate.rulebook.situations.posts import PostAccount, PostPublish

OWN_LIST = """
- clauses: [st-annes-pictures-1]
  ask: post.publish
  point: purpose
  need: {purpose: {any_of: [Termly news, Fairs]}}
  say: post.no_purpose
  in_welsh: {Fairs: ffeiriau}
"""


@pytest.fixture
def st_annes(tmp_path):
    own_policies_in(tmp_path)
    begin("st-annes", tmp_path, federation="St Anne’s", title="Social media")
    yield tmp_path / "st-annes"
    own_policies_in(tmp_path / "nowhere")


def listed(key, school=None):
    return listed_words(book(key), "post.publish", "purpose", PostPublish(account=PostAccount(school=school)))


def write_rule(st_annes, text):
    (st_annes / "rules" / "purposes.yaml").write_text(text, "utf-8")
    own_policies_in(st_annes.parent)


def test_each_school_has_its_own_list_and_a_school_without_one_has_every_word():
    high = [one.word for one in listed("llanidloes", "Llanidloes High School")]
    primary = [one.word for one in listed("llanidloes", "Llanidloes Primary School")]
    assert set(high) & set(primary) == {"promote the school"}
    for school in ("other", None):
        assert {one.word for one in listed("llanidloes", school)} == {*high, *primary}


def test_a_school_takes_every_word_that_it_is_offered_and_no_other():
    for school in ("Llanidloes High School", "Llanidloes Primary School"):
        offered = {one.word for one in listed("llanidloes", school)}
        for one in listed("llanidloes"):
            facts = {
                "purpose": one.word,
                "account": {"school": school},
                "author": {"key": "a", "relation": "staff"},
            }
            outcome = decide(book("llanidloes"), "post.publish", facts).points["purpose"]
            assert outcome == ("permitted" if one.word in offered else "hold")


def test_every_word_of_llanidloes_has_its_welsh():
    assert [one.word for one in listed("llanidloes") if not one.welsh] == []


@pytest.mark.parametrize("key", ["wildground", "boroughbridge", "learn-to-live", "wootton"])
def test_a_policy_without_a_list_offers_nothing(key):
    assert listed(key) == ()


def test_a_policy_of_a_schools_own_lists_its_words_in_a_file(st_annes):
    assert listed("st-annes") == ()
    write_rule(st_annes, OWN_LIST)
    assert listed("st-annes") == (ListedWord("Termly news"), ListedWord("Fairs", "ffeiriau"))
    answers = {
        purpose: decide(book("st-annes"), "post.publish", {"purpose": purpose}).points["purpose"]
        for purpose in ("Fairs", "fairs", "Sales", None)
    }
    assert answers == {"Fairs": "permitted", "fairs": "permitted", "Sales": "hold", None: "hold"}


@pytest.mark.parametrize(
    "need",
    ["{purpose: {known: true}}", "{purpose: {none_of: [Sales]}}", "{not: {purpose: {any_of: [Sales]}}}"],
)
def test_a_rule_that_needs_no_certain_word_lists_none(st_annes, need):
    write_rule(
        st_annes,
        OWN_LIST.replace("{purpose: {any_of: [Termly news, Fairs]}}", need).replace(
            "  in_welsh: {Fairs: ffeiriau}\n", ""
        ),
    )
    assert listed("st-annes") == ()


@pytest.mark.parametrize(
    ("welsh", "line", "said"),
    [
        ("{Fair: ffeiriau}", 7, "unknown word 'Fair'; did you mean Fairs"),
        ("{Fairs: ''}", 2, "in_welsh.Fairs: String should have at least 1 character"),
        ("{Fairs: [ffeiriau]}", 2, "in_welsh.Fairs: Input should be a valid string"),
        ("[Fairs]", 2, "in_welsh: Input should be a valid"),
    ],
)
def test_welsh_of_no_word_of_the_rule_is_refused_with_file_and_line(st_annes, welsh, line, said):
    write_rule(st_annes, OWN_LIST.replace("{Fairs: ffeiriau}", welsh))
    with pytest.raises(BadPack) as refused:
        book("st-annes")
    assert said in refused.value.why
    assert refused.value.where == f"st-annes/rules/purposes.yaml, line {line}"


def test_the_list_and_its_welsh_go_into_the_policys_one_file_and_back():
    text = to_yaml(book("llanidloes").pack)
    assert "ethos and culture: ethos a diwylliant" in text
    assert to_yaml(from_yaml(text)) == text
