"""The last points of the list: the first account, step by step, and the first post.

Each says which step comes next and by whom. Once a proposal, an account or a post is handed in, those who
act next have it among their tasks; before that nobody is told, so `Point.next_for` names the capacity whose
holders read it on their own page of the day.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, Condition, Proposal
from schoolgate.accounts.states import AccountState, ProposalState
from schoolgate.publishing.models import Post
from schoolgate.publishing.states import PostState
from schoolgate.reports.ready_point import Home, Point, Text, Whom

WENT_OUT = (PostState.PUBLISHED, PostState.TAKING_DOWN, PostState.TAKEN_DOWN)
ON_ITS_WAY = {PostState.APPROVED, PostState.SENDING}
TO_BE_LOOKED_AT = {PostState.NOT_SENT, PostState.EXPIRED}


def first_post_is_out() -> bool:
    """Whether a post of this federation has gone out, whatever became of it since. One query."""
    return Post.objects.filter(state__in=WENT_OUT).exists()


def first_account(home: Home) -> Iterator[Point]:
    """An open account, or the next step to it. Two queries."""
    states = set(Account.objects.order_by("state").values_list("state", flat=True).distinct())
    title = _("An open account")
    if AccountState.OPEN in states:
        open_now = Condition.objects.filter(ended_at=None, proposal__account__state=AccountState.OPEN)
        says: Text = (
            _("An official account is open. Conditions of its approval still stand on its page.")
            if open_now.exists()
            else _("An official account is open.")
        )
        yield Point("account", title, True, says, to="accounts", **home.who("open_account"))
    elif AccountState.WAITING in states:
        says = _("An account has its yes and is not open yet: its page lists what it waits for.")
        yield Point("account", title, False, says, to="accounts", **home.who("open_account"))
    else:
        yield _proposed(home, title)


def _proposed(home: Home, title: Text) -> Point:
    """How far the first proposal is."""
    standing = (ProposalState.DRAFT, ProposalState.SUBMITTED)
    states = set(Proposal.objects.filter(state__in=standing).values_list("state", flat=True))
    if ProposalState.SUBMITTED in states:
        says: Text = _(
            "An account is proposed and waits for its yes. Whoever is to run it may have something to do "
            "before, such as reading the policy: it stands on the page Today of each."
        )
        return Point("account", title, False, says, to="proposals", **home.who("decide_account"))
    if ProposalState.DRAFT in states:
        says = _("A proposal for an account is begun and not handed in yet.")
        to = "proposals"
    else:
        says = _("No official account is open: propose the first one, or enter one that you have already.")
        to = "accounts"
    return Point(
        "account", title, False, says, to=to, next_for="propose_account", **home.who("propose_account")
    )


def first_post(home: Home) -> Iterator[Point]:
    """The post that this list is for, or the next step to it. Two queries, three while no post is written."""
    title = _("Your first post")
    if first_post_is_out():
        yield Point("post", title, True, _("Your first post is out."), to="posts", **home.who("write_post"))
        return
    states = set(Post.objects.order_by("state").values_list("state", flat=True).distinct())
    says, who, told = _how_far(home, states)
    if not states & {PostState.SUBMITTED, *ON_ITS_WAY, *TO_BE_LOOKED_AT, PostState.DRAFT}:
        if Account.objects.filter(state=AccountState.OPEN).exists():
            says = _("No post is written yet. Write one, and somebody else approves it.")
        else:
            says, told = _("It is written and approved once an account is open."), ""
    yield Point("post", title, False, says, to="posts", next_for=told, **who)


def _how_far(home: Home, states: set[str]) -> tuple[Text, Whom, str]:
    """What is said of the post that is furthest, whom it waits for, and who is not told of it yet."""
    if states & ON_ITS_WAY:
        says: Text = _(
            "A post is approved. It goes out by itself at its time; where somebody puts it out by hand, they "
            "have it on their page Today."
        )
        return says, Whom(), ""
    if PostState.SUBMITTED in states:
        says = _("A post is written and waits for a yes from somebody other than its author.")
        return says, home.who("approve_post"), ""
    if states & TO_BE_LOOKED_AT:
        says = _("A post did not go out: its page says why. Its author plans it anew.")
        return says, home.who("write_post"), ""
    return _("A post is begun and not handed in yet."), home.who("write_post"), "write_post"
