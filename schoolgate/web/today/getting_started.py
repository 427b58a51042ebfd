"""Getting started: one line for each part on Today, and a page with all the parts that the person has,
three to six steps for each. Each leads to a real page.

Steps depend on what a person may do, never on which policy it is. A step is ticked once it was really
done: from the rows that it leaves, which one query asks for all of them, or where it leaves none, once
its page was opened from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import BooleanField, Exists, Value
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, AccountState, Look, Proposal, ProposalState, TeamMember
from schoolgate.core.clock import begins
from schoolgate.core.errors import NotFound
from schoolgate.core.models import School, Term
from schoolgate.inbox.models import Answer, Item, ItemState
from schoolgate.people.models import RoleAssignment
from schoolgate.people.queries import Where, assignments_at, book_of, held_on
from schoolgate.people.setting_up import Begun, begun, note_walk_step, set_walk_aside, take_walk_up
from schoolgate.policy.knowing import askings, words_on
from schoolgate.policy.queries import policy_or_none
from schoolgate.publishing.models import Approval, Post, PostState
from schoolgate.web.frame.doors import Visit, done, page


@dataclass(frozen=True)
class Shown:
    """Whether rows show that a step was done. `asked`: whether there was anything to do; if not, rows can't
    tell, and opening the page counts."""

    done: Any
    asked: Any = None


Done = Callable[[Visit], Shown | None]


def questions(steps: Iterable[Done], visit: Visit) -> dict[str, Any]:
    """Return what to ask the rows about these steps."""
    asked: dict[str, Any] = {}
    for step in steps:
        shown = step(visit)
        if shown is not None:
            asked[f"done_{step.__name__}"] = shown.done
            if shown.asked is not None:
                asked[f"wanted_{step.__name__}"] = shown.asked
    return asked


def answer(found: Mapping[str, Any], step: Done) -> bool | None:
    """Return whether a step was done, from the answers to `questions`; None where rows can't tell."""
    done: bool | None = found.get(f"done_{step.__name__}")
    if done is None or done:
        return done
    return False if found.get(f"wanted_{step.__name__}", True) else None


def opened(_visit: Visit) -> None:
    """Rows can't tell: opening its page counts."""


def said_it(visit: Visit) -> Shown | None:
    """Return whether they declared that they read the policy in force. Rows can't tell if no one asked."""
    policy = policy_or_none(visit.on)
    if policy is None:
        return None
    version = policy.version
    asked = askings(version).filter(person=visit.person)
    said = words_on(version).filter(about_person=visit.person)
    return Shown(Exists(asked) & Exists(said), Exists(asked))


def wrote(visit: Visit) -> Shown:
    """Return whether they have written a post."""
    return Shown(Exists(Post.objects.filter(author=visit.person)))


def handed_in(visit: Visit) -> Shown:
    """Return whether a post by this person was sent for approval."""
    rows = Post.objects.filter(author=visit.person)
    return Shown(Exists(rows.exclude(state__in=[PostState.DRAFT, PostState.WITHDRAWN])))


def looked_in(visit: Visit) -> Shown:
    """Return whether they have checked an account; people who run none have nothing to check."""
    runs = TeamMember.objects.filter(person=visit.person, to_day=None)
    return Shown(Exists(Look.objects.filter(by=visit.person)), Exists(runs))


def answered(visit: Visit) -> Shown:
    """Return whether they have replied. While nothing is open, visiting the inbox is enough."""
    waits = Item.objects.filter(state=ItemState.OPEN)
    return Shown(Exists(Answer.objects.filter(by=visit.person)), Exists(waits))


def approved(visit: Visit) -> Shown:
    """Return whether they have approved a post. Rows can't tell while none waits."""
    waits = Post.objects.filter(state=PostState.SUBMITTED).exclude(author=visit.person)
    return Shown(Exists(Approval.objects.filter(by=visit.person)), Exists(waits))


def decided(visit: Visit) -> Shown:
    """Return whether they have decided on a proposal. Rows can't tell while none waits."""
    waits = Proposal.objects.filter(state=ProposalState.SUBMITTED)
    return Shown(Exists(Proposal.objects.filter(decided_by=visit.person)), Exists(waits))


def terms(visit: Visit) -> Shown:
    """Return whether the terms of every school are known."""
    known = Term.objects.filter(last_day__gte=visit.on).values("school")
    return Shown(Exists(School.objects.all()) & ~Exists(School.objects.exclude(pk__in=known)))


def roles(visit: Visit) -> Shown:
    """Return whether another person has a role."""
    return Shown(Exists(RoleAssignment.objects.filter(held_on(visit.on)).exclude(person=visit.person)))


def two_administrators(visit: Visit) -> Shown:
    """Return whether a second person manages people."""
    keys = [role.key for role in book_of(visit.federation).pack.roles_with("administer")]
    held = assignments_at(Where(anywhere=True), on=visit.on).filter(role_key__in=keys)
    return Shown(Exists(held.exclude(person=visit.person)))


def account_open(_visit: Visit) -> Shown:
    """Return whether an account is open."""
    return Shown(Exists(Account.objects.filter(state=AccountState.OPEN)))


