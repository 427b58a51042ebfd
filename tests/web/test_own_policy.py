"""The pages on which the owner of a federation's own policy writes clauses and rules."""

import re

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.policy.models import PolicyVersion, ReadingDraft
from schoolgate.policy.writing import writing
from schoolgate.rulebook.rules.step import VERBS
from schoolgate.web.frame import rule_words
from schoolgate.web.policy.own.forms import MODALITIES
from tests.web.own_policy_cast import BY_CODE, CLAUSE, COUNTED, NOW, RULED
from tests.web.plain import check_page
from tests.web.walking import Walk

WORDS = {
    "section": "4. Posts", "says": "Volunteers do not post for the school.", "modality": "must_not",
    "actor": "staff", "numbers": "",
}  # fmt: skip
START = {"about": "message.send", "point": "parents_from_own", "verb": "forbid"}


def text_of(browser, name, *args, language="en", query=""):
    answer = browser.get(reverse(name, args=args) + query, headers={"accept-language": language})
    assert answer.status_code == 200, answer.content.decode()[-2000:]
    html = answer.content.decode()
    check_page(html, language)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def hidden(browser, path, name):
    html = browser.get(path).content.decode()
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    return found[1] if found else ""


def rules(there, clause=CLAUSE):
    with scope(there.federation.pk):
        return writing(NOW.date()).rules(clause)


def begin(browser, clause=CLAUSE, **more):
    """A rule from the first page to the last."""
    query = "&".join(f"{key}={value}" for key, value in {**START, **more}.items())
    path = reverse("own-rule-new", args=[clause]) + f"?{query}"
    return browser.post(path, {"edition": hidden(browser, path, "edition")})


def add(browser, clause=CLAUSE, *, part="forbid", at="", how="all", fact="from_account", more=True, **said):
    path = reverse("own-condition", args=[clause, 1])
    path += f"?part={part}&at={at}&how={how}&fact={fact}" + ("&more=1" if more else "")
    return browser.post(path, {"edition": hidden(browser, path, "edition"), **said})


def press(browser, act, clause=CLAUSE, **more):
    path = reverse("own-rule", args=[clause, 1])
    return browser.post(path, {"edition": hidden(browser, path, "edition"), "act": act, **more})


# --- Clauses -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_clause_is_listed_with_its_state(st_annes, language):
    st_annes.head.language = language
    with scope(st_annes.federation.pk):
        st_annes.head.save(update_fields=["language"])
    text = text_of(st_annes.ben, "own-clauses", language=language)
    assert "Nothing is posted before 7am" in text
    assert ("Text only" in text) is (language == "en")


def test_a_clause_is_added_to_the_next_version_and_can_be_changed_there(st_annes):
    path = reverse("own-clause-new")
    answer = st_annes.ben.post(path, {**WORDS, "seen": hidden(st_annes.ben, path, "seen")})
    assert answer.status_code == 302
    assert "In the next version" in text_of(st_annes.ben, "own-clauses")
    assert ". You can sign its rules once that version is in force." in text_of(
        st_annes.ben, "own-clause", "st-annes-posts-7"
    )
    path = reverse("own-clause-text", args=["st-annes-posts-7"])
    st_annes.ben.post(
        path, {**WORDS, "says": "Volunteers never post.", "seen": hidden(st_annes.ben, path, "seen")}
    )
    assert "Volunteers never post." in text_of(st_annes.ben, "own-clauses")


@pytest.mark.parametrize(
    "wrong",
    [{"says": ""}, {"section": " "}, {"modality": "perhaps"}, {"actor": "nobody"}, {"numbers": "two"}],
)
def test_a_clause_with_something_missing_or_wrong_is_refused_beside_its_field(st_annes, wrong):
    answer = st_annes.ben.post(reverse("own-clause-new"), {**WORDS, **wrong, "seen": ""})
    assert answer.status_code == 422
    with scope(st_annes.federation.pk):
        assert not PolicyVersion.objects.filter(state="draft").exists()


