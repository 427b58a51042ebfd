"""The pages of posts, walked by the people whose steps they are."""

from datetime import timedelta

import pytest
from django.urls import reverse

from schoolgate.core.errors import NotNow
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.media.models import ConsentCheck
from schoolgate.publishing.actions import drafting
from schoolgate.publishing.models import Post
from schoolgate.publishing.states import PostState
from tests.cast import someone
from tests.web.plain import check_page, shown_by
from tests.web.posts_cast import NOW, Stage, act, set_up


def at(name: str, pk: int) -> str:
    return reverse(name, args=[pk])


def html(answer) -> str:
    return answer.content.decode()


# --- The list ----------------------------------------------------------------------------------------------


def test_the_list_shows_posts_newest_first_with_where_they_stand(stage):
    stage.draft("The first one")
    stage.submitted("The second one")
    page = html(stage.browser("amina").get(reverse("posts")))
    assert page.index("The second one") < page.index("The first one")
    assert "Needs approval" in page
    check_page(page)


def test_a_tab_shows_only_its_own_posts(stage):
    stage.draft("The first one")
    stage.submitted("The second one")
    page = stage.browser("amina").get(reverse("posts"), {"show": "waiting"})
    assert [row["snippet"] for row in page.context["rows"]] == ["The second one"]


def test_the_list_costs_the_same_for_one_post_and_for_fifty(stage, same_queries):
    browser = stage.browser("amina")
    stage.draft("One", "bluesky", "facebook", people=[{"shown": True}])
    browser.get(reverse("posts"))

    def grow():
        for number in range(49):
            stage.draft(f"Post {number}", "bluesky", "facebook", people=[{"shown": True}])

    same_queries(lambda: browser.get(reverse("posts")), grow)


def test_the_list_goes_on_over_its_pages_without_a_gap_or_a_repetition(stage):
    made = [stage.draft(f"Post {number}").pk for number in range(30)]
    browser, seen, query = stage.browser("amina"), [], ""
    while True:
        page = browser.get(f"{reverse('posts')}?{query}")
        seen += [row["post"].pk for row in page.context["rows"]]
        query = page.context["page"].older
        if not query:
            break
    assert seen == made[::-1]


@pytest.mark.parametrize("query", ["before=x", "before=", "before=99999999999999999999", "show=nonsense"])
def test_a_made_up_place_in_the_list_is_not_found(stage, query):
    assert stage.browser("amina").get(f"{reverse('posts')}?{query}").status_code == 404


def test_somebody_without_a_part_here_sees_no_post_of_others(stage):
    post = stage.draft()
    with scope(stage.federation.pk):
        stage.people["parent"] = someone("Pat Parent", relation="parent")
    browser = stage.browser("parent")
    assert browser.get(reverse("posts")).context["rows"] == []
    assert browser.get(at("post", post.pk)).status_code == 404


def test_a_part_in_another_school_shows_nothing_of_this_one(stage):
    post = stage.draft()
    with scope(stage.federation.pk):
        south = School.objects.create(name="South", slug="south")
        stage.people["dan"] = someone("Dan Far", "lead-staff-member", school=south)
        stage.people["eve"] = someone("Eve Near", "lead-staff-member", school=stage.school)
    assert stage.browser("dan").get(at("post", post.pk)).status_code == 404
    assert stage.browser("eve").get(at("post", post.pk)).status_code == 200


def snippets(page) -> list[str]:
    return [row["snippet"] for row in page.context["rows"]]


def test_words_are_searched_in_the_texts_of_the_posts_that_one_sees(stage):
    stage.draft("Sports day is on Friday.")
    stage.draft("The fair is on Saturday.")
    amina = stage.browser("amina")
    assert snippets(amina.post(reverse("posts"), {"words": "friday SPORTS", "show": ""})) == [
        "Sports day is on Friday."
    ]
    assert snippets(amina.post(reverse("posts"), {"words": "friday", "show": "published"})) == []
    check_page(html(amina.post(reverse("posts"), {"words": "nothing like it"})))


def test_chosen_drafts_are_withdrawn_and_each_refusal_is_told_with_its_reason(stage):
    posts = [stage.draft("One"), stage.draft("Two")]
    form = {"do": "withdraw", "posts": [post.pk for post in posts]}
    cara = stage.browser("cara")
    page = html(cara.post(reverse("posts-several"), form, follow=True))
    assert page.count("Not changed:") == 2
    assert {stage.read(post).state for post in posts} == {PostState.DRAFT}
    amina = stage.browser("amina")
    amina.post(at("post-withdraw", posts[0].pk))
    page = html(amina.post(reverse("posts-several"), form, follow=True))
    assert ["“One”" in page, "“Two”" in page, "Withdrawn. They won’t be posted." in page] == [
        True,
        False,
        True,
    ]
    assert {stage.read(post).state for post in posts} == {PostState.WITHDRAWN}


