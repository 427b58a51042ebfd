"""Ready rules on who belongs to the school's groups, and on group chats with pupils."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.cases import TEACHER
from schoolgate.rulebook.ready.declared.accounts import GROUP
from schoolgate.rulebook.ready.declared.contacts import CONTACT
from schoolgate.rulebook.ready.declared.official import FOLLOWS
from schoolgate.rulebook.ready.model import Choice, Example, OfEach, ReadyRule, Several, with_any
from schoolgate.rulebook.sentences import gettext_noop as _

_KINDS = {
    "parents": "parent",
    "staff": "colleague",
    "governors": "governor",
    "pupils": "pupil",
    "former": "former_pupil",
}


def _asks(relation: str, *also: str) -> dict[str, object]:
    other = {"key": "who", "relation": relation, "also": [*also], "on_roll": True, "child_on_roll": True}
    return {**FOLLOWS, "act": "accept", "other": other}


MEMBERS = ReadyRule(
    key="members_are",
    group=GROUP,
    title=_("Who belongs to our groups"),
    says=_("Only {who} are accepted as members or followers of our closed groups and accounts."),
    modality=Modality.MUST_NOT,
    fields={
        "who": Several(
            _("Who is accepted?"),
            {
                "parents": _("Parents and carers of pupils"),
                "staff": _("Staff"),
                "governors": _("Governors, trustees or members of the committee"),
                "pupils": _("Pupils"),
                "former": _("Former pupils"),
            },
            said={
                "parents": _("parents and carers"),
                "staff": _("staff"),
                "governors": _("governors"),
                "pupils": _("pupils"),
                "former": _("former pupils"),
            },
            hints={
                "parents": r"parents?|carers?|famil(?:y|ies)|guardians?|rhieni|gofalwyr",
                "staff": r"staff|employees|teachers|colleagues|athrawon",
                "governors": r"governors?|trustees?|committee(?: members?)?|llywodraethwyr|pwyllgor",
                "former": r"(?:former|past|ex)[ -](?:pupils?|students?)|alumni|cyn-?ddisgyblion",
                "pupils": r"(?<!former )(?<!past )(?<!ex-)(?:pupils?|students?|learners?)"
                r"|(?<!cyn-)disgyblion",
            },
        )
    },
    rules=(
        {
            "ask": "contact.accept",
            "point": "followers",
            "when": {"channel": "official", "act": "accept"},
            "forbid": {"not": {"other_kinds": {"includes_any": OfEach("who", _KINDS)}}},
        },
    ),
    examples=(
        Example(
            _("A grandmother asks to join the school’s closed group."),
            "contact.accept",
            _asks("other"),
            Answer.NOT_ALLOWED,
            values={"who": ("parents", "staff", "governors")},
        ),
        Example(
            _("A mother asks to join it."),
            "contact.accept",
            _asks("parent"),
            Answer.ALLOWED,
            values={"who": ("parents", "staff", "governors")},
        ),
        Example(
            _("A governor asks to join it."),
            "contact.accept",
            _asks("governor"),
            Answer.NOT_ALLOWED,
            values={"who": ("parents", "staff")},
        ),
    ),
    words=(
        "member members join joins follow follower followers access aelod aelodau ymuno dilyn dilynwyr",
        "group groups account accounts page grŵp grwp grwpiau cyfrif cyfrifon",
        "only solely limited restricted unig dim",
        "parent parents carers families staff rhieni gofalwyr athrawon",
    ),
    unlike="post posts delete remove removed approve password passwords comment comments friend friends own "
    "personal private admin administrator administrators moderators run manage chat link linked connection",
    never=r"\bmembers? of (?:the )?(?:staff|public)\b(?! (?:may|can) (?:join|be))|\b(?:must|should) not\b",
    knows="current persons legal responsibility child committee closed facebook membership restricted open",
)
GROUP_CHAT = {"by": TEACHER, "to_relation": "pupil", "way": "social", "direction": "outgoing", "pupils": 12}
_A_GROUP = {"to_relation": "pupil", "way": "social", "to_one_pupil": False}
PUPILS_GROUPS = ReadyRule(
    key="pupils_groups",
    group=CONTACT,
    title=_("No group chats with pupils"),
    says=_("Staff are in no group chats with pupils {which}."),
    modality=Modality.MUST_NOT,
    fields={
        "which": Choice(
            _("Which group chats?"),
            {
                "any": _("Any, such as a WhatsApp group"),
                "own": _("Those from staff’s own accounts or phones"),
            },
            said={"any": _("on social media"), "own": _("from their own accounts or phones")},
            hints={
                "own": r"own|personal|private|preifat|personol",
                "any": r"\A(?!.*\b(?:own|personal|private|preifat|personol)\b)"
                r"(?=.*\b(?:whatsapp|snapchat|telegram|any|group chats?|chat groups?)\b)\w+",
            },
        )
    },
    rules=(
        with_any(
            "which",
            ("any",),
            {
                "ask": "message.send",
                "point": "children_at_all",
                "for": ["staff"],
                "when": {"to_relation": "pupil", "to_one_pupil": False},
                "forbid": {"way": "social"},
            },
        ),
        with_any(
            "which",
            ("own",),
            {
                "ask": "message.send",
                "point": "children_at_all",
                "for": ["staff"],
                "when": _A_GROUP,
                "forbid": {"from_account": "personal"},
            },
        ),
    ),
    examples=(
        Example(
            _("A teacher sets up a WhatsApp group with the pupils of a form."),
            "message.send",
            {**GROUP_CHAT, "from_account": "personal"},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A teacher writes to the form from a school account."),
            "message.send",
            {**GROUP_CHAT, "from_account": "official"},
            Answer.ALLOWED,
            values={"which": "own"},
        ),
        Example(
            _("A teacher writes an email to the form."),
            "message.send",
            {**GROUP_CHAT, "from_account": "official", "way": "email"},
            Answer.ALLOWED,
        ),
    ),
    words=(
        "group groups chat chats grŵp grwp grwpiau sgwrs",
        "pupil pupils student students learner learners child children disgybl disgyblion ddisgyblion plant",
        (
            "whatsapp join joins joined joining set create created creating run member members message "
            "messages messaging snapchat ymuno creu aelod"
        ),
        "not never no nor avoid refrain ni nid na byth peidio",
    ),
    unlike="parent parents carers discuss discussed information share shared about name named picture "
    "pictures photo photos photograph comment comments friends committee rhieni",
    never=r"^(?:pupils?|students?|parents?|carers?)\b|\bgroups? (?:of|for) (?:staff|parents)\b|\bage group",
    knows="whatsapp social media setting set up any with app messaging online telegram discord",
)
