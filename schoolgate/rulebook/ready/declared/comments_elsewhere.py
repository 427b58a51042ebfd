"""A ready rule on what isn't discussed below the school's posts."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.declared.comments import GROUP
from schoolgate.rulebook.ready.declared.official import REPLY
from schoolgate.rulebook.ready.model import Example, ReadyRule
from schoolgate.rulebook.sentences import gettext_noop as _

COMPLAINTS_ELSEWHERE = ReadyRule(
    key="complaints_elsewhere",
    group=GROUP,
    title=_("Complaints aren’t discussed in public"),
    says=_(
        "Complaints on our accounts are not discussed in public; their writers are asked to contact the "
        "school."
    ),
    modality=Modality.MUST_NOT,
    rules=(
        {
            "ask": "item.answer",
            "point": "replies_here",
            "when": {"kind": "complaint", "not": {"acknowledges_only": {"stated_as": [True]}}},
            "forbid": {"reply_channel": "public"},
        },
    ),
    examples=(
        Example(
            _("A father complains below a post, and a teacher wants to argue with him there."),
            "item.answer",
            {**REPLY, "kind": "complaint"},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("The teacher answers him in a private message."),
            "item.answer",
            {**REPLY, "kind": "complaint", "reply_channel": "private"},
            Answer.ALLOWED,
        ),
        Example(
            _("The teacher only confirms there that the complaint has been seen."),
            "item.answer",
            {**REPLY, "kind": "complaint", "acknowledges_only": True},
            Answer.SILENT,
        ),
    ),
    words=(
        "complaint complaints complain grievance grievances cwyn cwynion gwynion chwynion",
        (
            "discuss discussed discussing debate debated answered addressed dealt resolve resolved trafod "
            "thrafod drafodir "
            "trafodir"
        ),
        (
            "page pages account accounts media facebook public publicly online there posts post tudalen "
            "cyfrif gyhoeddus"
        ),
        "not never no rather instead nid ni ddim byth",
    ),
    unlike="staff parents within hours days",
    never=r"^(?:we (?:ask|expect|request) )?(?:all |the )?(?:parents|carers|families|staff)\b(?! "
    r"(?:who|that)\b)",
    holds=r"(?:;|,|, but|, and) (?:the |any |their |our )?(?:parents?|writers?|person|people|families|they)"
    r"(?: \w+)? (?:is|are|will be|should be|must be) "
    r"(?:asked|invited|encouraged|told|directed|referred)[^.;]*",
    knows="made raised contact school office writers writer via through email phone directly",
)
