"""What is live is kept up to date: the page of a post whose day has passed, and an account without a post."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.accounts.before_opening import note_new_post, watch_feeds
from schoolgate.accounts.models import Account
from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from schoolgate.policy.choices import choose_post_days, feed_days, post_days
from schoolgate.publishing.live import ask_to_look, list_outlived, read_days
from schoolgate.publishing.models import AnnouncedDays, Delivery, Post
from tests.accounts.watched import open_account_of
from tests.cast import someone
from tests.web.plain import check_page
from tests.web.posts_cast import NOW, Stage, no_browser, wildground_at_work
from tests.worlds import enter_federation, world

DAY = timedelta(days=1)
READING = "/policy/reading"


def html(answer) -> str:
    return answer.content.decode()


@world(wildground_at_work)
def three_posts_live(cast, at):
    """Of Amina's: one that announced a day of last week, an ordinary one, and one that went out 30 days ago,
    where live posts are checked every 30 days. The sweeps have run."""
    stage = Stage(**vars(cast), sign_in=no_browser)
    evening = local_day(at) - 4 * DAY
    plain = stage.advance(stage.started("Our hens have laid eggs.")[0])
    due = stage.advance(stage.started("Our hens have laid more.")[0])
    out = stage.advance(stage.started(f"Our open evening is on {evening:%d/%m/%Y}.")[0])
    with scope(stage.federation.pk):
        Delivery.objects.filter(pk=out.pk).update(state_at=at - 10 * DAY)
        Delivery.objects.filter(pk=due.pk).update(state_at=at - 30 * DAY)
        choose_post_days(by=stage.people["sam"], at=at, days=30, from_day=local_day(at))
        read_days(at=at)
        list_outlived(at=at)
        ask_to_look(at=at)
        assert AnnouncedDays.objects.get(post=out.post_id).listed
    return SimpleNamespace(stage=stage, out=out.post_id, plain=plain.post_id, due=due.post_id)


@pytest.fixture
def begun(in_world, home):
    return in_world(three_posts_live, NOW)


@pytest.fixture
def stage(begun, sign_in) -> Stage:
    return replace(begun.stage, sign_in=sign_in)


@pytest.fixture
def out(begun) -> int:
    """The post whose day has passed."""
    return begun.out


@pytest.fixture
def due(begun) -> int:
    """The post that is to be checked."""
    return begun.due


def page_of(stage: Stage, name: str, post: int, language: str = "en") -> str:
    browser = stage.browser(name)
    browser.cookies["django_language"] = language
    return html(browser.get(reverse("post", args=[post])))


def test_the_page_asks_first_whether_the_post_is_still_right_and_she_leaves_it_up(stage, out, begun):
    """Its owner finds it on Today. An ordinary live post asks nothing."""
    for language, question in (("en", "Is this post still right?"), ("cy", "A yw")):
        page = page_of(stage, "amina", out, language)
        check_page(page, language)
        assert question in page
        assert page.index('id="out-of-date"') < page.index("sg-content")
        assert reverse("post-may-stay", args=[out]) in page
        assert f"{reverse('post', args=[out])}?act=take-down" in page
    amina, stay = stage.browser("amina"), reverse("post-may-stay", args=[out])
    assert "Update a post: the day it announces has passed" in html(amina.get(reverse("today")))
    assert stage.browser("cara").post(stay).status_code in (403, 404)
    with scope(stage.federation.pk):
        assert AnnouncedDays.objects.get(post=out).stays_at is None

    page = html(amina.post(stay, follow=True))
    check_page(page)
    assert "Noted under your name. The post stays." in page
    assert "May stay although its day has passed" in page
    assert 'id="out-of-date"' not in page
    assert amina.post(stay).status_code == 409

    with scope(stage.federation.pk):
        read_days(at=NOW + 300 * DAY)
        list_outlived(at=NOW + 300 * DAY)
    assert reverse("post-may-stay", args=[begun.plain]) not in page_of(stage, "amina", begun.plain)
    assert amina.post(reverse("post-may-stay", args=[begun.plain])).status_code == 409


def llanidloes(at, federation) -> SimpleNamespace:
    """Two schools; the Primary School's page was opened nine days ago."""
    with scope(federation.pk):
        owner, wyn = someone("Olwen Price", "headteacher"), someone("Wyn Rees", "staff")
        adopt(by=owner, at=at - 20 * DAY)
        school = School.objects.create(name="Llanidloes Primary School", slug="primary", country="wales")
        School.objects.create(name="Llanidloes High School", slug="high", country="wales")
        page = open_account_of(school, wyn, opened_at=at - 9 * DAY, name="Primary page")
    return SimpleNamespace(federation=federation, owner=owner, wyn=wyn, school=school, page=page)


@world()
def two_schools(at):
    return llanidloes(at, enter_federation("llanidloes", "llanidloes", languages=["en", "cy"]))


@pytest.fixture
def primary(in_world, home):
    """Llanidloes with two schools; the Primary School's page was opened nine days ago."""
    found = in_world(two_schools, NOW)
    return found.federation, found.owner, found.wyn, found.school, found.page


