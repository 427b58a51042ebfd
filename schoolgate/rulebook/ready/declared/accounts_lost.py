"""Ready rules on keeping others out of accounts, and on accounts that someone got into."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.ready.cases import (
    BY_WHEN,
    HINTS,
    MONDAY,
    NO_NUMBER,
    NO_TIME,
    ONE,
    SAID,
    VAGUE,
    untimed,
)
from schoolgate.rulebook.ready.declared.accounts import GROUP
from schoolgate.rulebook.ready.declared.together import AT_ONCE, MISUSE, TOLD
from schoolgate.rulebook.ready.model import By, Choice, Example, Number, ReadyRule, Role
from schoolgate.rulebook.sentences import gettext_noop as _

IN = ("at_once", "same_day", "hours", "days", "none")
HACKED = {**MISUSE, "kinds": ["account_abuse"]}
DUTY_LATER = {name: AT_ONCE["oblige"][name] for name in ("who", "what")}

ACCOUNT_HACKED = ReadyRule(
    key="account_hacked",
    group=GROUP,
    title=_("A hacked account is reported"),
    says=_("A hacked account or a stolen password is reported to the {who} {number}{unit}."),
    fields={
        "who": Role(_("Who is told?"), told=True),
        "number": Number(
            _("Time limit (number)"), 24, most=72, not_with=NO_NUMBER, said=_("within {number} ")
        ),
        "unit": Choice(
            _("Hours or days?"),
            {one: BY_WHEN[one] for one in IN},
            said={one: SAID[one] for one in IN},
            one={one: ONE[one] for one in ("hours", "days")},
            hints=HINTS,
        ),
    },
    rules=(
        {
            "ask": "incident.report",
            "point": "senior_told",
            "when": {"kinds": {"includes": "account_abuse"}},
            "steps": [
                {"keep": TOLD, "say": "incident.told", "args": {"roles": ["{who}"]}},
                By(
                    "unit",
                    {
                        "at_once": AT_ONCE,
                        "same_day": {
                            "oblige": {**DUTY_LATER, "due": {"after": "noticed_at", "same_day": True}}
                        },
                        "none": {"oblige": DUTY_LATER},
                        "hours": {
                            "oblige": {**DUTY_LATER, "due": {"after": "noticed_at", "hours": "{number}"}}
                        },
                        "days": {
                            "oblige": {**DUTY_LATER, "due": {"after": "noticed_at", "days": "{number}"}}
                        },
                    },
                ),
            ],
        },
    ),
    examples=(
        Example(
            _("On Monday 18 January 2027 at 09:00 someone else has posted on the school’s page."),
            "incident.report",
            HACKED,
            Answer.TO_DO,
            values={"unit": "at_once"},
            due="2027-01-18T09:00:00+00:00",
        ),
        Example(
            _("On Monday 18 January 2027 at 09:00 someone else has posted on the school’s page."),
            "incident.report",
            HACKED,
            Answer.TO_DO,
            values={"unit": "hours", "number": 24},
            due="2027-01-19T09:00:00+00:00",
        ),
        Example(
            _("The person with this role was told."),
            "incident.report",
            {**HACKED, "told": [{"key": "in-role", "roles": ["{who}"], "at": MONDAY}]},
            Answer.DONE,
        ),
        Example(
            _("A colleague has used the school’s page for advertising."),
            "incident.report",
            MISUSE,
            Answer.SILENT,
        ),
    ),
    words=(
        (
            "hacked hacking hijacked stolen theft compromised unauthorised lost loss breached known taken "
            "got hacio hacker ddwyn collir fynediad mynediad"
        ),
        "account accounts password passwords login logins page pages gyfrif cyfrif gyfrinair cyfrinair",
        (
            "report reported reports tell tells told inform informed notified notify adrodd gwybod wybod "
            "hysbysu dweud"
        ),
    ),
    unlike="personal pupil pupils child children comment phone devices equipment kept office’s",
    holds=r"\b(?:if|when|where|os|pan)\b[^,;.]{0,80}?\b(?:hacked|compromised|stolen|taken over|hacio|ddwyn)",
    knows="security got into breached",
)
TWO_STEP = ReadyRule(
    key="two_step",
    group=GROUP,
    title=_("Two-step sign-in is on"),
    says=_("Two-step sign-in is turned on for every school account whose network offers it."),
    rules=(
        {
            "ask": "account.two_step",
            "point": "two_step",
            "when": {"offered": True},
            "steps": [
                {"keep": {"two_step": True}, "say": "account.two_step_on"},
                {"oblige": {"who": "account_team", "what": "two_step_on"}},
            ],
        },
    ),
    examples=(
        Example(
            _("The page is opened with a password alone, and its network offers two steps."),
            "account.two_step",
            {"offered": True, "two_step": False},
            Answer.TO_DO,
        ),
        Example(
            _("Everyone who opens the page also enters a code from their phone."),
            "account.two_step",
            {"offered": True, "two_step": True},
            Answer.DONE,
        ),
        Example(
            _("The network doesn’t offer two-step sign-in."),
            "account.two_step",
            {"offered": False, "two_step": False},
            Answer.SILENT,
        ),
    ),
    words=(
        "factor fa mfa multifactor step ffactor gam",
        (
            "authentication authenticated factor verification fa mfa sign login logging dilysu ddilysu "
            "mewngofnodi fewngofnodi"
        ),
        (
            "account accounts platform platforms network page pages profile media cyfrif cyfrifon gyfrif "
            "gyfrifon"
        ),
    ),
    unlike=(
        "own personal colleague pupil pupils comment comments picture approval approved steps out "
        "identity identities next first"
    ),
    holds=r"\b(?:where|if|when|wherever|lle|os)\b[^,;.]{0,40}(?:offer|available|possible|support|allow|cynnig|bosibl)"
    r"[^,;.]{0,20}",
    knows="second multi mfa ication logging login sign managers lle diogelu",
)
LEFT_ON_FRIDAY = {"last_day": "2027-01-15", "changed": False}
WHO_KNEW = _("The colleague who ran the page, and knows its password, leaves on Friday 15 January 2027.")
PASSWORDS_CHANGED = ReadyRule(
    key="passwords_changed",
    group=GROUP,
    title=_("Passwords are changed when someone leaves"),
    says=_("When someone who knows a password leaves, the password is changed{number}{unit}{who}."),
    fields={
        "who": Role(
            _("Who changes it, if not those who run the account?"), optional=True, said=_(" by the {role}")
        ),
        "number": Number(
            _("Time limit (number)"),
            1,
            most=90,
            not_with=("unit", "none", "last_day", "hours"),
            said=_(" within {number}"),
        ),
        "unit": Choice(
            _("By when?"),
            {
                "none": NO_TIME,
                "last_day": _("On the last day, or at once"),
                "hours": _("Within 24 hours of the last day"),
                "days": _("Days after the last day"),
            },
            said={
                "none": "",
                "last_day": _(" on the last day"),
                "hours": _(" within 24 hours of the last day"),
                "days": _(" days of the last day"),
            },
            one={"days": _(" day of the last day")},
            hints={
                "none": rf"{untimed('password|login|cyfrin|gyfrin', but_for='before')}"
                rf"|\b(?:{VAGUE})\b",
                "last_day": "(?:by|before|on) (?:the|their|his or her) last (?:working )?day|before they "
                "leave|as soon as|without (?:any )?delay"
                "|(?:on )?the (?:same )?day (?:on which|that|when)?|immediately|at once|straight away|ar "
                "unwaith"
                "|yn syth",
                "hours": "(?:within )?(?:24|twenty[ -]four) hours(?: of (?:the|their) (?:last day|leaving))?"
                "|24 awr",
                "days": "(?<!school )(?<!working )(?<!last )days?",
            },
            takes={"hours": 24},
        ),
    },
    rules=(
        {
            "ask": "account.password_known",
            "point": "passwords_changed",
            "steps": [
                {"keep": {"changed": True}, "say": "account.passwords_changed"},
                {
                    "oblige": {
                        "who": "{who|account_team}",
                        "what": "password_change",
                        "due": By(
                            "unit",
                            {
                                "last_day": "last_day",
                                "hours": {"after": "last_day", "days": 1},
                                "days": {"after": "last_day", "days": "{number}"},
                            },
                        ),
                    }
                },
            ],
        },
    ),
    examples=(
        Example(
            WHO_KNEW,
            "account.password_known",
            LEFT_ON_FRIDAY,
            Answer.TO_DO,
            values={"unit": "last_day"},
            due="2027-01-15",
        ),
        Example(
            WHO_KNEW,
            "account.password_known",
            LEFT_ON_FRIDAY,
            Answer.TO_DO,
            values={"unit": "hours"},
            due="2027-01-16",
        ),
        Example(
            WHO_KNEW,
            "account.password_known",
            LEFT_ON_FRIDAY,
            Answer.TO_DO,
            values={"number": 3, "unit": "days"},
            due="2027-01-18",
        ),
        Example(WHO_KNEW, "account.password_known", LEFT_ON_FRIDAY, Answer.TO_DO, values={"unit": "none"}),
        Example(
            _("The password was changed the same evening."),
            "account.password_known",
            {**LEFT_ON_FRIDAY, "changed": True},
            Answer.DONE,
        ),
    ),
    words=(
        "password passwords login logins log-in log-ins logon credentials cyfrinair cyfrineiriau gyfrinair",
        "leave leaves leaving left leaver departs departure longer gadael adael ymadael",
        "change changed changes changing reset updated renewed newid newidir",
    ),
    unlike=(
        "pupil pupils student students child children device devices hacked compromised email equipment "
        "returned"
    ),
    holds=r"\b(?:when|if|where|once|pan|os)\b[^,;.]{0,80}?\b(?:leav\w+|left|depart\w*|longer|gadael|adael|ymadael)",
)
