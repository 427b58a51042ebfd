"""A ready rule on what parents say about the school and its people online."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.cases import said
from schoolgate.rulebook.ready.declared.families import FAMILY, MOTHER
from schoolgate.rulebook.ready.declared.own_accounts import HARMLESS
from schoolgate.rulebook.ready.model import Example, OfEach, ReadyRule, Several, with_any
from schoolgate.rulebook.sentences import gettext_noop as _

GROUP = _("Comments and messages")
QUIET: dict[str, object] = {"by": MOTHER, "criticises": False, "people": [], "remarks": []}
_BAD = ("runs_down", "defames", "rude", "offends", "insults", "threatens", "discriminates")


def _about(relation: str) -> dict[str, object]:
    """Return the facts of a post of a mother that talks about such a person."""
    return {**QUIET, "people": [{"relation": relation, "discussed": True}]}


PARENTS_SAY = ReadyRule(
    key="parents_say",
    group=GROUP,
    title=_("What parents must not say online"),
    says=_("Parents do not {what} on social media or in parents’ groups."),
    modality=Modality.MUST_NOT,
    fields={
        "what": Several(
            _("What must not be said there?"),
            {
                "complaints": _("Complaints about the school"),
                "staff": _("Anything about a member of staff"),
                "children": _("Anything about other people’s children"),
                "remarks": _("Rude or harmful remarks"),
            },
            said={
                "complaints": _("complain about the school"),
                "staff": _("discuss members of staff"),
                "children": _("discuss other people’s children"),
                "remarks": _("make rude or harmful remarks"),
            },
            hints={
                "complaints": r"complain\w*|complaints?|concerns?|grievances?|frustrations?|queries"
                r"|criticis\w+|cwyn\w*|gwyn\w*",
                "staff": r"(?:members? of )?staff|teachers?|employees|staff members?|athraw\w+",
                "children": r"children|pupils?|child|students?|plant|blant|disgybl\w*",
                "remarks": r"malicious|offensive|abusive|defamatory|derogatory|rude|insulting|sarhaus"
                r"|difenwol",
            },
        )
    },
    rules=(
        with_any(
            "what",
            ("complaints",),
            {
                "ask": "personal.post",
                "point": "own_criticism",
                "for": FAMILY,
                "forbid": {"criticises": True},
            },
        ),
        with_any(
            "what",
            ("staff", "children"),
            {
                "ask": "personal.post",
                "point": "others_discussed",
                "for": FAMILY,
                "each": "people",
                "when": {
                    "any": OfEach(
                        "what",
                        {
                            "staff": {"relation": {"any_of": ["staff", "volunteer"]}},
                            "children": {"relation": "pupil"},
                        },
                    )
                },
                "forbid": {"discussed": True},
            },
        ),
        with_any(
            "what",
            ("remarks",),
            {
                "ask": "personal.post",
                "point": "own_remarks",
                "for": FAMILY,
                "each": "remarks",
                "forbid": {"any": [{one: True} for one in _BAD]},
            },
        ),
    ),
    examples=(
        Example(
            _("A mother complains about the school in the class’s WhatsApp group."),
            "personal.post",
            {**QUIET, "criticises": True},
            Answer.NOT_ALLOWED,
            values={"what": ("complaints",)},
        ),
        Example(
            _("A mother writes about her son’s teacher there."),
            "personal.post",
            _about("staff"),
            Answer.NOT_ALLOWED,
            values={"what": ("staff", "children")},
        ),
        Example(
            _("A mother writes about her son’s teacher there."),
            "personal.post",
            _about("staff"),
            Answer.SILENT,
            values={"what": ("children",)},
        ),
        Example(
            _("A mother insults the school on her own account."),
            "personal.post",
            {**QUIET, "remarks": [{**HARMLESS, "about": "school", "insults": said(True)}]},
            Answer.NOT_ALLOWED,
            values={"what": ("remarks",)},
        ),
        Example(
            _("A mother asks in the group when the school trip starts."),
            "personal.post",
            QUIET,
            Answer.ALLOWED,
            values={"what": ("complaints",)},
        ),
    ),
    words=(
        (
            "parent parents parental carer carers families group groups rhiant rhieni gofalwyr teuluoedd "
            "grŵp grwpiau"
        ),
        (
            "complain complaint complaints concern concerns grievance grievances query queries criticise "
            "criticism frustrations discuss discussed discussing malicious offensive abusive defamatory "
            "derogatory comment comments cwyn cwynion trafod"
        ),
        (
            "social media whatsapp group groups facebook online posting post posted networking cyfryngau "
            "cymdeithasol"
        ),
        "not never no rather than directly refrain avoid nor instead ni na nid byth peidio",
    ),
    unlike="withdraw consent picture pictures photo photos image images message messages reply replies "
    "answered admin administrator join governors procedure delete deleted removed admitted",
    never=r"^(?:all |the )?(?:staff|employees|teachers|complaints?|the school)\b|^we\b"
    r"(?! (?:\w+ )?(?:ask|expect|request) (?:all )?parents)|\b(?:by|from) parents\b"
    r"|\bstaff (?:must|should|may|will|do|are)\b",
    parents=True,
    knows="class directly school raise raising platform used use air parental rather their "
    "should own in about posting",
    holds=r"^if (?:an? |any )?(?:parents?|carers?)(?: or carers?)? (?:has|have) (?:an? |any )?"
    r"(?:complaints?|concerns?|grievances?)(?: [^,;.]{3,40})?,|,? but (?:to )?(?:speak|talk|come|bring"
    r"|raise|take|report)\w*\b[^.;]*",
)
