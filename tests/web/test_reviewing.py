"""An approver's page: each network side by side, changes since the last look, comments on words, several
posts in one sitting, and the approval that can be undone."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from schoolgate.core.models import LedgerRow
from schoolgate.core.tenancy import scope
from schoolgate.publishing import queries
from schoolgate.publishing.approving import submit_post
from schoolgate.publishing.drafting import TargetText, edit_post
from schoolgate.publishing.models import Look, PassageComment, Post
from schoolgate.publishing.reviewing import comment_on
from schoolgate.publishing.starting import begin_sending
from schoolgate.web.posts.reviewing import Stretch, stretches_of
from tests.browsing import PHONE, bring_session, open_context, wrong_with
from tests.publishing.conftest import ANSWERS
from tests.web.plain import check_page
from tests.web.posts_cast import NOW, TEXT, act

SECOND = "Our sports day is on Thursday at 10. Families are welcome on the field from half past nine."


def at(name, *args):
    return reverse(name, args=args)


def html(answer):
    return answer.content.decode()


def changed(stage, post, text=SECOND, **more):
    """The post as Amina changed it and sent it again."""
    with scope(stage.federation.pk):
        post = queries.post(post.pk)
        said = {
            "pictures": post.pictures,
            "planned_at": post.planned_at,
            "answers": ANSWERS,
            "asked_again": ANSWERS,
        }
        targets = [TargetText(stage.accounts["bluesky"], text)]
        post = edit_post(
            by=stage.people["amina"], at=NOW, post=post, version=post.version, targets=targets, **said | more
        )
        return submit_post(by=stage.people["amina"], at=NOW, post=post)


# --- Side by side


def test_an_approver_sees_what_each_network_gets_with_text_pictures_and_descriptions(stage):
    picture = stage.picture()
    post = stage.submitted(
        "See https://example.org/day on Friday",
        "bluesky",
        "facebook",
        pictures=[picture],
        answers={**ANSWERS, "fit": True, "links_own_business": False},
    )
    ben = stage.browser("ben")

    page = html(ben.get(at("post", post.pk)))

    accounts = [stage.accounts[key].name for key in ("bluesky", "facebook")]
    assert [page.count(f'<h3><span translate="no">{name}</span>') for name in accounts] == [1, 1]
    assert page.count('<article class="sg-preview">') == 1, "they get the same, so it is shown once"
    assert page.count('<span class="sg-preview__link">https://example.org/day</span>') == 1
    assert page.count('alt="An empty playing field in the sun."') == 1
    assert page.count("<p>An empty playing field in the sun.</p>") == 1
    assert page.count('<span translate="no">example.org</span>') == 1
    check_page(page, "en")

    with scope(stage.federation.pk):
        post.targets.filter(account=stage.accounts["facebook"]).update(text="Only for Facebook.")
    page = html(ben.get(at("post", post.pk)))
    assert "Only for Facebook." in page
    assert page.count('<article class="sg-preview">') == 2
    assert page.count('<span class="sg-preview__link">https://example.org/day</span>') == 1, "each its own"


def test_a_text_is_cut_where_links_and_comments_begin_and_end():
    assert stretches_of("See #sport now", [], {1: "See #sport", 2: "gone words"}) == [
        Stretch("See ", comment=1),
        Stretch("#sport", link=True, comment=1, ends=True),
        Stretch(" now"),
    ]
    assert stretches_of("", [], {}) == []


# --- Changes since the last look


def test_what_changed_since_the_last_look_is_marked_and_read_out(stage):
    """Only approvers' looks are remembered, and only while it waits."""
    draft, post, ben = stage.draft(), stage.submitted(), stage.browser("ben")
    for name, pk in (("amina", post.pk), ("cara", post.pk), ("ben", draft.pk)):
        stage.browser(name).get(at("post", pk))
    assert "Changes since your last look" not in html(ben.get(at("post", post.pk)))
    with scope(stage.federation.pk):
        assert list(Look.objects.values_list("post", "by")) == [(post.pk, stage.people["ben"].pk)]
    changed(stage, post, planned_at=NOW + timedelta(days=2))

    for _again in range(2):
        page = html(ben.get(at("post", post.pk)))
        assert "Changes since your last look" in page
        assert re.search(r"<del><span[^>]*>\[deleted: </span> Friday<span", page)
        assert re.search(r"<ins><span[^>]*>\[added: </span> Thursday<span", page)
        assert "Time:" in page
        check_page(page, "en")
    assert "Changes since your last look" not in html(stage.browser("sam").get(at("post", post.pk)))


# --- Comments on words


