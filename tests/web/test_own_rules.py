"""The pages on which the owner of a federation's own policy begins rules, tries them and signs them."""

from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.policy.models import ReadingDraft
from tests.web.own_policy_cast import CLAUSE
from tests.web.own_policy_pages import START, add, begin, edition, hidden, press, rules, text_of


def test_a_situation_is_found_by_words_and_chosen(st_annes):
    path = reverse("own-rule-new", args=[CLAUSE])
    found = st_annes.ben.post(path, {"words": "a message to a parent"}).content.decode()
    assert "?about=message.send" in found
    assert (
        "Nothing matches these words. Try others, or choose from the list below."
        in st_annes.ben.post(path, {"words": "xyzzy"}).content.decode()
    )
    assert st_annes.ben.post(path, {"words": ""}).status_code == 422
    assert st_annes.ben.get(path + "?about=nothing.here").status_code == 404
    assert "What does the clause do?" in text_of(
        st_annes.ben, "own-rule-new", CLAUSE, query="?about=message.send"
    )


def test_a_part_or_an_effect_that_is_not_there_is_refused(st_annes):
    for wrong in ({"point": "network_age"}, {"verb": "dance"}, {"bound": "wizards"}):
        answer = st_annes.ben.get(reverse("own-rule-new", args=[CLAUSE]), {**START, **wrong})
        assert answer.status_code == 422, wrong


def test_each_form_carries_the_edition_that_its_page_showed(st_annes):
    begin(st_annes.ben)
    pages = [
        reverse("own-rule-new", args=[CLAUSE]) + "?about=message.send&point=parents_from_own&verb=forbid",
        reverse("own-condition", args=[CLAUSE, 1]) + "?part=forbid&at=&how=all&fact=from_account&more=1",
        reverse("own-rule", args=[CLAUSE, 1]),
        reverse("own-step-new", args=[CLAUSE, 1]) + "?verb=permit",
        reverse("reading"),
    ]
    for wanted in (edition(), edition() + 1):
        assert {page: hidden(st_annes.ben, page, "edition") for page in pages} == dict.fromkeys(
            pages, str(wanted)
        )
        add(st_annes.ben, part="forbid", compare="any_of", value="personal")
    assert st_annes.ben.post(pages[2], {"edition": "77", "act": "remove"}).status_code == 409
    assert len(rules(st_annes)) == 1, "nobody's change is overwritten"


def test_a_rule_is_begun_and_given_conditions_one_by_one(st_annes):
    assert begin(st_annes.ben, bound="staff").status_code == 302
    assert rules(st_annes) == [
        {
            "clauses": [CLAUSE],
            "ask": "message.send",
            "point": "parents_from_own",
            "for": ["staff"],
            "forbid": True,
        }
    ]
    assert add(st_annes.ben, part="forbid", compare="any_of", value="personal").status_code == 302
    assert (
        add(st_annes.ben, part="when", fact="to_relation", compare="any_of", value="parent").status_code
        == 302
    )
    (rule,) = rules(st_annes)
    assert (rule["when"], rule["forbid"]) == ({"to_relation": "parent"}, {"from_account": "personal"})
    text = text_of(st_annes.ben, "own-rule", CLAUSE, 1)
    assert "this is not allowed." in text
    assert "from_account: personal" in text


def test_an_alternative_is_added_changed_and_taken_away(st_annes):
    begin(st_annes.ben)
    add(st_annes.ben, part="when", fact="way", compare="any_of", value="social")
    add(st_annes.ben, part="when", fact="in_public", value="yes", how="all")
    add(st_annes.ben, part="when", at="1", how="any", fact="pupil_site", value="no")
    (rule,) = rules(st_annes)
    assert rule["when"] == {"all": [{"way": "social"}, {"any": [{"in_public": True}, {"pupil_site": False}]}]}
    add(st_annes.ben, part="when", at="1.1", more=False, fact="pupil_site", value="yes")
    assert rules(st_annes)[0]["when"]["all"][1] == {"any": [{"in_public": True}, {"pupil_site": True}]}
    press(st_annes.ben, "without", part="when", at="1.1")
    assert rules(st_annes)[0]["when"] == {"way": "social", "in_public": True}
    press(st_annes.ben, "turn", part="when", at="", how="any")
    assert rules(st_annes)[0]["when"] == {"any": [{"way": "social"}, {"in_public": True}]}


