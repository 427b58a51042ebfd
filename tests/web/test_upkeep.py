"""What is live is kept up to date: the page of a post whose day has passed, and an account without a post."""

from datetime import timedelta

import pytest
from django.urls import reverse

from schoolgate.accounts.actions.feeds import note_new_post, watch_feeds
from schoolgate.accounts.models import Account
from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.actions import adopt
from schoolgate.policy.choices import choose_post_days, feed_days, post_days
from schoolgate.publishing.actions.upkeep import ask_to_look, list_outlived, read_days
from schoolgate.publishing.models import AnnouncedDays, Delivery, Post
from tests.accounts.watched import open_account_of
from tests.cast import someone
from tests.web.plain import check_page
from tests.web.posts_cast import NOW, Stage

DAY = timedelta(days=1)
READING = "/policy/reading"


def html(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def out(stage):
    """A post of Amina's that went out ten days ago and announced a day of last week; the sweep has run."""
    evening = local_day(NOW) - 4 * DAY
    delivery = stage.advance(stage.started(f"Our open evening is on {evening:%d/%m/%Y}.")[0])
    with scope(stage.federation.pk):
        Delivery.objects.filter(pk=delivery.pk).update(state_at=NOW - 10 * DAY)
        read_days(at=NOW)
        list_outlived(at=NOW)
        assert AnnouncedDays.objects.get().listed
    return delivery.post_id


def page_of(stage: Stage, name: str, post: int, language: str = "en") -> str:
    browser = stage.browser(name)
    browser.cookies["django_language"] = language
    return html(browser.get(reverse("post", args=[post])))


@pytest.mark.parametrize(("language", "question"), [("en", "Is this post still right?"), ("cy", "A yw")])
def test_the_page_asks_first_whether_the_post_is_still_right(stage, out, language, question):
    page = page_of(stage, "amina", out, language)
    check_page(page)
    assert question in page
    assert page.index('id="out-of-date"') < page.index("sg-content")
    assert reverse("post-may-stay", args=[out]) in page
    assert f"{reverse('post', args=[out])}?act=take-down" in page


def test_its_owner_finds_it_on_today(stage, out):
    assert "Update a post: the day it announces has passed" in html(
        stage.browser("amina").get(reverse("today"))
    )


def test_she_leaves_it_up_and_the_history_says_so(stage, out):
    answer = stage.browser("amina").post(reverse("post-may-stay", args=[out]), follow=True)
    page = html(answer)
    check_page(page)
    assert "Noted under your name. The post stays." in page
    assert "May stay although its day has passed" in page
    assert 'id="out-of-date"' not in page
    again = stage.browser("amina").post(reverse("post-may-stay", args=[out]))
    assert again.status_code == 409


def test_who_may_not_take_it_down_may_not_leave_it_up_either(stage, out):
    assert stage.browser("cara").post(reverse("post-may-stay", args=[out])).status_code in (403, 404)
    with scope(stage.federation.pk):
        assert AnnouncedDays.objects.get().stays_at is None


def test_an_ordinary_live_post_asks_nothing(stage):
    delivery = stage.advance(stage.started("Our hens have laid eggs.")[0])
    with scope(stage.federation.pk):
        read_days(at=NOW + 300 * DAY)
        list_outlived(at=NOW + 300 * DAY)
    assert 'id="out-of-date"' not in page_of(stage, "amina", delivery.post_id)
    assert stage.browser("amina").post(reverse("post-may-stay", args=[delivery.post_id])).status_code == 409


@pytest.fixture
def primary(db, home, make_federation):
    """Llanidloes with two schools; the Primary School's page was opened nine days ago."""
    federation = make_federation("llanidloes", "llanidloes", languages=["en", "cy"])
    with scope(federation.pk):
        owner, wyn = someone("Olwen Price", "headteacher"), someone("Wyn Rees", "staff")
        adopt(by=owner, at=NOW - 20 * DAY)
        school = School.objects.create(name="Llanidloes Primary School", slug="primary", country="wales")
        School.objects.create(name="Llanidloes High School", slug="high", country="wales")
        page = open_account_of(school, wyn, opened_at=NOW - 9 * DAY, name="Primary page")
    return federation, owner, wyn, school, page


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_owner_chooses_seven_days_for_one_school(primary, sign_in, language):
    federation, owner, wyn, school, _page = primary
    inside = sign_in(owner)
    inside.cookies["django_language"] = language
    check_page(html(inside.get(READING)))
    sent = {"act": "choose-feed-days", "school": school.pk, "days": "7"}
    assert inside.post(READING, sent).status_code == 302
    with scope(federation.pk):
        assert feed_days(on=local_day(NOW))[school.pk].days == 7
    page = html(inside.get(READING))
    check_page(page)
    assert "<strong>7" in page
    assert "choose-feed-days" not in html(sign_in(wyn).get(READING))
    assert sign_in(wyn).post(READING, sent).status_code == 403


@pytest.mark.parametrize(
    "bad", [{"days": "0"}, {"days": "366"}, {"days": "x"}, {"school": ""}, {"school": "9"}]
)
def test_a_wrong_choice_is_refused_beside_its_field(primary, sign_in, bad):
    federation, owner, _wyn, school, _page = primary
    sent = {"act": "choose-feed-days", "school": school.pk, "days": "7", **bad}
    answer = sign_in(owner).post(READING, sent)
    assert answer.status_code == 422
    check_page(html(answer))
    with scope(federation.pk):
        assert feed_days(on=local_day(NOW)) == {}


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_accounts_pages_say_that_it_is_out_of_date(primary, sign_in, language):
    federation, owner, wyn, school, account = primary
    browser = sign_in(wyn)
    browser.cookies["django_language"] = language

    def shown(name):
        page = html(browser.get(reverse(name, args=[account.pk])))
        check_page(page)
        return page

    late = "It’s time for a new post" if language == "en" else "Mae’n bryd cael postiad newydd"
    assert late not in shown("account") + shown("account-care")
    sign_in(owner).post(READING, {"act": "choose-feed-days", "school": school.pk, "days": "7"})
    with scope(federation.pk):
        watch_feeds(at=NOW)
    assert late in shown("account")
    assert late in shown("account-care")
    if language == "en":
        assert "No post has gone out here since" in shown("account-care")
        assert "Post something new: an account is out of date" in html(browser.get(reverse("today")))
        with scope(federation.pk):
            Account.objects.filter(pk=account.pk).update(last_good_publish_at=NOW - 8 * DAY)
        assert "more than 7 days ago" in shown("account-care")
        with scope(federation.pk):
            note_new_post(account.pk, by=None, at=NOW)
        assert late not in shown("account") + shown("account-care")


def test_a_policy_that_is_silent_offers_no_such_choice(stage):
    assert "choose-feed-days" not in html(stage.browser("sam").get(READING))


def test_another_federation_sees_nothing(stage, out, primary, sign_in):
    _federation, owner, *_rest = primary
    assert sign_in(owner).post(reverse("post-may-stay", args=[out])).status_code == 404
    with scope(stage.federation.pk):
        assert Post.objects.get(pk=out).state == "published"
        assert AnnouncedDays.objects.get().stays_at is None


@pytest.fixture
def due(stage):
    """A post of Amina's that went out 30 days ago, where live posts are checked every 30 days."""
    delivery = stage.advance(stage.started("Our hens have laid eggs.")[0])
    with scope(stage.federation.pk):
        Delivery.objects.filter(pk=delivery.pk).update(state_at=NOW - 30 * DAY)
        choose_post_days(by=stage.people["sam"], at=NOW, days=30, from_day=local_day(NOW))
        read_days(at=NOW)
        ask_to_look(at=NOW)
    return delivery.post_id


@pytest.mark.parametrize(("language", "button"), [("en", "Still right"), ("cy", "Yn dal yn gywir")])
def test_a_post_that_is_to_be_checked_says_so_and_takes_the_answer(stage, due, language, button):
    assert "Check that a live post is still right" in html(stage.browser("amina").get(reverse("today")))
    page = page_of(stage, "amina", due, language)
    check_page(page)
    assert button in page
    assert reverse("post-may-stay", args=[due]) not in page
    answer = stage.browser("amina").post(reverse("post-looked-at", args=[due]), follow=True)
    assert "Checked: still right" in html(answer)
    assert 'id="out-of-date"' not in html(answer)
    assert stage.browser("amina").post(reverse("post-looked-at", args=[due])).status_code == 409


def test_who_may_not_take_it_down_notes_no_check_nor_does_another_federation(stage, due, primary, sign_in):
    _federation, owner, *_rest = primary
    assert sign_in(owner).post(reverse("post-looked-at", args=[due])).status_code == 404
    assert stage.browser("cara").post(reverse("post-looked-at", args=[due])).status_code in (403, 404)
    with scope(stage.federation.pk):
        assert AnnouncedDays.objects.get().looked_at is None


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_owner_chooses_when_live_posts_are_checked_again(stage, language):
    inside = stage.browser("sam")
    inside.cookies["django_language"] = language
    sent = {"act": "choose-post-days", "days": "30"}
    assert inside.post(READING, sent).status_code == 302
    page = html(inside.get(READING))
    check_page(page)
    assert "<strong>30" in page
    assert "choose-post-days" not in html(stage.browser("amina").get(READING))
    assert stage.browser("amina").post(READING, sent).status_code == 403
    for bad in ("27", "367", "x"):
        assert inside.post(READING, {**sent, "days": bad}).status_code == 422
    with scope(stage.federation.pk):
        assert post_days(on=local_day(NOW)).days == 30
    assert inside.post(READING, {**sent, "days": ""}).status_code == 302
    with scope(stage.federation.pk):
        assert post_days(on=local_day(NOW)) is None


def test_a_policy_without_such_posts_offers_no_choice_of_days_to_check_them(primary, sign_in):
    assert "choose-post-days" not in html(sign_in(primary[1]).get(READING))
