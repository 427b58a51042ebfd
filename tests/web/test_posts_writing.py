"""Writing a post on its page: what is kept, what is asked, what is wrong, and what is never lost."""

from django.urls import reverse

from schoolgate.accounts.models import Account
from schoolgate.core.models import LedgerRow, School
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from schoolgate.publishing.models import Post, PostState
from tests.cast import someone
from tests.publishing.conftest import account_on
from tests.stories import rolled_back
from tests.web.plain import check_page, shown_by
from tests.web.posts_cast import ANSWERED, NOW, TEXT
from tests.web.writing_cast import count, edit, new, only, typed

__all__ = ["new", "typed"]


# --- Where to begin ----------------------------------------------------------------------------------------


def test_the_school_is_asked_only_where_several_have_open_accounts(stage, new):
    """And only the open accounts of that school are offered. Others are told who to ask."""
    amina = stage.browser("amina")
    assert amina.get(reverse("post-start"))["Location"] == new
    with scope(stage.federation.pk):
        south = School.objects.create(name="South", slug="south")
    assert amina.get(reverse("post-start"))["Location"] == new, "it has no account"
    with scope(stage.federation.pk):
        stage.accounts["facebook"].school = south
        stage.accounts["facebook"].save()
    page = amina.get(reverse("post-start")).content.decode()
    assert new in page
    assert "South" in page

    close(stage, "noticeboard")
    page = amina.get(new)
    assert [each["account"].name for each in page.context["accounts"]] == ["Juniors on Bluesky"]
    only_one = f'type="hidden" name="accounts" value="{stage.accounts["bluesky"].pk}"'
    assert only_one in page.content.decode(), "nobody is asked for the only account"

    close(stage, "bluesky", "facebook")
    assert "South" in amina.get(reverse("post-start")).content.decode()
    assert "This school has no open accounts" in amina.get(new).content.decode()

    answer = stage.browser("sam").get(new)
    assert answer.status_code == 403
    assert "Ask Amina Khan" in answer.content.decode()


def close(stage, *names):
    with scope(stage.federation.pk):
        Account.objects.filter(pk__in=[stage.accounts[name].pk for name in names]).update(
            state="closed", closed_at=NOW
        )


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
    """The page says that it isn't sent for approval yet, unless that was asked for at once."""
    amina = stage.browser("amina")
    with rolled_back():
        answer = amina.post(new, typed(**ANSWERED))
        post = only(stage)
        assert answer["Location"] == reverse("post", args=[post.pk])
        assert post.answers["suitable_for_children"]["answer"] is True
        page = amina.get(answer["Location"]).content.decode()
        assert "Draft saved. Send it for approval when you’re ready." in page
        assert "Send for approval" in page
    with rolled_back():
        answer = amina.post(new, typed(**ANSWERED, do="send"))
        assert answer["Location"] == reverse("post", args=[only(stage).pk])
        assert only(stage).state == PostState.SUBMITTED
    answer = amina.post(new, typed(do="send"))
    assert answer["Location"] == edit(only(stage)), "something is missing"
    assert only(stage).state == PostState.DRAFT


def test_one_tick_confirms_the_statements_that_were_shown_and_no_others(stage, new, typed):
    """An answer of its own counts before the tick, and statements that nobody ticked answer nothing."""
    amina, shown = stage.browser("amina"), ["suitable_for_children", "labelled"]
    own = {"answer-others_work": "yes"}
    for more, found in [
        ({"confirmed": "on", "confirms": shown}, {"suitable_for_children": True, "labelled": "none"}),
        (
            {"confirmed": "on", "confirms": ["others_work", "labelled"], **own},
            {"others_work": True, "labelled": "none"},
        ),
        ({"confirms": shown}, {}),
    ]:
        with rolled_back():
            amina.post(new, typed(**more))
            assert {name: given["answer"] for name, given in only(stage).answers.items()} == found, more


def test_a_draft_keeps_its_text_before_an_account_is_chosen(stage, new, typed):
    amina = stage.browser("amina")
    for more in ({"accounts": []}, {"accounts": [], "do": "send"}):
        with rolled_back():
            answer = amina.post(new, typed(**more))
            assert (answer["Location"], only(stage).text) == (edit(only(stage)), TEXT), more
            page = amina.get(answer["Location"])
            assert page.context["form"]["text"].value() == TEXT
            assert [each.href for each in page.context["missing"]] == ["#id_accounts"]
            assert amina.get(reverse("post", args=[only(stage).pk])).status_code == 200


def test_pupils_who_are_all_on_the_consent_list_are_one_entry(stage, new, typed):
    """A number that cannot be is refused, and so are pupils where only adults can be seen."""
    picture = stage.picture(alt="Eight children.")
    amina, kept, who = stage.browser("amina"), {"kept_picture": picture.pk}, f"who-{picture.pk}"
    for number in ("0", "-1", "1000", "many"):
        answer = amina.post(new, typed(**kept, pupils=number, **{who: "pupils"}))
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["pupils"]), number
    answer = amina.post(new, typed(**kept, pupils="8", **{who: "adults"}))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [who])

    said = {f"alt-{picture.pk}": "Eight children.", who: "pupils"}
    amina.post(new, typed(**kept, pupils="8", **said))
    (entry,) = only(stage).people.all()
    assert (entry.number, entry.relation, entry.shown, entry.consent) == (8, "pupil", True, True)
    assert (entry.opted_out, entry.do_not_publish) == (False, False)
    page = amina.get(edit(only(stage)))
    assert (page.context["form"]["pupils"].value(), page.context["people"]) == (8, [])


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


def test_a_policy_that_says_nothing_of_people_asks_nothing_about_them(home, make_federation, sign_in):
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
    """Of people only what the policy needs is asked, and their list ends at thirty."""
    amina = stage.browser("amina")
    page = amina.post(new, typed(do="add-person", people="1", **{"person-0-relation": "staff"}))
    assert (page.status_code, len(page.context["people"]), count(stage, Post)) == (200, 2, 0)
    form = page.context["form"]
    assert form["text"].value() == TEXT
    assert form["person-0-relation"].value() == "staff"
    assert form.columns == ["relation", "shown", "consent", "opted_out", "do_not_publish"]
    for asked, shown in (("29", 29), ("30", 30), ("31", 30), ("999999", 30)):
        page = amina.post(new, typed(text="", people=asked))
        assert len(page.context["people"]) == shown, asked


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


def test_questions_that_are_on_the_page_already_are_not_sent_again_and_nothing_breaks(stage, typed):
    address, amina = reverse("post-preview", args=[stage.school.pk]), stage.browser("amina")
    shown = "suitable_for_children,labelled,others_work"
    page = amina.post(address, typed(shown=shown)).content.decode()
    assert 'id="questions"' not in page
    assert ['id="policy-answer"' in page, 'id="missing"' in page] == [True, True]
    for text, status in (("", 200), ("x" * 100_000, 200), ("a\x00b", 422)):
        assert amina.post(address, typed(text)).status_code == status, text[:9]


def test_where_the_policy_says_nothing_the_page_says_that(stage):
    page = stage.browser("amina").get(edit(stage.draft())).content.decode()
    assert "Not covered by this policy" in page
