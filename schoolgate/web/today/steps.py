"""Getting started: three to six steps for each part that a person can have. Each leads to a real page.

Steps depend on what a person may do, never on which policy it is. A step is ticked once it was really done:
from the rows that it leaves, or where it leaves none, once its page was opened from here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.web.frame.doors import Visit
from schoolgate.web.today import steps_done as done
from schoolgate.web.today.steps_done import Done

Fits = Callable[[Visit, bool], bool]
"""Whether a part is this visitor's; the second says whether they lead on safeguarding, whatever the policy
calls that."""
RUNS = ("write_post", "hold_keys")
ANSWERS = ("answer", "moderate")
DECIDES = ("approve_post", "decide_account")
LOOKS_AFTER = ("administer",)
OVERSEES = ("oversee",)


@dataclass(frozen=True)
class Step:
    """One step. `to`: the name of the page it leads to; `done`: whether the rows show that it was done."""

    key: str
    title: str | Promise
    why: str | Promise
    button: str | Promise
    to: str
    done: Done = done.opened
    query: str = ""

    @property
    def href(self) -> str:
        """The page's address; empty where this installation has no such page."""
        try:
            return reverse(self.to) + self.query
        except NoReverseMatch:
            return ""


@dataclass(frozen=True)
class Walk:
    """The first walk of one part. `fits`: whether the visitor has that part."""

    key: str
    title: str | Promise
    lead: str | Promise
    fits: Fits
    steps: tuple[Step, ...]


def _may(*capacities: str) -> Fits:
    return lambda visit, _safeguards: bool(visit.capacities & set(capacities))


READ = Step(
    "policy",
    _("Read the policy you work under"),
    _(
        "Every decision here is based on the policy. If you’re asked to confirm that you’ve read "
        "it, do so on its page."
    ),
    _("Read the policy"),
    "policy",
    done.said_it,
)
STOP = Step(
    "stop",
    _("Find out how to stop posting"),
    _("If something goes wrong, this stops anything new going out. Just look, don’t press it."),
    _("View stop page"),
    "stop",
)
ASK = Step(
    "ask",
    _("Check before you act"),
    _(
        "May I show this picture? May I answer the press? The policy answers, "
        "and shows which section says so."
    ),
    _("Ask what the policy says"),
    "may-i",
)
ACCOUNTS = Step(
    "accounts",
    _("View accounts"),
    _("Every account that speaks in our name, and who runs it."),
    _("View accounts"),
    "accounts",
)

