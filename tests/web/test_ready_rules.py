"""The pages of ready rules: which there are, which a clause may say, and one filled in, set and taken out."""

import json
import re

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.policy.own_policy import keep_rules
from schoolgate.policy.writing import writing
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.filling import sentence
from schoolgate.rulebook.ready.matching import nearest
from schoolgate.rulebook.ready.taking import taken_from, who_is_asked
from schoolgate.web.policy.own_ready import ReadyForm
from tests.web.own_policy_cast import CLAUSE, COUNTED, NOW
from tests.web.own_policy_pages import hidden, rules, text_of


def page_of(key, clause=""):
    return reverse("own-ready", args=[key]) + (f"?clause={clause}" if clause else "")


def send(browser, key, act, clause="", **said):
    path = page_of(key, clause)
    carried = {name: hidden(browser, path, name) for name in ("edition", "seen")}
    return browser.post(path, {**carried, "act": act, **said})


def test_the_list_has_every_ready_rule_and_says_which_are_set(st_annes):
    text = text_of(st_annes.ben, "own-ready-list")
    (before,) = re.findall(rf"(\d+) of {len(ready_rules())} are in your policy", text)
    assert "Staff set their own accounts to the strictest privacy settings." in text, (
        "by hand or not: it's known again"
    )
    assert "Rules that nearly every school has" in text_of(st_annes.ben, "policy")
    assert send(st_annes.ben, "own_logo", "save").status_code == 302
    assert f"{int(before) + 1} of" in text_of(st_annes.ben, "own-ready-list")


def test_a_ready_rule_shows_its_examples_with_what_was_filled_in_and_is_saved_for_a_clause(st_annes):
    said = {"number": "7", "unit": "days"}
    shown = send(st_annes.ben, "remove_within", "show", COUNTED, **said).content.decode()
    assert "by the end of Friday 22 January 2027" in shown
    assert [*rules(st_annes, COUNTED)[0]] == ["clauses", "ask", "point", "read"], (
        "showing examples saves nothing"
    )
    assert send(st_annes.ben, "remove_within", "save", COUNTED, **said).status_code == 302
    (rule,) = rules(st_annes, COUNTED)
    assert rule["oblige"]["due"] == {"after": "improper_since", "days": 7}
    text = text_of(st_annes.ben, "own-clause", COUNTED)
    assert "Unacceptable comments are removed" in text
    assert "are removed within 7 days." in text
    assert 'value="7"' in st_annes.ben.get(page_of("remove_within", COUNTED)).content.decode()
    assert send(st_annes.ben, "remove_within", "remove", COUNTED).status_code == 302
    assert rules(st_annes, COUNTED) == []


def test_what_a_clause_does_not_say_or_a_field_does_not_take_is_refused_beside_it(st_annes):
    for said in ({"number": "3", "unit": "days"}, {"number": "", "unit": "days"}, {"number": "7"}):
        answer = send(st_annes.ben, "remove_within", "save", COUNTED, **said)
        assert answer.status_code == 422, said
        assert "govuk-error-summary" in answer.content.decode()
    assert send(st_annes.ben, "remove_within", "save", COUNTED, unit="at_once").status_code == 302
    for path in (page_of("wizardry"), page_of("own_privacy", "no-such-clause")):
        assert st_annes.ben.get(path).status_code == 404, path
    assert st_annes.olive.get(page_of("own_privacy")).status_code == 403
    assert st_annes.olive.post(page_of("own_privacy"), {"act": "save"}).status_code == 403


@pytest.mark.parametrize(("language", "half"), [("en", 0), ("cy", 1)])
def test_the_page_of_each_ready_rule_opens_half_of_them_in_welsh(st_annes, language, half):
    st_annes.head.language = language
    with scope(st_annes.federation.pk):
        st_annes.head.save(update_fields=["language"])
    for key in list(ready_rules())[half::2]:
        text_of(st_annes.ben, "own-ready", key, language=language)
    text_of(st_annes.ben, "own-ready-list", language=language)


def test_where_a_clause_says_nothing_to_fill_in_the_page_shows_no_choice_and_no_examples(st_annes):
    """CLAUSE isn't about consent: neither who gives it nor in what form is taken from it."""
    page = st_annes.ben.get(page_of("picture_consent", CLAUSE)).content.decode()
    assert 'type="radio"' in page
    assert "checked" not in page
    assert "Fill in the fields and press" in page
    answer = send(st_annes.ben, "picture_consent", "save", CLAUSE, giver="parent")
    assert answer.status_code == 422
    assert "consent" not in str(rules(st_annes, CLAUSE))