def test_what_is_refused_midway_stays_a_draft_and_the_others_are_withdrawn(stage, monkeypatch):
    posts = [stage.draft(words) for words in ("One", "Two", "Three")]

    def changed_meanwhile(post, **_given):
        if post.pk == posts[1].pk:
            raise NotNow("Changed in the meantime")

    monkeypatch.setattr(drafting, "let_approval_lapse", changed_meanwhile)
    form = {"do": "withdraw", "posts": [post.pk for post in posts]}
    page = html(stage.browser("amina").post(reverse("posts-several"), form, follow=True))

    assert ("“Two”" in page, page.count("Not changed:")) == (True, 1)
    assert [stage.read(post).state for post in posts] == ["withdrawn", "draft", "withdrawn"]


def test_chosen_posts_are_taken_down_once_a_reason_is_given(stage):
    delivery = stage.advance(stage.started("Out there.")[0])
    ben = stage.browser("ben")
    form = {"do": "take-down", "posts": [delivery.post_id]}
    page = ben.post(reverse("posts-several"), form)
    assert [row["post"].pk for row in page.context["rows"]] == [delivery.post_id]
    assert stage.read(delivery.post_id).state == PostState.PUBLISHED
    assert ben.post(reverse("posts-several"), {**form, "reason": "mistake"}).status_code == 302
    assert stage.read(delivery.post_id).state == PostState.TAKING_DOWN


@pytest.mark.parametrize("given", ["x", "-1", ""])
def test_a_made_up_choice_is_not_found(stage, given):
    assert stage.browser("amina").post(reverse("posts-several"), {"posts": [given]}).status_code == 404


# --- One post ----------------------------------------------------------------------------------------------


def test_the_page_shows_what_each_account_gets_and_what_the_policy_says(stage):
    post = stage.draft("One text for both", "bluesky", "facebook", pictures=[stage.picture()])
    page = html(stage.browser("amina").get(at("post", post.pk)))
    said = shown_by(page)
    assert page.count("One text for both") == 2
    assert ["17 of 300 characters" in said, "An empty playing field in the sun." in page] == [True, True]
    assert "Send for approval" in said
    check_page(page)


def test_a_teacher_hands_in_another_approves_and_the_record_tells_it(stage):
    post = stage.draft()
    amina, ben = stage.browser("amina"), stage.browser("ben")

    assert amina.post(at("post-submit", post.pk)).status_code == 302
    page = ben.get(at("post", post.pk))
    assert ben.post(at("post-approve", post.pk), {"seen": page.context["seen"]}).status_code == 302

    told = html(ben.get(at("post", post.pk)))
    assert stage.read(post).state == PostState.APPROVED
    assert [word for word in ("Sent for approval", "Approved", "Ben Carter") if word not in told] == []
    assert reverse("decision", args=[stage.read(post).approvals.all()[0].decision]) in told
    check_page(told)


def test_the_author_finds_no_button_to_approve_and_the_door_refuses(stage):
    post = stage.submitted()
    amina = stage.browser("amina")
    assert at("post-approve", post.pk) not in html(amina.get(at("post", post.pk)))

    answer = amina.post(at("post-approve", post.pk), {"seen": "x"})

    assert answer.status_code == 403
    assert "Someone other than the author must approve this post." in html(answer)


def test_somebody_without_the_part_is_told_whom_to_ask(stage):
    post = stage.submitted()
    answer = stage.browser("cara").post(at("post-approve", post.pk), {"seen": "x"})
    assert answer.status_code == 403
    assert "Ben Carter" in html(answer)


def test_what_changed_since_the_page_was_shown_is_not_approved(stage):
    post = stage.submitted()
    answer = stage.browser("ben").post(at("post-approve", post.pk), {"seen": "something older"})
    assert (answer.status_code, stage.read(post).state) == (409, PostState.SUBMITTED)


def test_a_post_that_the_policy_still_asks_about_is_refused_with_what_the_policy_said(stage):
    post = stage.draft(answers={})
    answer = stage.browser("amina").post(at("post-submit", post.pk))
    assert answer.status_code == 409
    assert "Not ready yet" in html(answer)
    assert at("post-submit", post.pk) not in html(stage.browser("amina").get(at("post", post.pk)))


def test_a_post_goes_back_with_a_reason_and_not_without(stage):
    post = stage.submitted()
    ben = stage.browser("ben")
    refused = ben.post(act("send-back", post.pk), {"reason": " "})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["reason"])

    ben.post(act("send-back", post.pk), {"reason": "The day is wrong. <b>Look</b>"})

    page = html(stage.browser("amina").get(at("post", post.pk)))
    assert "The day is wrong. &lt;b&gt;Look&lt;/b&gt;" in page
    assert stage.read(post).state == PostState.DRAFT


def test_the_author_cannot_open_the_page_that_sends_back(stage):
    assert stage.browser("amina").get(act("send-back", stage.submitted().pk)).status_code == 403


def test_the_author_withdraws_and_nobody_else_can(stage):
    post = stage.draft()
    assert stage.browser("ben").post(at("post-withdraw", post.pk)).status_code == 403
    assert stage.browser("amina").post(at("post-withdraw", post.pk)).status_code == 302
    assert stage.read(post).state == PostState.WITHDRAWN