def test_a_clause_that_somebody_changed_meanwhile_is_not_overwritten(st_annes):
    st_annes.ben.post(reverse("own-clause-new"), {**WORDS, "seen": ""})
    answer = st_annes.ben.post(reverse("own-clause-new"), {**WORDS, "seen": ""})
    assert answer.status_code == 409


def test_the_owner_says_what_the_next_version_changes(st_annes):
    st_annes.ben.post(reverse("own-clause-new"), {**WORDS, "seen": ""})
    path = reverse("own-clauses")
    st_annes.ben.post(path, {"words": "Volunteers.", "seen": hidden(st_annes.ben, path, "seen")})
    with scope(st_annes.federation.pk):
        assert PolicyVersion.objects.get(state="draft").material_changes == "Volunteers."


def test_a_clause_that_is_kept_by_code_says_so(st_annes):
    assert "A built-in rule applies this clause. You can’t change it here." in text_of(
        st_annes.ben, "own-clause", BY_CODE
    )
    assert "No rule yet" in text_of(st_annes.ben, "own-clause", CLAUSE)
    assert "Rule 1" in text_of(st_annes.ben, "own-clause", RULED)


# --- Rules -------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("wrong", [{"point": "network_age"}, {"verb": "dance"}, {"bound": "wizards"}])
def test_a_part_or_an_effect_that_is_not_there_is_refused(st_annes, wrong):
    answer = st_annes.ben.get(reverse("own-rule-new", args=[CLAUSE]), {**START, **wrong})
    assert answer.status_code == 422


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


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("from_account", {"compare": "any_of", "value": "borrowed"}),
        ("from_account", {"compare": "any_of"}),
        ("from_account", {"compare": "at_least", "value": "personal"}),
        ("pupils", {"compare": "at_least", "value": "many"}),
        ("pupils", {"compare": "at_least", "value": "-1"}),
        ("in_public", {}),
    ],
)
def test_a_condition_that_cannot_be_is_refused_beside_its_field(st_annes, fact, said):
    begin(st_annes.ben)
    before = rules(st_annes)
    answer = add(st_annes.ben, fact=fact, **said)
    assert answer.status_code == 422
    assert "govuk-error-summary" in answer.content.decode()
    assert rules(st_annes) == before


def test_a_number_that_the_clause_does_not_name_is_refused_with_a_sentence(st_annes):
    begin(st_annes.ben)
    answer = add(st_annes.ben, fact="pupils", compare="at_least", value="17")
    assert answer.status_code == 422
    assert "The clause doesn’t name “17”." in answer.content.decode()


def test_a_rule_that_waits_for_something_asks_who_can_supply_it(st_annes):
    query = "?about=message.send&point=parents_from_own&verb=need"
    path = reverse("own-rule-new", args=[CLAUSE]) + query
    assert "What is needed?" in text_of(st_annes.ben, "own-rule-new", CLAUSE, query=query)
    st_annes.ben.post(path, {"edition": "0", "fact": "approved_account", "of": "headteacher"})
    (rule,) = rules(st_annes)
    assert rule["need"] == {"approved_account": True}
    assert (
        rule["ask_for"] == {"what": "approved_account", "of": "headteacher"}
        or rule["ask_for"]["of"] == "headteacher"
    )
    assert press(st_annes.ben, "without", part="need", at="0").status_code == 422


POSTS = {"about": "post.publish", "point": "author_shown"}


