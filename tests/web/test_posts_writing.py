"""Writing a post on its page: what is kept, what is asked, what is wrong, and what is never lost."""

import pytest
from django.urls import reverse

from schoolgate.accounts.models import Account
from schoolgate.core.models import LedgerRow, School
from schoolgate.core.tenancy import scope
from schoolgate.publishing.models import Post
from schoolgate.publishing.states import PostState
from tests.cast import someone
from tests.web.plain import check_page, shown_by
from tests.web.posts_cast import ANSWERED, NOW, TEXT
from tests.web.writing_cast import count, edit, new, only, typed

__all__ = ["new", "typed"]


# --- Where to begin ----------------------------------------------------------------------------------------


def test_where_there_is_one_school_nobody_is_asked_for_it(stage, new):
    assert stage.browser("amina").get(reverse("post-start"))["Location"] == new


def test_where_there_are_several_the_writer_chooses(stage, new):
    with scope(stage.federation.pk):
        stage.accounts["facebook"].school = School.objects.create(name="South", slug="south")
        stage.accounts["facebook"].save()
    page = stage.browser("amina").get(reverse("post-start")).content.decode()
    assert new in page
    assert "South" in page


def test_a_school_without_an_open_account_is_not_asked_about(stage, new):
    with scope(stage.federation.pk):
        School.objects.create(name="South", slug="south")
    assert stage.browser("amina").get(reverse("post-start"))["Location"] == new


def test_where_no_school_has_an_account_each_page_says_so(stage, new):
    with scope(stage.federation.pk):
        School.objects.create(name="South", slug="south")
        Account.objects.update(state="closed", closed_at=NOW)
    amina = stage.browser("amina")
    assert "South" in amina.get(reverse("post-start")).content.decode()
    assert "This school has no open accounts" in amina.get(new).content.decode()


def test_only_open_accounts_of_the_school_are_offered(stage, new):
    with scope(stage.federation.pk):
        south = School.objects.create(name="South", slug="south")
        stage.accounts["facebook"].school = south
        stage.accounts["facebook"].save()
        noticeboard = stage.accounts["noticeboard"]
        noticeboard.state, noticeboard.closed_at = "closed", NOW
        noticeboard.save()
    page = stage.browser("amina").get(new)
    assert [each["account"].name for each in page.context["accounts"]] == ["Juniors on Bluesky"]


def test_somebody_who_does_not_write_is_told_whom_to_ask(stage, new):
    answer = stage.browser("sam").get(new)
    assert answer.status_code == 403
    assert "Ask Amina Khan" in answer.content.decode()


# --- Keeping -----------------------------------------------------------------------------------------------


def test_a_first_draft_is_kept_and_the_policys_questions_come_with_their_clauses(stage, new, typed):
    amina = stage.browser("amina")
    answer = amina.post(new, typed())
    assert answer["Location"] == edit(only(stage))

    page = amina.get(answer["Location"])

    assert [each.name for each in page.context["questions"]] == [
        "suitable_for_children", "labelled", "others_work",
    ]  # fmt: skip
    assert "Something is still missing" in page.content.decode()
    assert "wildground-rights-2" in [c.id for c in page.context["questions"][0].clauses]
    said = shown_by(page.content.decode())
    assert "It’s suitable for children who may read it" in said
    assert [each.text for each in page.context["missing"]] == ["Confirm 3 statements"]
    check_page(page.content.decode())


def test_once_all_is_answered_it_goes_on_to_the_posts_own_page(stage, new, typed):
    answer = stage.browser("amina").post(new, typed(**ANSWERED))
    post = only(stage)
    assert answer["Location"] == reverse("post", args=[post.pk])
    assert post.answers["suitable_for_children"]["answer"] is True


def test_a_draft_that_is_complete_says_that_it_is_not_handed_in(stage, new, typed):
    amina = stage.browser("amina")
    page = amina.get(amina.post(new, typed(**ANSWERED))["Location"]).content.decode()
    assert "Draft saved. Send it for approval when you’re ready." in page
    assert "Send for approval" in page


def test_what_is_complete_is_saved_and_sent_in_one_step(stage, new, typed):
    answer = stage.browser("amina").post(new, typed(**ANSWERED, do="send"))
    assert answer["Location"] == reverse("post", args=[only(stage).pk])
    assert only(stage).state == PostState.SUBMITTED


def test_what_is_not_complete_is_saved_and_not_sent(stage, new, typed):
    answer = stage.browser("amina").post(new, typed(do="send"))
    assert answer["Location"] == edit(only(stage))
    assert only(stage).state == PostState.DRAFT