def test_a_comment_on_a_sentence_is_seen_answered_and_ticked_without_a_script(stage):
    post, ben, amina = stage.submitted(), stage.browser("ben"), stage.browser("amina")
    sentence = "Our sports day is on Friday at 10."
    said = ben.post(act("comment", post.pk), {"sentence": sentence, "passage": "", "comment": "At 10 sharp?"})
    assert said.status_code == 302

    page = html(amina.get(at("post", post.pk)))
    assert '<mark class="sg-passage">Our sports day is on Friday at 10.</mark>' in page
    assert "At 10 sharp?" in page
    with scope(stage.federation.pk):
        row = PassageComment.objects.get()
    answer = {"comment": row.pk, f"c{row.pk}-answer": "Yes.", "do": "answer"}
    assert amina.post(act("answer", post.pk), answer).status_code == 302
    assert "Yes." in html(ben.get(at("post", post.pk)))
    assert ben.post(act("answer", post.pk), {"comment": row.pk, "do": "done"}).status_code == 302
    page = html(ben.get(at("post", post.pk)))
    assert "<mark" not in page
    check_page(page, "en")
    with scope(stage.federation.pk):
        events = LedgerRow.objects.filter(event__startswith="post.comment")
        assert [each.event for each in events.order_by("number")] == [
            "post.comment_answered",
            "post.comment_done",
        ]
        assert "sharp" not in str(list(LedgerRow.objects.values()))


@pytest.mark.browser
def test_words_that_are_selected_on_a_phone_are_those_of_the_comment(own_database, stage, served, chromium):
    """The changed word, without what was deleted before it and what is only read out."""
    post, ben = stage.submitted(), stage.browser("ben")
    ben.get(at("post", post.pk))
    changed(stage, post)
    context = open_context(chromium, PHONE)
    bring_session(context, ben, served)
    page = context.new_page()
    page.goto(f"{served}{at('post', post.pk)}")
    text = page.locator("#networks .sg-side__text")
    expect(text.locator("del")).to_have_text(re.compile("Friday"))
    expect(text.locator("ins")).to_have_text(re.compile("Thursday"))
    assert wrong_with(page) == []
    text.locator("ins").evaluate("each => document.getSelection().selectAllChildren(each)")
    expect(page.get_by_label("Or the exact words")).to_have_value("Thursday")
    page.get_by_label("Comment", exact=True).fill("Is Thursday certain?")
    page.get_by_role("button", name="Save comment").click()
    expect(page.get_by_text("Comment added. The author can see it beside these words.")).to_be_visible()
    with scope(stage.federation.pk):
        assert PassageComment.objects.get().passage == "Thursday"


def test_a_refused_comment_or_answer_keeps_what_was_typed(stage):
    """Nobody but an approver comments, and a comment whose words are gone says so."""
    post, ben, amina = stage.submitted(), stage.browser("ben"), stage.browser("amina")
    for browser in (amina, stage.browser("cara")):
        assert "Comment on the wording" not in html(browser.get(at("post", post.pk)))
        assert (
            browser.post(act("comment", post.pk), {"passage": "Friday", "comment": "No."}).status_code == 403
        )
    assert ben.get(act("answer", post.pk)).status_code == 404

    wrong = ben.post(act("comment", post.pk), {"passage": "Saturday", "comment": "Not Saturday."})
    assert wrong.status_code == 422
    assert "These words aren’t in the text." in html(wrong)
    assert 'value="Saturday"' in html(wrong)
    assert "Not Saturday." in html(wrong)
    with scope(stage.federation.pk):
        row = comment_on(by=stage.people["ben"], at=NOW, post=post, passage="Friday", comment="Why?")
    long = amina.post(act("answer", post.pk), {"comment": row.pk, f"c{row.pk}-answer": "x" * 1001})
    assert (long.status_code, "x" * 1001 in html(long)) == (422, True)

    changed(stage, post)
    assert "These words are no longer in the text." in html(amina.get(at("post", post.pk)))


# --- Several in one sitting


def test_posts_are_approved_one_after_the_other_and_the_place_is_kept(stage):
    first, second, third = (stage.submitted(f"{TEXT} Number {n}.") for n in range(3))
    ben = stage.browser("ben")
    offered = html(ben.get(at("posts") + "?show=waiting"))
    assert "Review 3 posts that wait for you" in offered
    where = re.search(r'href="(/posts/\d+\?sitting=[\d.]+)"', offered)[1]
    assert where == f"/posts/{first.pk}?sitting={first.pk}.{second.pk}.{third.pk}"

    page = ben.get(where)
    assert "Post 1 of 3" in html(page)
    assert "Not ready yet" not in html(page), "it waits for nothing but this approval"
    assert "Not ready yet" in html(stage.browser("amina").get(at("post", first.pk)))
    carried = where.partition("sitting=")[2]
    went = ben.post(at("post-approve", first.pk), {"seen": page.context["seen"], "sitting": carried})
    assert went.url == f"/posts/{second.pk}?sitting={carried}"
    page = ben.get(went.url)
    assert "Post 2 of 3" in html(page)
    check_page(html(page), "en")
    skip = re.search(r'href="([^"]+)">Skip this post', html(page))[1].replace("&amp;", "&")
    assert skip == f"/posts/{third.pk}?sitting={carried}"
    page = ben.get(skip)
    assert ("Post 3 of 3" in html(page), "Skip this post" in html(page)) == (True, False)
    went = ben.post(f"/posts/{third.pk}?act=send-back&sitting={carried}", {"reason": "Shorter, please."})
    assert went.url == "/posts?show=waiting"
    assert [stage.read(each).state for each in (first, second, third)] == ["approved", "submitted", "draft"]


