"""Ready rules on the record and the evidence of what happened."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.cases import BY_WHEN, HINTS, NO_NUMBER, NO_TIME, ONE, SAID, VAGUE, untimed
from schoolgate.rulebook.ready.declared.together import CHILD, CONCERNS, MISUSE
from schoolgate.rulebook.ready.model import By, Choice, Example, Number, ReadyRule, Role
from schoolgate.rulebook.sentences import gettext_noop as _

IN = ("hours", "days", "same_day", "at_once", "none")
SEEN = {"noticed_at": "2027-01-18T15:00:00Z", "now": "2027-01-18T15:00:00Z"}
ABUSES = ("abuse", "misuse", "pestered", "targeted", "defamatory", "discriminatory", "offensive", "harassing")
"""The kinds of what is done to someone; an insult that a colleague wrote is reported as misuse."""

RECORDED = ReadyRule(
    key="incident_recorded",
    group=CONCERNS,
    title=_("What happened is recorded"),
    says=_("Every incident online is recorded {who}{number}{unit}."),
    fields={
        "who": Role(
            _("Who keeps the record, if not the person who reports?"), optional=True, said=_("by the {role} ")
        ),
        "number": Number(
            _("Time limit (number)"), 24, most=90, not_with=NO_NUMBER, said=_("within {number} ")
        ),
        "unit": Choice(
            _("By when?"),
            {
                **{one: BY_WHEN[one] for one in IN},
                "none": NO_TIME,
            },
            said={**{one: SAID[one] for one in IN}, "none": ""},
            one={one: ONE[one] for one in ("hours", "days")},
            hints={
                **{one: words for one, words in HINTS.items() if one != "none"},
                "none": rf"{untimed('record|log|written|cofnod|gofnod')}"
                rf"|\b(?:{VAGUE})\b",
            },
        ),
    },
    rules=(
        {
            "ask": "incident.report",
            "point": "recorded",
            "steps": [
                {"keep": {"recorded": True}},
                {
                    "oblige": {
                        "who": "{who|incident.reporter}",
                        "what": "incident.record",
                        "due": By(
                            "unit",
                            {
                                "hours": {"after": "noticed_at", "hours": "{number}"},
                                "days": {"after": "noticed_at", "days": "{number}"},
                                "same_day": {"after": "noticed_at", "same_day": True},
                                "at_once": "noticed_at",
                            },
                        ),
                        "at_once": By("unit", {"at_once": True}),
                    }
                },
            ],
        },
    ),
    examples=(
        Example(
            _("A colleague is insulted online on Monday 18 January 2027 at 15:00."),
            "incident.report",
            {**MISUSE, **SEEN},
            Answer.TO_DO,
            values={"number": 24, "unit": "hours"},
            due="2027-01-19T15:00:00+00:00",
        ),
        Example(
            _("A colleague is insulted online on Monday 18 January 2027 at 15:00."),
            "incident.report",
            {**MISUSE, **SEEN},
            Answer.TO_DO,
            values={"unit": "same_day"},
            due="2027-01-18",
        ),
        Example(
            _("A colleague is insulted online on Monday 18 January 2027 at 15:00."),
            "incident.report",
            {**MISUSE, **SEEN},
            Answer.TO_DO,
            values={"unit": "none"},
        ),
        Example(
            _("The record was made the same evening."),
            "incident.report",
            {**CHILD, **SEEN, "recorded": True},
            Answer.DONE,
        ),
    ),
    words=(
        (
            "incident incidents concern concerns bullying cyberbullying misuse abuse digwyddiad digwyddiadau "
            "pryder pryderon"
        ),
        (
            "record recorded records recording log logged logs logging cpoms myconcern book written cofnod "
            "gofnodi cofnodi cofnodir"
        ),
    ),
    unlike="years screenshot screenshots kept deleted comment comments removed consent "
    "retained training police",
    never=r"\b(?:kept|retained|stored|held) for\b",
    knows="keeps keep log book cpoms system digital written involving ddigwyddiad caiff",
)
EVIDENCE_SAVED = ReadyRule(
    key="evidence_saved",
    group=CONCERNS,
    title=_("Evidence of abuse is saved"),
    says=_("Anyone who is abused online, or sees it, saves screenshots of it."),
    rules=(
        {
            "ask": "incident.report",
            "point": "evidence_kept",
            "when": {"may_be_illegal": False, "kinds": {"includes_any": [*ABUSES]}},
            "steps": [
                {"keep": {"evidence_saved": True}},
                {"oblige": {"who": "incident.reporter", "what": "incident.save_evidence"}},
            ],
        },
    ),
    examples=(
        Example(
            _("A colleague is insulted online, and no copy was saved."),
            "incident.report",
            {**MISUSE, "may_be_illegal": False},
            Answer.TO_DO,
        ),
        Example(
            _("A screenshot was saved."),
            "incident.report",
            {**MISUSE, "may_be_illegal": False, "evidence_saved": True},
            Answer.DONE,
        ),
        Example(
            _("It may be illegal, so it isn’t copied."),
            "incident.report",
            {**MISUSE, "may_be_illegal": True},
            Answer.SILENT,
        ),
        Example(
            _("A picture of a child was posted by mistake."),
            "incident.report",
            {**MISUSE, "kinds": ["mistake"], "part": "did", "may_be_illegal": False},
            Answer.SILENT,
        ),
    ),
    words=(
        (
            "evidence screenshot screenshots screengrab screengrabs copy copies tystiolaeth sgrinlun "
            "sgrinluniau"
        ),
        (
            "keep kept keeps save saved saves take taken retain retained preserve preserved collect gather "
            "cadw gadw cedwir"
        ),
        (
            "incident incidents victim victims abuse abused abusive bullying cyberbullying "
            "harassment targeted "
            "evidence dioddefwr digwyddiad"
        ),
    ),
    unlike="years months before remove removed delete deleted hidden police consent pupil's "
    "children indecent two both",
    never=r"\b(?:not|never)\b[^.;]{0,25}\b(?:copy|copied|screenshots?|save|keep)\b",
)
BY_TWO = ReadyRule(
    key="evidence_by_two",
    group=CONCERNS,
    title=_("Two people look at evidence"),
    says=_("Evidence is looked at only with a second member of staff present."),
    modality=Modality.MUST_NOT,
    rules=(
        {
            "ask": "incident.investigate",
            "point": "seen_by_two",
            "need": {"second_present": True},
            "ask_for": {"what": "incident.second_present", "of": "incident.handler"},
        },
    ),
    examples=(
        Example(
            _("The deputy wants to look through the messages alone."),
            "incident.investigate",
            {"second_present": False},
            Answer.NOT_YET,
        ),
        Example(
            _("A second member of staff is there."),
            "incident.investigate",
            {"second_present": True},
            Answer.DONE,
        ),
    ),
    words=(
        (
            "evidence content messages screenshots material device devices images posts tystiolaeth cynnwys "
            "negeseuon"
        ),
        (
            "view viewed views viewing look looked looks examine examined examining inspect inspected search "
            "searched seen open opened edrych archwilio"
        ),
        ("two second both together alone another accompanied witness dau ddau ail gilydd"),
        (
            "staff present people person persons leaders member members colleague adult "
            "adults witness staff aelod"
        ),
    ),
    unlike="years hours days account accounts password passwords approve approved post "
    "publish published friend friends",
    knows="reported online senior leader always present whenever two second",
)