def test_a_published_post_is_taken_down_with_a_reason(stage):
    delivery = stage.advance(stage.started()[0])
    ben = stage.browser("ben")
    assert ben.post(act("take-down", delivery.post_id), {}).status_code == 422
    assert ben.post(act("take-down", delivery.post_id), {"reason": "consent"}).status_code == 302
    assert stage.read(delivery.post_id).state == PostState.TAKING_DOWN
    assert "Consent was withdrawn or never given" in html(ben.get(at("post", delivery.post_id)))


def test_a_colleague_cannot_take_the_post_of_another_down(stage):
    delivery = stage.advance(stage.started()[0])
    answer = stage.browser("cara").post(act("take-down", delivery.post_id), {"reason": "mistake"})
    assert (answer.status_code, stage.read(delivery.post_id).state) == (403, PostState.PUBLISHED)


# --- The consent list --------------------------------------------------------------------------------------


def with_somebody(stage: Stage) -> Post:
    people = [{"relation": "staff", "shown": True, "consent": True, "opted_out": False}]
    return stage.submitted(
        "Our new caretaker.", "bluesky", "facebook",
        pictures=[stage.picture(shows_people=True, alt="A person with a broom.")], people=people,
    )  # fmt: skip


def checked(day, answer="yes", channels=("bluesky", "facebook")):
    when = {"list_dated": f"{day:%Y-%m-%d}"}
    return {**when, "everybody_may": answer, "channels": list(channels)}


def test_a_picture_of_somebody_waits_for_the_consent_list_network_by_network(stage):
    post, ben = with_somebody(stage), stage.browser("ben")
    assert ben.get(at("post", post.pk)).context["wanting"]

    ben.post(act("consent-list", post.pk), checked(NOW.date(), channels=["bluesky"]))
    assert ben.get(at("post", post.pk)).context["wanting"]
    ben.post(act("consent-list", post.pk), checked(NOW.date(), channels=["facebook"]))

    page = ben.get(at("post", post.pk))
    assert not page.context["wanting"]
    assert "everyone may be shown" in html(page)
    assert ben.post(at("post-approve", post.pk), {"seen": page.context["seen"]}).status_code == 302


def test_a_no_of_the_consent_list_is_kept_and_keeps_the_post_back(stage):
    post, ben = with_somebody(stage), stage.browser("ben")
    ben.post(act("consent-list", post.pk), checked(NOW.date(), answer="no"))
    page = ben.get(at("post", post.pk))
    assert page.context["wanting"]
    with scope(stage.federation.pk):
        assert ConsentCheck.objects.filter(everybody_may=False).count() == 2
    assert ben.post(at("post-approve", post.pk), {"seen": page.context["seen"]}).status_code == 409


def test_a_list_from_the_future_is_refused_beside_its_field(stage):
    post = with_somebody(stage)
    form = checked((NOW + timedelta(days=2)).date())
    answer = stage.browser("ben").post(act("consent-list", post.pk), form)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["list_dated"])


def test_somebody_who_may_not_check_the_list_is_told_whom_to_ask(stage):
    post = with_somebody(stage)
    answer = stage.browser("cara").get(act("consent-list", post.pk))
    assert answer.status_code == 403
    assert "Ben Carter" in html(answer)


# --- Doors -------------------------------------------------------------------------------------------------

READS = ("post", "post-edit")
OPEN = ("send-back", "take-down", "consent-list", "conditions", "mark", "made-up")
ACTS = ("post-edit", "post-edit-preview", "post-submit", "post-approve", "post-withdraw")


def test_a_made_up_act_is_not_found(stage):
    assert stage.browser("amina").get(act("made-up", stage.draft().pk)).status_code == 404


def test_another_federations_post_is_not_found_at_any_address(stage, make_federation):
    other = set_up(make_federation("north", "wildground"), stage.sign_in)
    post = other.submitted()
    sam = stage.browser("sam")
    assert {name: sam.get(at(name, post.pk)).status_code for name in READS if name != "post-edit"} == {
        name: 404 for name in READS if name != "post-edit"
    }
    amina = stage.browser("amina")
    assert {sam.get(act(name, post.pk)).status_code for name in OPEN} == {404}
    assert {amina.post(act(name, post.pk)).status_code for name in OPEN} == {404}
    assert {name: amina.post(at(name, post.pk)).status_code for name in ACTS} == dict.fromkeys(ACTS, 404)
    assert amina.get(at("post-edit", post.pk)).status_code == 404
    assert amina.get(at("post-new", other.school.pk)).status_code == 404


@pytest.mark.parametrize("name", ["post-submit", "post-approve", "post-withdraw", "post-edit-preview"])
def test_an_act_is_never_done_by_looking(stage, name):
    assert stage.browser("amina").get(at(name, stage.draft().pk)).status_code == 405


def test_nobody_signed_in_is_sent_to_the_sign_in_page(stage, client):
    assert client.get(at("post", stage.draft().pk))["Location"].startswith(reverse("account_login"))
