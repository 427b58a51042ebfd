"""What only the author can answer about a post: one question for each such fact of `post.publish`; and what
its text can be marked for under a policy, worked out from its own rules and from no other's, with the mark
that raises a link to a business of the author's own.

A page asks the questions that the policy in force needs, and no others; the answer goes into the facts under
the same name. A policy that does not ask leaves the fact unknown, which harms nothing there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.events import record
from schoolgate.networks.normal import find_links
from schoolgate.policy.queries import in_force
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.models import Post, PostMark
from schoolgate.rulebook import Book
from schoolgate.rulebook.book import CompiledRule
from schoolgate.rulebook.controls.posts_text import MarkSettings
from schoolgate.rulebook.messages import SENTENCES
from schoolgate.rulebook.rules.rule import Rule, compared
from schoolgate.rulebook.situations.marks import MARK_KINDS, MarkKind


@dataclass(frozen=True, slots=True)
class Question:
    """One question for the author.

    `attested`: yes or no, vouched for by the author. `tri`: yes, no or not stated. `choice`: one of
    `options`. `text`: short free text. `about`: what must be there for the question to make sense.
    `only_for`: the one point at which the answer counts, if others have the same need. `statement`: the
    `usual` answer as a sentence that an author can confirm together with others; empty: the question is asked
    separately. `of_content`: it asks what the post shows, is about or contains, so its `usual` answer (None:
    any) is asked again when the content changes, as that of each statement is."""

    label: str | Promise
    kind: Literal["attested", "tri", "choice", "text"] = "tri"
    help: str | Promise = ""
    options: tuple[tuple[str, str | Promise], ...] = ()
    only_for: str = ""
    about: Literal["post", "picture", "link", "others_work"] = "post"
    statement: str | Promise = ""
    usual: bool | str | None = True
    of_content: bool = False


ORIGINS = (
    ("own", _("We made it ourselves")),
    ("licensed", _("It has a licence that allows this")),
    ("permission_obtained", _("The owner gave us permission")),
    ("public_domain", _("No one owns it any more")),
    ("someone_elses", _("It belongs to someone else")),
)

TRUSTS_OWN = "intellectual property of the trust"
COMPANY = "company"
"""What belongs to a company counts as marked proprietary, with the company as its owner."""
LABELS = (
    ("none", _("No, nothing is marked")),
    ("confidential", _("Marked confidential")),
    ("business-sensitive", _("Marked business-sensitive")),
    ("commercially sensitive", _("Marked commercially sensitive")),
    ("proprietary", _("Marked as someone’s property")),
    (TRUSTS_OWN, _("It is the trust’s intellectual property")),
    (COMPANY, _("It is a company’s confidential or proprietary information")),
)
ONLY_WHERE_A_RULE_SAYS_SO = frozenset({TRUSTS_OWN, COMPANY})
"""Labels offered only under a policy with a rule about them."""

MARKS = (
    ("none", _("No")),
    ("logo", _("Yes, the logo")),
    ("slogan", _("Yes, a slogan")),
    ("trademark", _("Yes, a badge or another mark")),
)

TRIPS = (
    ("none", _("It isn’t about a trip")),
    ("to_come", _("About a trip that is still to come")),
    ("under_way", _("About a trip, and not everyone is back yet")),
    ("over", _("About a trip, and everyone is back")),
)

AI_MADE = (
    ("no", _("No")),
    ("text", _("Yes, words")),
    ("picture", _("Yes, a picture or film")),
)

TAGGED = (
    ("no_one", _("No one")),
    ("organisations", _("Only organisations")),
    ("staff", _("A member of staff")),
    ("parent", _("A parent or carer")),
    ("pupil", _("A pupil")),
)

WHOSE = (
    ("own", _("Our own school")),
    ("other", _("Another school in the federation")),
    ("none", _("No school: another event here")),
)

ANSWERED_BY: Mapping[str, tuple[str, ...]] = {
    "materials": ("others_work", "labelled", "school_publication", "uses_mark"),
    "labels": ("labelled",),
    "owners_permission": ("permission",),
    "link_appropriate": ("links_fitting",),
    "link_safe": ("links_safe",),
    "link_blocked": ("links_blocked",),
    "link_own_business": ("links_own_business",),
    "people": ("names_somebody",),
    "speaks_as": ("discloses", "commits", "starts_something", "calls_for_people"),
}
"""What the rulebook asks for, where it is not the name of one question -> the questions that answer it."""


def questions_for(needs: Iterable[str], *, point: str = "") -> list[str]:
    """The names of the questions that answer these needs at a point, in the order of QUESTIONS; others are
    answered elsewhere."""
    names = {name for need in needs for name in ANSWERED_BY.get(need, (need,))}
    return [name for name, asked in QUESTIONS.items() if name in names and asked.only_for in ("", point)]


QUESTIONS: Mapping[str, Question] = {
    "suitable_for_children": Question(
        _("Is it suitable for children who may read it?"),
        "attested",
        statement=_("It’s suitable for children who may read it"),
    ),
    "suitable_for_any_reader": Question(
        _("Is it suitable for anyone who may read it?"),
        "attested",
        statement=_("It’s suitable for anyone who may read it"),
    ),
    "suits_ages": Question(
        _("Is it suitable for the ages of the pupils it’s for?"),
        "attested",
        statement=_("It’s suitable for the ages of the pupils it’s for"),
    ),
    "professional": Question(
        _("Is it entirely professional?"), "attested", statement=_("It’s entirely professional")
    ),
    "confidentiality_kept": Question(
        _("Does it keep all confidential information private?"),
        "attested",
        statement=_("It keeps all confidential information private"),
    ),
    "privacy_kept": Question(
        _("Does it respect the privacy of everyone it mentions?"),
        "attested",
        statement=_("It respects the privacy of everyone it mentions"),
    ),
    "may_be_controversial": Question(
        _("Could it cause controversy for the federation or a school?"),
        help=_("If you’re not sure, say yes. A senior colleague will then read it first."),
        statement=_("It couldn’t cause controversy for the federation or a school"),
        usual=False,
    ),
    "names_somebody": Question(
        _("Does the text name anyone?"), statement=_("The text names no one"), usual=False
    ),
    "personal_view": Question(
        _("Does it express a personal view?"), statement=_("It expresses no personal view"), usual=False
    ),
    "disclaimer": Question(_("Does it say that the view is personal?"), of_content=True),
    "signed": Question(
        _("Does the post itself show who wrote it?"),
        help=_("Your name below the text is enough."),
        of_content=True,
    ),
    "author_position": Question(_("Does the post, or your profile, say what your job is?"), of_content=True),
    "purpose": Question(_("What is its purpose?"), "text"),
    "author_in_doubt": Question(
        _("Are you unsure whether it should be posted?"),
        statement=_("I’m sure it should be posted"),
        usual=False,
    ),
    "rights_in_doubt": Question(
        _("Are you unsure who owns something in it?"),
        statement=_("I know who owns everything in it"),
        usual=False,
    ),
    "tells_success_or_news": Question(
        _("Does it share a success, or news about someone?"), usual=False, of_content=True
    ),
    "names_partner": Question(
        _("Does it mention another organisation?"),
        statement=_("It mentions no other organisation"),
        usual=False,
    ),
    "partner_permission": Question(_("Has that organisation agreed?"), of_content=True),
    "partner_permission_written": Question(_("Has that organisation agreed in writing?"), of_content=True),
    "subject_school": Question(
        _("Which school is it about?"), "choice", options=WHOSE, usual=None, of_content=True
    ),
    "trip": Question(
        _("Is it about a trip or residential?"),
        "choice",
        options=TRIPS,
        statement=_("It isn’t about a trip or residential"),
        usual="none",
    ),
    "shows_trip_place": Question(
        _("Does the post say or show where pupils are or will be?"), usual=False, of_content=True
    ),
    "tagged": Question(
        _("Who does it tag? Choose the last on this list that fits."),
        "choice",
        options=TAGGED,
        usual=None,
        of_content=True,
    ),
    "political": Question(
        _("Does it support or oppose a party, a candidate or a political campaign?"),
        statement=_("It doesn’t support or oppose a party, candidate or political campaign"),
        usual=False,
    ),
    "promotes": Question(
        _("Does it promote a product, a business or someone’s own gain?"),
        statement=_("It promotes no product, business or anyone’s own gain"),
        usual=False,
    ),
    "promotes_outside": Question(
        _("Does it promote an outside organisation, an appeal or a collection?"),
        statement=_("It promotes no outside organisation, appeal or collection"),
        usual=False,
    ),
    "tells_details": Question(
        _("Does it give personal details of anyone, such as age, class or address?"),
        statement=_("It gives no personal details of anyone, such as age, class or address"),
        usual=False,
    ),
    "election_near": Question(
        _("Will it go out in the weeks before an election?"),
        statement=_("It doesn’t go out in the weeks before an election"),
        usual=False,
    ),
    "ai_made": Question(
        _("Did artificial intelligence make or change anything in it?"),
        "choice",
        options=AI_MADE,
        statement=_("Artificial intelligence made or changed nothing in it"),
        usual="no",
    ),
    "ai_checked": Question(
        _("Has a person checked what artificial intelligence made, and does the post say what made it?"),
        of_content=True,
    ),
    "live": Question(_("Is it a live stream?"), statement=_("It isn’t a live stream"), usual=False),
    "knows_safeguarding": Question(
        _("Do you know the current safeguarding procedure?"),
        statement=_("I know the current safeguarding procedure"),
    ),
    "discloses": Question(
        _("Does it announce something in the school’s name that isn’t public yet?"),
        statement=_("It announces nothing in the school’s name that isn’t public yet"),
        usual=False,
    ),
    "commits": Question(
        _("Does it promise anything in the school’s name?"),
        statement=_("It promises nothing in the school’s name"),
        usual=False,
    ),
    "starts_something": Question(
        _("Does it start something in the school’s name, such as a campaign, competition or collection?"),
        statement=_("It starts nothing in the school’s name, such as a campaign, competition or collection"),
        usual=False,
    ),
    "calls_for_people": Question(
        _("Does it recruit contributors for one of our sites?"),
        statement=_("It doesn’t recruit contributors"),
        usual=False,
    ),
    "labelled": Question(
        _("Is anything in it marked confidential or sensitive?"),
        "choice",
        options=LABELS,
        statement=_("Nothing in it is marked confidential or sensitive"),
        usual="none",
    ),
    "others_work": Question(
        _("Does it include anything made by someone else?"),
        statement=_("Nothing in it was made by someone else"),
        usual=False,
    ),
    "school_publication": Question(
        _("Does it include pages or pictures that the school has already published, such as the prospectus?"),
        only_for="school_material",
        statement=_("It includes nothing that the school has already published, such as the prospectus"),
        usual=False,
    ),
    "uses_mark": Question(
        _("Does it include the school’s logo, slogan or another of its marks?"),
        "choice",
        options=MARKS,
        only_for="logo",
        statement=_("It doesn’t include the school’s logo, slogan or another of its marks"),
        usual="none",
    ),
    "origin": Question(
        _("Where does it come from?"),
        "choice",
        options=ORIGINS,
        about="others_work",
        usual=None,
        of_content=True,
    ),
    "permission": Question(_("Has the owner agreed?"), about="others_work", of_content=True),
    "credited": Question(
        _("Does the post name the person who made it?"), about="others_work", of_content=True
    ),
    "links_fitting": Question(
        _("Have you checked that the links are appropriate?"),
        "attested",
        about="link",
        statement=_("I’ve checked that the links are appropriate"),
    ),
    "links_safe": Question(
        _("Have you checked that the links are safe?"),
        "attested",
        about="link",
        statement=_("I’ve checked that the links are safe"),
    ),
    "links_blocked": Question(
        _("Is any link on the school’s list of blocked sites?"),
        about="link",
        statement=_("No link is on the school’s list of blocked sites"),
        usual=False,
    ),
    "links_own_business": Question(
        _("Does any link lead to a business of your own?"),
        about="link",
        statement=_("None of the links leads to a business of mine"),
        usual=False,
    ),
    "fit": Question(
        _("Is every picture fit to publish?"),
        "attested",
        about="picture",
        statement=_("Every picture is fit to publish"),
    ),
    "dressed": Question(
        _("Are all pupils in the pictures properly dressed?"),
        "attested",
        about="picture",
        statement=_("All pupils in the pictures are properly dressed"),
    ),
    "ridicules": Question(
        _("Could a picture make someone look foolish?"),
        "attested",
        about="picture",
        statement=_("No picture makes anyone look foolish"),
        usual=False,
    ),
    "connected": Question(
        _("Are the other people in the pictures connected with the school or the federation in some way?"),
        help=_("This means people who aren’t pupils, staff, governors, parents or helpers."),
        about="picture",
        of_content=True,
    ),
    "shows_leaver": Question(
        _("Has a pupil in a picture left the school?"),
        about="picture",
        statement=_("No pupil in a picture has left the school"),
        usual=False,
    ),
    "consent_renewed": Question(
        _("Is each consent as recent as the policy requires?"),
        about="picture",
        statement=_("Each consent is as recent as the policy requires"),
    ),
    "swimwear": Question(
        _("Is a pupil in a picture in swimwear?"),
        about="picture",
        statement=_("No pupil in a picture is in swimwear"),
        usual=False,
    ),
    "shows_security": Question(
        _("Does a picture show the school’s locks, codes, alarms or cameras?"),
        about="picture",
        statement=_("No picture shows the school’s locks, codes, alarms or cameras"),
        usual=False,
    ),
}


JOINED: tuple[tuple[tuple[str, ...], str | Promise], ...] = (
    (
        ("suits_ages", "author_in_doubt"),
        _("It’s suitable for the ages of the pupils it’s for, and I’m sure it should be posted"),
    ),
    (
        ("names_somebody", "personal_view", "names_partner"),
        _("It doesn’t name anyone, mention another organisation or express a personal view"),
    ),
    (
        ("discloses", "commits", "starts_something", "calls_for_people"),
        _("It doesn’t announce, promise or start anything in the school’s name, or recruit contributors"),
    ),
    (
        ("rights_in_doubt", "labelled", "others_work", "uses_mark"),
        _(
            "I know who owns everything in it. Nothing in it is confidential, made by someone else, or a "
            "logo, slogan or mark"
        ),
    ),
)
"""Statements that are one sentence where a policy asks for all of them."""


def is_about_content(name: str, answer: object) -> bool:
    """Whether this answer counts only for the content that it was given about: a confirmed statement, or what
    the post was said to show. An answer that says otherwise counts until it is changed."""
    question = QUESTIONS.get(name)
    if question is None or not (question.statement or question.of_content):
        return False
    return question.usual in (None, answer)


def fits(name: str, answer: object) -> bool:
    """Return whether the question of that name can have this answer; False for an unknown question."""
    question = QUESTIONS.get(name)
    if question is None:
        return False
    if answer is None or answer == "":
        return True
    if question.kind == "text":
        return isinstance(answer, str) and "\x00" not in answer
    if question.kind == "choice":
        return answer in [key for key, _label in question.options]
    return isinstance(answer, bool)


@dataclass(frozen=True)
class Markable:
    """Something that this policy covers. `point`: where its answer appears, which is its heading.

    `rule`: the key of the sentence that states the rule, if that is about this alone, else empty. `clauses`:
    the ones that cover it. `asks_whom`: some of those clauses protect only certain people, so the answer
    depends on the person concerned.
    """

    kind: MarkKind
    point: str
    rule: str = ""
    clauses: tuple[str, ...] = ()
    asks_whom: bool = False


def markable(book: Book, *, relation: str) -> Mapping[str, Markable]:
    """By kind: everything that a post of an author with this relation can be marked for under the policy of
    `book`, in the order of its rules; empty where it has no rule about what a text holds."""
    found: dict[str, Markable] = {}
    for bound in book.bound("post.publish"):
        if bound.binds is not None and relation not in bound.binds:
            continue
        for kind in kinds_asked(bound):
            found[kind] = _with(found.get(kind) or Markable(kind, bound.point), bound)
    return found


def kinds_asked(bound: CompiledRule) -> tuple[MarkKind, ...]:
    """The kinds of mark that the rule of this binding asks for; empty for a rule about something else."""
    settings: Any = bound.settings
    if isinstance(settings, MarkSettings):
        return settings.looked_for
    if not isinstance(settings, Rule):
        return ()
    named = frozenset(compared(settings.model_dump(), "kind"))
    return tuple(kind for kind in MARK_KINDS if kind in named)


def _with(before: Markable, bound: CompiledRule) -> Markable:
    """Return what was known about it, with what this rule adds."""
    settings = bound.settings
    return replace(
        before,
        rule=before.rule or _rule(before.kind, bound),
        clauses=tuple(dict.fromkeys((*before.clauses, *bound.clauses))),
        asks_whom=before.asks_whom or (isinstance(settings, MarkSettings) and bool(settings.of)),
    )


def _rule(kind: MarkKind, bound: CompiledRule) -> str:
    """Return the key of the sentence with which this binding states its rule about this kind alone; else
    empty."""
    settings = bound.settings
    if isinstance(settings, MarkSettings):
        return settings.rule_alone if len(settings.looked_for) == 1 else ""
    if len(kinds_asked(bound)) > 1:
        return ""
    reminders = (step.say for step in settings.steps if step.verb == "advise")
    return next(reminders, f"rule.{kind}" if f"rule.{kind}" in SENTENCES else "")


GAIN = "personal_gain"
"""The kind of mark that raises it."""


def declared(post: Post) -> bool:
    """Return whether its author said that a link which it still has leads to a business of theirs."""
    if post.answers.get("links_own_business", {}).get("answer") is not True:
        return False
    return any(link.kind == "link" for target in post.targets.all() for link in find_links(target.text))


def raise_declared(post: Post, *, at: datetime) -> bool:
    """Mark the post for a colleague to look at, where its author declared such a link and the policy covers
    personal gain. Return whether a mark was made.

    A mark that waits is enough, and so is one that a colleague judged on the content as it is: what the
    author judged alone settles nothing here.
    """
    if not declared(post):
        return False
    speaks = markable(in_force(local_day(at)).book, relation=post.writer.relation).get(GAIN)
    seen = content_digest(post)
    raised = [each for each in post.marks.all() if each.kind == GAIN]
    if speaks is None or any(
        each.judged_seen != seen or each.judged_by_id != post.author_id for each in raised
    ):
        return False
    mark = PostMark.objects.create(post=post, kind=GAIN, seen=seen, raised_by=post.writer, at=at)
    clauses = list(speaks.clauses)
    record("post.marked", subject=post, at=at, actor=post.writer, clauses=clauses, mark=mark.pk, kind=GAIN)
    return True
