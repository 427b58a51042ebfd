"""Ready rules on looking at accounts, and on the press."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.ready.cases import (
    BY_WHEN,
    COMMENT,
    FRIDAY,
    HINTS,
    IN_ROLE,
    MONDAY,
    NO_TIME,
    OF_TERMS,
    ONE,
    ONE_TERM,
    SAID,
    TEACHER,
    TERM,
    TERM_HINTS,
    TUESDAY,
    UNITS,
    after,
)
from schoolgate.rulebook.ready.model import By, Choice, Example, Number, ReadyRule, Role
from schoolgate.rulebook.sentences import gettext_noop as _

GROUP = _("Comments and messages")
OCTOBER = "2026-10-12T09:00:00Z"

LOOK_EVERY = ReadyRule(
    key="look_every",
    group=GROUP,
    title=_("Accounts are checked regularly"),
    says=_("Each account is checked at least every {number} {unit}."),
    says_one=_("Each account is checked at least every {unit}."),
    fields={
        "number": Number(_("Longest gap (number)"), 24, most=90),
        "unit": Choice(
            _("Which unit of time?"),
            {**{one: UNITS[one] for one in ("hours", "days", "weeks", "school_days")}, **OF_TERMS},
            said={**SAID, **OF_TERMS},
            one={**ONE, **ONE_TERM},
            hints={**TERM_HINTS, **HINTS},
        ),
    },
    rules=(
        {
            "ask": "account.watch",
            "point": "looked_at",
            "latest": {
                "last_look": {
                    "among": "looks",
                    "at": "at",
                    "where": {"what": "account"},
                    "otherwise": "open_since",
                }
            },
            "steps": [
                {
                    "must_be": {
                        "not": {
                            "last_look": {
                                "over": By(
                                    "unit",
                                    {
                                        "hours": {"hours": "{number}"},
                                        "days": {"days": "{number}"},
                                        "weeks": {"weeks": "{number}"},
                                        "school_days": {
                                            "working_days": "{number}",
                                            "counting": "school_days",
                                        },
                                        **{one: {one: "{number}"} for one in OF_TERMS},
                                    },
                                )
                            }
                        }
                    },
                    "say": "watching.overdue",
                    "args": {"last": {"day_of": "last_look"}},
                },
                {
                    "oblige": {"who": "account_team", "what": "look_in", "due": after("last_look", OF_TERMS)},
                    "say": "watching.look_by",
                    "args": {"last": {"day_of": "last_look"}},
                },
            ],
        },
    ),
    examples=(
        Example(
            _("The page was last checked on Friday at 15:00. Now it’s Friday at 16:00."),
            "account.watch",
            {
                "looks": [{"at": FRIDAY, "by": "teacher", "roles": ["teacher"], "what": "account"}],
                "open_since": "2026-09-01T09:00:00Z",
                "now": "2027-01-15T16:00:00Z",
                "calendar": TERM,
            },
            Answer.TO_DO,
            values={"number": 24},
        ),
        Example(
            _("It was last checked 24 hours ago, to the minute."),
            "account.watch",
            {
                "looks": [{"at": FRIDAY, "by": "teacher", "roles": ["teacher"], "what": "account"}],
                "open_since": "2026-09-01T09:00:00Z",
                "now": "2027-01-16T15:00:00Z",
                "calendar": TERM,
            },
            Answer.TO_DO,
            values={"number": 24, "unit": "hours"},
        ),
        Example(
            _("A minute later, no one has checked it."),
            "account.watch",
            {
                "looks": [{"at": FRIDAY, "by": "teacher", "roles": ["teacher"], "what": "account"}],
                "open_since": "2026-09-01T09:00:00Z",
                "now": "2027-01-16T15:01:00Z",
                "calendar": TERM,
            },
            Answer.NOT_MET,
            values={"number": 24, "unit": "hours"},
        ),
        Example(
            _("It was last checked on Friday. It’s Tuesday, and Monday was a school day."),
            "account.watch",
            {
                "looks": [{"at": FRIDAY, "by": "teacher", "roles": ["teacher"], "what": "account"}],
                "open_since": "2026-09-01T09:00:00Z",
                "now": TUESDAY,
                "calendar": TERM,
            },
            Answer.NOT_MET,
            values={"number": 1, "unit": "school_days"},
        ),
        Example(
            _("It was last checked on Friday. It’s Tuesday, and Monday was a school day."),
            "account.watch",
            {
                "looks": [{"at": FRIDAY, "by": "teacher", "roles": ["teacher"], "what": "account"}],
                "open_since": "2026-09-01T09:00:00Z",
                "now": TUESDAY,
                "calendar": TERM,
            },
            Answer.TO_DO,
            values={"number": 1, "unit": "weeks"},
        ),
        Example(
            _("It was last checked in the autumn term, in October, and it’s January."),
            "account.watch",
            {
                "looks": [{"at": OCTOBER, "by": "teacher", "roles": ["teacher"], "what": "account"}],
                "open_since": "2026-09-01T09:00:00Z",
                "now": TUESDAY,
                "calendar": TERM,
            },
            Answer.TO_DO,
            values={"number": 1, "unit": "terms"},
        ),
        Example(
            _("It was last checked in the autumn term, in October, and it’s January."),
            "account.watch",
            {
                "looks": [{"at": OCTOBER, "by": "teacher", "roles": ["teacher"], "what": "account"}],
                "open_since": "2026-09-01T09:00:00Z",
                "now": TUESDAY,
                "calendar": TERM,
            },
            Answer.NOT_MET,
            values={"number": 1, "unit": "half_terms"},
        ),
        Example(
            _("No one has checked the page since September."),
            "account.watch",
            {"looks": [], "open_since": "2026-09-01T09:00:00Z", "now": MONDAY, "calendar": TERM},
            Answer.NOT_MET,
        ),
    ),
    words=(
        (
            "check checked checks monitor monitored monitoring moderate moderated look looked "
            "review reviewed reviews "
            "gwirio gwirir monitro edrych"
        ),
        (
            "comments them account accounts page pages site profile channels media cyfrif cyfrifon tudalen "
            "cyfryngau"
        ),
        (
            "hour hours day days daily week weekly regularly termly term half-term "
            "rheolaidd dydd wythnos awr oriau diwrnod "
            "diwrnodau"
        ),
    ),
    unlike="policy reply answered privacy settings systems staff training",
    knows="office",
)
_PASSED_ON = By("when", {"none": "media.pass_on", "at_once": "media.pass_on_at_once"})
PRESS = ReadyRule(
    key="press_to",
    group=GROUP,
    title=_("The press is passed on"),
    says=_("Enquiries from the press are passed on to the {who}{when}. No one else answers them."),
    fields={
        "who": Role(_("Who answers the press?"), told=True),
        "when": Choice(
            _("By when?"),
            {"none": NO_TIME, "at_once": BY_WHEN["at_once"]},
            said={"none": "", "at_once": _(" at once")},
            hints={
                "at_once": HINTS["at_once"],
                "none": rf"\A(?=.*\b(?:press|media|journalist|newspaper|reporter|wasg|newyddiadur))"
                rf"(?!.*\b(?:{HINTS['at_once']})\b)\w+",
            },
        ),
    },
    rules=(
        {
            "ask": "item.received",
            "point": "press",
            "when": {"from_press": True},
            "oblige": By(
                "when",
                {
                    "none": {"who": "account_team", "what": "pass_on"},
                    "at_once": {
                        "who": "account_team",
                        "what": "pass_on",
                        "due": "received_at",
                        "at_once": True,
                    },
                },
            ),
            "say": _PASSED_ON,
            "args": {"roles": ["{who}"]},
        },
        {
            "ask": "media.enquiry",
            "point": "pass_on",
            "when": {"from_press": True},
            "steps": [
                {
                    "keep": {
                        "any": [{"by.roles": {"includes": "{who}"}}, {"passed_to": {"includes": "{who}"}}]
                    },
                    "say": "media.passed_on",
                    "args": {"roles": ["{who}"]},
                },
                {
                    "oblige": By(
                        "when",
                        {
                            "none": {"who": "writer", "what": "pass_on"},
                            "at_once": {
                                "who": "writer",
                                "what": "pass_on",
                                "due": "received_at",
                                "at_once": True,
                            },
                        },
                    ),
                    "say": _PASSED_ON,
                    "args": {"roles": ["{who}"]},
                },
            ],
        },
        {
            "ask": "media.enquiry",
            "point": "answer",
            "when": {"act": "answer", "from_press": True},
            "forbid": {"not": {"by.roles": {"includes": "{who}"}}},
        },
        {
            "ask": "item.answer",
            "point": "press",
            "when": {"from_press": True},
            "forbid": {"not": {"by.roles": {"includes": "{who}"}}},
        },
    ),
    examples=(
        Example(
            _("A journalist rings the office."),
            "media.enquiry",
            {
                "by": TEACHER,
                "act": "pass_on",
                "from_press": True,
                "passed_to": [],
                "received_at": FRIDAY,
                "now": FRIDAY,
            },
            Answer.TO_DO,
            values={"when": "at_once"},
            due="2027-01-15T15:00:00+00:00",
        ),
        Example(
            _("A journalist rings the office."),
            "media.enquiry",
            {"by": TEACHER, "act": "pass_on", "from_press": True, "passed_to": [], "now": FRIDAY},
            Answer.TO_DO,
        ),
        Example(
            _("The call was passed on."),
            "media.enquiry",
            {
                "by": TEACHER,
                "act": "pass_on",
                "from_press": True,
                "passed_to": ["{who}"],
                "received_at": FRIDAY,
                "now": FRIDAY,
            },
            Answer.ALLOWED,
        ),
        Example(
            _("A teacher wants to answer the journalist."),
            "media.enquiry",
            {
                "by": TEACHER,
                "act": "answer",
                "from_press": True,
                "passed_to": [],
                "received_at": FRIDAY,
                "now": FRIDAY,
            },
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A teacher wants to answer a journalist’s comment."),
            "item.answer",
            {"by": TEACHER, "from_press": True, "kind": "query"},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("The person with this role answers it."),
            "item.answer",
            {"by": IN_ROLE, "from_press": True, "kind": "query"},
            Answer.ALLOWED,
        ),
        Example(
            _("A journalist writes below a post on Friday 15 January 2027 at 15:00."),
            "item.received",
            {**COMMENT, "from_press": True},
            Answer.TO_DO,
        ),
    ),
    words=(
        (
            "press media journalist reporter newspaper radio television tv broadcaster wasg cyfryngau "
            "newyddiadurwr newyddiadurwyr papur radio teledu"
        ),
        (
            "enquiry enquiries question questions communicate speak talk interview contact contacted "
            "call calls request "
            "requests approach approached approaches goes "
            "refer referred passed direct ymholiad ymholiadau galwad cyfeirio cyfeirir trosglwyddo"
        ),
    ),
    unlike="social networking friend",
    holds=r",? and (?:(?:other )?(?:staff|others|teachers|they) (?:must|should|may|will|do) not"
    r"|(?:no one|nobody) else (?:must|should|may|will)) (?:comment|speak|respond|reply|answer)\w*[^.;]*",
)
