"""The pages on which the owner of a federation's own policy writes its clauses; who may use them."""

import pytest
from django.urls import reverse
from django.utils import translation

from schoolgate.core.errors import BadInput
from schoolgate.core.tenancy import scope
from schoolgate.policy.models import PolicyVersion
from schoolgate.policy.own_policy import keep_rules
from schoolgate.policy.writing import writing
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.messages import NEEDS, SENTENCES
from schoolgate.rulebook.readings import may_be_aside
from schoolgate.rulebook.rules.offered import about, ruled_on
from schoolgate.rulebook.rules.step import VERBS
from schoolgate.web.frame import rule_words, wording
from schoolgate.web.policy.own_forms import MODALITIES
from schoolgate.web.policy.own_rules import stops_all
from tests.web.addresses import ALL
from tests.web.own_policy_cast import BY_CODE, CLAUSE, NOW, RULED
from tests.web.own_policy_pages import WORDS, add, begin, edition, hidden, text_of
from tests.web.walking import Walk

# --- Clauses -----------------------------------------------------------------------------------------


def test_every_clause_is_listed_with_its_state(st_annes):
    for language in ("en", "cy"):
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


def test_a_clause_with_something_missing_or_wrong_is_refused_beside_its_field(st_annes):
    for wrong in (
        {"says": ""}, {"section": " "}, {"modality": "perhaps"}, {"actor": "nobody"}, {"numbers": "two"},
    ):  # fmt: skip
        answer = st_annes.ben.post(reverse("own-clause-new"), {**WORDS, **wrong, "seen": ""})
        assert answer.status_code == 422, wrong
    with scope(st_annes.federation.pk):
        assert not PolicyVersion.objects.filter(state="draft").exists()


def test_the_owner_says_what_the_next_version_changes(st_annes):
    """A clause that somebody changed meanwhile is not overwritten."""
    assert st_annes.ben.post(reverse("own-clause-new"), {**WORDS, "seen": ""}).status_code == 302
    assert st_annes.ben.post(reverse("own-clause-new"), {**WORDS, "seen": ""}).status_code == 409
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


# --- Who ---------------------------------------------------------------------------------------------

PAGES = [
    ("own-clauses", ()), ("own-clause-new", ()), ("own-clause", (CLAUSE,)), ("own-clause-text", (CLAUSE,)),
    ("own-rule-new", (CLAUSE,)), ("own-rule", (RULED, 1)), ("own-condition", (RULED, 1)),
    ("own-rule-example", (RULED, 1)),
]  # fmt: skip


def test_a_clause_is_first_asked_which_ready_rule_it_says_and_a_rule_without_condition_warns(st_annes):
    """Before it's saved and after; a rule for one kind of person stops only them."""
    html = text_of(st_annes.ben, "own-clause", "st-annes-pictures-6")
    assert html.index("Rules that nearly every school has") < html.index("Add a rule")
    begins = f"{reverse('own-rule-new', args=[CLAUSE])}?about=post.publish&point=author_shown&verb="
    warned = {
        query: "This stops every case of: Publishing a post"
        in st_annes.ben.get(begins + query).content.decode()
        for query in ("forbid", "refer", "advise", "forbid&bound=pupil")
    }
    assert warned == {"forbid": True, "refer": True, "advise": False, "forbid&bound=pupil": False}


@pytest.mark.parametrize(
    ("rule", "stops"),
    [
        ({"forbid": True}, True),
        ({"forbid": {"author.relation": "volunteer"}}, False),
        ({"forbid": True, "when": {"author.relation": "volunteer"}}, False),
        ({"forbid": True, "for": ["pupil"]}, False),
        ({"need": False, "ask_for": "post.approval"}, True),
        ({"advise": True}, False),
        ({"steps": [{"permit": True}, {"forbid": True}]}, False),
        ({"steps": [{"permit": {"author.relation": "volunteer"}}, {"forbid": True}]}, False),
        ({"steps": [{"advise": {"author.relation": "volunteer"}}, {"forbid": True}]}, False),
    ],
)
def test_a_rule_stops_everything_where_nothing_says_where_it_applies(rule, stops):
    assert stops_all({"ask": "post.publish", "point": "author_shown", **rule}) is stops


