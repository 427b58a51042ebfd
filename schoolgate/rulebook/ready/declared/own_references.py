"""Ready rules on what staff write online: references for others, and whose views they give."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.cases import TEACHER
from schoolgate.rulebook.ready.declared.own_accounts import OWN
from schoolgate.rulebook.ready.model import Example, ReadyRule
from schoolgate.rulebook.sentences import gettext_noop as _

OWN_REFERENCES = ReadyRule(
    key="own_references",
    group=OWN,
    title=_("No references for others online"),
    says=_("Staff never write references for others on social or professional networks."),
    modality=Modality.MUST_NOT,
    rules=(
        {
            "ask": "personal.post",
            "point": "own_reference",
            "for": ["staff"],
            "forbid": {"reference": {"any_of": ["positive", "negative"]}},
        },
    ),
    examples=(
        Example(
            _("A teacher writes a recommendation for a former colleague on LinkedIn."),
            "personal.post",
            {"by": TEACHER, "reference": "positive"},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A teacher’s post recommends no one and warns against no one."),
            "personal.post",
            {"by": TEACHER, "reference": "none"},
            Answer.ALLOWED,
        ),
    ),
    words=(
        (
            "reference references professional recommendation recommendations endorse endorsement "
            "testimonial geirda geirdaon"
        ),
        "provide provides give gives write writes offer rhoi ysgrifennu darparu",
        "not never no without ni na nid byth peidio",
    ),
    unlike="picture pupil comment comments logo",
    knows="professional behalf other individuals including networking networks positive negative whether "
    "social",
)
OWN_VIEWS = ReadyRule(
    key="own_views",
    group=OWN,
    title=_("Staff say that the views in their posts are their own"),
    says=_("Staff make clear in their own posts and comments that the views are their own."),
    rules=(
        {
            "ask": "personal.post",
            "point": "own_views",
            "for": ["staff"],
            "need": {"marked_as_own": True},
            "ask_for": {"what": "own_marked_as_own", "of": "private_person"},
        },
    ),
    examples=(
        Example(
            _("A teacher posts a political view and doesn’t say that it’s their own."),
            "personal.post",
            {"by": TEACHER, "marked_as_own": False},
            Answer.NOT_YET,
        ),
        Example(
            _("The post, or the page it’s on, says that the teacher speaks for themselves."),
            "personal.post",
            {"by": TEACHER, "marked_as_own": True},
            Answer.ALLOWED,
        ),
    ),
    words=(
        "view views opinion opinions barn farn",
        "own personal eu hunain personol",
        "clear state attributed present presented attribute datgan",
        "comment comments post posts posting opinion opinions sylw sylwadau neges negeseuon",
    ),
    unlike="picture pupil press profile disclaimer",
    knows="political any make must",
)
