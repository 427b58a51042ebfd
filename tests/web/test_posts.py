"""The pages of posts, walked by the people whose steps they are."""

from datetime import timedelta

from django.urls import reverse

from schoolgate.core.errors import NotNow
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.media.models import ConsentCheck
from schoolgate.publishing import drafting
from schoolgate.publishing.models import Post, PostState
from tests.cast import someone
from tests.stories import rolled_back
from tests.web.plain import check_page, shown_by
from tests.web.posts_cast import NOW, Stage, act, set_up


def at(name: str, pk: int) -> str:
    return reverse(name, args=[pk])


def html(answer) -> str:
    return answer.content.decode()


# --- The list ----------------------------------------------------------------------------------------------


def test_the_list_shows_posts_newest_first_with_where_they_stand(stage):
    """A tab shows only its own, and words are searched in the texts."""
    stage.draft("Sports day is on Friday.")
    stage.submitted("The fair is on Saturday.")
    amina = stage.browser("amina")
    page = html(amina.get(reverse("posts")))
    assert page.index("The fair") < page.index("Sports day")
    assert "Needs approval" in page
    check_page(page)
    assert snippets(amina.get(reverse("posts"), {"show": "waiting"})) == ["The fair is on Saturday."]
    assert snippets(amina.post(reverse("posts"), {"words": "friday SPORTS", "show": ""})) == [
        "Sports day is on Friday."
    ]
    assert snippets(amina.post(reverse("posts"), {"words": "friday", "show": "published"})) == []
    check_page(html(amina.post(reverse("posts"), {"words": "nothing like it"})))


def test_the_list_goes_on_over_its_pages_without_a_gap_or_a_repetition(stage, same_queries):
    """It costs the same for one and for many. A made-up place in it, or choice of it, is not found."""
    browser, seen, query = stage.browser("amina"), [], ""
    made = [stage.draft("One", "bluesky", "facebook", people=[{"shown": True}]).pk]
    browser.get(reverse("posts"))

    def grow():
        for number in range(2):
            made.append(stage.draft(f"Post {number}", "bluesky", "facebook", people=[{"shown": True}]).pk)

    same_queries(lambda: browser.get(reverse("posts")), grow)
    with scope(stage.federation.pk):  # many more, as rows alone
        rows = [replaced(Post.objects.get(pk=made[0])) for _ in range(27)]
        made += [row.pk for row in Post.objects.bulk_create(rows)]
    while True:
        page = browser.get(f"{reverse('posts')}?{query}")
        seen += [row["post"].pk for row in page.context["rows"]]
        query = page.context["page"].older
        if not query:
            break
    assert seen == made[::-1]
    for query in ("before=x", "before=", "before=99999999999999999999", "show=nonsense"):
        assert browser.get(f"{reverse('posts')}?{query}").status_code == 404, query
    for given in ("x", "-1", ""):
        assert browser.post(reverse("posts-several"), {"posts": [given]}).status_code == 404, given


def replaced(post: Post) -> Post:
    """The same as a row of its own."""
    post.pk = None
    return post


def test_somebody_without_a_part_here_sees_no_post_of_others(stage):
    post = stage.draft()
    with scope(stage.federation.pk):
        south = School.objects.create(name="South", slug="south")
        stage.people["parent"] = someone("Pat Parent", relation="parent")
        stage.people["dan"] = someone("Dan Far", "lead-staff-member", school=south)
        stage.people["eve"] = someone("Eve Near", "lead-staff-member", school=stage.school)
    browser = stage.browser("parent")
    assert browser.get(reverse("posts")).context["rows"] == []
    assert browser.get(at("post", post.pk)).status_code == 404
    assert stage.browser("dan").get(at("post", post.pk)).status_code == 404
    assert stage.browser("eve").get(at("post", post.pk)).status_code == 200


def snippets(page) -> list[str]:
    return [row["snippet"] for row in page.context["rows"]]


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


def test_a_post_that_is_out_is_taken_down_once_a_reason_is_given(stage):
    """From the list, or from its page; and by nobody whose part it is not."""
    delivery = stage.advance(stage.started("Out there.")[0])
    ben, page = stage.browser("ben"), act("take-down", delivery.post_id)
    answer = stage.browser("cara").post(page, {"reason": "mistake"})
    assert (answer.status_code, stage.read(delivery.post_id).state) == (403, PostState.PUBLISHED)

    form = {"do": "take-down", "posts": [delivery.post_id]}
    asked = ben.post(reverse("posts-several"), form)
    assert [row["post"].pk for row in asked.context["rows"]] == [delivery.post_id]
    assert ben.post(page, {}).status_code == 422
    assert stage.read(delivery.post_id).state == PostState.PUBLISHED
    with rolled_back():
        assert ben.post(reverse("posts-several"), {**form, "reason": "mistake"}).status_code == 302
        assert stage.read(delivery.post_id).state == PostState.TAKING_DOWN
    assert ben.post(page, {"reason": "consent"}).status_code == 302
    assert stage.read(delivery.post_id).state == PostState.TAKING_DOWN
    assert "Consent was withdrawn or never given" in html(ben.get(at("post", delivery.post_id)))


# --- One post ----------------------------------------------------------------------------------------------


