"""Ready rules on posts that a second person reads, or that two people who are named both approve."""

from typing import Any

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.cases import IN_ROLE, TEACHER
from schoolgate.rulebook.ready.declared.posts import APPROVAL, GROUP, OTHERS
from schoolgate.rulebook.ready.model import Choice, Example, ReadyRule, Role, with_any
from schoolgate.rulebook.sentences import gettext_noop as _

SECOND = {"by": "second", "roles": ["{deputy}"], "of_this_version": True}
ONE_WITH_BOTH = {**APPROVAL, "roles": ["{who}", "{deputy}"]}
EITHER = {"roles": {"includes_any": ["{who}", "{deputy}"]}}
BOTH_ROLES = [{"roles": {"includes": "{who}"}}, {"roles": {"includes": "{deputy}"}}]
"""Where someone with one of the two roles alone approves, the other yes is another person's."""
COUNTS = {"not": {"by": {"same_as": "author.key"}}, "of_this_version": True}


def _yes_of(role: str) -> dict[str, Any]:
    """Return the rule that someone with this role, who isn't the author, has approved this version."""
    return {
        "ask": "post.publish",
        "point": "approval",
        "supplied_by": {"of_this_version": role},
        "steps": [
            with_any("own", ("alone",), {"keep": {"author.roles": {"includes": role}}}),
            {"keep": {"approvals": {"some": {"roles": {"includes": role}, **COUNTS}}}},
            {
                "need": False,
                "ask_for": {"what": "approval", "of": role},
                "say": "post.needs_approval",
                "args": {"roles": [role]},
            },
        ],
    }


POSTS_TWO_AGREE = ReadyRule(
    key="posts_two_agree",
    group=GROUP,
    title=_("Each post is approved by two people"),
    says=_("Every post is approved by both the {who} and the {deputy} before it is published{own}."),
    modality=Modality.MUST,
    fields={
        "who": Role(_("Who approves?"), may=("approve_post",), each=True),
        "deputy": Role(_("Who else has to approve?"), may=("approve_post",), each=True),
        "own": Choice(
            _("If the author is one of the two, does their own approval count?"),
            {
                "alone": _("Yes, so only the other one approves"),
                "another": _("No, someone else in the same role approves"),
            },
            said={"alone": "", "another": _(", and never by its author")},
            hints={"another": "someone else|author|awdur"},
        ),
    },
    rules=(
        _yes_of("{who}"),
        _yes_of("{deputy}"),
        {
            "ask": "post.publish",
            "point": "approval",
            "supplied_by": {"of_this_version": "{deputy}"},
            "steps": [
                with_any(
                    "own",
                    ("alone",),
                    {
                        "keep": {
                            "all": [
                                {"author.roles": EITHER["roles"]},
                                {"approvals": {"some": {**EITHER, **COUNTS}}},
                            ]
                        }
                    },
                ),
                {"keep": {"approvals": {"some": {"all": [EITHER, COUNTS, {"not": {"all": BOTH_ROLES}}]}}}},
                {
                    "need": False,
                    "ask_for": {"what": "approval", "of": "{deputy}"},
                    "say": "post.needs_approval",
                    "args": {"roles": ["{who}", "{deputy}"]},
                },
            ],
        },
    ),
    examples=(
        Example(
            _("A teacher wants to publish a post that no one has approved."),
            "post.publish",
            {"author": TEACHER, "approvals": []},
            Answer.NOT_YET,
        ),
        Example(
            _("The first of the two has approved it."),
            "post.publish",
            {"author": TEACHER, "approvals": [APPROVAL]},
            Answer.NOT_YET,
        ),
        Example(
            _("Both of them have approved it."),
            "post.publish",
            {"author": TEACHER, "approvals": [APPROVAL, SECOND]},
            Answer.ALLOWED,
        ),
        Example(
            _("One person with both roles has approved it, and no one else."),
            "post.publish",
            {"author": TEACHER, "approvals": [ONE_WITH_BOTH]},
            Answer.NOT_YET,
        ),
        Example(
            _("It was changed after the second approval."),
            "post.publish",
            {"author": TEACHER, "approvals": [APPROVAL, {**SECOND, "of_this_version": False}]},
            Answer.NOT_YET,
        ),
        Example(
            _("The first of the two wrote it, and the second has approved it."),
            "post.publish",
            {"author": IN_ROLE, "approvals": [SECOND]},
            Answer.ALLOWED,
            values={"own": "alone"},
        ),
        Example(
            _("The first of the two wrote it, and the second has approved it."),
            "post.publish",
            {"author": IN_ROLE, "approvals": [SECOND]},
            Answer.NOT_YET,
            values={"own": "another"},
        ),
    ),
    words=(
        (
            "post posts posted posting publish published content "
            "material postiad postiadau cyhoeddi cyhoeddir cynnwys"
        ),
        (
            "approv approve approved approves approval permission agree agreed agreement checked "
            "sign signed authoris authorised cymeradwyo cymeradwyir cymeradwyaeth caniatad cytuno"
        ),
        "both joint jointly together plus alongside dau dwy ddau ddwy",
    ),
    never=r"\b(?:their|the (?:pupil|child|parent|person)\w*['’]?s?) (?:own |express |written )?permission\b",
    unlike="about incident crisis bereavement death products services sponsors commercial copyright "
    "account accounts parent parents consent internet searches guided cyfrif rhiant",
    knows="go goes once",
)
POSTS_READ_BY_SECOND = ReadyRule(
    key="posts_read_by_second",
    group=GROUP,
    title=_("A second person reads each post before it goes out"),
    says=_("A second person reads every post before it is published."),
    modality=Modality.MUST,
    rules=(
        {
            "ask": "post.publish",
            "point": "approval",
            "steps": [
                {"keep": {"approvals": {"some": COUNTS}}},
                {
                    "need": False,
                    "ask_for": {"what": "approval", "of": "approver"},
                    "say": "house.needs_second_person",
                },
            ],
        },
    ),
    examples=(
        Example(
            _("A teacher wants to publish a post that no one has approved."),
            "post.publish",
            {"author": TEACHER, "approvals": []},
            Answer.NOT_YET,
        ),
        Example(
            _("Another teacher has approved it."),
            "post.publish",
            {"author": TEACHER, "approvals": [OTHERS]},
            Answer.ALLOWED,
        ),
        Example(
            _("It was changed after the approval."),
            "post.publish",
            {"author": TEACHER, "approvals": [{**OTHERS, "of_this_version": False}]},
            Answer.NOT_YET,
        ),
    ),
    words=(
        "second another different someone colleague else ail arall",
        "read reads proofread proofreads check checks checked look looks darllen gwirio",
        "post posts content postiad postiadau",
        "before goes out published publishing live sent first cyn",
    ),
    never=r"\b(?:two|2|three|3|both)\b",
    unlike="account accounts comment comments reply replies message messages picture pictures photo photos "
    "consent week weekly day daily parent parents cyfrif sylw",
    knows="go goes going out member staff reads",
)