def test_a_post_that_was_decided_meanwhile_is_passed_over(stage):
    """A sitting that is no list of posts is not there, and who approves nothing is offered none."""
    first, second, third = (stage.submitted(f"{TEXT} Number {n}.") for n in range(3))
    for name in ("amina", "cara"):
        assert "that waits for you" not in html(stage.browser(name).get(at("posts") + "?show=waiting"))
    carried = f"{first.pk}.{second.pk}.{third.pk}"
    ben = stage.browser("ben")
    for wrong in ("x", "1..2", "0", "1.", ".".join(["7"] * 51)):
        assert ben.get(f"/posts/{first.pk}?sitting={wrong}").status_code == 404, wrong
    page = ben.get(f"/posts/{first.pk}?sitting={carried}")
    with scope(stage.federation.pk):
        Post.objects.filter(pk=second.pk).update(state="draft")
    went = ben.post(at("post-approve", first.pk), {"seen": page.context["seen"], "sitting": carried})
    assert went.url == f"/posts/{third.pk}?sitting={carried}"


def test_whatever_is_done_on_a_post_of_a_sitting_the_place_is_kept(stage):
    """A link or form of the page that doesn't carry the sitting comes back into it; one elsewhere doesn't."""
    first, second = (stage.submitted(f"{TEXT} Number {n}.") for n in range(2))
    ben, sitting = stage.browser("ben"), f"sitting={first.pk}.{second.pk}"
    here = at("post", second.pk)
    for asked, came_from, leads in (
        (here, f"{here}?{sitting}", f"{here}?{sitting}"),
        (f"{here}?act=mark", f"{here}?{sitting}", f"{here}?act=mark&{sitting}"),
        (here, f"{here}?act=mark&{sitting}", f"{here}?{sitting}"),
        (here, f"{here}?sitting={first.pk}", ""),
        (here, f"{at('post', first.pk)}?{sitting}", ""),
        (here, at("posts"), ""),
    ):
        went = ben.get(asked, headers={"referer": f"http://testserver{came_from}"})
        assert (went.get("location", "") == leads, went.status_code) == (True, 302 if leads else 200), (
            came_from
        )
    elsewhere = ben.get(here, headers={"referer": f"https://elsewhere.example{here}?{sitting}"})
    assert elsewhere.status_code == 200


def test_after_a_single_post_comes_the_next_that_waits_and_back_leads_where_one_came_from(stage):
    first, second = (stage.submitted(f"{TEXT} Number {n}.") for n in range(2))
    ben = stage.browser("ben")
    page = ben.get(at("post", second.pk), headers={"referer": f"http://testserver{at('today')}"})
    assert f'class="sg-back" href="{at("today")}"' in html(page)
    assert f'class="sg-back" href="{at("posts")}"' in html(ben.get(at("post", second.pk)))

    went = ben.post(at("post-approve", second.pk), {"seen": page.context["seen"]})
    assert went.url == f"/posts/{first.pk}?sitting={second.pk}.{first.pk}"
    page = ben.get(went.url)
    assert "Post 2 of 2" in html(page)
    went = ben.post(at("post-approve", first.pk), {"seen": page.context["seen"]})
    assert went.url == at("post", first.pk), "the last stays in sight, with its undo"


# --- The minute of undo


def test_author_and_approver_see_when_it_goes_and_can_undo(stage):
    """Until it is handed over; then the page says to take it down. The author has a draft again."""
    post, late, amina, ben = stage.approved(), stage.approved(), stage.browser("amina"), stage.browser("ben")
    back = at("post-approval-take-back", post.pk)
    for name, button in (("amina", "Undo"), ("ben", "Withdraw approval"), ("sam", "Withdraw approval")):
        page = html(stage.browser(name).get(at("post", post.pk)))
        assert "Until then you can undo this." in page
        assert f">{button}</button>" in page
    assert back not in html(stage.browser("cara").get(at("post", post.pk)))

    went = amina.post(back)
    assert "It’s a draft again and won’t be posted." in html(amina.get(went.url))
    assert stage.read(post).state == "draft"

    with scope(stage.federation.pk):
        begin_sending(at=NOW, post=queries.post(late.pk))
    assert at("post-approval-take-back", late.pk) not in html(ben.get(at("post", late.pk)))
    answer = ben.post(at("post-approval-take-back", late.pk))
    assert answer.status_code == 409
    assert "Take the post down instead." in html(answer)
