"""Taking posts down, from wherever they are seen."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from schoolgate.core.clock import local_day
from schoolgate.core.tenancy import scope
from schoolgate.publishing.models import TakeDown
from schoolgate.publishing.states import PostState
from tests.cast import someone
from tests.web.plain import check_page
from tests.web.posts_cast import NOW, TEXT, act, set_up


def html(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def out(stage):
    """A post that stands on Bluesky."""
    return stage.advance(stage.started()[0])


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
    ben = stage.browser("ben")
    check_page(html(ben.get(to_it(out))))
    answer = ben.post(to_it(out), {"reason": "safety", "words": "A face can be seen."})
    assert answer["Location"] == reverse("post", args=[out.post_id])

    page = html(ben.get(answer["Location"]))
    assert ("Still there" in page, "A face can be seen." in page) == (True, True)
    check_page(page)
    stage.advance(removal_of(stage, out.post_id))
    assert "Schoolgate has checked: it’s gone from the network." in html(ben.get(answer["Location"]))


def test_without_a_reason_nothing_is_taken_down(stage, out):
    answer = stage.browser("ben").post(to_it(out), {"words": "x"})
    assert (answer.status_code, stage.read(out.post_id).state) == (422, PostState.PUBLISHED)


def test_it_can_be_reached_from_wherever_the_post_is_seen(stage, out):
    ben = stage.browser("ben")
    pages = [
        reverse("post", args=[out.post_id]),
        reverse("account", args=[stage.accounts["bluesky"].pk]),
    ]
    assert [page for page in pages if f'href="{to_it(out)}"' not in html(ben.get(page))] == []
    chosen = f'name="posts" value="{out.post_id}"'
    assert chosen in html(ben.get(reverse("posts"), {"show": "published"}))
    cara = stage.browser("cara")
    assert chosen not in html(cara.get(reverse("posts"), {"show": "published"}))
    assert [page for page in pages if f'href="{to_it(out)}"' in html(cara.get(page))] == []
    assert cara.get(to_it(out)).status_code == 403


def test_from_our_own_public_page_too_for_who_is_signed_in(stage, out):
    inside = reverse("sent-take-down", args=[out.intent_key])
    assert stage.browser("ben").get(inside)["Location"] == to_it(out)
    assert stage.browser("ben").get(reverse("sent-take-down", args=["nothing"])).status_code == 404


def test_all_of_an_account_go_with_one_reason_and_each_tells_how_it_stands(stage, out):
    second = stage.advance(stage.started("Another")[0])
    ben = stage.browser("ben")
    account = stage.accounts["bluesky"].pk
    page = html(ben.get(reverse("posts"), {"show": "published", "account": account}))
    assert page.count(" checked>") == 2
    check_page(page)
    asked = html(take(ben, out.post_id, second.post_id, account=account))
    assert "Take down 2 posts" in asked
    check_page(asked)

    answer = take(ben, out.post_id, second.post_id, account=account, reason="mistake")
    with scope(stage.federation.pk):
        act = TakeDown.objects.get()
    assert act.account_id == account
    assert answer["Location"] == reverse("take-downs", args=[act.pk])
    shown = html(ben.get(answer["Location"]))
    assert "0 of 2 posts are gone everywhere." in shown
    check_page(shown)
    for post in (out.post_id, second.post_id):
        stage.advance(removal_of(stage, post))
    assert "2 of 2 posts are gone everywhere." in html(ben.get(answer["Location"]))


def test_only_what_was_ticked_goes(stage, out):
    second = stage.advance(stage.started("Another")[0])
    take(stage.browser("ben"), second.post_id, reason="mistake")
    states = [stage.read(each.post_id).state for each in (out, second)]
    assert states == [PostState.PUBLISHED, PostState.TAKING_DOWN]


def test_nobody_takes_down_what_is_not_theirs_by_naming_it(stage, out):
    with scope(stage.federation.pk):
        stage.people["other"] = someone("Olga Other", "staff")
    other = stage.browser("other")
    answer = take(other, out.post_id, reason="mistake")
    assert (answer.status_code, stage.read(out.post_id).state) == (302, PostState.PUBLISHED)
    assert out.post_id not in [row["post"].pk for row in other.get(of_the_day()).context["rows"]]


@pytest.mark.parametrize("query", ["day=yesterday", "account=x", "account=999999"])
def test_a_made_up_choice_is_not_found(stage, query):
    assert stage.browser("ben").get(f"{reverse('posts')}?show=published&{query}").status_code == 404


def test_another_federations_act_is_not_found(stage, make_federation):
    other = set_up(make_federation("north", "wildground"), stage.sign_in)
    delivery = other.advance(other.started(TEXT)[0])
    take(other.browser("ben"), delivery.post_id, reason="mistake")
    with scope(other.federation.pk):
        act = TakeDown.objects.get()
    assert stage.browser("sam").get(reverse("take-downs", args=[act.pk])).status_code == 404
    assert stage.browser("sam").get(reverse("sent-take-down", args=[delivery.intent_key])).status_code == 404


def test_the_list_costs_the_same_for_one_and_for_many(stage, out, same_queries):
    ben = stage.browser("ben")
    ben.get(of_the_day())
    same_queries(
        lambda: ben.get(of_the_day()),
        lambda: [stage.advance(stage.started(f"Post {number}")[0]) for number in range(4)],
    )


def test_who_takes_it_down_a_moment_later_reads_who_began_it_and_their_reason_is_kept(stage, out):
    stage.browser("ben").post(to_it(out), {"reason": "safety", "words": "A face can be seen."})

    page = html(
        stage.browser("sam").post(to_it(out), {"reason": "request", "words": "A father rang."}, follow=True)
    )

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


def test_once_it_is_down_the_second_reads_that_it_is(stage, out):
    stage.browser("ben").post(to_it(out), {"reason": "safety"})
    stage.advance(removal_of(stage, out.post_id))
    page = html(stage.browser("sam").post(to_it(out), {"reason": "mistake"}, follow=True))
    assert "It was taken down already. Asked for by: Ben Carter, " in page
