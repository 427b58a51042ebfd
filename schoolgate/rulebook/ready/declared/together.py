"""Ready rules on concerns, and on the policy itself: who knows it, training, its review."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.ready.cases import MONDAY, TEACHER
from schoolgate.rulebook.ready.model import By, Choice, Example, Number, ReadyRule, Role, with_any
from schoolgate.rulebook.sentences import gettext_noop as _

CONCERNS, ITSELF = _("Concerns"), _("The policy itself")
TOLD = {"told": {"some": {"roles": {"includes": "{who}"}}}}
AT_ONCE = {
    "oblige": {"who": "incident.reporter", "what": "incident.report", "due": "noticed_at", "at_once": True}
}
REPORT = {"by": TEACHER, "part": "saw", "breach": "none", "told": [], "noticed_at": MONDAY, "now": MONDAY}
CHILD = {**REPORT, "kinds": ["worry"], "harmed": ["child"], "child": ["exposed_to_behaviour"]}
MISUSE = {**REPORT, "kinds": ["misuse"], "harmed": [], "child": []}

CONCERNS_TO = ReadyRule(
    key="concerns_to",
    group=CONCERNS,
    title=_("Who is told of concerns"),
    says=_("{about} is reported to the {who} at once."),
    fields={
        "about": Choice(
            _("Which concerns?"),
            {
                "child": _("About a child"),
                "misuse": _("About misuse of social media"),
                "any": _("Every concern"),
            },
            said={
                "child": _("A concern about a child"),
                "misuse": _("Misuse of social media"),
                "any": _("Every concern"),
            },
            hints={
                "misuse": "misuse|camddefnydd",
                "child": "child|children|pupils?|safeguarding|plentyn|plant",
                "any": "(?:any|all|every) (?:concerns?|incidents?)",
            },
        ),
        "who": Role(_("Who is told?"), told=True),
    },
    rules=(
        with_any(
            "about",
            ("child", "any"),
            {
                "ask": "incident.report",
                "point": "safeguarding_officer_told",
                "when": {"perhaps_a_child": True},
                "steps": [{"keep": TOLD, "say": "incident.told", "args": {"roles": ["{who}"]}}, AT_ONCE],
            },
        ),
        By(
            "about",
            {
                "misuse": {
                    "ask": "incident.report",
                    "point": "senior_told",
                    "when": {"kinds": {"includes_any": ["misuse", "account_abuse"]}},
                    "steps": [{"keep": TOLD, "say": "incident.told", "args": {"roles": ["{who}"]}}, AT_ONCE],
                },
                "any": {
                    "ask": "incident.report",
                    "point": "senior_told",
                    "steps": [{"keep": TOLD, "say": "incident.told", "args": {"roles": ["{who}"]}}, AT_ONCE],
                },
            },
        ),
    ),
    examples=(
        Example(
            _("A child tells a teacher about messages at night, on Monday 18 January 2027 at 09:00."),
            "incident.report",
            CHILD,
            Answer.TO_DO,
            values={"about": "child"},
            due="2027-01-18T09:00:00+00:00",
        ),
        Example(
            _("The person with this role was told."),
            "incident.report",
            {**CHILD, "told": [{"key": "in-role", "roles": ["{who}"], "at": MONDAY}]},
            Answer.DONE,
        ),
        Example(
            _("A colleague has used the school’s page for advertising."),
            "incident.report",
            MISUSE,
            Answer.TO_DO,
            values={"about": "misuse"},
        ),
        Example(
            _("A colleague has used the school’s page for advertising."),
            "incident.report",
            MISUSE,
            Answer.SILENT,
            values={"about": "child"},
        ),
        Example(
            _("A colleague has used the school’s page for advertising."),
            "incident.report",
            MISUSE,
            Answer.TO_DO,
            values={"about": "any"},
        ),
        Example(
            _("A child tells a teacher about messages at night."),
            "incident.report",
            CHILD,
            Answer.TO_DO,
            values={"about": "any"},
        ),
    ),
    words=(
        (
            "concern concerns incident incidents breach misuse worry worries disclosure abuse danger hurt "
            "harmed "
            "harmful harm illegal indecent suspicion suspected grooming police threatening uncomfortable "
            "safeguarding pryder pryderon digwyddiad digwyddiadau camddefnydd diogelu drin heddlu "
            "amheuaeth niwed"
        ),
        (
            "report reported reports inform informed told tell refer ring call telephone "
            "referred raised passed pass adrodd rhoi rhowch gwybod wybod hysbysu cyfeirio ffoniwch"
        ),
    ),
    never=r"\b(?:to|with) the police\b"
    r"|^(?!.*\b(?:danger|harm|risk|safe|welfare|worr|concern)\w*).*\bcomments?\b",
    unlike="press journalist ico data suggestion training log logs educate",
    knows="raises raise safety content worries online",
)
STAFF_CONFIRM = ReadyRule(
    key="staff_confirm",
    group=ITSELF,
    title=_("Staff confirm that they have read the policy"),
    says=_("All staff confirm that they have read this policy."),
    rules=(
        {
            "ask": "policy.known",
            "point": "policy_known",
            "each": "people",
            "when": {"act": "sweep", "relation": "staff"},
            "steps": [
                {"keep": {"acknowledged": {"same_as": "number"}}, "say": "known.acknowledged"},
                {
                    "oblige": {"who": "reader_of_policy", "what": "policy.acknowledge_policy"},
                    "say": "known.not_yet",
                },
            ],
        },
    ),
    examples=(
        Example(
            _("A colleague hasn’t confirmed the policy in force."),
            "policy.known",
            {
                "act": "sweep",
                "number": 2,
                "people": [{"key": "tom", "relation": "staff", "acknowledged": 1, "declined": False}],
            },
            Answer.TO_DO,
        ),
        Example(
            _("Everyone has confirmed it."),
            "policy.known",
            {
                "act": "sweep",
                "number": 2,
                "people": [{"key": "tom", "relation": "staff", "acknowledged": 2, "declined": False}],
            },
            Answer.MET,
        ),
    ),
    words=(
        "read understood aware copy acknowledge acknowledged darllen deall",
        "policy polisi",
        "staff employees teachers everyone sign signed confirm confirmed confirms staff llofnodi cadarnhau",
    ),
    unlike="account accounts review reviewed before",
    never=r"\bread (?:alongside|together with|in conjunction)\b",
    knows="writing written signed",
)
TRAINING = ReadyRule(
    key="training",
    group=ITSELF,
    title=_("Training is arranged"),
    says=_("The {who} arranges training for staff on this policy."),
    fields={"who": Role(_("Who arranges it?"))},
    rules=(
        {
            "ask": "training.status",
            "point": "training_arranged",
            "steps": [
                {"keep": {"somebody_waits": False}, "say": "training.nobody_waits"},
                {
                    "keep": {"day": {"known": True}, "session_to_come": True},
                    "say": "training.session_to_come",
                },
                {
                    "oblige": {"who": "{who}", "what": "policy.arrange_training"},
                    "say": "training.arrange",
                    "args": {"number": {"fact": "waiting"}},
                },
            ],
        },
    ),
    examples=(
        Example(
            _("A new colleague needs training, and no session is in the calendar."),
            "training.status",
            {
                "on": "2027-01-18",
                "number": 1,
                "people": [{"key": "new", "relation": "staff", "needed": True}],
                "sessions": [],
                "attendances": [],
            },
            Answer.TO_DO,
        ),
        Example(
            _("A session is in the calendar."),
            "training.status",
            {
                "on": "2027-01-18",
                "number": 1,
                "people": [{"key": "new", "relation": "staff", "needed": True}],
                "sessions": ["2027-02-01"],
                "attendances": [],
            },
            Answer.MET,
        ),
    ),
    words=(
        "training train trained trains induction hyfforddiant hyfforddi",
        (
            "staff teachers employees provide provided arrange arranges governors governor volunteers attend "
            "arranged offer receive regular all staff safeguarding darparu trefnu"
        ),
    ),
    unlike="account accounts pupils before administrator",
)
REVIEW_EVERY = ReadyRule(
    key="review_every",
    group=ITSELF,
    title=_("The policy is reviewed regularly"),
    says=_("The {who} reviews this policy every {number} {unit}."),
    says_one=_("The {who} reviews this policy every {unit}."),
    fields={
        "who": Role(_("Who reviews it?")),
        "number": Number(_("Interval (number)"), 12, most=60),
        "unit": Choice(
            _("Months or years?"),
            {"months": _("months"), "years": _("years")},
            said={"months": _("months"), "years": _("years")},
            hints={
                "months": "months?|mis|misoedd",
                "years": "years?|annual|annually|blynedd|flynedd|mlynedd",
            },
            one={"months": _("month"), "years": _("year")},
        ),
    },
    rules=(
        {
            "ask": "policy.status",
            "point": "review_due",
            "latest": {
                "last_review": {
                    "among": "reviews",
                    "at": "on",
                    "where": {"roles": {"includes": "{who}"}},
                    "otherwise": "reviewed_before",
                }
            },
            "steps": [
                {
                    "must_be": {
                        "not": {
                            "last_review": {
                                "over": By(
                                    "unit", {"months": {"months": "{number}"}, "years": {"years": "{number}"}}
                                )
                            }
                        }
                    },
                    "say": "status.review_overdue",
                    "args": {
                        "role": "{who}",
                        "day": By(
                            "unit",
                            {
                                "months": {"after": "last_review", "months": "{number}"},
                                "years": {"after": "last_review", "years": "{number}"},
                            },
                        ),
                    },
                },
                {
                    "oblige": {
                        "who": "{who}",
                        "what": "policy.policy_review",
                        "due": By(
                            "unit",
                            {
                                "months": {"after": "last_review", "months": "{number}"},
                                "years": {"after": "last_review", "years": "{number}"},
                            },
                        ),
                    },
                    "say": "status.review_due",
                    "args": {
                        "role": "{who}",
                        "day": By(
                            "unit",
                            {
                                "months": {"after": "last_review", "months": "{number}"},
                                "years": {"after": "last_review", "years": "{number}"},
                            },
                        ),
                    },
                },
            ],
        },
    ),
    examples=(
        Example(
            _("The policy was last reviewed on 18 January 2026. Today is 18 January 2027."),
            "policy.status",
            {"on": "2027-01-18", "reviews": [{"on": "2026-01-18", "roles": ["{who}"], "kind": "regular"}]},
            Answer.TO_DO,
            values={"number": 12, "unit": "months"},
            due="2027-01-18",
        ),
        Example(
            _("A day later it hasn’t been reviewed."),
            "policy.status",
            {"on": "2027-01-19", "reviews": [{"on": "2026-01-18", "roles": ["{who}"], "kind": "regular"}]},
            Answer.NOT_MET,
            values={"number": 12, "unit": "months"},
        ),
        Example(
            _("The policy was last reviewed on 1 September 2021. Today is 18 January 2027."),
            "policy.status",
            {"on": "2027-01-18", "reviews": [{"on": "2021-09-01", "roles": ["{who}"], "kind": "regular"}]},
            Answer.NOT_MET,
            values={"number": 2, "unit": "years"},
        ),
    ),
    words=(
        "review reviewed reviews reviewing adolygu adolygir adolygiad",
        "policy polisi",
        (
            "year years annually annual yearly months month every responsible "
            "biennially regularly blwyddyn flynyddol bob mis flynedd"
        ),
    ),
    unlike="account accounts consent settings",
)
