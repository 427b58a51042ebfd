"""Ready rules on parents' groups, and on staff's own numbers and addresses."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.cases import TEACHER
from schoolgate.rulebook.ready.declared.contacts import CONTACT
from schoolgate.rulebook.ready.model import Choice, Example, OfEach, ReadyRule, Several, with_any
from schoolgate.rulebook.sentences import gettext_noop as _

IN_GROUP = {"by": TEACHER, "to_relation": "parent", "in_group": True}
MY_NUMBER = {"by": TEACHER, "from_account": "personal", "gives_own_details": True}
_GROUP = (
    r"(?:groups?|chats?|grwp(?:iau)?|grŵp)\b|\bjoint (?:sites?|pages?|accounts?)\b"
    r"|\b(?:sites?|pages?) (?:of|for|with) parents\b"
)

PARENTS_GROUPS = ReadyRule(
    key="parents_groups",
    group=CONTACT,
    title=_("No part in parents’ groups"),
    says=_("{who} parents’ groups online, such as a class’s WhatsApp group."),
    modality=Modality.MUST_NOT,
    fields={
        "who": Choice(
            _("Who stays out of them?"),
            {
                "staff": _("Staff, from their own accounts"),
                "school": _("The school, which doesn’t post in them"),
                "both": _("Both"),
            },
            said={
                "staff": _("Staff do not join"),
                "school": _("The school does not post in"),
                "both": _("Staff do not join, and the school does not post in,"),
            },
            hints={
                "school": r"\A(?:we|the (?:school|academy|college|trust)|our (?:school|accounts?))\b(?!['’])"
                r"|\A(?:ni fydd yr ysgol|nid yw.r ysgol)",
                "staff": r"staff|teachers?|employees?|colleagues?|athrawon",
            },
        ),
    },
    rules=(
        with_any(
            "who",
            ("staff", "both"),
            {
                "ask": "message.send",
                "point": "parents_groups",
                "for": ["staff"],
                "when": {"in_group": True, "to_relation": "parent"},
                "forbid": {"from_account": "personal"},
            },
        ),
        with_any(
            "who",
            ("school", "both"),
            {
                "ask": "message.send",
                "point": "parents_groups",
                "when": {"in_group": True, "to_relation": "parent"},
                "forbid": {"from_account": "official"},
            },
        ),
    ),
    examples=(
        Example(
            _("A teacher is asked to join the class’s WhatsApp group."),
            "message.send",
            {**IN_GROUP, "from_account": "personal"},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("The teacher’s own child is in the class, and the group is for its parents."),
            "message.send",
            {**IN_GROUP, "from_account": "personal", "tie": "family"},
            Answer.ALLOWED,
            values={"unless": ("family",)},
        ),
        Example(
            _("The office wants to post the news of a trip in that group."),
            "message.send",
            {**IN_GROUP, "from_account": "official"},
            Answer.NOT_ALLOWED,
            values={"who": "school"},
        ),
        Example(
            _("A teacher is asked to join the class’s WhatsApp group."),
            "message.send",
            {**IN_GROUP, "from_account": "personal"},
            Answer.ALLOWED,
            values={"who": "school"},
        ),
        Example(
            _("A teacher writes to one father from a private account."),
            "message.send",
            {**IN_GROUP, "from_account": "personal", "in_group": False},
            Answer.SILENT,
        ),
    ),
    words=(
        "group groups chat chats site sites page pages grŵp grwpiau",
        (
            "join joins joined joining member members belong part participate post posts admin contribute "
            "ymuno aelod aelodau bostio postio rhan"
        ),
        "parent parents class classes whatsapp carers joint shared rhiant rhieni dosbarth",
        "not never no nor avoid refrain decline ni nid na byth peidio",
    ),
    unlike=(
        "discuss discussed discussing used platform picture pictures photo photos photograph photographs "
        "image images video videos comment comments complaints friend friends"
    ),
    never=rf"\A(?!.*\b(?:{_GROUP}))|\A(?:parents?|carers?)\b|\bmay be (?:a )?members?\b",
    knows="directly any other platform year",
)
OWN_NUMBERS = ReadyRule(
    key="own_numbers",
    group=CONTACT,
    title=_("No private numbers or addresses given out"),
    says=_("Staff do not give {whom} their private phone number or email address."),
    modality=Modality.MUST_NOT,
    fields={
        "whom": Several(
            _("Who must not be given it?"),
            {"pupil": _("Pupils"), "parent": _("Parents")},
            said={"pupil": _("pupils"), "parent": _("parents")},
            hints={
                "pupil": r"pupils?|students?|learners?|child(?:ren)?|young people|dd?isgybl(?:ion)?|plant",
                "parent": r"parents?|carers?|famil(?:y|ies)|rhieni|rhiant|teuluoedd",
            },
        )
    },
    rules=(
        {
            "ask": "message.send",
            "point": "own_numbers",
            "for": ["staff"],
            "when": {"from_account": "personal", "gives_own_details": True},
            "forbid": {"any": OfEach("whom", {one: {"to_relation": one} for one in ("pupil", "parent")})},
        },
    ),
    examples=(
        Example(
            _("A teacher wants to give a mother a private mobile number."),
            "message.send",
            {**MY_NUMBER, "to_relation": "parent"},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A teacher wants to give a mother a private mobile number."),
            "message.send",
            {**MY_NUMBER, "to_relation": "parent"},
            Answer.ALLOWED,
            values={"whom": ("pupil",)},
        ),
        Example(
            _("A teacher gives a colleague a private mobile number."),
            "message.send",
            {**MY_NUMBER, "to_relation": "staff"},
            Answer.ALLOWED,
        ),
        Example(
            _("A teacher writes to a father and gives no number."),
            "message.send",
            {**MY_NUMBER, "to_relation": "parent", "gives_own_details": False},
            Answer.SILENT,
        ),
    ),
    words=(
        "give gives given share shares shared exchange provide disclose pass rhoi roi rannu rhannu",
        (
            "phone telephone mobile number numbers email mail address addresses contact details ffôn rhif "
            "cyfeiriad cyfeiriadau ebost e-bost manylion"
        ),
        "own personal private home personaldata preifat personol",
        (
            "pupil pupils student students child children parent parents carers families disgybl "
            "disgyblion ddisgyblion rhiant rhieni"
        ),
        "not never no nor avoid refrain ni nid na byth peidio",
    ),
    unlike=(
        "publish published publishing post posts posted consent picture pictures photo photos account "
        "accounts password passwords data gdpr"
    ),
    never=r"^(?:parents?|pupils?|students?|children)\b|\b(?:pupils?|students?|children|parents?)['’]s?"
    r" (?:\w+ ){0,2}(?:phone|telephone|mobile|number|email|address|contact|details)"
    r"|\b(?:details|information|data) of\b",
    knows="out details telephone",
)