def test_one_tick_confirms_the_statements_that_were_shown_and_no_others(stage, new, typed):
    shown = ["suitable_for_children", "labelled"]
    stage.browser("amina").post(new, typed(confirmed="on", confirms=shown))
    answers = {name: given["answer"] for name, given in only(stage).answers.items()}
    assert answers == {"suitable_for_children": True, "labelled": "none"}


def test_an_answer_of_its_own_counts_before_the_tick(stage, new, typed):
    own = {"answer-others_work": "yes"}
    stage.browser("amina").post(new, typed(confirmed="on", confirms=["others_work", "labelled"], **own))
    assert only(stage).answers["others_work"]["answer"] is True


def test_statements_that_nobody_ticked_answer_nothing(stage, new, typed):
    stage.browser("amina").post(new, typed(confirms=["suitable_for_children", "labelled"]))
    assert only(stage).answers == {}


@pytest.mark.parametrize("more", [{"accounts": []}, {"accounts": [], "do": "send"}])
def test_a_draft_keeps_its_text_before_an_account_is_chosen(stage, new, typed, more):
    amina = stage.browser("amina")
    answer = amina.post(new, typed(**more))
    assert (answer["Location"], only(stage).text) == (edit(only(stage)), TEXT)
    page = amina.get(answer["Location"])
    assert page.context["form"]["text"].value() == TEXT
    assert [each.href for each in page.context["missing"]] == ["#id_accounts"]
    assert amina.get(reverse("post", args=[only(stage).pk])).status_code == 200


def test_where_a_school_has_one_account_nobody_is_asked_for_it(stage, new, typed):
    with scope(stage.federation.pk):
        for name in ("facebook", "noticeboard"):
            account = stage.accounts[name]
            account.state, account.closed_at = "closed", NOW
            account.save()
    amina = stage.browser("amina")
    page = amina.get(new)
    assert f'type="hidden" name="accounts" value="{stage.accounts["bluesky"].pk}"' in page.content.decode()


def test_pupils_who_are_all_on_the_consent_list_are_one_entry(stage, new, typed):
    picture = stage.picture(alt="Eight children.")
    said = {f"alt-{picture.pk}": "Eight children.", f"who-{picture.pk}": "pupils"}
    form = typed(kept_picture=picture.pk, pupils="8", **said)
    amina = stage.browser("amina")
    amina.post(new, form)
    (entry,) = only(stage).people.all()
    assert (entry.number, entry.relation, entry.shown, entry.consent) == (8, "pupil", True, True)
    assert (entry.opted_out, entry.do_not_publish) == (False, False)
    page = amina.get(edit(only(stage)))
    assert (page.context["form"]["pupils"].value(), page.context["people"]) == (8, [])


@pytest.mark.parametrize("number", ["0", "-1", "1000", "many"])
def test_a_number_of_pupils_that_cannot_be_is_refused_beside_it(stage, new, typed, number):
    picture = stage.picture()
    answer = stage.browser("amina").post(
        new, typed(kept_picture=picture.pk, pupils=number, **{f"who-{picture.pk}": "pupils"})
    )
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["pupils"])


def test_pupils_where_only_adults_can_be_seen_are_refused(stage, new, typed):
    picture = stage.picture()
    given = typed(kept_picture=picture.pk, pupils="8", **{f"who-{picture.pk}": "adults"})
    answer = stage.browser("amina").post(new, given)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [f"who-{picture.pk}"])


def test_an_answer_leads_to_the_next_question(stage, new, typed):
    amina = stage.browser("amina")
    amina.post(new, typed(**{**ANSWERED, "answer-others_work": "yes"}))
    page = amina.get(edit(only(stage)))
    assert "origin" in [each.name for each in page.context["questions"]]


def test_a_text_of_its_own_goes_to_that_account_and_the_common_one_to_the_others(stage, new, typed):
    both = [stage.accounts["bluesky"].pk, stage.accounts["facebook"].pk]
    own = {f"text-{stage.accounts['facebook'].pk}": "Longer for Facebook.\r\nSecond line."}
    stage.browser("amina").post(new, typed(accounts=both, **own))
    found = {t.account.network: t.text for t in only(stage).targets.all()}
    assert found == {"bluesky": TEXT, "facebook": "Longer for Facebook.\nSecond line."}


