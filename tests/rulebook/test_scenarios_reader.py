"""A scenario that cannot be read is refused with its file and name; what varies is put to the policy, too."""

import pytest

from schoolgate.rulebook import BadPack, book
from schoolgate.rulebook.packs import pack_keys
from schoolgate.rulebook.scenarios import failures, read_scenarios, supplied_scenarios

GOOD = """
- name: a post is judged on
  situation: post.publish
  facts: {on: "2027-01-19", author: {key: a, relation: staff}, approvals: []}
  expect: {points: {second_person: hold}}
"""


@pytest.fixture
def read(tmp_path):

    def reading(text):
        (tmp_path / "one.yaml").write_text(text, "utf-8")
        return read_scenarios(tmp_path, "wildground")

    return reading


def test_on_and_no_are_words(read):
    (one,) = read(GOOD)
    assert str(one.facts.day) == "2027-01-19"
    assert str(one) == "wildground/one.yaml: a post is judged on"


def test_what_varies_is_expected_to_change_nothing(read):
    (one,) = read(GOOD + '  varies: {on: ["2027-01-20", null], signed: [true]}\n  shows: [a-clause]\n')
    assert [str(facts.day) for facts in one.varied["on"]] == ["2027-01-20", "None"]
    assert one.shows == ("a-clause",)
    assert failures(one, book("wildground")) == []


def test_a_change_reaches_one_place_also_where_two_share_an_anchor(read):
    shared = GOOD.replace("approvals: []", "approvals: [&b {by: b, of_this_version: true}, *b]")
    but = "- {name: c, like: a post is judged on, but: {approvals.0.by: a}, expect: {outcome: silent}}"
    _, one = read(shared + but)
    assert [given.by for given in one.facts.approvals] == ["a", "b"]


def test_what_does_change_with_a_value_is_told_with_its_place(read):
    approved = "[{by: b, of_this_version: true}]"
    (one,) = read(GOOD + f"  varies: {{approvals: [[], {approved}]}}\n")
    assert failures(one, book("wildground")) == [
        "with value 2 of approvals: second_person is permitted, not hold"
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("- {situation: post.publish}", "one.yaml: a scenario without a name"),
        (GOOD + GOOD, "judged on: two scenarios have this name"),
        (GOOD.replace("facts:", "moon: full\n  facts:"), "judged on: unknown word moon"),
        (GOOD.replace("post.publish", "post.burn"), "judged on: unknown situation 'post.burn'"),
        (GOOD.replace("approvals", "applause"), "judged on: facts: applause: no such fact"),
        (GOOD.replace("expect: {points", "expect: {lines"), "nobody knows what to expect with lines"),
        (GOOD.replace("{points: {second_person: hold}}", "{}"), "judged on: expects nothing"),
        (GOOD.replace("{second_person: hold}", "[second_person]"), "expect points: a mapping is wanted"),
        (GOOD + "- {name: b, like: c, expect: {outcome: hold}}", "is like 'c', which stands nowhere"),
        (GOOD + "  varies: {moon: [1]}\n", "judged on: facts: moon: no such fact"),
        (GOOD + "  varies: {author.key.first: [1]}\n", "judged on: there is no place author.key.first"),
        (GOOD + "  varies: {people.0.relation: [staff]}\n", "judged on: facts: people: "),
        (GOOD + "  varies: {on: []}\n", "varies: on wants a list of values"),
        (GOOD + "  shows: [a-clause]\n", "shows a clause with nothing that varies"),
        (GOOD.replace("{on:", "{on: 1, on:"), "one.yaml, line 4: a key stands twice"),
    ],
)
def test_a_scenario_that_cannot_be_read_is_named(read, text, why):
    with pytest.raises(BadPack) as refused:
        read(text)
    assert why in str(refused.value)


def test_those_about_some_situations_are_all_of_them_though_other_files_are_not_read():
    about = ("contact.accept", "post.publish")
    found = 0
    for key in pack_keys():  # law and house have none
        every = [str(one) for one in supplied_scenarios(key) if one.situation in about]
        assert [str(one) for one in supplied_scenarios(key, about)] == every
        found += len(every)
        assert supplied_scenarios(key, ("no.such",)) == ()
    assert found > 100