def test_nobody_but_the_owner_comes_in(st_annes, client):
    for name, args in PAGES:
        path = reverse(name, args=args)
        assert st_annes.olive.get(path).status_code == 403, name
        assert st_annes.olive.post(path, WORDS).status_code == 403, name
        assert client.get(path).status_code == 302, name
    assert "Write clauses and rules" in text_of(st_annes.ben, "policy")
    assert "Write clauses and rules" not in text_of(st_annes.olive, "policy")
    for name, args in (
        ("own-clause", ("wildground-roles-1",)), ("own-rule", (CLAUSE, 1)), ("own-rule", (RULED, 2)),
    ):  # fmt: skip
        assert st_annes.ben.get(reverse(name, args=args)).status_code == 404, name


def test_every_verb_and_every_strength_has_words():
    assert set(rule_words.VERBS) == set(VERBS)
    assert set(MODALITIES) == set(Modality)


def test_one_of_something_is_said_in_the_singular():
    rule = {"ask": "image.share", "point": "photo_consent", "each": "people"}
    for span, words in (({"years": 1}, "1 year ago"), ({"years": 2}, "2 years ago")):
        said = rule_words.rule_in_words(
            {**rule, "when": {"consents": {"some": {"given_on": {"over": span}}}}, "forbid": True}
        )
        assert words in said
    one = wording.sentence("media.pass_on_at_once", {"roles": ("headteacher",)})
    assert one == "The enquiry must be passed on at once to the headteacher."
    two = wording.sentence("media.pass_on_at_once", {"roles": ("headteacher", "press officer")})
    assert two == "The enquiry must be passed on at once to one of: headteacher, press officer."
    with translation.override("cy"):
        assert "un o’r rhain" not in wording.sentence("media.pass_on_at_once", {"roles": ("headteacher",)})


def test_a_fact_that_is_called_by_what_is_asked_of_it_isnt_said_to_be_something():
    """*My own account is whether it’s a private account* says nothing in any language."""
    rule = {
        "ask": "contact.accept",
        "point": "pupil_contact",
        "when": {"channel": "personal"},
        "forbid": True,
    }
    for language, wrong in (("en", "” is "), ("cy", " yw “")):
        with translation.override(language):
            said = rule_words.rule_in_words(rule)
        assert "”: " in said
        assert wrong not in said


def unlabelled(subject):
    """The facts of a situation, and of the parts of its lists, that a list would show by their raw names."""
    for path, fact in subject.facts.items():
        if fact.of == subject.within and fact.kind not in ("roles", "choice"):
            if not fact.label and (fact.ask is None or fact.ask.need not in NEEDS):
                yield f"{subject.situation}:{fact.place}"
            inside = subject.inside(path)
            if fact.kind == "list" and inside is not subject and len(inside.within) <= 3:
                yield from unlabelled(inside)


@pytest.mark.parametrize("situation", ruled_on())
def test_every_fact_that_a_form_offers_has_a_label(situation):
    assert list(unlabelled(about(situation))) == []


def test_no_link_and_no_button_that_the_owner_sees_on_the_policys_pages_leads_nowhere(st_annes):
    """Other pages are no others under an own policy: they are walked in the examples."""
    begin(st_annes.ben)
    add(st_annes.ben, part="when", fact="way", compare="any_of", value="social")
    add(st_annes.ben, part="when", fact="in_public", value="yes")
    others = {
        each.route for each in ALL if not each.route.startswith(("policy", "set-up", "evidence", "decisions"))
    } - {"today", "menu", "me"}
    walk = Walk(st_annes.ben, followed={*others}, read_by_all={*others}).go().send()
    assert walk.dead == set()
    assert {"policy/clauses", "policy/clauses/<slug:clause>"} <= walk.followed
    assert len(walk.pages) > 20


def test_the_owner_ticks_the_sentences_that_the_rules_say_in_full(st_annes):
    path = reverse("own-clause", args=[RULED])
    assert "Which sentences do the rules cover in full?" in text_of(st_annes.ben, "own-clause", RULED)
    form = {"sentence": ["1"], "edition": hidden(st_annes.ben, path, "edition")}
    assert st_annes.ben.post(path, form).status_code == 302
    assert b'value="1" checked' in st_annes.ben.get(path).content
    assert st_annes.ben.post(path, {**form, "edition": "0", "sentence": []}).status_code == 409
    assert "Which sentences" not in text_of(st_annes.ben, "own-clause", CLAUSE)