def test_the_form_shows_again_what_was_kept(stage):
    post = stage.draft("One text", "bluesky", "facebook")
    form = stage.browser("amina").get(edit(post)).context["form"]
    assert form["text"].value() == "One text"
    assert set(form["accounts"].value()) == {str(stage.accounts[n].pk) for n in ("bluesky", "facebook")}


def test_people_are_kept_as_a_number_and_what_is_said_of_them(stage, new, typed):
    rows = {
        "people": "3",
        "person-0-relation": "pupil", "person-0-shown": "yes", "person-0-consent": "yes",
        "person-0-opted_out": "no", "person-0-do_not_publish": "no",
        "person-2-relation": "staff", "person-2-gone": "on",
    }  # fmt: skip
    stage.browser("amina").post(new, typed(**ANSWERED, **rows))
    (person,) = only(stage).people.all()
    assert (person.relation, person.shown, person.consent, person.opted_out, person.do_not_publish) == (
        "pupil", True, True, False, False,
    )  # fmt: skip


def test_of_people_only_what_the_policy_needs_is_asked(stage, new):
    page = stage.browser("amina").get(new)
    assert page.context["form"].columns == ["relation", "shown", "consent", "opted_out", "do_not_publish"]


def test_a_policy_that_says_nothing_of_people_asks_nothing_about_them(home, make_federation, sign_in):
    from schoolgate.policy.actions import adopt
    from tests.publishing.conftest import account_on

    federation = make_federation("llanidloes", "llanidloes")
    with scope(federation.pk):
        adopt(by=someone("Head", "headteacher"), at=NOW)
        writer = someone("Mari", "staff")
        school = School.objects.create(name="Llanidloes High School", slug="high")
        account_on("bluesky", school, NOW)
    page = sign_in(writer).get(reverse("post-new", args=[school.pk]))
    assert page.status_code == 200
    assert "People shown or named" not in page.content.decode()


def test_one_more_person_is_added_without_keeping_anything(stage, new, typed):
    page = stage.browser("amina").post(
        new, typed(do="add-person", people="1", **{"person-0-relation": "staff"})
    )
    assert (page.status_code, len(page.context["people"]), count(stage, Post)) == (200, 2, 0)
    assert page.context["form"]["text"].value() == TEXT
    assert page.context["form"]["person-0-relation"].value() == "staff"


@pytest.mark.parametrize(("asked", "shown"), [("29", 29), ("30", 30), ("31", 30), ("999999", 30)])
def test_the_list_of_people_ends_at_thirty(stage, new, typed, asked, shown):
    page = stage.browser("amina").post(new, typed(text="", people=asked))
    assert len(page.context["people"]) == shown


# --- While writing -----------------------------------------------------------------------------------------


def test_the_policy_answers_while_somebody_writes_and_nothing_is_kept(stage, typed):
    address = reverse("post-preview", args=[stage.school.pk])
    before = count(stage, LedgerRow)
    page = stage.browser("amina").post(address, typed(shown=""))
    assert page.status_code == 200
    said = shown_by(page.content.decode())
    assert "Not ready yet" in said
    assert "It’s suitable for children who may read it" in said
    assert (count(stage, Post), count(stage, LedgerRow)) == (0, before)
    check_page(page.content.decode())


def test_trying_a_change_leaves_the_approval_in_force(stage, typed):
    post = stage.approved()
    page = stage.browser("amina").post(
        reverse("post-edit-preview", args=[post.pk]), typed("Tried out only.", version="1", **ANSWERED)
    )
    assert "You changed the post, so please answer again." in page.content.decode()
    assert stage.read(post).state == PostState.APPROVED
    assert [t.text for t in stage.read(post).targets.all()] == [TEXT]


def test_questions_that_are_on_the_page_already_are_not_sent_again(stage, typed):
    address = reverse("post-preview", args=[stage.school.pk])
    shown = "suitable_for_children,labelled,others_work"
    page = stage.browser("amina").post(address, typed(shown=shown)).content.decode()
    assert 'id="questions"' not in page
    assert ['id="policy-answer"' in page, 'id="missing"' in page] == [True, True]


@pytest.mark.parametrize(("text", "status"), [("", 200), ("x" * 100_000, 200), ("a\x00b", 422)])
def test_while_writing_nothing_breaks(stage, typed, text, status):
    page = stage.browser("amina").post(reverse("post-preview", args=[stage.school.pk]), typed(text))
    assert page.status_code == status


def test_where_the_policy_says_nothing_the_page_says_that(stage):
    page = stage.browser("amina").get(edit(stage.draft())).content.decode()
    assert "Not covered by this policy" in page