def test_the_page_shows_what_each_account_gets_and_what_the_policy_says(stage):
    post = stage.draft("One text for both", "bluesky", "facebook", pictures=[stage.picture()])
    page = html(stage.browser("amina").get(at("post", post.pk)))
    said = shown_by(page)
    assert page.count("One text for both") == 1, "both get the same"
    assert ["17 of 300 characters" in said, "An empty playing field in the sun." in page] == [True, True]
    assert "Send for approval" in said
    check_page(page)


def test_a_teacher_hands_in_another_approves_and_the_record_tells_it(stage):
    """Nobody else approves it, the author first, nor what changed since the page was shown."""
    post = stage.draft()
    amina, ben, approve = stage.browser("amina"), stage.browser("ben"), at("post-approve", post.pk)

    assert amina.post(at("post-submit", post.pk)).status_code == 302
    assert approve not in html(amina.get(at("post", post.pk)))
    answer = amina.post(approve, {"seen": "x"})
    assert answer.status_code == 403
    assert "Someone other than the author must approve this post." in html(answer)
    answer = stage.browser("cara").post(approve, {"seen": "x"})
    assert answer.status_code == 403
    assert "Ben Carter" in html(answer)
    answer = ben.post(approve, {"seen": "something older"})
    assert (answer.status_code, stage.read(post).state) == (409, PostState.SUBMITTED)

    page = ben.get(at("post", post.pk))
    assert ben.post(approve, {"seen": page.context["seen"]}).status_code == 302

    told = html(ben.get(at("post", post.pk)))
    assert stage.read(post).state == PostState.APPROVED
    assert [word for word in ("Sent for approval", "Approved", "Ben Carter") if word not in told] == []
    assert reverse("decision", args=[stage.read(post).approvals.all()[0].decision]) in told
    check_page(told)


def test_a_post_that_the_policy_still_asks_about_is_refused_with_what_the_policy_said(stage):
    post, amina = stage.draft(answers={}), stage.browser("amina")
    answer = amina.post(at("post-submit", post.pk))
    assert answer.status_code == 409
    assert "Not ready yet" in html(answer)
    assert at("post-submit", post.pk) not in html(amina.get(at("post", post.pk)))


def test_a_post_goes_back_with_a_reason_and_not_without_and_is_withdrawn_by_its_author(stage):
    post = stage.submitted()
    amina, ben = stage.browser("amina"), stage.browser("ben")
    assert amina.get(act("send-back", post.pk)).status_code == 403
    refused = ben.post(act("send-back", post.pk), {"reason": " "})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["reason"])

    ben.post(act("send-back", post.pk), {"reason": "The day is wrong. <b>Look</b>"})

    page = html(amina.get(at("post", post.pk)))
    assert "The day is wrong. &lt;b&gt;Look&lt;/b&gt;" in page
    assert stage.read(post).state == PostState.DRAFT
    assert ben.post(at("post-withdraw", post.pk)).status_code == 403
    assert amina.post(at("post-withdraw", post.pk)).status_code == 302
    assert stage.read(post).state == PostState.WITHDRAWN


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
    """A list from the future and people who may not check it are refused; a No keeps the post back."""
    post, ben = with_somebody(stage), stage.browser("ben")
    answer = stage.browser("cara").get(act("consent-list", post.pk))
    assert answer.status_code == 403
    assert "Ben Carter" in html(answer)
    answer = ben.post(act("consent-list", post.pk), checked((NOW + timedelta(days=2)).date()))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["list_dated"])
    assert ben.get(at("post", post.pk)).context["wanting"]

    with rolled_back():
        ben.post(act("consent-list", post.pk), checked(NOW.date(), answer="no"))
        page = ben.get(at("post", post.pk))
        assert page.context["wanting"]
        with scope(stage.federation.pk):
            assert ConsentCheck.objects.filter(everybody_may=False).count() == 2
        assert ben.post(at("post-approve", post.pk), {"seen": page.context["seen"]}).status_code == 409

    ben.post(act("consent-list", post.pk), checked(NOW.date(), channels=["bluesky"]))
    assert ben.get(at("post", post.pk)).context["wanting"]
    ben.post(act("consent-list", post.pk), checked(NOW.date(), channels=["facebook"]))

    page = ben.get(at("post", post.pk))
    assert not page.context["wanting"]
    assert "everyone may be shown" in html(page)
    assert ben.post(at("post-approve", post.pk), {"seen": page.context["seen"]}).status_code == 302


# --- Doors -------------------------------------------------------------------------------------------------

READS = ("post", "post-edit")
OPEN = ("send-back", "take-down", "consent-list", "conditions", "mark", "made-up")
ACTS = ("post-edit", "post-edit-preview", "post-submit", "post-approve", "post-withdraw")


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


def test_an_act_is_never_done_by_looking_and_by_nobody_who_is_not_signed_in(stage, client):
    post, amina = stage.draft(), stage.browser("amina")
    assert amina.get(act("made-up", post.pk)).status_code == 404
    for name in ("post-submit", "post-approve", "post-withdraw", "post-edit-preview"):
        assert amina.get(at(name, post.pk)).status_code == 405, name
    assert client.get(at("post", post.pk))["Location"].startswith(reverse("account_login"))
