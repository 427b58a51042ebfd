"""The first walks: for each part that somebody can have, three to six steps that each lead to a real page.

By what somebody may do, never by a policy's name. A step is ticked when it was really done: from the rows
that doing it leaves where there are any, else when its page was opened from here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.web.frame.doors import Visit
from schoolgate.web.today import steps_done as done

Done = Callable[[Visit], bool | None]
"""Whether the rows show that it was done; None where they cannot tell: then opening the page counts."""
RUNS = ("write_post", "hold_keys")
ANSWERS = ("answer", "moderate")
DECIDES = ("approve_post", "decide_account")
LOOKS_AFTER = ("administer",)
OVERSEES = ("oversee",)


def opened(_visit: Visit) -> None:
    """Rows cannot tell: opening its page counts."""


@dataclass(frozen=True)
class Step:
    """One step. `to`: the name of the page it leads to; `done`: whether the rows show that it was done."""

    key: str
    title: str | Promise
    why: str | Promise
    button: str | Promise
    to: str
    done: Done = opened
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
    fits: Callable[[Visit], bool]
    steps: tuple[Step, ...]


def _may(*capacities: str) -> Callable[[Visit], bool]:
    return lambda visit: bool(visit.capacities & set(capacities))


READ = Step(
    "policy",
    _("Read the policy you work under"),
    _("Every decision here rests on it. Where you are asked to say that you have read it, say so there."),
    _("Read the policy"),
    "policy",
    done.said_it,
)
STOP = Step(
    "stop",
    _("Know where the stop is"),
    _("If something goes wrong, nothing new goes out from that moment. Just look; do not press it."),
    _("See the stop"),
    "stop",
)
ASK = Step(
    "ask",
    _("Ask before you do"),
    _("May I show this picture? May I answer the press? The policy answers, with the section it stands in."),
    _("Ask the policy"),
    "may-i",
)
ACCOUNTS = Step(
    "accounts",
    _("See the accounts"),
    _("Every account that speaks in our name, and who runs it."),
    _("See the accounts"),
    "accounts",
)

WALKS: tuple[Walk, ...] = (
    Walk(
        "duty",
        _("Your first morning on duty"),
        _("You answer what people write to the school. This is how a morning goes."),
        _may(*ANSWERS),
        (
            READ,
            Step(
                "inbox",
                _("Open the inbox"),
                _("What came in, most pressing first, with the time that the policy gives, if it gives one."),
                _("Open the inbox"),
                "inbox",
            ),
            Step(
                "answer",
                _("Answer one comment"),
                _("The policy is asked before it goes out. If it says no, nothing is sent."),
                _("Choose one to answer"),
                "inbox",
                done.answered,
            ),
            Step(
                "look",
                _("Look in on an account that you run"),
                _("One touch says that you did. What nobody looks at, nobody notices."),
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
        _("Somebody else writes, you look at it before it goes out. Nobody approves their own work."),
        _may(*DECIDES),
        (
            READ,
            Step(
                "waiting",
                _("See what waits for approval"),
                _("Posts that were handed in, with the time for which they are planned."),
                _("See the posts"),
                "posts",
                query="?show=waiting",
            ),
            Step(
                "approve",
                _("Approve a post, or send one back"),
                _("The policy's answer stands beside it. Your yes is a yes to exactly what you saw."),
                _("Choose a post"),
                "posts",
                done.approved,
                query="?show=waiting",
            ),
            Step(
                "proposals",
                _("See the proposals for accounts"),
                _("Who wants which account, what for, and who decides on it under the policy."),
                _("See the proposals"),
                "proposals",
                done.decided,
            ),
            STOP,
        ),
    ),
    Walk(
        "write",
        _("Your first post"),
        _("You write for the school. Somebody else looks at it before it goes out."),
        _may(*RUNS),
        (
            READ,
            ACCOUNTS,
            ASK,
            Step(
                "draft",
                _("Write a draft"),
                _("Only you and those who look at posts see it. Nothing goes out from a draft."),
                _("Begin a post"),
                "post-start",
                done.wrote,
            ),
            Step(
                "hand-in",
                _("Hand it in"),
                _("Then whoever approves sees it on their page today, and you see here whom it waits for."),
                _("See your drafts"),
                "posts",
                done.handed_in,
                query="?show=drafts",
            ),
        ),
    ),
    Walk(
        "safeguard",
        _("When something is wrong"),
        _("You are told when something is reported. Look now where things stand, before you need it."),
        done.is_told,
        (
            READ,
            Step(
                "incidents",
                _("See what was reported"),
                _("What somebody says is wrong comes to whom the policy names, and stays open until taken."),
                _("See the reports"),
                "wrong-reports",
            ),
            Step(
                "overview",
                _("See who answers for each account"),
                _("If it has to be quick, you know whom to ask."),
                _("See who, keys and dates"),
                "register-inside",
            ),
            STOP,
        ),
    ),
    Walk(
        "look-after",
        _("Your first morning looking after the school's place here"),
        _("You see to it that people are here, with their roles, and that the school's days are known."),
        _may(*LOOKS_AFTER),
        (
            Step(
                "adopted",
                _("A policy is in force"),
                _("Without one nothing can be decided."),
                _("See the policy"),
                "policy",
                done.policy_adopted,
            ),
            Step(
                "roles",
                _("People have their roles"),
                _("The roles are the policy's own. Who has none can sign in, and do nothing."),
                _("See who has which role"),
                "people-roles",
                done.roles,
            ),
            Step(
                "second",
                _("Somebody else can do what you do"),
                _("If only one person looks after people, nobody can help that person back in."),
                _("See the people"),
                "people",
                done.two_administrators,
            ),
            Step(
                "terms",
                _("The term dates of every school are known"),
                _("Times in working days are counted from them. They are never guessed."),
                _("See the setting up"),
                "set-up-schools",
                done.terms,
            ),
            Step(
                "account",
                _("An account is open"),
                _("It begins with a proposal, and ends up on the public register."),
                _("See the accounts"),
                "accounts",
                done.account_open,
            ),
        ),
    ),
    Walk(
        "oversee",
        _("Your first look as somebody who oversees"),
        _("You need no training for this. A few pages show whether the policy is kept."),
        _may(*OVERSEES),
        (
            READ,
            Step(
                "evidence",
                _("See what shows that the policy is kept"),
                _("Section by section: what the program does about it, and when it last did."),
                _("See the evidence"),
                "evidence",
            ),
            Step(
                "overview",
                _("See every account, and what is at risk"),
                _("Who leads it, when somebody last looked, and what runs out."),
                _("See who, keys and dates"),
                "register-inside",
            ),
            ASK,
        ),
    ),
    Walk(
        "help",
        _("Your first visit"),
        _("You help the school, or have just come. This is what you can do here."),
        lambda visit: not visit.capacities or visit.person.relation in ("volunteer", "parent", "friend"),
        (
            READ,
            ASK,
            ACCOUNTS,
            Step(
                "me",
                _("See your own page"),
                _("Your roles, how you sign in, and in which language you read."),
                _("See your page"),
                "me",
            ),
        ),
    ),
)
"""In the order in which they are offered: one at a time."""


def walk_by_key(key: str) -> Walk | None:
    """The walk of this key, or None."""
    return next((walk for walk in WALKS if walk.key == key), None)
