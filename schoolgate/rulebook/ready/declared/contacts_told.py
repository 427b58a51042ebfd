"""A ready rule on who is told when a pupil or parent asks staff to be their friend online."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.declared.contacts import CONTACT, PRIVATE, request
from schoolgate.rulebook.ready.model import By, Choice, Example, OfEach, ReadyRule, Role, Several
from schoolgate.rulebook.sentences import gettext_noop as _

_TOLD = r"notif(?:y|ies|ied|ying)|tell|tells|told|telling|inform(?:s|ed|ing)?|report(?:s|ed|ing)?"
_PARENTS = r"parents?|carers?|famil(?:y|ies)"
REQUEST_TOLD = ReadyRule(
    key="request_told",
    group=CONTACT,
    title=_("Someone is told of friend requests"),
    says=_("Staff tell{who}{also} of each request by {whom} to be their friend or contact."),
    modality=Modality.MUST,
    fields={
        "who": Role(_("Who is told?"), optional=True, told=True, said=_(" the {role}")),
        "also": Choice(
            _("Are the child’s parents told?"),
            {"no": _("No"), "parents": _("Yes, too"), "only": _("Yes, and no one else")},
            said={"no": "", "parents": _(" and the child’s parents"), "only": _(" the child’s parents")},
            of_roles=("no", "parents"),
            hints={
                "only": rf"(?:{_TOLD}) (?:the |their |that )?(?:(?:pupil|child|student)s?[’']?s? )?"
                rf"(?:{_PARENTS})(?! and | or |,| as well)",
                "parents": rf"(?:{_TOLD})[^.;]{{0,40}} (?:{_PARENTS})",
                "no": rf"\A(?=.*\b(?:{_TOLD}))(?!.*\b(?:{_TOLD})\b[^.;]{{0,40}} (?:{_PARENTS})\b)\w+",
            },
        ),
        "whom": Several(
            _("Whose requests?"),
            {"pupils": _("Pupils"), "former": _("Former pupils"), "parents": _("Parents and carers")},
            said={"pupils": _("pupils"), "former": _("former pupils"), "parents": _("parents or carers")},
            hints={
                "pupils": r"(?<!former )(?<!ex-)(?:pupils?|students?|learners?|child(?:ren)?)(?!['’]s)"
                r"|dd?isgybl(?:ion)?|plentyn|blentyn",
                "former": r"(?:former|ex|past)[ -](?:pupils?|students?)|leavers?|gyn-ddisgybl\w*",
                "parents": rf"(?:by|from) (?:an? |the )?(?:{_PARENTS})|(?:{_PARENTS}) (?:sends?|asks?|adds?)",
            },
        ),
    },
    rules=(
        {
            "ask": "contact.accept",
            "point": "request_told",
            "for": ["staff"],
            "when": {
                **PRIVATE,
                "act": "accept",
                "any": OfEach(
                    "whom",
                    {
                        "pupils": {"other_kinds": {"includes": "pupil"}},
                        "former": {"other_kinds": {"includes": "former_pupil"}},
                        "parents": {"other_kinds": {"includes": "parent"}},
                    },
                ),
            },
            "oblige": {"who": "contact_asker", "what": "incident.report"},
            "say": By(
                "also",
                {
                    "no": "contact.request_told",
                    "parents": "contact.request_told_to_parents",
                    "only": "contact.request_told_to_parents_alone",
                },
            ),
            "args": {"roles": ["{who}"]},
        },
    ),
    examples=(
        Example(
            _("A pupil asks to be a teacher’s friend on Facebook."),
            "contact.accept",
            request("pupil", also=[]),
            Answer.TO_DO,
        ),
        Example(
            _("The mother of a pupil asks to be a teacher’s friend on Facebook."),
            "contact.accept",
            request("parent", also=[], child_on_roll=True),
            Answer.SILENT,
            values={"whom": ("pupils",)},
        ),
        Example(
            _("A teacher wants to follow a pupil."),
            "contact.accept",
            {**request("pupil", also=[]), "act": "follow"},
            Answer.SILENT,
        ),
    ),
    words=(
        "friend friends contact follow request requests invitation ffrind ffrindiau cais ceisiadau",
        (
            "notify notifies notified notifying tell tells told telling inform informs informing informed "
            "report reports reported hysbysu gwybod"
        ),
        (
            "child children pupil pupils student students learner parent parents disgybl disgyblion plentyn "
            "rhiant rhieni"
        ),
        "request requests sends send receives receive received asks invitation cais ceisiadau",
    ),
    unlike="comment comments press journalist picture photo consent message messages concern police",
    holds=r"\b(?:if|when|where|should|os|pan) [^,;.]{0,80}\b(?:requests?|cais)\b",
    knows="sends receives asked staff facebook",
)