WALKS: tuple[Walk, ...] = (
    Walk(
        "duty",
        _("Your first morning on duty"),
        _("You reply to what people write to the school. This is how a typical morning goes."),
        _may(*ANSWERS),
        (
            READ,
            Step(
                "inbox",
                _("Open the inbox"),
                _("Comments and messages, most urgent first, with any deadline the policy sets."),
                _("Open the inbox"),
                "inbox",
            ),
            Step(
                "answer",
                _("Reply to one comment"),
                _("Your reply is checked against the policy first. If the policy says no, nothing is sent."),
                _("Choose a comment"),
                "inbox",
                done.answered,
            ),
            Step(
                "look",
                _("Check an account that you run"),
                _("Tap once to log your check, so nothing gets missed."),
                _("Choose an account"),
                "accounts",
                done.looked_in,
            ),
            STOP,
        ),
    ),
    Walk(
        "decide",
        _("Your first decision"),
        _(
            "Someone else writes the post, and you check it before it’s posted. No "
            "one approves their own work."
        ),
        _may(*DECIDES),
        (
            READ,
            Step(
                "waiting",
                _("See what needs approval"),
                _("Posts sent for approval, with their scheduled times."),
                _("View posts"),
                "posts",
                query="?show=waiting",
            ),
            Step(
                "approve",
                _("Approve a post or request changes"),
                _("You’ll see the policy check next to it. You approve exactly what you see."),
                _("Choose a post"),
                "posts",
                done.approved,
                query="?show=waiting",
            ),
            Step(
                "proposals",
                _("See proposals for accounts"),
                _("Who wants which account, its purpose, and who decides under the policy."),
                _("View proposals"),
                "proposals",
                done.decided,
            ),
            STOP,
        ),
    ),
    Walk(
        "write",
        _("Your first post"),
        _("You write for the school. Someone else checks it before it’s posted."),
        _may(*RUNS),
        (
            READ,
            ACCOUNTS,
            ASK,
            Step(
                "draft",
                _("Write a draft"),
                _("Only you and the people who check posts can see it. A draft is never posted."),
                _("Start a post"),
                "post-start",
                done.wrote,
            ),
            Step(
                "hand-in",
                _("Send for approval"),
                _(
                    "The approvers will see it on their Today page, and you can see here who "
                    "it’s waiting for."
                ),
                _("View your drafts"),
                "posts",
                done.handed_in,
                query="?show=drafts",
            ),
        ),
    ),
    Walk(
        "safeguard",
        _("Dealing with concerns"),
        _("You’ll be told when a concern is reported. Find your way around now, before you need to."),
        lambda visit, safeguards: safeguards or "see_incidents" in visit.capacities,
        (
            READ,
            Step(
                "incidents",
                _("View report"),
                _(
                    "Concerns go to the people named in the policy, and stay open until "
                    "someone deals with them."
                ),
                _("View concerns"),
                "wrong-reports",
            ),
            Step(
                "overview",
                _("See who is responsible for each account"),
                _("This shows you who to ask if it’s urgent."),
                _("View account health"),
                "accounts",
                query="?show=health",
            ),
            STOP,
        ),
    ),
    Walk(
        "look-after",
        _("Your first morning as an administrator"),
        _("You make sure that people and their roles are set up, and that the school’s dates are entered."),
        _may(*LOOKS_AFTER),
        (
            Step(
                "adopted",
                _("A policy is in force"),
                _("Nothing can be decided without a policy."),
                _("View policy"),
                "policy",
                done.policy_adopted,
            ),
            Step(
                "roles",
                _("People have their roles"),
                _(
                    "These are the policy’s own roles. People without a role can sign in but "
                    "can’t do anything."
                ),
                _("View roles"),
                "people",
                done.roles,
            ),
            Step(
                "second",
                _("Someone else can cover for you"),
                _("If only one person manages people, no one can help them if they lose access."),
                _("View people"),
                "people",
                done.two_administrators,
            ),
            Step(
                "terms",
                _("Every school’s term dates are entered"),
                _("Schoolgate uses term dates to count deadlines in working days."),
                _("View setup"),
                "set-up-schools",
                done.terms,
            ),
            Step(
                "account",
                _("An account is open"),
                _("An account starts with a proposal. Once open, it’s on the public register."),
                _("View accounts"),
                "accounts",
                done.account_open,
            ),
        ),
    ),
    Walk(
        "oversee",
        _("Your first look at oversight"),
        _("You need no training for this. A few pages show whether the policy is being followed."),
        _may(*OVERSEES),
        (
            READ,
            Step(
                "evidence",
                _("See evidence that the policy is followed"),
                _("What Schoolgate does about each section, and when it last did it."),
                _("View evidence"),
                "evidence",
            ),
            Step(
                "overview",
                _("See every account and what is at risk"),
                _("Who leads it, when it was last checked and what is about to expire."),
                _("View account health"),
                "accounts",
                query="?show=health",
            ),
            ASK,
        ),
    ),
    Walk(
        "help",
        _("Your first visit"),
        _("You help the school or have just joined. This is what you can do here."),
        lambda visit, _safeguards: (
            not visit.capacities or visit.person.relation in ("volunteer", "parent", "friend")
        ),
        (
            READ,
            ASK,
            ACCOUNTS,
            Step(
                "me",
                _("See your own page"),
                _("Your roles, how you sign in and your language."),
                _("View your page"),
                "me",
            ),
        ),
    ),
)
"""In the order in which they are offered: one at a time."""