def test_a_condition_that_cannot_be_is_refused_beside_its_field(st_annes):
    begin(st_annes.ben)
    before = rules(st_annes)
    for fact, said in [
        ("from_account", {"compare": "any_of", "value": "borrowed"}),
        ("from_account", {"compare": "any_of"}),
        ("from_account", {"compare": "at_least", "value": "personal"}),
        ("pupils", {"compare": "at_least", "value": "many"}),
        ("pupils", {"compare": "at_least", "value": "-1"}),
        ("in_public", {}),
    ]:
        answer = add(st_annes.ben, fact=fact, **said)
        assert answer.status_code == 422, (fact, said)
        assert "govuk-error-summary" in answer.content.decode(), (fact, said)
    answer = add(st_annes.ben, fact="pupils", compare="at_least", value="17")
    assert answer.status_code == 422
    assert "The clause doesn’t name “17”." in answer.content.decode()
    assert rules(st_annes) == before


def test_a_rule_that_waits_for_something_asks_who_can_supply_it(st_annes):
    query = "?about=message.send&point=parents_from_own&verb=need"
    path = reverse("own-rule-new", args=[CLAUSE]) + query
    assert "What is needed?" in text_of(st_annes.ben, "own-rule-new", CLAUSE, query=query)
    st_annes.ben.post(path, {"edition": "0", "fact": "approved_account", "of": "headteacher"})
    (rule,) = rules(st_annes)
    assert rule["need"] == {"approved_account": True}
    assert rule["supplied_by"] == {"approved_account": "headteacher"}
    assert press(st_annes.ben, "without", part="need", at="0").status_code == 422


def test_a_rule_is_removed_from_the_next_reading(st_annes):
    begin(st_annes.ben)
    assert press(st_annes.ben, "remove").status_code == 302
    assert rules(st_annes) == []
    with scope(st_annes.federation.pk):
        assert ReadingDraft.objects.get().changes == {}


def test_a_part_or_a_condition_of_a_rule_that_is_not_there_is_not_found(st_annes):
    begin(st_annes.ben)
    for act, said in (
        ("without", {"part": "forbid", "at": "9"}),
        ("without", {"part": "permit", "at": ""}),
        ("without", {"part": "forbid", "at": "x"}),
        ("dance", {}),
    ):
        assert press(st_annes.ben, act, **said).status_code == 404, (act, said)
    there = reverse("own-condition", args=[CLAUSE, 1])
    for query in ("?part=forbid&at=4", "?part=nothing", "?part=forbid&at=&fact=nothing&more=1"):
        assert st_annes.ben.get(there + query).status_code == 404, query
    text = text_of(st_annes.ben, "own-condition", CLAUSE, 1, query="?part=forbid&at=&more=1")
    assert "Whether everyone can read it" in text, "facts are offered in words"


# --- Examples, and signing ---------------------------------------------------------------------------


def example(browser, **said):
    return browser.post(reverse("own-rule-example", args=[CLAUSE, 1]), said).content.decode()


def test_an_example_is_answered_under_the_next_reading(st_annes):
    begin(st_annes.ben)
    add(st_annes.ben, part="forbid", compare="any_of", value="personal")
    html = example(st_annes.ben, f0="personal")
    assert "The next interpretation changes this answer." in html
    assert "This isn’t allowed" in html
    assert "The answer to this part doesn’t change." not in html
    assert st_annes.ben.post(reverse("own-rule-example", args=[CLAUSE, 1]), {"f0": "x"}).status_code == 422


def test_what_a_reading_changes_is_shown_as_sentences_and_signed(st_annes):
    begin(st_annes.ben)
    add(st_annes.ben, part="forbid", compare="any_of", value="personal")
    text = text_of(st_annes.ben, "reading")
    assert "this is not allowed." in text
    reading = reverse("reading")
    for act, more in (("save", {"because": "Agreed."}), ("try", {}), ("sign", {})):
        said = {"act": act, "edition": edition(), **more}
        assert st_annes.ben.post(reading, said).status_code == 302
    assert "Has a rule" in text_of(st_annes.ben, "own-clause", CLAUSE)
