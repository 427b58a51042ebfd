"""A double click sends the same form twice at the same moment: it counts once, and nobody sees an error. Two
people at the same moment, each with a form of their own: one counts, the other is told."""

from collections import Counter
from datetime import UTC, datetime

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
from schoolgate.publishing.models import Approval, Delivery, Post, Purpose
from tests.networks.desk import side_by_side
from tests.web.inboxes import came_in, wild
from tests.web.posts_cast import ANSWERED, NOW, TEXT, act
from tests.web.proposals_cast import handed_in, sign, wootton_as
from tests.web.test_inbox_sight import waiting
from tests.web.test_wrong import SENT

__all__ = ["came_in", "waiting", "wild", "wootton_as"]


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
    """Where both go; each finds the same sentence on the next page, whichever that is."""
    answers = send(browser, path, ["drawn once"] * 2, data)
    assert [answer.status_code for answer, _ in answers] == [302, 302]
    assert len({answer["Location"] for answer, _ in answers}) == 1
    said = [str(each) for _, mine in answers for each in mine.get(reverse("may-i")).context["messages"]]
    assert len(said) == 2
    assert said[0] == said[1]
    return answers[0][0]["Location"]


def three_windows(browser: Client, path: str, **data: object) -> dict[int, int]:
    """How three forms that were drawn one by one are answered, by status."""
    answers = send(browser, path, ["a", "b", "c"], data)
    return dict(Counter(answer.status_code for answer, _ in answers))


def events(federation, name: str) -> int:
    with scope(federation.pk):
        return LedgerRow.objects.filter(event=name).count()


def of_three_windows_one_counts(browser: Client, path: str, **data: object) -> None:
    assert three_windows(browser, path, **data) == {302: 1, 409: 2}, path


def test_a_double_click_counts_once(stage):
    amina, ben, sam = (stage.browser(name) for name in ("amina", "ben", "sam"))
    typed = {"text": TEXT, "accounts": [stage.accounts["bluesky"].pk], "when": "soon", "people": "0"}
    double_click(amina, reverse("post-new", args=[stage.school.pk]), **typed, **ANSWERED)
    with scope(stage.federation.pk):
        post = Post.objects.get()
    double_click(amina, reverse("post-submit", args=[post.pk]))
    assert events(stage.federation, "post.submitted") == 1
    with scope(stage.federation.pk):
        seen = queries.seen_now(queries.post(post.pk), at=datetime.now(UTC))
    double_click(ben, reverse("post-approve", args=[post.pk]), seen=seen)
    with scope(stage.federation.pk):
        assert Approval.objects.count() == 1
    draft = stage.draft()
    double_click(amina, reverse("post-edit", args=[draft.pk]), **{**typed, "text": "Another."}, version="1")
    assert stage.read(draft).version == 2

    Client().post("/wildground/something-is-wrong", SENT)
    with scope(stage.federation.pk):
        report = Report.objects.get()
    double_click(sam, reverse("wrong-take", args=[report.pk]))
    assert events(stage.federation, "report.taken") == 1


def test_of_three_windows_with_a_post_one_counts(stage):
    amina, ben, sam = (stage.browser(name) for name in ("amina", "ben", "sam"))
    drafts, submitted = [stage.draft() for _ in range(3)], [stage.submitted() for _ in range(2)]
    before = events(stage.federation, "post.submitted")
    of_three_windows_one_counts(amina, reverse("post-submit", args=[drafts[0].pk]))
    assert events(stage.federation, "post.submitted") == before + 1
    of_three_windows_one_counts(amina, reverse("post-withdraw", args=[drafts[1].pk]))
    assert events(stage.federation, "post.withdrawn") == 1
    typed = {"text": "Another.", "accounts": [stage.accounts["bluesky"].pk], "when": "soon", "people": "0"}
    of_three_windows_one_counts(amina, reverse("post-edit", args=[drafts[2].pk]), version="1", **typed)
    assert stage.read(drafts[2]).version == 2

    with scope(stage.federation.pk):
        seen = queries.seen_now(submitted[0], at=NOW)
    of_three_windows_one_counts(ben, reverse("post-approve", args=[submitted[0].pk]), seen=seen)
    with scope(stage.federation.pk):
        assert Approval.objects.count() == 1
    of_three_windows_one_counts(ben, act("send-back", submitted[1].pk), reason="Name the day.")
    assert events(stage.federation, "post.sent_back") == 1

    (delivery,) = stage.started()
    stage.advance(delivery)
    of_three_windows_one_counts(ben, act("take-down", delivery.post_id), reason="mistake")
    with scope(stage.federation.pk):
        assert Delivery.objects.filter(purpose=Purpose.TAKE_DOWN).count() == 1

    Client().post("/wildground/something-is-wrong", SENT)
    with scope(stage.federation.pk):
        report = Report.objects.get()
    of_three_windows_one_counts(sam, reverse("wrong-take", args=[report.pk]))
    assert events(stage.federation, "report.taken") == 1


BOTH = pytest.mark.parametrize("clicks", ["a double click", "three windows"])


@BOTH
def test_a_comment_is_hidden_once_and_the_network_is_asked_once(wild, waiting, clicks):
    given = {"how": "hidden", "because": "improper", "version": waiting.version}
    path = reverse("item-sight", args=[waiting.pk])
    if clicks == "a double click":
        double_click(wild.ben, path, **given)
    else:  # a request for what is under way joins it; once it is done, the next window is told so
        answered = three_windows(wild.ben, path, **given)
        assert answered[302] >= 1
        assert answered.keys() <= {302, 409}
    with scope(wild.federation.pk):
        assert Moderation.objects.get().attempts == 1


@BOTH
def test_an_item_is_answered_once(wild, came_in, clicks):
    item = came_in()
    typed = {
        "version": item.version, "text": "Their PE kit.", "do": "send", "language": "en",
        "said-in_doubt": "no", "said-commits": "no", "said-from_press": "no",
    }  # fmt: skip
    path = reverse("item-answer", args=[item.pk])
    if clicks == "a double click":
        double_click(wild.ben, path, **typed)
    else:
        of_three_windows_one_counts(wild.ben, path, **typed)
    with scope(wild.federation.pk):
        assert Answer.objects.count() == 1


@BOTH
def test_a_proposal_is_signed_once(wootton_as, clicks):
    wootton = wootton_as(handed_in)
    path = reverse("proposal-sign", args=[wootton.pk])
    seen = wootton.lou.get(path).context["seen"]
    if clicks == "a double click":
        double_click(wootton.lou, path, seen=seen)
    else:
        of_three_windows_one_counts(wootton.lou, path, seen=seen)
    with scope(wootton.federation.pk):
        assert Signature.objects.count() == 1
    sign(wootton.pat, wootton.pk)


def test_what_was_refused_is_asked_again_and_other_words_or_people_send_another_form(stage):
    browser, path = stage.browser("amina"), reverse("post-new", args=[stage.school.pk])
    typed = {"when": "soon", "people": "0"}
    answers = send(browser, path, ["drawn once"] * 2, {**typed, "text": "", "accounts": []})
    assert [answer.status_code for answer, _ in answers] == [422, 422]

    typed |= {"accounts": [stage.accounts["bluesky"].pk], **ANSWERED}
    for who, text in (("amina", "First."), ("amina", "Second."), ("cara", "Second.")):
        answer = stage.browser(who).post(path, {**typed, "text": text, "csrfmiddlewaretoken": "x"})
        assert answer.status_code == 302
    with scope(stage.federation.pk):
        assert Post.objects.count() == 3
