"""The last points of the list: the first account, step by step, and the first post.

Each names the next step and who takes it. Once a proposal or a post is submitted, those who act next have it
among their tasks. Before that, and while an account waits to be opened, no one is told, so `Point.next_for`
names the capacity whose holders see it on their own page of the day.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, AccountState, Condition, Proposal, ProposalState
from schoolgate.publishing.first_post import posts_that_went_out
from schoolgate.publishing.models import Post
from schoolgate.publishing.states import PostState
from schoolgate.reports.ready_point import Home, Point, Text, Whom

ON_ITS_WAY = {PostState.APPROVED, PostState.SENDING}
TO_BE_LOOKED_AT = {PostState.NOT_SENT, PostState.EXPIRED}


def first_post_is_out() -> bool:
    """Whether a post of this federation has gone out, even if it was taken down since. One query."""
    return posts_that_went_out().exists()


def first_account(home: Home) -> Iterator[Point]:
    """Yield an open account, or the next step to it. Two queries."""
    states = set(Account.objects.order_by("state").values_list("state", flat=True).distinct())
    title = _("Account open")
    if AccountState.OPEN in states:
        open_now = Condition.objects.filter(ended_at=None, proposal__account__state=AccountState.OPEN)
        says: Text = (
            _("An official account is open. Some conditions of its approval are still listed on its page.")
            if open_now.exists()
            else _("An official account is open.")
        )
        yield Point("account", title, True, says, to="accounts", **home.who("open_account"))
    elif AccountState.WAITING in states:
        says = _("An account has been approved but isn’t open yet. Its page lists what it still needs.")
        yield Point(
            "account", title, False, says, to="accounts", next_for="open_account", **home.who("open_account")
        )
    else:
        yield _proposed(home, title)


def _proposed(home: Home, title: Text) -> Point:
    """Return how far the first proposal is."""
    standing = (ProposalState.DRAFT, ProposalState.SUBMITTED)
    states = set(Proposal.objects.filter(state__in=standing).values_list("state", flat=True))
    if ProposalState.SUBMITTED in states:
        says: Text = _(
            "An account has been proposed and needs approval. The people who will "
            "run it may have tasks first, such as reading the policy. See each "
            "person’s Today page."
        )
        return Point("account", title, False, says, to="proposals", **home.who("decide_account"))
    if ProposalState.DRAFT in states:
        says = _("A proposal for an account has been started but not sent for approval yet.")
        to = "proposals"
    else:
        says = _("No official account is open. Propose the first one, or add one you already have.")
        to = "accounts"
    return Point(
        "account", title, False, says, to=to, next_for="propose_account", **home.who("propose_account")
    )


def first_post(home: Home) -> Iterator[Point]:
    """Yield the post that this list is for, or the next step to it. Two queries, three while no post is
    written."""
    title = _("Your first post")
    if first_post_is_out():
        yield Point("post", title, True, _("Your first post is live."), to="posts", **home.who("write_post"))
        return
    states = set(Post.objects.order_by("state").values_list("state", flat=True).distinct())
    says, who, told = _how_far(home, states)
    if not states & {PostState.SUBMITTED, *ON_ITS_WAY, *TO_BE_LOOKED_AT, PostState.DRAFT}:
        if Account.objects.filter(state=AccountState.OPEN).exists():
            says = _("No posts yet. Write one, and someone else will approve it.")
        else:
            says, told = _("It can be written and approved once an account is open."), ""
    yield Point("post", title, False, says, to="posts", next_for=told, **who)


def _how_far(home: Home, states: set[str]) -> tuple[Text, Whom, str]:
    """Return what to say about the post that is furthest, who it waits for, and who has not been told about
    it."""
    if states & ON_ITS_WAY:
        says: Text = _(
            "A post is approved. It will be posted automatically at its time. If it "
            "needs posting by hand, the task is on that person’s Today page."
        )
        return says, Whom(), ""
    if PostState.SUBMITTED in states:
        says = _("A post is written and needs approval from someone other than the author.")
        return says, home.who("approve_post"), ""
    if states & TO_BE_LOOKED_AT:
        says = _("A post was not sent. Its page says why, and the author needs to set a new time.")
        return says, home.who("write_post"), ""
    return _("A post has been started but not sent for approval yet."), home.who("write_post"), "write_post"
