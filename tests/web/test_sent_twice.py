"""A double click sends the same form twice at the same moment: it counts once, and nobody sees an error. Two
people at the same moment, each with a form of their own: one counts, the other is told."""

from collections import Counter

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from schoolgate.accounts.models import Signature
from schoolgate.core.models import LedgerRow
from schoolgate.core.tenancy import scope
from schoolgate.inbox.models import Answer, Moderation
from schoolgate.incidents.models import Report
from schoolgate.publishing import queries
from schoolgate.publishing.models import Approval, Delivery, Post
from schoolgate.publishing.states import Purpose
from tests.networks.desk import side_by_side
from tests.web.inboxes import came_in, wild
from tests.web.posts_cast import ANSWERED, NOW, TEXT, act
from tests.web.test_inbox_sight import waiting
from tests.web.test_proposals import at_school, begun, form_of, sign, wootton
from tests.web.test_wrong import SENT

__all__ = ["at_school", "came_in", "waiting", "wild", "wootton"]


@pytest.fixture(autouse=True)
def committed(own_database, home):
    """What the threads do is real."""
    cache.clear()


def send(browser: Client, path: str, drawings: list[str], data: dict[str, object]) -> list:
    """The answers to this form, sent at the same moment as it was drawn these times."""
    answers, left = [], list(drawings)

    def one():
        mine = Client(raise_request_exception=False)
        mine.cookies.load({name: each.value for name, each in browser.cookies.items()})
        answer = mine.post(path, {**data, "csrfmiddlewaretoken": left.pop()})
        answers.append((answer, mine))

    side_by_side(one, times=len(drawings))
    return answers


def double_click(browser: Client, path: str, **data: object) -> str:
    """Where both go; each finds the same sentence there."""
    answers = send(browser, path, ["drawn once"] * 2, data)
    assert [answer.status_code for answer, _ in answers] == [302, 302]
    assert len({answer["Location"] for answer, _ in answers}) == 1
    said = [
        str(each) for _, mine in answers for each in mine.get(answers[0][0]["Location"]).context["messages"]
    ]
    assert len(said) == 2
    assert said[0] == said[1]
    return answers[0][0]["Location"]


def four_windows(browser: Client, path: str, **data: object) -> dict[int, int]:
    """How four forms that were drawn one by one are answered, by status."""
    answers = send(browser, path, ["a", "b", "c", "d"], data)
    return dict(Counter(answer.status_code for answer, _ in answers))


def events(federation, name: str) -> int:
    with scope(federation.pk):
        return LedgerRow.objects.filter(event=name).count()


BOTH = pytest.mark.parametrize("clicks", ["a double click", "four windows"])


def sent(clicks: str, browser: Client, path: str, **data: object) -> None:
    if clicks == "a double click":
        double_click(browser, path, **data)
    else:
        assert four_windows(browser, path, **data) == {302: 1, 409: 3}


@BOTH
def test_a_post_is_approved_once(stage, clicks):
    post = stage.submitted()
    with scope(stage.federation.pk):
        seen = queries.seen_now(post, at=NOW)
    sent(clicks, stage.browser("ben"), reverse("post-approve", args=[post.pk]), seen=seen)
    with scope(stage.federation.pk):
        assert Approval.objects.count() == 1


@BOTH
def test_a_post_is_handed_in_once(stage, clicks):
    sent(clicks, stage.browser("amina"), reverse("post-submit", args=[stage.draft().pk]))
    assert events(stage.federation, "post.submitted") == 1


@BOTH
def test_a_post_is_sent_back_once(stage, clicks):
    path = act("send-back", stage.submitted().pk)
    sent(clicks, stage.browser("ben"), path, reason="Name the day.")
    assert events(stage.federation, "post.sent_back") == 1


@BOTH
def test_a_post_is_withdrawn_once(stage, clicks):
    sent(clicks, stage.browser("amina"), reverse("post-withdraw", args=[stage.draft().pk]))
    assert events(stage.federation, "post.withdrawn") == 1


@BOTH
def test_a_post_that_is_out_is_taken_down_once(stage, clicks):
    (delivery,) = stage.started()
    stage.advance(delivery)
    path = act("take-down", delivery.post_id)
    sent(clicks, stage.browser("ben"), path, reason="mistake")
    with scope(stage.federation.pk):
        assert Delivery.objects.filter(purpose=Purpose.TAKE_DOWN).count() == 1