def test_no_number_stands_beside_at_once():
    """Neither one of the clause, nor that with which the form begins; within some hours it does."""
    ready = ready_rules()["withdrawn_removed"]
    for unit, number in (("at_once", None), ("hours", 24)):
        form = ReadyForm(None, ready=ready, roles=[], initial={**ready.defaults, "unit": unit, "number": 24})
        assert form.initial["number"] == number


def test_the_article_of_a_role_is_said_once():
    ready = ready_rules()["request_told"]
    values = {**ready.defaults, "who": "the Head of Year", "also": "no"}
    assert sentence(ready, values).startswith("Staff tell the Head of Year of")


def test_a_role_is_written_that_is_not_in_the_list(st_annes):
    page = st_annes.ben.get(page_of("press_to")).content.decode()
    assert 'name="new_who"' in page
    assert send(st_annes.ben, "press_to", "save").status_code == 422
    answer = send(st_annes.ben, "press_to", "save", new_who=" Digital  Lead ", new="on", when="none")
    assert answer.status_code == 302
    with scope(st_annes.federation.pk):
        now = writing(NOW.date())
    assert [one.name for one in now.text.roles if one.name == "Digital Lead"]
    assert any("to the Digital Lead" in one.says for one in now.text.clauses.values())
    held = st_annes.ben.get(page_of("press_to", CLAUSE)).content.decode()
    assert 'name="new_who"' not in held, "a clause in force has the roles of its version"


SAYS = {
    "All comments must be answered within two school days.": (
        "reply_within", {"number": 2, "unit": "school_days"},
    ),
    "Offensive comments are removed within 24 hours.": ("remove_within", {"number": 24, "unit": "hours"}),
    "Photographs of pupils are only published with written parental consent from a parent.": (
        "picture_consent", {"form": "written"},
    ),
    "Staff must not accept friend requests from pupils.": ("no_pupil_friends", {"unless": ()}),
    "Enquiries from the press are passed to the headteacher.": (
        "press_to",
        {"who": "headteacher", "when": "none"},
    ),
    "This policy is reviewed every 2 years.": ("review_every", {"number": 2, "unit": "years"}),
    "Rhaid i'r holl staff gadarnhau eu bod wedi darllen y polisi.": ("staff_confirm", {}),
    "The school was founded in 1873.": (None, {}),
}  # fmt: skip


def test_a_clause_is_met_with_the_ready_rule_that_says_it_filled_in_from_its_words():
    for says, (key, values) in SAYS.items():
        found = nearest(says)
        assert (found[0].key if found else None) == key, says
        if key:
            roles = ["headteacher"] if "headteacher" in says else []
            taken = taken_from(found[0], says, [2] if "two" in says else [], roles)
            assert {name: taken[name] for name in values} == values, says


@pytest.mark.parametrize(
    ("says", "asked"),
    [
        ("Every post is approved by the headteacher before it is published.", ["headteacher"]),
        ("Headteachers approve every post.", ["headteacher"]),
        ("Posts are approved by the headteacher or the deputy head.", ["headteacher", "deputy head"]),
        ("Class teachers must not publish a post before the headteacher has approved it.", []),
        ("The headteacher approves every post of a class teacher.", []),
        (
            "Nothing is posted until the deputy headteacher has approved it.",
            [],
        ),  # not a role of the policy
        ("No member of staff may set up an account without written permission.", []),
        ("Staff cannot open an account.", []),
    ],
)
def test_a_form_begins_with_who_is_asked_and_with_no_one_where_the_words_leave_it_open(says, asked):
    roles = ["headteacher", "class teacher", "staff", "deputy head"]
    assert who_is_asked(says.casefold(), [one for one in roles if one in says.casefold()]) == asked


def test_a_clause_offers_the_ready_rules_whose_words_are_nearest(st_annes):
    text = text_of(st_annes.ben, "own-clause", "st-annes-comments-1")
    assert "What does this clause say?" in text
    assert "Replies within a time" in text
    assert "Posts only at certain hours" in text_of(st_annes.ben, "own-clause", CLAUSE)
    text = text_of(st_annes.ben, "own-clause", "st-annes-comments-5")
    assert "What does this clause say?" not in text, "none is near: those that come next are told apart"
    assert "Does one of these say nearly the same?" in text


