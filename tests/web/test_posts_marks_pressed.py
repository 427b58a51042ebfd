"""Marking a text and judging the mark, each button pressed where it stands."""

from schoolgate.core.tenancy import scope
from schoolgate.publishing import queries
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.models import Post
from schoolgate.publishing.reviewing import judge_mark, mark_post
from tests.web.posts_cast import NOW, Stage
from tests.web.scriptless import Page, bring_session, expect, open_context, wrong_with


def open_as(stage: Stage, who: str) -> Page:
    """A tab of that person's browser."""
    context = open_context()
    bring_session(context, stage.browser(who))
    return context.new_page()


def marked(stage: Stage, post: Post) -> Post:
    """The post with a mark in each state."""
    with scope(stage.federation.pk):
        at, ben = NOW, stage.people["ben"]
        for kind, whom, found in (
            ("home_address", "pupil", None),
            ("careless_remark", "", None),
            ("unprofessional", "", False),
            ("confidential", "family", True),
        ):
            given = {"post": post, "kind": kind, "whom": whom, "note": "The third line, after the comma."}
            mark = mark_post(by=stage.people["cara"], at=at, **given)
            if found is not None:
                seen = content_digest(queries.post(post.pk))
                judge_mark(by=ben, at=at, mark=mark, found=found, seen=seen)
    return post


def test_every_page_with_marks_is_readable_by_everybody(stage):
    waiting = marked(stage, stage.submitted())
    drafted = marked(stage, stage.draft("Another one"))
    empty = stage.draft("Nothing is wrong here")
    tabs = {who: open_as(stage, who) for who in ("amina", "ben", "cara")}
    for address, who in (
        (f"/posts/{waiting.pk}", "ben"),
        (f"/posts/{waiting.pk}?act=mark", "cara"),
        (f"/posts/{drafted.pk}/edit", "amina"),
        (f"/posts/{empty.pk}", "amina"),
    ):
        tab = tabs[who]
        for language in ("en", "cy"):
            tab.context.add_cookies([{"name": "django_language", "value": language}])
            answer = tab.goto(address)
            assert (address, answer.status) == (address, 200)
            assert wrong_with(tab, language) == [], (address, language)


def test_a_text_is_marked_and_judged(stage):
    post = stage.submitted()
    cara = open_as(
        stage,
        "cara",
    )
    cara.goto(f"/posts/{post.pk}")
    cara.get_by_role("link", name="Add comment").press("Enter")
    cara.get_by_label("What did you notice?").select_option("A home address")
    cara.get_by_label("Who is it about?").select_option("A pupil")
    cara.get_by_label("Note for the reader").fill("The third line.")
    cara.get_by_role("button", name="Add comment").press("Enter")
    expect(
        cara.get_by_text("Comment added. Someone must check it before the post counts as meeting the policy.")
    ).to_be_visible()

    ben = open_as(
        stage,
        "ben",
    )
    ben.goto(f"/posts/{post.pk}")
    expect(ben.get_by_role("button", name="Approve", exact=True)).to_have_count(0)
    ben.get_by_role("button", name="Confirm it meets the policy (A home address)").press("Enter")
    expect(ben.get_by_text("Saved: it meets the policy. The policy check has been updated.")).to_be_visible()
    ben.get_by_role("button", name="Approve", exact=True).press("Enter")
    expect(ben.get_by_text("Approved. It will be posted within a minute or two.")).to_be_visible()


def test_without_a_choice_the_page_leads_to_where_one_is_made(stage):
    post = stage.draft()
    tab = open_as(stage, "cara")
    tab.goto(f"/posts/{post.pk}?act=mark")
    tab.get_by_role("button", name="Add comment").click()
    tab.get_by_role("link", name="Choose what you noticed.").click()
    assert wrong_with(tab) == []