def test_a_number_of_such_parts_of_a_list_is_said_step_by_step(st_annes):
    press(st_annes.ben, "remove", COUNTED)  # its own
    begin(st_annes.ben, COUNTED, **POSTS)
    more = {"clause": COUNTED, "part": "forbid"}
    assert (
        add(st_annes.ben, **more, fact="approvals", compare="count at_least", amount="7").status_code == 302
    )
    assert add(st_annes.ben, **more, at="0", fact="of_this_version", value="yes").status_code == 302
    assert (
        add(st_annes.ben, **more, at="0", fact="by", compare="same_as", other="author.key").status_code == 302
    )
    press(st_annes.ben, "not", COUNTED, part="forbid", at="0")
    (rule,) = rules(st_annes, COUNTED)
    such = {"of_this_version": True, "by": {"same_as": "author.key"}}
    assert rule["forbid"] == {"not": {"approvals": {"count": {"at_least": 7, "of": such}}}}
    text = text_of(st_annes.ben, "own-rule", COUNTED, 1)
    assert "Where not: for at least 7 of “who has approved it”:" in text
    add(st_annes.ben, **more, at="0", more=False, fact="approvals", compare="some")
    assert rules(st_annes, COUNTED)[0]["forbid"] == {"not": {"approvals": {"some": such}}}
    press(st_annes.ben, "without", COUNTED, part="forbid", at="0.1")
    assert rules(st_annes, COUNTED)[0]["forbid"] == {
        "not": {"approvals": {"some": {"by": {"same_as": "author.key"}}}}
    }


def test_groups_stand_in_groups_and_under_not(st_annes):
    begin(st_annes.ben)
    add(st_annes.ben, part="when", fact="way", compare="any_of", value="social")
    add(st_annes.ben, part="when", at="0", how="any", fact="in_public", value="yes")
    add(st_annes.ben, part="when", at="1", how="all", fact="pupil_site", value="no")
    assert rules(st_annes)[0]["when"] == {
        "any": [{"way": "social"}, {"in_public": True, "pupil_site": False}]
    }
    add(st_annes.ben, part="when", at="1.1", how="any", fact="pupils", compare="known")
    press(st_annes.ben, "not", part="when", at="1")
    inner = {"all": [{"in_public": True}, {"any": [{"pupil_site": False}, {"pupils": {"known": True}}]}]}
    assert rules(st_annes)[0]["when"] == {"any": [{"way": "social"}, {"not": inner}]}
    assert "or not: (" in text_of(st_annes.ben, "own-rule", CLAUSE, 1)
    press(st_annes.ben, "not", part="when", at="1")
    assert rules(st_annes)[0]["when"]["any"][1] == inner


@pytest.mark.parametrize(
    "said",
    [
        {"fact": "approvals", "compare": "count at_least"},
        {"fact": "approvals", "compare": "count at_least", "amount": "many"},
        {"fact": "approvals", "compare": "count at_least", "amount": "2", "different": "nothing"},
        {"fact": "day", "compare": "over", "amount": "2"},
        {"fact": "day", "compare": "over", "unit": "days", "amount": "0x"},
        {"fact": "day", "compare": "earlier_than"},
        {"fact": "day", "compare": "earlier_than", "written": "some day"},
    ],
)  # fmt: skip
def test_a_list_or_a_span_with_something_missing_is_refused(st_annes, said):
    press(st_annes.ben, "remove", COUNTED)  # its own
    begin(st_annes.ben, COUNTED, **POSTS)
    assert add(st_annes.ben, COUNTED, **said).status_code == 422
    assert rules(st_annes, COUNTED)[0]["forbid"] is True


def test_a_rule_of_several_steps_is_shown_and_changed_step_by_step(st_annes):
    with scope(st_annes.federation.pk):
        now = writing(NOW.date())
        clause = next(key for key in now.pack.clauses for one in now.rules(key) if "steps" in one)
        before = now.rules(clause)
    text = text_of(st_annes.ben, "own-rule", clause, 1)
    assert "The first of these that applies counts: (1)" in text
    begin(st_annes.ben, clause)
    assert rules(st_annes, clause)[: len(before)] == before


