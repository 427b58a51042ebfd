"""A link to a business of the author's own: asked where it may matter, and raised when the post is sent."""

import pytest

from schoolgate.core.errors import NotAllowed, Refused
from schoolgate.publishing import queries, questions
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.author_questions import asked_of_author
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.drafting import TargetText, edit_post
from schoolgate.publishing.models import Post, PostMark
from schoolgate.publishing.reviewing import judge_mark, mark_post
from tests.publishing.conftest import ANSWERS

SHOP = "Our spoons are at https://spoons.example/shop"
MINE = {**ANSWERS, "links_own_business": True}
NOT_MINE = {**ANSWERS, "links_own_business": False}
CLAUSE = "wildground-behaviour-9"


@pytest.fixture
def send(cast, draft, at):
    """`send(text, answers)`: Amina sends it for approval."""

    def make(text: str = SHOP, answers: object = MINE) -> Post:
        return submit_post(by=cast.amina, at=at, post=draft(text, answers=answers))

    return make


def needed(post: Post, at) -> set[str]:
    """What the policy still needs by this clause."""
    (now,) = queries.judged(queries.post(post.pk), at=at)
    found = (each for each in now.decision.findings if each.stands and CLAUSE in each.clauses)
    return {need.what for each in found for need in each.needs}


def judged(by, post: Post, at, *, found: bool) -> PostMark:
    return judge_mark(
        by=by, at=at, mark=queries.post(post.pk).marks.get(), found=found, seen=content_digest(post)
    )


def test_only_the_author_of_a_post_with_a_link_is_asked(draft, at):
    assert "links_own_business" in asked_of_author(draft(SHOP), at=at)
    assert "links_own_business" not in asked_of_author(draft("Our spoons are for sale."), at=at)


def test_it_is_the_clause_about_personal_gain_that_asks(draft, at):
    asked = asked_of_author(draft(SHOP), at=at)["links_own_business"]
    assert [each.clause for each in asked] == [CLAUSE]


def test_a_post_with_a_link_is_not_sent_for_approval_until_it_was_answered(send):
    with pytest.raises(Refused):
        send(answers=ANSWERS)


def test_a_link_to_a_business_of_the_authors_own_is_raised_when_the_post_is_sent(cast, send, at):
    post = send()
    (mark,) = post.marks.all()
    assert (mark.kind, mark.raised_by, mark.found) == ("personal_gain", cast.amina, None)
    assert needed(post, at) == {"mark_judged"}


def test_nothing_is_raised_where_no_link_is_to_a_business_of_the_authors_own(send, at):
    post = send(answers=NOT_MINE)
    assert list(post.marks.all()) == []
    assert needed(post, at) == set()


def test_nothing_is_raised_by_an_answer_about_a_link_that_went(send, at):
    post = send("Our spoons are for sale.")
    assert list(post.marks.all()) == []
    assert needed(post, at) == set()


def test_the_author_cannot_clear_it_and_a_colleague_can(cast, send, at):
    post = send()
    with pytest.raises(NotAllowed, match="business of yours"):
        judged(cast.amina, post, at, found=False)
    judged(cast.sam, post, at, found=False)
    assert needed(post, at) == set()
    post = queries.post(post.pk)
    approved = approve_post(by=cast.ben, at=at, post=post, seen=queries.seen_now(post, at=at))
    assert approved.state == "approved"


def test_a_post_from_which_its_author_gains_is_not_approved(cast, send, at):
    post = send()
    judged(cast.sam, post, at, found=True)
    post = queries.post(post.pk)
    with pytest.raises(Refused):
        approve_post(by=cast.ben, at=at, post=post, seen=queries.seen_now(post, at=at))


def test_it_is_not_approved_before_it_was_looked_at(cast, send, at):
    post = send()
    with pytest.raises(Refused):
        approve_post(by=cast.ben, at=at, post=post, seen=queries.seen_now(post, at=at))


def change(cast, post: Post, text: str, at) -> Post:
    """Amina changes a post that was sent, and sends it once more."""
    edited = edit_post(
        by=cast.amina, at=at, post=post, version=post.version, pictures=(), planned_at=None, answers=MINE,
        asked_again=MINE, targets=[TargetText(cast.bluesky, text)],
    )  # fmt: skip
    return submit_post(by=cast.amina, at=at, post=edited)


def test_it_is_raised_once_however_often_the_post_is_sent(cast, send, at):
    post = change(cast, send(), "New spoons: https://spoons.example/shop", at)
    assert post.marks.count() == 1
    assert needed(post, at) == {"mark_judged"}


def test_a_later_declaration_is_raised_when_the_post_is_sent_again(cast, send, at):
    post = change(cast, send(answers=NOT_MINE), "Mine: https://mine.example/shop", at)
    assert [each.kind for each in post.marks.all()] == ["personal_gain"]


def test_what_the_author_cleared_before_declaring_it_is_raised_all_the_same(cast, draft, at):
    post = draft(SHOP, answers=NOT_MINE)
    mark = mark_post(by=cast.amina, at=at, post=post, kind="personal_gain")
    judge_mark(by=cast.amina, at=at, mark=mark, found=False, seen=content_digest(post))
    post = change(cast, queries.post(post.pk), SHOP, at)
    assert [each.found for each in post.marks.all()] == [False, None]
    assert needed(post, at) == {"mark_judged"}


def test_a_policy_without_such_a_rule_raises_nothing(cast, draft, at, monkeypatch):
    monkeypatch.setattr(questions, "markable", lambda _book, relation: {})
    post = draft(SHOP, answers=MINE)
    assert questions.raise_declared(post, at=at) is False
    assert not PostMark.objects.exists()
