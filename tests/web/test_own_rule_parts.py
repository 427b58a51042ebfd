"""Lists, groups, steps and exceptions of a rule that the owner of a federation's own policy writes."""

from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.policy.writing import writing
from tests.web.own_policy_cast import CLAUSE, COUNTED, NOW, RULED
from tests.web.own_policy_pages import add, begin, edition, press, rules, text_of

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


def test_a_list_or_a_span_with_something_missing_is_refused(st_annes):
    press(st_annes.ben, "remove", COUNTED)  # its own
    begin(st_annes.ben, COUNTED, **POSTS)
    for said in (
        {"fact": "approvals", "compare": "count at_least"},
        {"fact": "approvals", "compare": "count at_least", "amount": "many"},
        {"fact": "approvals", "compare": "count at_least", "amount": "2", "different": "nothing"},
        {"fact": "day", "compare": "over", "amount": "2"},
        {"fact": "day", "compare": "over", "unit": "days", "amount": "0x"},
        {"fact": "day", "compare": "earlier_than"},
        {"fact": "day", "compare": "earlier_than", "written": "some day"},
    ):
        assert add(st_annes.ben, COUNTED, **said).status_code == 422, said
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


# --- Steps -------------------------------------------------------------------------------------------


def step(browser, verb="permit", clause=CLAUSE, number=1, **said):
    path = reverse("own-step-new", args=[clause, number]) + f"?verb={verb}"
    return browser.post(path, {"edition": edition(clause), **said})


def test_a_second_step_is_added_given_a_condition_moved_and_removed(st_annes):
    begin(st_annes.ben)
    alone = rules(st_annes)
    assert "What does this step do?" in text_of(st_annes.ben, "own-step-new", CLAUSE, 1)
    assert step(st_annes.ben).status_code == 302
    (rule,) = rules(st_annes)
    assert rule["steps"] == [{"forbid": True}, {"permit": True}]
    assert "This step never applies" in text_of(st_annes.ben, "own-rule", CLAUSE, 1)
    add(st_annes.ben, part="steps-1", compare="any_of", value="personal")
    assert press(st_annes.ben, "up", part="steps-1").status_code == 302
    (rule,) = rules(st_annes)
    assert rule["steps"] == [{"permit": {"from_account": "personal"}}, {"forbid": True}]
    text = text_of(st_annes.ben, "own-rule", CLAUSE, 1)
    assert "The first of these that applies counts: (1) Where" in text
    assert "This step never applies" not in text
    press(st_annes.ben, "down", part="steps-0")
    assert rules(st_annes)[0]["steps"][0] == {"forbid": True}
    press(st_annes.ben, "drop", part="steps-1")
    assert rules(st_annes) == alone


def test_a_step_can_wait_be_decided_by_a_role_or_be_a_task(st_annes):
    begin(st_annes.ben)
    assert step(st_annes.ben, "need", fact="approved_account", of="headteacher").status_code == 302
    assert step(st_annes.ben, "need").status_code == 422
    assert step(st_annes.ben, "read").status_code == 422
    (rule,) = rules(st_annes)
    assert rule["steps"][1] == {"need": {"approved_account": True}}
    assert rule["supplied_by"] == {"approved_account": "headteacher"}
    text = text_of(st_annes.ben, "own-rule", CLAUSE, 1)
    assert "(2) This waits until" in text


def test_a_step_that_is_not_there_is_not_moved_and_the_only_one_is_not_removed(st_annes):
    begin(st_annes.ben)
    assert press(st_annes.ben, "drop", part="forbid").status_code == 404
    step(st_annes.ben)
    for act, part in (("up", "steps-0"), ("down", "steps-1"), ("drop", "steps-4"), ("up", "when")):
        assert press(st_annes.ben, act, part=part).status_code == 404, (act, part)
    assert len(rules(st_annes)[0]["steps"]) == 2


def test_a_value_that_a_rule_names_itself_stays_and_the_page_says_how_to_change_it(st_annes):
    with scope(st_annes.federation.pk):
        now = writing(NOW.date())
        clause = next(key for key in now.pack.clauses for one in now.rules(key) if "latest" in one)
    assert "To change it, edit the policy’s file" in text_of(st_annes.ben, "own-rule", clause, 1)
    begin(st_annes.ben)
    assert "edit the policy’s file" not in text_of(st_annes.ben, "own-rule", CLAUSE, 1)


# --- One of several that are needed ------------------------------------------------------------------


def test_one_of_several_things_is_needed_first(st_annes):
    path = reverse("own-rule-new", args=[CLAUSE]) + "?about=message.send&point=parents_from_own&verb=need"
    st_annes.ben.post(path, {"edition": "0", "fact": "approved_account", "of": "headteacher"})
    assert (
        add(st_annes.ben, part="need", at="0", how="any", fact="pupil_site", value="yes").status_code == 302
    )
    (rule,) = rules(st_annes)
    assert rule["need"] == {"any": [{"approved_account": True}, {"pupil_site": True}]}
    assert rule["supplied_by"] == {"approved_account": "headteacher"}
    text = text_of(st_annes.ben, "own-rule", CLAUSE, 1)
    assert " or " in text
    assert "Headteacher" in text
    press(st_annes.ben, "turn", part="need", at="", how="all")
    assert rules(st_annes)[0]["need"] == {"approved_account": True, "pupil_site": True}
    press(st_annes.ben, "without", part="need", at="1")
    assert press(st_annes.ben, "without", part="need", at="0").status_code == 422


# --- Exceptions --------------------------------------------------------------------------------------


def choose(browser, *clauses, clause=CLAUSE):
    path = reverse("own-exceptions", args=[clause, 1])
    return browser.post(path, {"edition": edition(clause), "clauses": list(clauses)})


ABOUT_DEVICES = {"about": "equipment.use", "point": "device_with_pupils"}


def test_a_rule_takes_precedence_over_a_clause_that_is_chosen(st_annes):
    begin(st_annes.ben, **ABOUT_DEVICES, verb="permit")
    alone = rules(st_annes)
    assert text_of(st_annes.ben, "own-exceptions", CLAUSE, 1).count("5. Pictures:") >= 1
    assert choose(st_annes.ben, RULED).status_code == 302
    (rule,) = rules(st_annes)
    assert rule["overrides"] == [RULED]
    text = text_of(st_annes.ben, "own-rule", CLAUSE, 1)
    assert "This takes precedence over: “" in text
    assert choose(st_annes.ben).status_code == 302
    assert rules(st_annes) == alone


def test_only_clauses_with_a_rule_about_the_same_part_are_offered(st_annes):
    begin(st_annes.ben, **ABOUT_DEVICES, verb="permit")
    assert choose(st_annes.ben, "st-annes-posts-1").status_code == 422
    assert choose(st_annes.ben, CLAUSE).status_code == 422
    press(st_annes.ben, "remove")
    begin(st_annes.ben, verb="advise")
    assert st_annes.ben.get(reverse("own-exceptions", args=[CLAUSE, 1])).status_code == 404


def test_two_clauses_do_not_take_precedence_over_each_other(st_annes):
    begin(st_annes.ben, **ABOUT_DEVICES)
    choose(st_annes.ben, RULED)
    answer = choose(st_annes.ben, CLAUSE, clause=RULED)
    assert answer.status_code == 422
    assert "precedence" in answer.content.decode()