def policy_adopted(visit: Visit) -> Shown:
    """Return whether a policy is in force."""
    return Shown(Value(policy_or_none(visit.on) is not None, output_field=BooleanField()))


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
    said_it,
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
                answered,
            ),
            Step(
                "look",
                _("Check an account that you run"),
                _("Tap once to log your check, so nothing gets missed."),
                _("Choose an account"),
                "accounts",
                looked_in,
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
                approved,
                query="?show=waiting",
            ),
            Step(
                "proposals",
                _("See proposals for accounts"),
                _("Who wants which account, its purpose, and who decides under the policy."),
                _("View proposals"),
                "proposals",
                decided,
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
                wrote,
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
                handed_in,
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
                policy_adopted,
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
                roles,
            ),
            Step(
                "second",
                _("Someone else can cover for you"),
                _("If only one person manages people, no one can help them if they lose access."),
                _("View people"),
                "people",
                two_administrators,
            ),
            Step(
                "terms",
                _("Every school’s term dates are entered"),
                _("Schoolgate uses term dates to count deadlines in working days."),
                _("View setup"),
                "set-up-schools",
                terms,
            ),
            Step(
                "account",
                _("An account is open"),
                _("An account starts with a proposal. Once open, it’s on the public register."),
                _("View accounts"),
                "accounts",
                account_open,
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


@dataclass(frozen=True)
class ShownStep:
    """A step with whether it was done."""

    step: Step
    done: bool


@dataclass(frozen=True)
class ShownWalk:
    """A list with its steps, as far as this installation has their pages."""

    walk: Walk
    steps: Sequence[ShownStep]
    aside: bool

    @property
    def done(self) -> int:
        """Return how many steps were done."""
        return sum(step.done for step in self.steps)

    @property
    def over(self) -> bool:
        """Return whether every step was done."""
        return self.done == len(self.steps)

    @property
    def following(self) -> ShownStep | None:
        """The first step that is still to do."""
        return next((step for step in self.steps if not step.done), None)


def walk_of_today(walks: Sequence[ShownWalk], so_far: Begun, *, on: date) -> ShownWalk | None:
    """Return the first list that is neither done nor hidden, for Today, or None.

    A person who hid one today is shown no other before tomorrow.
    """
    if any(at >= begins(on) for at in so_far.hidden.values()):
        return None
    return next((walk for walk in walks if not (walk.aside or walk.over)), None)


def walks_of(visit: Visit, **also: Any) -> tuple[list[ShownWalk], Begun, dict[str, Any]]:
    """Return the lists of this person's parts with their progress, and the results of the other questions
    asked with them. One query."""
    possible = [walk for walk in WALKS if walk.fits(visit, True)]
    asked = questions(dict.fromkeys(step.done for walk in possible for step in walk.steps), visit)
    so_far, found = begun(visit.person, **asked, **also)

    def shown(step: Step) -> ShownStep:
        known = answer(found, step.done)
        return ShownStep(step, step.key in so_far.opened if known is None else known)

    walks = [
        ShownWalk(walk, [shown(step) for step in walk.steps if step.href], walk.key in so_far.hidden)
        for walk in possible
        if walk.fits(visit, so_far.safeguards)
    ]
    return walks, so_far, found


@page(place="menu")
def walks(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """All first walks of this person's parts."""
    return render(request, "today/walks.html", {"walks": walks_of(visit)[0], "visit": visit})


@page(methods=("POST",))
def step(request: HttpRequest, visit: Visit, walk: str, step: str) -> HttpResponseBase:
    """Note that the page of a step is opened, and go there."""
    before = _walk_for(visit, walk)
    found = next((each.step for each in before.steps if each.step.key == step), None)
    if found is None:
        raise NotFound
    note_walk_step(by=visit.person, at=visit.at, walk=walk, step=step)
    if not before.over and _walk_for(visit, walk).over:
        messages.success(
            request,
            _("You’ve finished these steps. You can find them again in the menu, under Getting started."),
        )
    return redirect(found.href)


@page(methods=("POST",))
def aside(request: HttpRequest, visit: Visit, walk: str) -> HttpResponseBase:
    """Hide it from Today."""
    set_walk_aside(by=visit.person, at=visit.at, walk=_walk_for(visit, walk).walk.key)
    return done(request, _("Hidden. You can find it again in the menu, under Getting started."), "today")


@page(methods=("POST",))
def again(request: HttpRequest, visit: Visit, walk: str) -> HttpResponseBase:
    """Show it again on the page of today."""
    take_walk_up(by=visit.person, at=visit.at, walk=_walk_for(visit, walk).walk.key)
    return done(request, _("Shown on your Today page again."), "today")


def _walk_for(visit: Visit, key: str) -> ShownWalk:
    found = next((each for each in walks_of(visit)[0] if each.walk.key == key), None)
    if found is None:
        raise NotFound
    return found


urlpatterns = [
    path("first-walks", walks, name="first-walks"),
    path("first-walks/<slug:walk>/aside", aside, name="first-walk-aside"),
    path("first-walks/<slug:walk>/again", again, name="first-walk-again"),
    path("first-walks/<slug:walk>/<slug:step>", step, name="first-walk-step"),
]
