"""Ready rules on what is done with the school's accounts: from which device, with no replies, and who they
follow."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.cases import TEACHER
from schoolgate.rulebook.ready.declared import accounts, comments
from schoolgate.rulebook.ready.model import Choice, Example, OfEach, ReadyRule, Several, with_any
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.networks import NETWORKS

FROM_OWN = {"by": TEACHER, "device": "own", "for_school_account": True}

POSTING_DEVICE = ReadyRule(
    key="posting_device",
    group=accounts.GROUP,
    title=_("Posts only from school devices"),
    says=_("Staff never post on school accounts from their own phones or other devices."),
    modality=Modality.MUST_NOT,
    rules=(
        {
            "ask": "equipment.use",
            "point": "posting_device",
            "for": ["staff"],
            "when": {"for_school_account": True},
            "forbid": {"device": "own"},
        },
    ),
    examples=(
        Example(
            _("A teacher posts the result of the match on the school’s page from a private phone."),
            "equipment.use",
            FROM_OWN,
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("The teacher does so from the school’s tablet."),
            "equipment.use",
            {**FROM_OWN, "device": "school"},
            Answer.ALLOWED,
        ),
        Example(
            _("A teacher looks up a bus on a private phone."),
            "equipment.use",
            {**FROM_OWN, "for_school_account": False},
            Answer.SILENT,
        ),
    ),
    words=(
        (
            "phone phones smartphone smartphones mobile mobiles device devices ipad ipads tablet tablets "
            "laptop laptops computer computers ffon ffonau dyfais dyfeisiau"
        ),
        (
            "own personal personally private school academy college federation trust work issued preifat "
            "personol eu hunain ysgol"
        ),
        (
            "post posts posted posting publish published publishing upload uploads uploaded uploading tweet "
            "content update updated manage managed run postio bostio phostio cyhoeddi uwchlwytho"
        ),
        "account accounts page pages website cyfrif cyfrifon gyfrif gyfrifon tudalen tudalennau",
    ),
    unlike="friend friends number take taken taking takes took lesson lessons break password passwords "
    "logged parents visitors children consent",
    knows="upload content using only made posted through smart",
)
_CALLED = {one: name.casefold() for one, name in NETWORKS.items()} | {"x": "twitter|(?:on|to|via) x"}
"""How a clause names each network."""
WHERE = ("facebook", "instagram", "x", "linkedin", "tiktok", "youtube", "threads", "bluesky")
"""The networks on which schools have accounts."""
ANSWERS = {"kind": {"any_of": ["comment", "query", "complaint", "mention"]}}
REPLY = {
    "by": TEACHER,
    "kind": "comment",
    "from_account": "official",
    "from_press": False,
    "reply_channel": "public",
    "to_relation": "parent",
}
A_FATHER = _(
    "A father comments below a post on Facebook, and a teacher wants to reply from the school’s page."
)
NO_REPLIES = ReadyRule(
    key="no_replies",
    group=comments.GROUP,
    title=_("No replies to comments"),
    says=_("The school doesn’t reply to comments on {network}."),
    modality=Modality.MUST_NOT,
    fields={
        "network": Choice(
            _("On which network?"),
            {"any": _("On any network"), **{one: NETWORKS[one] for one in WHERE}},
            said={"any": _("its social media accounts"), **{one: NETWORKS[one] for one in WHERE}},
            hints={
                **{one: _CALLED[one] for one in WHERE},
                "any": rf"\A(?=.*\b(?:repl|respon|answer|ateb)\w*)"
                rf"(?!.*\b(?:{'|'.join(_CALLED.values())}|some|certain|these|such|those)\b)\w+",
            },
        )
    },
    rules=(
        with_any(
            "network",
            ("any",),
            {
                "ask": "item.answer",
                "point": "replies_here",
                "when": ANSWERS,
                "forbid": {"from_account": "official"},
            },
        ),
        with_any(
            "network",
            WHERE,
            {
                "ask": "item.answer",
                "point": "replies_here",
                "when": ANSWERS,
                "forbid": {"network": "{network}"},
            },
        ),
    ),
    examples=(
        Example(
            A_FATHER,
            "item.answer",
            {**REPLY, "network": "facebook"},
            Answer.NOT_ALLOWED,
        ),
        Example(
            A_FATHER,
            "item.answer",
            {**REPLY, "network": "facebook"},
            Answer.ALLOWED,
            values={"network": "x"},
        ),
        Example(
            _("The same on X (Twitter)."),
            "item.answer",
            {**REPLY, "network": "x"},
            Answer.NOT_ALLOWED,
            values={"network": "x"},
        ),
        Example(
            _("A father writes a private message to the school."),
            "item.answer",
            {**REPLY, "kind": "message", "network": "x"},
            Answer.SILENT,
            values={"network": "x"},
        ),
    ),
    words=(
        (
            "reply replies replied replying respond responds responded response answer answers answered ateb "
            "atebir"
        ),
        "comment comments tweet tweets sylw sylwadau",
        "not never no nor don doesn won cannot ni nid na nad byth peidiwch",
    ),
    unlike=(
        "within hour hours day days weekend weekends evening evenings night holidays private privately pupil "
        "pupils journalist journalists press abusive offensive negative threatening themselves own "
        "personal staff until unless without approval approved only before complaint complaints delete "
        "deleted removed hidden"
    ),
    knows="platform place",
)
PRIVATELY = {
    "by": TEACHER,
    "from_account": "official",
    "way": "social",
    "to_relation": "parent",
    "in_public": False,
}
NO_PRIVATE_MESSAGES = ReadyRule(
    key="no_private_messages",
    group=comments.GROUP,
    title=_("No private messages"),
    says=_("The school’s accounts exchange no private messages with anyone."),
    modality=Modality.MUST_NOT,
    rules=(
        {"ask": "item.answer", "point": "private_message", "forbid": {"reply_channel": "private"}},
        {
            "ask": "message.send",
            "point": "private_message",
            "when": {"from_account": "official", "way": "social"},
            "forbid": {"in_public": False},
        },
    ),
    examples=(
        Example(
            _("A father writes a private message to the school’s page, and a teacher wants to answer there."),
            "item.answer",
            {**REPLY, "kind": "message", "reply_channel": "private"},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A teacher answers where everyone can read it."),
            "item.answer",
            REPLY,
            Answer.ALLOWED,
        ),
        Example(
            _("A teacher writes a private message to a father from the school’s page."),
            "message.send",
            PRIVATELY,
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A teacher writes to him by email."),
            "message.send",
            {**PRIVATELY, "way": "email"},
            Answer.SILENT,
        ),
    ),
    words=(
        "private direct privately dm dms preifat uniongyrchol",
        (
            "message messages messaging messenger dm dms discussion discussions conversation conversations "
            "chat chats neges negeseuon sgwrs sgyrsiau"
        ),
        (
            "anyone anybody everyone others users followers account accounts page pages neb cyfrif cyfrifon "
            "gyfrif gyfrifon tudalen"
        ),
        "not never no nor don doesn cannot ni nid na nad byth peidiwch",
    ),
    unlike=(
        "pupil pupils student students child children parent parents staff teacher teachers personal within "
        "hours days day evening weekend unless until press journalist"
    ),
    knows="enter into exchange reply respond send",
)
FOLLOWS = {
    "person": {"key": "teacher", "bound_as": "staff"},
    "channel": "official",
    "act": "follow",
    "on": "2027-01-18",
}
_ONLY_FOLLOWS = (
    r"(?:only (?:ever )?follows?|follows? only) (?:\w+,? ){0,5}?(?:schools|organi[sz]ations|charit(?:y|ies))"
)
SCHOOL_FOLLOWERS = ReadyRule(
    key="followers_known",
    group=accounts.GROUP,
    title=_("Who may follow our accounts"),
    says=_("Only people linked with the school are accepted as followers of our accounts."),
    modality=Modality.MUST_NOT,
    rules=(
        {
            "ask": "contact.accept",
            "point": "followers",
            "when": {"channel": "official", "act": "accept"},
            "forbid": {
                "not": {
                    "other_kinds": {
                        "includes_any": [
                            "pupil",
                            "former_pupil",
                            "parent",
                            "colleague",
                            "governor",
                            "organisation",
                        ]
                    }
                }
            },
        },
    ),
    examples=(
        Example(
            _("Someone without a link with the school wants to follow its account."),
            "contact.accept",
            {**FOLLOWS, "act": "accept", "other": {"key": "who", "relation": "other", "also": []}},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A mother wants to follow the school’s account."),
            "contact.accept",
            {**FOLLOWS, "act": "accept", "other": {"key": "mum", "relation": "parent", "also": []}},
            Answer.ALLOWED,
        ),
        Example(
            _("The school’s account is to follow a mother back."),
            "contact.accept",
            {**FOLLOWS, "other": {"key": "mum", "relation": "parent", "also": []}},
            Answer.SILENT,
        ),
    ),
    words=(
        "follow follower followers dilyn dilynwr dilynwyr",
        "accept accepted accepts accepting approve approved allow allowed dderbyn derbyn derbynnir",
        "link links linked connection connected known community genuine obvious cysylltiad chysylltiad",
        "account accounts page pages twitter request requests cyfrif cyfrifon tudalen",
    ),
    unlike="friend friends friendship own personal private under report reported picture policy",
    holds=r"\bwhen individuals make requests\b"
    r"|\b(?:only )?(?:if|where) (?:their|the person[’']s|his or her) (?:link|connection)"
    r" with the school is \w+",
    knows="individuals make obvious only people parents families staff pupils",
)
SCHOOL_FOLLOWS = ReadyRule(
    key="school_follows",
    group=accounts.GROUP,
    title=_("Who school accounts don’t follow"),
    says=_("School accounts don’t follow {whom}."),
    modality=Modality.MUST_NOT,
    fields={
        "whom": Several(
            _("Who is not followed?"),
            {
                "anyone": _("Anyone at all"),
                "pupils": _("Pupils"),
                "former": _("Former pupils"),
                "parents": _("Parents and carers"),
                "staff": _("Members of staff"),
                "others": _("Anyone but schools and organisations we work with"),
            },
            said={
                "anyone": _("anyone"),
                "pupils": _("pupils"),
                "former": _("former pupils"),
                "parents": _("parents or carers"),
                "staff": _("members of staff"),
                "others": _("anyone but schools and organisations we work with"),
            },
            hints={
                "anyone": r"any(?: other)? (?:\w+ )?(?:users?|accounts?|pages?|people)|anyone(?: else)?"
                r"|no one(?: else)?|nobody|(?:no )?other (?:\w+ )?(?:users|accounts|pages)|neb|unrhyw un",
                "pupils": r"(?<!former )(?<!ex-)(?:pupils?|students?|learners?|child(?:ren)?)"
                r"(?!['’]s)|dd?isgybl(?:ion)?|phlant|plant",
                "former": r"(?:former|ex|past)[ -](?:pupils?|students?)|leavers?|alumni|gyn-ddisgybl\w*",
                "parents": r"parents?|carers?|famil(?:y|ies)|rhieni|rieni|teuluoedd",
                "staff": r"(?:members? of )?staff|employees?|teachers?|colleagues?|athrawon|gweithwyr",
                "others": _ONLY_FOLLOWS,
            },
        )
    },
    rules=(
        {
            "ask": "contact.accept",
            "point": "school_follows",
            "when": {"channel": "official", "act": "follow"},
            "forbid": {
                "any": OfEach(
                    "whom",
                    {
                        "anyone": {"act": "follow"},
                        "pupils": {"other_kinds": {"includes": "pupil"}},
                        "former": {"other_kinds": {"includes": "former_pupil"}},
                        "parents": {"other_kinds": {"includes": "parent"}},
                        "staff": {"other_kinds": {"includes": "colleague"}},
                        "others": {"not": {"other_kinds": {"includes": "organisation"}}},
                    },
                )
            },
        },
    ),
    examples=(
        Example(
            _("The school’s account is to follow a mother back."),
            "contact.accept",
            {**FOLLOWS, "other": {"key": "mum", "relation": "parent", "also": []}},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("It is to follow a children’s author."),
            "contact.accept",
            {**FOLLOWS, "other": {"key": "author", "relation": "other", "also": []}},
            Answer.ALLOWED,
            values={"whom": ("pupils", "former", "parents", "staff")},
        ),
        Example(
            _("It is to follow a children’s author, and no one at all is followed."),
            "contact.accept",
            {**FOLLOWS, "other": {"key": "author", "relation": "other", "also": []}},
            Answer.NOT_ALLOWED,
            values={"whom": ("anyone",)},
        ),
        Example(
            _("The children’s author is a pupil’s father, too."),
            "contact.accept",
            {**FOLLOWS, "other": {"key": "author", "relation": "other", "also": ["parent"]}},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A mother wants to follow the school’s account."),
            "contact.accept",
            {**FOLLOWS, "act": "accept", "other": {"key": "mum", "relation": "parent", "also": []}},
            Answer.SILENT,
        ),
    ),
    words=(
        "follow follows following dilyn ddilyn",
        "school schools our we official academy college ysgol swyddogol",
        "account accounts page pages users user anyone cyfrif cyfrifon tudalen",
        (
            "pupil pupils student students child children parent parents carer carers staff individual "
            "individuals colleagues former alumni users anyone anybody nobody disgybl disgyblion rhieni neb "
            "organisation organisations charity charities"
        ),
    ),
    never=r"\A(?:(?!\b(?:accounts?|pages?|channels?|feeds?|we|school (?:will|does|do|must|should)"
    r"|cyfrif(?:on)?|tudalen)\b).)*\bfollow"
    rf"|\btag|\bthagio|\btagio|(?!{_ONLY_FOLLOWS})\b(?:only (?:ever )?follow|follows? only)"
    r"|\b(?:own|personal|private) (?:\w+ ){0,2}(?:accounts?|profiles?|pages?)\b"
    r"(?! of (?:\w+ ){0,2}(?:pupils|parents|carers|staff|students|children))",
    unlike="friend friends friendship befriend message accept policy guidelines rules procedure",
    knows="twitter individual members back users personal private own",
)
