"""A ready rule on work addresses."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.cases import TEACHER
from schoolgate.rulebook.ready.declared.own_accounts import OWN
from schoolgate.rulebook.ready.model import Example, ReadyRule
from schoolgate.rulebook.sentences import gettext_noop as _

WORK_ADDRESS = ReadyRule(
    key="work_address",
    group=OWN,
    title=_("No work address for own accounts"),
    says=_("Staff never use their work email address for their own accounts."),
    modality=Modality.MUST_NOT,
    rules=(
        {
            "ask": "equipment.use",
            "point": "private_work_mail",
            "for": ["staff"],
            "when": {"system": "work_mail"},
            "forbid": {"purpose": "private"},
        },
    ),
    examples=(
        Example(
            _("A teacher signs up for Facebook with the school’s email address."),
            "equipment.use",
            {"by": TEACHER, "system": "work_mail", "purpose": "private"},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A teacher opens a school account with it."),
            "equipment.use",
            {"by": TEACHER, "system": "work_mail", "purpose": "school"},
            Answer.ALLOWED,
        ),
        Example(
            _("A teacher signs up with a private address."),
            "equipment.use",
            {"by": TEACHER, "system": "none", "purpose": "private"},
            Answer.SILENT,
        ),
    ),
    words=(
        "email emails address addresses e-mail ebost e-bost cyfeiriad cyfeiriadau",
        "work school trust academy college federation nursery ysgol gwaith",
        "own personal private personol preifat",
        "account accounts site sites profile profiles media facebook register registering cyfrif cyfrifon",
        "not never no nor ni nid na byth peidio",
    ),
    unlike="pupil pupils parent parents give given share shared disclose number numbers phone only apart",
    never=r"\b(?:accounts? (?:must|should|are|is)|set up|opened)\b"
    r"|\b(?:own|personal|private) e-?mail",
    knows="register registering sign signing up create creating social media any their networks",
)
