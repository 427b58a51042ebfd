"""A ready rule on followers of school accounts who are too young for the network."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.declared.contacts import CONTACT
from schoolgate.rulebook.ready.model import By, Choice, Example, Number, ReadyRule, Role
from schoolgate.rulebook.sentences import gettext_noop as _

_PARENTS = r"parents?|carers?|famil(?:y|ies)"


def _follower(**born: object) -> dict[str, object]:
    """Return the facts of someone who follows a school account."""
    return {
        "person": {"key": "a", "bound_as": "staff"},
        "channel": "official",
        "act": "accept",
        "other": {"key": "b", "relation": "other", "also": [], "family": False, **born},
        "on": "2027-01-18",
    }


YOUNG_FOLLOWERS = ReadyRule(
    key="young_followers",
    group=CONTACT,
    title=_("Followers who are too young are reported"),
    says=_("Followers of our accounts who are under {age} are reported{also}{who}."),
    modality=Modality.MUST,
    fields={
        "age": Number(_("Under which age?"), 13, most=18),
        "also": Choice(
            _("Are the child’s parents told?"),
            {"only": _("Yes, and no one else"), "parents": _("Yes, too"), "no": _("No")},
            said={"only": _(" to their parents"), "parents": _(" to their parents and"), "no": ""},
            of_roles=("no", "parents"),
            hints={
                "only": rf"(?:to|tell|inform|notify) (?:the |their )?(?:{_PARENTS})(?! and | or |, )",
                "parents": rf"(?:to|tell|inform|notify)[^.;]{{0,60}}\b(?:{_PARENTS})",
                "no": rf"\A(?=.*\b(?:report|tell|told|inform|notif)\w*)(?!.*\b(?:{_PARENTS})\b)\w+",
            },
        ),
        "who": Role(_("Who is told?"), optional=True, told=True, said=_(" to the {role}")),
    },
    rules=(
        {
            "ask": "contact.accept",
            "point": "request_told",
            "when": {
                "channel": "official",
                "act": "accept",
                "not": {"other.age": {"at_least": "{age}"}},
            },
            "oblige": {"who": "contact_asker", "what": "incident.report"},
            "say": By(
                "also",
                {
                    "no": "contact.young_follower_told",
                    "parents": "contact.young_follower_told_to_parents",
                    "only": "contact.young_follower_told_to_parents_alone",
                },
            ),
            "args": {"roles": ["{who}"]},
        },
    ),
    examples=(
        Example(
            _("A follower of the school’s page says that they are 11."),
            "contact.accept",
            _follower(year_group=5),
            Answer.TO_DO,
        ),
        Example(
            _("A follower of the school’s page is 16."),
            "contact.accept",
            _follower(date_of_birth="2010-05-01"),
            Answer.SILENT,
        ),
    ),
    words=(
        "follower followers follow follows user users subscriber subscribers dilynwr dilynwyr",
        "under below younger age underage minimum oed o dan",
        (
            "report reported reports tell told inform informed notify notified block blocked removed remove "
            "rhoi gwybod hysbysu"
        ),
    ),
    unlike="comment comments press picture photo consent message police",
    never=r"\b(?:must|should|may) not (?:join|use|have)\b",
    holds=r"\bin the first instance\b|\b(?:if|when|where) we (?:find|identify|know)\b",
    knows="identify find being any identified users first instance",
)
