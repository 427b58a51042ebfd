"""Taking posts down, from wherever they are seen."""

from dataclasses import replace
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from schoolgate.core.clock import local_day
from schoolgate.core.tenancy import scope
from schoolgate.publishing import queries
from schoolgate.publishing.models import PostState, TakeDown
from tests.cast import someone
from tests.web.plain import check_page
from tests.web.posts_cast import NOW, TEXT, Stage, act, no_browser, set_up, wildground_at_work
from tests.worlds import world


def html(answer) -> str:
    return answer.content.decode()


@world(wildground_at_work)
def post_out(cast, at):
    """A post that stands on Bluesky."""
    stage = Stage(**vars(cast), sign_in=no_browser)
    return SimpleNamespace(stage=stage, out=stage.advance(stage.started()[0]).pk)


@pytest.fixture
def begun(in_world, home):
    return in_world(post_out, NOW)


@pytest.fixture
def stage(begun, sign_in) -> Stage:
    return replace(begun.stage, sign_in=sign_in)


@pytest.fixture
def out(stage, begun):
    """A post that stands on Bluesky."""
    with scope(stage.federation.pk):
        return queries.delivery(begun.out)


def removal_of(stage, post):
    """The row of its removal; a post has one copy here."""
    return next(each for each in stage.read(post).deliveries.all() if each.purpose == "take_down")


def of_the_day(**more) -> str:
    """The list of all that went out on the day on which the posts of these tests do."""
    return f"{reverse('posts')}?{urlencode({'show': 'published', 'day': local_day(NOW), **more})}"


def take(browser, *posts, **more):
    """Send the form of the list: these posts are chosen."""
    return browser.post(reverse("posts-several"), {"do": "take-down", "posts": posts, **more})


def to_it(delivery) -> str:
    return act("take-down", delivery.post_id)


def test_one_touch_on_the_reason_takes_it_down_and_the_page_tells_the_truth(stage, out):
    """Who comes a moment later reads who began it, and their reason is kept; then, that it is down."""
    ben, sam = stage.browser("ben"), stage.browser("sam")
    check_page(html(ben.get(to_it(out))))
    answer = ben.post(to_it(out), {"words": "x"})
    assert (answer.status_code, stage.read(out.post_id).state) == (422, PostState.PUBLISHED), "no reason"
    answer = ben.post(to_it(out), {"reason": "safety", "words": "A face can be seen."})
    assert answer["Location"] == reverse("post", args=[out.post_id])

    page = html(ben.get(answer["Location"]))
    assert ("Still there" in page, "A face can be seen." in page) == (True, True)
    check_page(page)

    page = html(sam.post(to_it(out), {"reason": "request", "words": "A father rang."}, follow=True))
    assert "It’s already being taken down. Asked for by: Ben Carter, " in page
    assert "Your reason was saved too." in page
    assert "A father rang." in page
    assert "Someone asked for it to be taken down" in page
    assert "This can’t go ahead" not in page
    check_page(page)
    with scope(stage.federation.pk):
        acts = TakeDown.objects.order_by("pk")
        assert [(each.by.name, each.posts.get().asked) for each in acts] == [
            ("Ben Carter", True),
            ("Sam Slater", False),
        ]

    stage.advance(removal_of(stage, out.post_id))
    assert "Schoolgate has checked: it’s gone from the network." in html(ben.get(answer["Location"]))
    page = html(sam.post(to_it(out), {"reason": "mistake"}, follow=True))
    assert "It was taken down already. Asked for by: Ben Carter, " in page


def test_it_can_be_reached_from_wherever_the_post_is_seen(stage, out):
    """From our own public page too, for who is signed in; and by nobody else."""
    ben, cara = stage.browser("ben"), stage.browser("cara")
    pages = [
        reverse("post", args=[out.post_id]),
        reverse("account", args=[stage.accounts["bluesky"].pk]),
    ]
    assert [page for page in pages if f'href="{to_it(out)}"' not in html(ben.get(page))] == []
    chosen = f'name="posts" value="{out.post_id}"'
    assert chosen in html(ben.get(reverse("posts"), {"show": "published"}))
    assert chosen not in html(cara.get(reverse("posts"), {"show": "published"}))
    assert [page for page in pages if f'href="{to_it(out)}"' in html(cara.get(page))] == []
    assert cara.get(to_it(out)).status_code == 403
    assert ben.get(reverse("sent-take-down", args=[out.intent_key]))["Location"] == to_it(out)
    assert ben.get(reverse("sent-take-down", args=["nothing"])).status_code == 404
    for query in ("day=yesterday", "account=x", "account=999999"):
        assert ben.get(f"{reverse('posts')}?show=published&{query}").status_code == 404, query

    with scope(stage.federation.pk):
        other = stage.sign_in(someone("Olga Other", "staff"))
    answer = take(other, out.post_id, reason="mistake")
    assert (answer.status_code, stage.read(out.post_id).state) == (302, PostState.PUBLISHED)
    assert out.post_id not in [row["post"].pk for row in other.get(of_the_day()).context["rows"]]


def test_all_of_an_account_go_with_one_reason_and_each_tells_how_it_stands(stage, out, same_queries):
    """Only what was ticked goes. The list costs the same for one and for many."""
    ben, account = stage.browser("ben"), stage.accounts["bluesky"].pk
    ben.get(of_the_day())
    more = []

    def grow():
        more.extend(stage.advance(stage.started(text)[0]).post_id for text in ("Another", "A third"))

    same_queries(lambda: ben.get(of_the_day()), grow)
    second, third = more
    page = html(ben.get(reverse("posts"), {"show": "published", "account": account}))
    assert page.count(" checked>") == 3
    check_page(page)
    asked = html(take(ben, out.post_id, second, account=account))
    assert "Take down 2 posts" in asked
    check_page(asked)

    answer = take(ben, out.post_id, second, account=account, reason="mistake")
    with scope(stage.federation.pk):
        act = TakeDown.objects.get()
    assert act.account_id == account
    states = [stage.read(each).state for each in (out.post_id, second, third)]
    assert states == [PostState.TAKING_DOWN, PostState.TAKING_DOWN, PostState.PUBLISHED]
    assert answer["Location"] == reverse("take-downs", args=[act.pk])
    shown = html(ben.get(answer["Location"]))
    assert "0 of 2 posts are gone everywhere." in shown
    check_page(shown)
    for post in (out.post_id, second):
        stage.advance(removal_of(stage, post))
    assert "2 of 2 posts are gone everywhere." in html(ben.get(answer["Location"]))


def test_another_federations_act_is_not_found(stage, make_federation):
    other = set_up(make_federation("north", "wildground"), stage.sign_in)
    delivery = other.advance(other.started(TEXT)[0])
    take(other.browser("ben"), delivery.post_id, reason="mistake")
    with scope(other.federation.pk):
        act = TakeDown.objects.get()
    assert stage.browser("sam").get(reverse("take-downs", args=[act.pk])).status_code == 404
    assert stage.browser("sam").get(reverse("sent-take-down", args=[delivery.intent_key])).status_code == 404