def test_the_owner_chooses_seven_days_for_one_school(primary, sign_in):
    """A wrong choice is refused beside its field. A policy without such posts asks nothing of their days."""
    federation, owner, wyn, school, _page = primary
    inside = sign_in(owner)
    sent = {"act": "choose-feed-days", "school": school.pk, "days": "7"}
    for bad in ({"days": "0"}, {"days": "366"}, {"days": "x"}, {"school": ""}, {"school": "9"}):
        answer = inside.post(READING, {**sent, **bad})
        assert answer.status_code == 422, bad
        check_page(html(answer))
    with scope(federation.pk):
        assert feed_days(on=local_day(NOW)) == {}
    assert inside.post(READING, sent).status_code == 302
    with scope(federation.pk):
        assert feed_days(on=local_day(NOW))[school.pk].days == 7
    for language in ("en", "cy"):
        inside.cookies["django_language"] = language
        page = html(inside.get(READING))
        check_page(page, language)
        assert "<strong>7" in page
        assert "choose-post-days" not in page
    assert "choose-feed-days" not in html(sign_in(wyn).get(READING))
    assert sign_in(wyn).post(READING, sent).status_code == 403


def test_the_accounts_pages_say_that_it_is_out_of_date(primary, sign_in):
    federation, owner, wyn, school, account = primary
    browser = sign_in(wyn)

    def shown(name, language="en"):
        browser.cookies["django_language"] = language
        page = html(browser.get(reverse(name, args=[account.pk])))
        check_page(page, language)
        return page

    late, welsh = "It’s time for a new post", "Mae’n bryd cael postiad newydd"
    assert late not in shown("account") + shown("account-care")
    sign_in(owner).post(READING, {"act": "choose-feed-days", "school": school.pk, "days": "7"})
    with scope(federation.pk):
        watch_feeds(at=NOW)
    assert late in shown("account")
    assert welsh in shown("account", "cy")
    assert welsh in shown("account-care", "cy")
    care = shown("account-care")
    assert late in care
    assert "Nothing has been posted since" in care
    assert "Post something new: an account is out of date" in html(browser.get(reverse("today")))
    with scope(federation.pk):
        Account.objects.filter(pk=account.pk).update(last_good_publish_at=NOW - 8 * DAY)
    assert "more than 7 days ago" in shown("account-care")
    with scope(federation.pk):
        note_new_post(account.pk, by=None, at=NOW)
    assert late not in shown("account") + shown("account-care")


def test_another_federation_sees_nothing_and_notes_no_check(stage, out, due, make_federation, sign_in):
    other = sign_in(llanidloes(NOW, make_federation("llanidloes", "llanidloes")).owner)
    assert other.post(reverse("post-may-stay", args=[out])).status_code == 404
    assert other.post(reverse("post-looked-at", args=[due])).status_code == 404
    assert stage.browser("cara").post(reverse("post-looked-at", args=[due])).status_code in (403, 404)
    with scope(stage.federation.pk):
        assert Post.objects.get(pk=out).state == "published"
        assert AnnouncedDays.objects.get(post=out).stays_at is None
        assert AnnouncedDays.objects.get(post=due).looked_at is None


def test_a_post_that_is_to_be_checked_says_so_and_takes_the_answer(stage, due):
    amina = stage.browser("amina")
    assert "Check that a live post is still right" in html(amina.get(reverse("today")))
    for language, button in (("en", "Still right"), ("cy", "Yn dal yn gywir")):
        page = page_of(stage, "amina", due, language)
        check_page(page, language)
        assert button in page
        assert reverse("post-may-stay", args=[due]) not in page
    answer = amina.post(reverse("post-looked-at", args=[due]), follow=True)
    assert "Checked: still right" in html(answer)
    assert 'id="out-of-date"' not in html(answer)
    assert amina.post(reverse("post-looked-at", args=[due])).status_code == 409


def test_the_owner_chooses_when_live_posts_are_checked_again(stage):
    """But not for how long a school is without a post, of which this policy is silent."""
    inside, amina = stage.browser("sam"), stage.browser("amina")
    sent = {"act": "choose-post-days", "days": "31"}
    assert inside.post(READING, sent).status_code == 302
    for language in ("en", "cy"):
        inside.cookies["django_language"] = language
        page = html(inside.get(READING))
        check_page(page, language)
        assert "<strong>31" in page
        assert "choose-feed-days" not in page
    assert "choose-post-days" not in html(amina.get(READING))
    assert amina.post(READING, sent).status_code == 403
    for bad in ("27", "367", "x"):
        assert inside.post(READING, {**sent, "days": bad}).status_code == 422, bad
    with scope(stage.federation.pk):
        assert post_days(on=local_day(datetime.now(UTC))).days == 31
    assert inside.post(READING, {**sent, "days": ""}).status_code == 302
    with scope(stage.federation.pk):
        assert post_days(on=local_day(datetime.now(UTC))) is None