def test_a_rule_is_removed_from_the_next_reading(st_annes):
    begin(st_annes.ben)
    assert press(st_annes.ben, "remove").status_code == 302
    assert rules(st_annes) == []
    with scope(st_annes.federation.pk):
        assert ReadingDraft.objects.get().changes == {}


def test_a_rule_that_somebody_changed_meanwhile_is_not_overwritten(st_annes):
    begin(st_annes.ben)
    path = reverse("own-rule", args=[CLAUSE, 1])
    assert st_annes.ben.post(path, {"edition": "77", "act": "remove"}).status_code == 409
    assert len(rules(st_annes)) == 1


@pytest.mark.parametrize(
    "said",
    [
        {"act": "without", "part": "forbid", "at": "9"},
        {"act": "without", "part": "permit", "at": ""},
        {"act": "without", "part": "forbid", "at": "x"},
        {"act": "dance"},
    ],
)
def test_a_part_of_a_rule_that_is_not_there_is_not_found(st_annes, said):
    begin(st_annes.ben)
    act = said.pop("act")
    assert press(st_annes.ben, act, **said).status_code == 404


@pytest.mark.parametrize(
    "query", ["?part=forbid&at=4", "?part=nothing", "?part=forbid&at=&fact=nothing&more=1"]
)
def test_a_condition_that_is_not_there_is_not_found(st_annes, query):
    begin(st_annes.ben)
    assert st_annes.ben.get(reverse("own-condition", args=[CLAUSE, 1]) + query).status_code == 404


def test_facts_are_offered_in_words(st_annes):
    begin(st_annes.ben)
    text = text_of(st_annes.ben, "own-condition", CLAUSE, 1, query="?part=forbid&at=&more=1")
    assert "Whether everyone can read it" in text


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
        said = {"act": act, "edition": hidden(st_annes.ben, reading, "edition"), **more}
        assert st_annes.ben.post(reading, said).status_code == 302
    assert "Has a rule" in text_of(st_annes.ben, "own-clause", CLAUSE)


# --- Who ---------------------------------------------------------------------------------------------

PAGES = [
    ("own-clauses", ()), ("own-clause-new", ()), ("own-clause", (CLAUSE,)), ("own-clause-text", (CLAUSE,)),
    ("own-rule-new", (CLAUSE,)), ("own-rule", (RULED, 1)), ("own-condition", (RULED, 1)),
    ("own-rule-example", (RULED, 1)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "args"), PAGES, ids=[name for name, _ in PAGES])
def test_nobody_but_the_owner_comes_in(st_annes, client, name, args):
    path = reverse(name, args=args)
    assert st_annes.olive.get(path).status_code == 403
    assert st_annes.olive.post(path, WORDS).status_code == 403
    assert client.get(path).status_code == 302


def test_the_link_on_the_policys_page_is_the_owners(st_annes):
    assert "Write clauses and rules" in text_of(st_annes.ben, "policy")
    assert "Write clauses and rules" not in text_of(st_annes.olive, "policy")


@pytest.mark.parametrize(
    ("name", "args"),
    [("own-clause", ("wildground-roles-1",)), ("own-rule", (CLAUSE, 1)), ("own-rule", (RULED, 2))],
)
def test_a_clause_or_rule_that_is_not_there_is_not_found(st_annes, name, args):
    assert st_annes.ben.get(reverse(name, args=args)).status_code == 404


def test_every_verb_and_every_strength_has_words():
    assert set(rule_words.VERBS) == set(VERBS)
    assert len(MODALITIES) == 6


def test_no_link_and_no_button_that_the_owner_sees_leads_nowhere(st_annes):
    begin(st_annes.ben)
    add(st_annes.ben, part="when", fact="way", compare="any_of", value="social")
    add(st_annes.ben, part="when", fact="in_public", value="yes")
    walk = Walk(st_annes.ben, set()).go()
    assert walk.dead == set()
    assert {"policy/clauses", "policy/clauses/<slug:clause>"} <= walk.followed