@BOTH
def test_a_comment_is_hidden_once_and_the_network_is_asked_once(wild, waiting, clicks):
    given = {"how": "hidden", "because": "improper", "version": waiting.version}
    path = reverse("item-sight", args=[waiting.pk])
    if clicks == "a double click":
        double_click(wild.ben, path, **given)
    else:  # a request for what is under way joins it; once it is done, the next window is told so
        answered = four_windows(wild.ben, path, **given)
        assert answered[302] >= 1
        assert answered.keys() <= {302, 409}
    with scope(wild.federation.pk):
        assert Moderation.objects.get().attempts == 1


@BOTH
def test_a_draft_is_saved_once(stage, clicks):
    post = stage.draft()
    typed = {"text": "Another.", "accounts": [stage.accounts["bluesky"].pk], "when": "soon", "people": "0"}
    sent(clicks, stage.browser("amina"), reverse("post-edit", args=[post.pk]), version="1", **typed)
    assert stage.read(post).version == 2


def test_a_double_click_makes_one_draft(stage):
    typed = {"text": TEXT, "accounts": [stage.accounts["bluesky"].pk], "when": "soon", "people": "0"}
    double_click(stage.browser("amina"), reverse("post-new", args=[stage.school.pk]), **typed, **ANSWERED)
    with scope(stage.federation.pk):
        assert Post.objects.count() == 1


@BOTH
def test_a_proposal_is_signed_once(wootton, clicks):
    pk = begun(wootton, wootton.ann)
    wootton.ann.post(reverse("proposal-edit", args=[pk]), form_of(wootton))
    wootton.ann.post(reverse("proposal-submit", args=[pk]))
    seen = wootton.lou.get(reverse("proposal-sign", args=[pk])).context["seen"]
    sent(clicks, wootton.lou, reverse("proposal-sign", args=[pk]), seen=seen)
    with scope(wootton.federation.pk):
        assert Signature.objects.count() == 1
    sign(wootton.pat, pk)


@BOTH
def test_a_report_is_taken_up_once(stage, client, clicks):
    client.post("/wildground/something-is-wrong", SENT)
    with scope(stage.federation.pk):
        report = Report.objects.get()
    sent(clicks, stage.browser("sam"), reverse("wrong-take", args=[report.pk]))
    assert events(stage.federation, "report.taken") == 1


@BOTH
def test_an_item_is_answered_once(wild, came_in, clicks):
    item = came_in()
    typed = {
        "version": item.version, "text": "Their PE kit.", "do": "send", "language": "en",
        "said-in_doubt": "no", "said-commits": "no", "said-from_press": "no",
    }  # fmt: skip
    sent(clicks, wild.ben, reverse("item-answer", args=[item.pk]), **typed)
    with scope(wild.federation.pk):
        assert Answer.objects.count() == 1


def test_what_was_refused_is_asked_again(stage):
    browser, path = stage.browser("amina"), reverse("post-new", args=[stage.school.pk])
    typed = {"text": "", "accounts": [], "when": "soon", "people": "0"}
    answers = send(browser, path, ["drawn once"] * 2, typed)
    assert [answer.status_code for answer, _ in answers] == [422, 422]


def test_the_same_form_filled_in_otherwise_is_another_one(stage):
    browser, path = stage.browser("amina"), reverse("post-new", args=[stage.school.pk])
    typed = {"accounts": [stage.accounts["bluesky"].pk], "when": "soon", "people": "0", **ANSWERED}
    for text in ("First.", "Second."):
        assert browser.post(path, {**typed, "text": text, "csrfmiddlewaretoken": "x"}).status_code == 302
    with scope(stage.federation.pk):
        assert Post.objects.count() == 2


def test_the_same_form_of_somebody_else_is_another_one(stage):
    path = reverse("post-new", args=[stage.school.pk])
    typed = {"accounts": [stage.accounts["bluesky"].pk], "when": "soon", "people": "0", "text": TEXT}
    for who in ("amina", "cara"):
        answer = stage.browser(who).post(path, {**typed, "csrfmiddlewaretoken": "x"})
        assert answer.status_code == 302
    with scope(stage.federation.pk):
        assert Post.objects.count() == 2
