"""A ready rule on looking up people who apply for a job."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.cases import IN_ROLE, TEACHER
from schoolgate.rulebook.ready.declared.together import CONCERNS
from schoolgate.rulebook.ready.model import Example, ReadyRule, Role
from schoolgate.rulebook.sentences import gettext_noop as _

_SEARCH = {"act": "search", "for_vacancy": True}
CANDIDATES = ReadyRule(
    key="candidates_looked_up",
    group=CONCERNS,
    title=_("Who looks up people who apply for a job"),
    says=_("Only the {who} looks up online people who apply for a job."),
    modality=Modality.MUST_NOT,
    fields={"who": Role(_("Who may look them up?"), told=True)},
    rules=(
        {
            "ask": "recruitment.search",
            "point": "candidate_search",
            "when": _SEARCH,
            "forbid": {"not": {"by.roles": {"includes_any": ["{who}"]}}},
        },
    ),
    examples=(
        Example(
            _("A teacher on the panel looks up an applicant on Facebook."),
            "recruitment.search",
            {"by": TEACHER, **_SEARCH},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("The person with this role looks the applicants up."),
            "recruitment.search",
            {"by": IN_ROLE, **_SEARCH},
            Answer.ALLOWED,
        ),
    ),
    words=(
        "applicant applicants candidate candidates ymgeisydd ymgeiswyr",
        (
            "look looks looked search searches searched searching check checks checked social online media "
            "chwilio edrych"
        ),
        "only nobody except alone sole dim unig",
    ),
    unlike="political election party shortlisted inform informed told",
    knows="job jobs post apply applying vacancy facebook up interview",
)
