"""Ready rules on contact with pupils and parents."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.cases import TEACHER
from schoolgate.rulebook.ready.model import By, Choice, Example, Number, OfEach, ReadyRule, Several, with_any
from schoolgate.rulebook.sentences import gettext_noop as _

CONTACT = _("Contact with pupils and parents")
STAFF = {"key": "teacher", "bound_as": "staff"}
PRIVATE = {"channel": "personal"}


def request(kind: str, **about: object) -> dict[str, object]:
    """Return the facts of a friend request to a teacher on 18 January 2027."""
    return {
        "person": STAFF,
        "other": {"key": "other", "relation": kind, "family": False, **about},
        **PRIVATE,
        "act": "accept",
        "on": "2027-01-18",
    }


NO_PUPIL_FRIENDS = ReadyRule(
    key="no_pupil_friends",
    group=CONTACT,
    title=_("No friends among pupils"),
    says=_("Staff are not friends or contacts of pupils on private accounts."),
    modality=Modality.MUST_NOT,
    rules=(
        {
            "ask": "contact.accept",
            "point": "pupil_contact",
            "for": ["staff"],
            "when": {"other_kinds": {"includes": "pupil"}, **PRIVATE},
            "forbid": True,
        },
        {
            "ask": "message.send",
            "point": "children_at_all",
            "for": ["staff"],
            "when": {"to_relation": "pupil", "from_account": "personal"},
            "forbid": True,
        },
    ),
    examples=(
        Example(
            _("A pupil wants to be friends with a teacher."),
            "contact.accept",
            request("pupil"),
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A teacher writes to a pupil from a private account."),
            "message.send",
            {
                "by": TEACHER,
                "to_relation": "pupil",
                "from_account": "personal",
                "way": "social",
                "tie": "none",
            },
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("The pupil is the teacher’s niece."),
            "contact.accept",
            request("pupil", family=True),
            Answer.NOT_ALLOWED,
            values={"unless": ()},
        ),
        Example(
            _("The pupil is the teacher’s niece."),
            "contact.accept",
            request("pupil", family=True),
            Answer.ALLOWED,
            values={"unless": ("family",)},
        ),
        Example(
            _("A pupil follows the school’s page."),
            "contact.accept",
            {**request("pupil"), "channel": "official"},
            Answer.SILENT,
        ),
    ),
    never=r"\b(?:contact details?|(?:phone|mobile|telephone) numbers?|e-?mail address(?:es)?)\b",
    words=(
        (
            "friend friends friendship contact contacts follow followers "
            "connect connected ffrind ffrindiau cyfaill cysylltu dilyn"
        ),
        "pupil pupils student students learner learners child children disgybl disgyblion plant",
        (
            "staff teacher teachers employees own personal private facebook social "
            "request requests accept staff athro athrawon personol derbyn"
        ),
    ),
    unlike="former ex left leaver leavers alumni parent parents picture understand policies cyn",
    knows="present send sends",
)
NO_LEAVER_FRIENDS = ReadyRule(
    key="no_leaver_friends",
    group=CONTACT,
    title=_("No friends among pupils who left"),
    says=_("Staff are not friends or contacts of former pupils on private accounts until {number} {until}."),
    modality=Modality.MUST_NOT,
    fields={
        "number": Number(_("How many years, or what age?"), 18, most=25),
        "until": Choice(
            _("Until when?"),
            {
                "age": _("Until they reach that age"),
                "years": _("Until that many years after they left"),
                "both": _("Until they are 18 and left at least that many years ago"),
            },
            said={
                "age": _("years of age"),
                "years": _("years after they left"),
                "both": _("years after they left and they are 18"),
            },
            hints={
                "both": (
                    r"(?:age of |aged )?(?:18|eighteen)\b[^.;]{0,60}\b(?:and|also)\b[^.;]{0,60}"
                    r"\b(?:years?|left)|years?\b[^.;]{0,60}\band\b[^.;]{0,60}\b(?:18|eighteen)"
                    r"(?: years? (?:old|of age))?"
                ),
                "age": "(?:years? )?(?:of age|old)|aged?|under|(?:f?m?blwydd )?oed",
                "years": "years?|blynedd|mlynedd|flynedd",
            },
            one={
                "age": _("year of age"),
                "years": _("year after they left"),
                "both": _("year after they left and they are 18"),
            },
            takes={"both": 18},
        ),
    },
    rules=(
        {
            "ask": "contact.accept",
            "point": "former_pupil",
            "for": ["staff"],
            "when": {
                "other_kinds": {"includes": "former_pupil"},
                **PRIVATE,
            },
            "forbid": {
                "not": By(
                    "until",
                    {
                        "age": {"other.age": {"at_least": "{number}"}},
                        "years": {"other.left_on": {"over": {"years": "{number}"}}},
                        "both": {
                            "other.age": {"at_least": 18},
                            "other.left_on": {"over": {"years": "{number}"}},
                        },
                    },
                )
            },
        },
    ),
    examples=(
        Example(
            _("A girl of 17 who left last summer wants to be friends with a teacher."),
            "contact.accept",
            request("former_pupil", left_on="2026-07-17", date_of_birth="2009-06-01"),
            Answer.NOT_ALLOWED,
            values={"number": 18, "until": "age"},
        ),
        Example(
            _("She turns 18 tomorrow."),
            "contact.accept",
            request("former_pupil", left_on="2026-07-17", date_of_birth="2009-01-19"),
            Answer.NOT_ALLOWED,
            values={"number": 18, "until": "age"},
        ),
        Example(
            _("She turned 18 today."),
            "contact.accept",
            request("former_pupil", left_on="2026-07-17", date_of_birth="2009-01-18"),
            Answer.ALLOWED,
            values={"number": 18, "until": "age"},
        ),
        Example(
            _("Someone who left two years ago today wants to be friends."),
            "contact.accept",
            request("former_pupil", left_on="2025-01-18"),
            Answer.NOT_ALLOWED,
            values={"number": 2, "until": "years"},
        ),
        Example(
            _("They left two years ago yesterday."),
            "contact.accept",
            request("former_pupil", left_on="2025-01-17"),
            Answer.ALLOWED,
            values={"number": 2, "until": "years"},
        ),
        Example(
            _("A girl of 18 who left last summer wants to be friends with a teacher."),
            "contact.accept",
            request("former_pupil", left_on="2026-07-17", date_of_birth="2008-06-01"),
            Answer.NOT_ALLOWED,
            values={"number": 1, "until": "both"},
        ),
        Example(
            _("Someone of 20 who left two years ago yesterday wants to be friends."),
            "contact.accept",
            request("former_pupil", left_on="2025-01-17", date_of_birth="2006-06-01"),
            Answer.ALLOWED,
            values={"number": 1, "until": "both"},
        ),
        Example(
            _("A boy of 17 who left two years ago yesterday wants to be friends."),
            "contact.accept",
            request("former_pupil", left_on="2025-01-17", date_of_birth="2009-06-01"),
            Answer.NOT_ALLOWED,
            values={"number": 1, "until": "both"},
        ),
        Example(
            _("Someone who left in 2010, now 33, wants to be friends."),
            "contact.accept",
            request("former_pupil", left_on="2010-07-17", date_of_birth="1993-06-01"),
            Answer.ALLOWED,
        ),
        Example(
            _("Someone who left last summer, now 12, wants to be friends."),
            "contact.accept",
            request("former_pupil", left_on="2026-07-17", date_of_birth="2014-06-01"),
            Answer.NOT_ALLOWED,
        ),
    ),
    words=(
        "former ex left leaver leavers alumni past cyn ymadael gadawodd",
        "pupil pupils student students learner learners leaver leavers alumni disgybl disgyblion",
        (
            "friend friends contact contacts connect connected accept request 18 until under ffrind "
            "ffrindiau "
            "cysylltu derbyn"
        ),
    ),
    unlike="picture photograph image film record kept lead employee",
    knows="accepted send sends",
)
NO_PARENT_FRIENDS = ReadyRule(
    key="no_parent_friends",
    group=CONTACT,
    title=_("No friends among parents"),
    says=_("Staff are not friends or contacts of pupils’ parents on private accounts."),
    modality=Modality.MUST_NOT,
    rules=(
        {
            "ask": "contact.accept",
            "point": "parent_contact",
            "for": ["staff"],
            "when": {"other_kinds": {"includes": "parent"}, **PRIVATE, "other.child_on_roll": True},
            "forbid": True,
        },
    ),
    examples=(
        Example(
            _("The mother of a pupil wants to be friends with a teacher."),
            "contact.accept",
            request("parent", child_on_roll=True),
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("She is the teacher’s sister."),
            "contact.accept",
            request("parent", child_on_roll=True, family=True),
            Answer.ALLOWED,
            values={"unless": ("family",)},
        ),
        Example(
            _("Her children left years ago."),
            "contact.accept",
            request("parent", child_on_roll=False),
            Answer.SILENT,
        ),
    ),
    words=(
        "friend friends contact contacts connect connected ffrind ffrindiau cysylltu",
        "parent parents carer carers rhiant rhieni gofalwr",
        "staff teacher teachers own personal private facebook accept request personol preifat derbyn",
    ),
    unlike="notify notifying notified inform informing tell telling told report consent picture complaint",
    knows="invitation invitations asked",
)
SCHOOL_CHANNELS = ReadyRule(
    key="school_channels",
    group=CONTACT,
    title=_("School matters only from school accounts"),
    says=_("Staff write to {whom} only from school accounts, never from private ones."),
    modality=Modality.MUST_NOT,
    fields={
        "whom": Several(
            _("Who do they write to?"),
            {"parent": _("Parents"), "pupil": _("Pupils")},
            said={"parent": _("parents"), "pupil": _("pupils")},
            hints={
                "parent": r"parents?|carers?|famil(?:y|ies)|rhieni|rhiant|teuluoedd|anyone|people",
                "pupil": r"pupils?|students?|learners?|child(?:ren)?|dd?isgybl(?:ion)?|plentyn|b?lant|plant"
                r"|anyone|people",
            },
        )
    },
    rules=(
        with_any(
            "whom",
            ("parent",),
            {
                "ask": "message.send",
                "point": "parents_from_own",
                "for": ["staff"],
                "when": {"to_relation": "parent", "not": {"purpose": "private"}},
                "forbid": {"from_account": "personal"},
            },
        ),
        with_any(
            "whom",
            ("pupil",),
            {
                "ask": "message.send",
                "point": "school_from_own",
                "for": ["staff"],
                "when": {"to_relation": "pupil"},
                "forbid": {"from_account": "personal"},
            },
        ),
        {
            "ask": "item.answer",
            "point": "from_personal_account",
            "for": ["staff"],
            "when": {"any": OfEach("whom", {one: {"to_relation": one} for one in ("parent", "pupil")})},
            "forbid": {"from_account": "personal"},
        },
    ),
    examples=(
        Example(
            _("A teacher writes to a father about homework from a private account."),
            "message.send",
            {
                "by": TEACHER,
                "to_relation": "parent",
                "from_account": "personal",
                "purpose": "school_business",
                "way": "social",
            },
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A teacher writes to a father from the school’s account."),
            "message.send",
            {
                "by": TEACHER,
                "to_relation": "parent",
                "from_account": "official",
                "purpose": "school_business",
                "way": "email",
            },
            Answer.ALLOWED,
        ),
        Example(
            _("A teacher answers a comment on the school’s page from a private account."),
            "item.answer",
            {"by": TEACHER, "kind": "query", "from_account": "personal", "to_relation": "parent"},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A teacher writes to a father about homework from a private account."),
            "message.send",
            {
                "by": TEACHER,
                "to_relation": "parent",
                "from_account": "personal",
                "purpose": "school_business",
                "way": "social",
            },
            Answer.SILENT,
            values={"whom": ("pupil",)},
        ),
    ),
    words=(
        (
            "message messages whatsapp communicate communicating communication email emails speak "
            "contact write neges negeseuon cyfathrebu ysgrifennu"
        ),
        "parent parents pupil pupils student students families rhiant rhieni disgybl disgyblion",
        "official school approved only own personal private swyddogol ysgol preifat personol",
    ),
    unlike="friend friends picture consent address receive receives received",
)
NO_PRIVATE_CHAT = ReadyRule(
    key="no_private_chat",
    group=CONTACT,
    title=_("No private messages with single pupils"),
    says=_("Staff never exchange private messages with a single pupil."),
    modality=Modality.MUST_NOT,
    rules=(
        {
            "ask": "message.send",
            "point": "private_message",
            "for": ["staff"],
            "when": {"to_relation": "pupil"},
            "forbid": {"in_public": False, "to_one_pupil": True},
        },
        {
            "ask": "item.answer",
            "point": "private_to_pupil",
            "for": ["staff"],
            "when": {"to_relation": "pupil"},
            "forbid": {"reply_channel": "private"},
        },
    ),
    examples=(
        Example(
            _("A coach writes a private message to one pupil."),
            "message.send",
            {"by": TEACHER, "to_relation": "pupil", "pupils": 1, "in_public": False, "way": "social"},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A teacher answers a pupil’s comment in private."),
            "item.answer",
            {"by": TEACHER, "kind": "query", "to_relation": "pupil", "reply_channel": "private"},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A teacher answers where everyone can read it."),
            "item.answer",
            {"by": TEACHER, "kind": "query", "to_relation": "pupil", "reply_channel": "public"},
            Answer.ALLOWED,
        ),
    ),
    words=(
        "private privately direct one individual preifat uniongyrchol unigol",
        "message messages messaging chat conversation neges negeseuon sgwrs",
        "pupil pupils student students child children disgybl disgyblion plant",
    ),
    unlike="press consent",
)
NO_PARENT_CHAT = ReadyRule(
    key="no_parent_chat",
    group=CONTACT,
    title=_("No private messages with parents"),
    says=_("Staff never exchange private messages with parents on social media."),
    modality=Modality.MUST_NOT,
    rules=(
        {
            "ask": "message.send",
            "point": "private_message",
            "for": ["staff"],
            "when": {"to_relation": "parent", "way": "social"},
            "forbid": {"in_public": False},
        },
        {
            "ask": "item.answer",
            "point": "private_message",
            "for": ["staff"],
            "when": {"to_relation": "parent"},
            "forbid": {"reply_channel": "private"},
        },
    ),
    examples=(
        Example(
            _("A teacher writes a private message to a father on Facebook."),
            "message.send",
            {"by": TEACHER, "to_relation": "parent", "way": "social", "in_public": False, "tie": "none"},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A teacher answers him where everyone can read it."),
            "message.send",
            {"by": TEACHER, "to_relation": "parent", "way": "social", "in_public": True, "tie": "none"},
            Answer.ALLOWED,
        ),
        Example(
            _("A father writes a private message to the school’s page, and a teacher wants to answer there."),
            "item.answer",
            {"by": TEACHER, "kind": "query", "to_relation": "parent", "reply_channel": "private"},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A teacher writes to him by email."),
            "message.send",
            {"by": TEACHER, "to_relation": "parent", "way": "email", "in_public": False, "tie": "none"},
            Answer.SILENT,
        ),
    ),
    words=(
        "private direct privately chat chats dm dms preifat uniongyrchol sgwrsio",
        "parent parents carer carers family families rhiant rhieni gofalwr gofalwyr",
        "message messages messaging messenger chat exchange neges negeseuon sgwrsio",
    ),
    unlike="pupil pupils student students child children answered reply replies friend friends within days",
)