def test_the_whole_list_opens_from_a_clause_with_the_likeliest_first_and_stays_with_it(st_annes):
    clause = "st-annes-comments-5"
    listed = st_annes.ben.get(reverse("own-clause", args=[clause])).content.decode()
    path = reverse("own-ready-list") + f"?clause={clause}"
    assert path in listed
    page = st_annes.ben.get(path).content.decode()
    assert page.count(f"?clause={clause}") >= len(ready_rules())
    page = st_annes.ben.get(reverse("own-ready-list") + f"?clause={CLAUSE}").content.decode()
    assert page.index("Likeliest for this clause") < page.index("Posts only at certain hours")
    assert page.index("Posts only at certain hours") < page.index("Someone approves each new account")
    assert st_annes.ben.get(reverse("own-ready-list") + "?clause=none-of-these").status_code == 404
    assert "Likeliest" not in st_annes.ben.get(reverse("own-ready-list")).content.decode()


def test_hours_are_entered_as_times_and_kept_as_the_clause_says_them(st_annes):
    page = st_annes.ben.get(page_of("posting_hours", CLAUSE)).content.decode()
    assert 'value="07:00"' in page, "the clause says 7am"
    assert 'value="19:00"' in page
    for said in ({"start": "19:00", "end": "07:00"}, {"start": "07:30", "end": "19:00"}, {"start": "7am"}):
        answer = send(st_annes.ben, "posting_hours", "save", CLAUSE, days="any", **said)
        assert answer.status_code == 422, said
    answer = send(st_annes.ben, "posting_hours", "save", CLAUSE, start="07:00", end="19:00", days="any")
    assert answer.status_code == 302, answer.content.decode()[:9000]
    assert '"at_least": 1900' in json.dumps(rules(st_annes, CLAUSE))
    text = text_of(st_annes.ben, "own-clause", CLAUSE)
    assert "Posts are published only between 7:00 and 19:00." in text


def test_a_second_clause_is_added_only_where_none_of_those_that_may_say_it_does(st_annes):
    said = {"start": "07:00", "end": "19:00", "days": "any"}
    answer = send(st_annes.ben, "posting_hours", "save", **said)
    assert answer.status_code == 422
    assert "None of these clauses says this" in answer.content.decode()
    assert send(st_annes.ben, "posting_hours", "show", **said).status_code == 200
    assert send(st_annes.ben, "posting_hours", "save", **said, new="on").status_code == 302


def test_a_rule_that_would_hold_for_every_post_says_so_until_it_has_a_condition(st_annes):
    left = {"clauses": [CLAUSE], "ask": "post.publish", "point": "posting_hours", "read": True}
    warning = "This rule has no condition"
    for more, warned in (
        ({"read": True}, True),
        ({"forbid": True, "say": "post.wrong_hour"}, True),
        ({"forbid": {"at_weekend": True}, "say": "post.wrong_hour"}, False),
        ({"when": {"at_weekend": True}, "read": True}, False),
        ({"permit": True, "say": "post.right_hour"}, False),
    ):
        rule = {**{name: left[name] for name in ("clauses", "ask", "point")}, **more}
        with scope(st_annes.federation.pk):
            edition = writing(NOW.date()).about(CLAUSE).edition
            keep_rules(by=st_annes.head, at=NOW, clause=CLAUSE, written=[rule], edition=edition)
        text = text_of(st_annes.ben, "own-rule", CLAUSE, 1)
        assert (warning in text) is warned, more
        assert ("Posts only at certain hours" in text) is warned, more


def test_the_page_of_a_ready_rule_names_the_rule_that_was_changed_by_hand(st_annes):
    assert send(st_annes.ben, "remove_within", "save", COUNTED, number="7", unit="days").status_code == 302
    assert "changed by hand" not in st_annes.ben.get(page_of("remove_within", COUNTED)).content.decode()
    (rule,) = rules(st_annes, COUNTED)
    with scope(st_annes.federation.pk):
        edition = writing(NOW.date()).about(COUNTED).edition
        mended = [{**rule, "kept": "kernel.met"}]
        keep_rules(by=st_annes.head, at=NOW, clause=COUNTED, written=mended, edition=edition)
    page = st_annes.ben.get(page_of("remove_within", COUNTED)).content.decode()
    assert "changed by hand" in page
    assert reverse("own-rule", args=[COUNTED, 1]) in page
    assert send(st_annes.ben, "remove_within", "save", COUNTED, number="7", unit="days").status_code == 422


def test_an_agreement_is_only_offered_where_a_role_can_be_chosen_for_it(st_annes):
    """A clause that names no one (*unless I have permission*) keeps its exception to be read."""
    beside = st_annes.ben.get(page_of("live_streams", COUNTED)).content.decode()
    assert "Who has to agree?" not in beside
    assert "Someone has agreed to it" not in beside
    assert "Who has to agree?" in st_annes.ben.get(page_of("live_streams")).content.decode()
    assert send(st_annes.ben, "live_streams", "show", COUNTED).status_code == 200