def test_the_owner_says_of_a_clause_without_a_rule_that_it_asks_nothing(st_annes):
    with scope(st_annes.federation.pk):
        now = writing(NOW.date())
        bare = [
            one
            for key, one in now.pack.clauses.items()
            if not now.rules(key) and not now.kept_by_kind(key) and key in now.text.clauses
        ]
    free = next(one.id for one in bare if may_be_aside(one))
    ban = next(one.id for one in now.pack.clauses.values() if not may_be_aside(one))
    words = "The clause doesn’t say what anyone may or must do"
    path = reverse("own-clause", args=[free])
    assert words in text_of(st_annes.ben, "own-clause", free)
    form = {"aside": "yes", "edition": hidden(st_annes.ben, path, "edition")}
    assert st_annes.ben.post(path, form).status_code == 302
    assert 'id="aside" name="aside" value="yes" aria-describedby="aside-hint" checked' in (
        st_annes.ben.get(path).content.decode()
    )
    assert words in text_of(st_annes.ben, "reading"), "it's signed as any other choice"
    assert st_annes.olive.post(path, form).status_code == 403
    for other in (RULED, ban):
        assert words not in text_of(st_annes.ben, "own-clause", other)
    assert st_annes.ben.post(path, form).status_code == 409, "another has saved meanwhile"


def test_a_clause_can_speak_to_parents_or_to_all_where_no_role_has_that_name(st_annes):
    for who, shown in (("parents and carers", "parents and carers"), ("everyone", "everyone")):
        path = reverse("own-clause-text", args=[CLAUSE])
        sent = {**WORDS, "actor": who, "seen": hidden(st_annes.ben, path, "seen")}
        assert st_annes.ben.post(path, sent).status_code == 302
        with scope(st_annes.federation.pk):
            assert writing(NOW.date()).text.clauses[CLAUSE].actor == who
        assert f'value="{who}" selected' in st_annes.ben.get(path).content.decode()
        assert shown in text_of(st_annes.ben, "own-clause-text", CLAUSE)


def test_a_clause_is_put_beside_the_questions_at_which_it_is_to_be_read(st_annes):
    path = reverse("own-clause-text", args=[CLAUSE])

    def keep(*subjects):
        sent = {**WORDS, "read_at": list(subjects), "seen": hidden(st_annes.ben, path, "seen")}
        return st_annes.ben.post(path, sent).status_code

    assert keep("nowhere") == 422
    for subjects in (("devices", "posts"), ()):
        assert keep(*subjects) == 302
        with scope(st_annes.federation.pk):
            assert set(writing(NOW.date()).text.clauses[CLAUSE].read_at) == {*subjects}
        assert {*st_annes.ben.get(path).context["form"].initial["read_at"]} == {*subjects}


def test_a_duty_of_a_clause_that_says_immediately_is_due_at_once_and_no_code_is_shown_to_anyone(st_annes):
    new = reverse("own-clause-new")
    says = "The chair of governors must be told of bullying immediately."
    st_annes.ben.post(
        new, {**WORDS, "says": says, "modality": "must", "seen": hidden(st_annes.ben, new, "seen")}
    )
    key = "st-annes-posts-7"
    query = "?about=incident.report&point=authorities_told&verb=oblige"
    path = reverse("own-rule-new", args=[key]) + query
    form = st_annes.ben.get(path).context["form"]
    assert "Due at once, as the clause says." in str(form.fields["duty"].help_text)
    (duty, _label), *_more = form.fields["duty"].choices
    sent = {"duty": duty, "of": form.fields["of"].choices[1][0], "edition": edition(key)}
    answer = st_annes.ben.post(path, sent)
    assert answer.status_code == 302, answer.content.decode()
    with scope(st_annes.federation.pk):
        now = writing(NOW.date()).about(key)
        (rule,) = now.rules(key)
        assert (rule["oblige"]["due"], rule["oblige"]["at_once"]) == ("noticed_at", True)
        rule["oblige"] = {
            name: said for name, said in rule["oblige"].items() if name not in ("due", "at_once")
        }
        with pytest.raises(BadInput) as refused:
            keep_rules(by=st_annes.head, at=NOW, clause=key, written=[rule], edition=now.edition)
    assert "at once" in " ".join(map(str, refused.value.fields.values()))
    assert "@" not in " ".join(map(str, refused.value.fields.values()))


def test_a_sentence_that_names_several_roles_has_one_for_a_role_alone():
    several = [key for key, said in SENTENCES.items() if " one of" in said and said.endswith(": {roles}.")]
    assert several
    for key in several:
        alone = SENTENCES[key + wording.OF_ONE]
        assert "one of" not in alone
        assert wording.sentence(key, {"roles": ["Head", "Bursar"]}).endswith("Head, Bursar.")
        assert wording.sentence(key, {"roles": ["Head"]}) == alone.format(roles="Head")
