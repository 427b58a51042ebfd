"""Ready rules on the school's accounts."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.cases import HINTS, IN_ROLE, NO_TIME, TEACHER, VAGUE
from schoolgate.rulebook.ready.model import By, Choice, Example, Number, ReadyRule, Role, with_any
from schoolgate.rulebook.sentences import gettext_noop as _

GROUP = _("Accounts")
TWO = [{"key": "teacher", "relation": "staff"}, {"key": "office", "relation": "staff"}]
PUPIL = {"key": "pupil", "relation": "pupil"}
WHO = {"by.roles": {"includes_any": ["{who}", "{deputy}"]}}
_RUN_IT = (
    r"(?:who|staff|people|colleagues?|those) (?:that |who )?(?:runs?|manages?|administers?|uses?|moderates?"
    r"|maintains?|needs?)|account (?:administrators?|managers?|holders?|teams?|owners?)"
    r"|(?:named|authori[sz]ed|designated) (?:users?|staff|people)|sy[’']n rhedeg"
)
"""How a clause says that who runs an account knows its password."""
_OFFICE = (
    r"(?:head\w*|principal|deputy|manager|bursar|secretary|officer|lead|director|chair|pennaeth|rheolwr)"
)
_KNOWN_TO = (
    rf"(?:holds?|held|knows?|known|keeps?|kept|has|have|shared|given|told|disclosed)\b.{{0,60}}\b{_OFFICE}\b"
    rf"|{_OFFICE}\b.{{0,40}}\b(?:holds?|knows?|keeps?|has|have)"
)
"""How it says that someone with a role does."""

ACCOUNTS_APPROVED = ReadyRule(
    key="accounts_approved",
    group=GROUP,
    title=_("Someone approves each new account"),
    says=_("A social media account is opened only with the approval of the {who}{deputy}."),
    fields={
        "who": Role(_("Who approves?"), may=("decide_account",)),
        "deputy": Role(
            _("Who else may approve?"), may=("decide_account",), optional=True, said=_(" or the {role}")
        ),
    },
    rules=(
        {"ask": "account.decide", "point": "decider", "forbid": {"not": WHO}},
        {
            "ask": ["account.considered", "account.open"],
            "point": "approved",
            "steps": [
                {"forbid": {"decision.outcome": "rejected"}},
                {"need": {"decision.outcome": "approved"}, "ask_for": {"what": "decision", "of": "{who}"}},
            ],
        },
    ),
    examples=(
        Example(
            _("A teacher without this role decides on a new account."),
            "account.decide",
            {"by": TEACHER, "act": "approve"},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("The person with this role decides on it."),
            "account.decide",
            {"by": IN_ROLE, "act": "approve"},
            Answer.ALLOWED,
        ),
        Example(
            _("A teacher would like an account for the class."),
            "account.considered",
            {"by": TEACHER},
            Answer.NOT_YET,
        ),
        Example(
            _("A teacher opens an account that no one has decided on."),
            "account.open",
            {"by": TEACHER, "decision": {"outcome": "waiting"}},
            Answer.NOT_YET,
        ),
        Example(
            _("A teacher opens an account that was approved."),
            "account.open",
            {"by": TEACHER, "decision": {"outcome": "approved"}},
            Answer.ALLOWED,
        ),
    ),
    words=(
        "account accounts page pages profile site cyfrif cyfrifon tudalen",
        (
            "signed authorised approval approved approve permission agreed agree agrees agreement consent "
            "decide decides decided decision cymeradwyo cymeradwyaeth caniatad cytuno penderfynu penderfyna"
        ),
        (
            "new open opened opening set setup create created creating "
            "start started before agor newydd sefydlu creu"
        ),
    ),
    unlike="live prior publish published post posts picture photo photograph pupil",
    knows="class classes club set name written faculties classes departments like year",
)
TWO_PEOPLE = ReadyRule(
    key="two_people",
    group=GROUP,
    title=_("Enough people run each account"),
    says=_("Each account is run by at least {number} members of staff."),
    says_one=_("Each account is run by at least {number} member of staff."),
    fields={"number": Number(_("Minimum number of staff"), 2, most=10)},
    rules=(
        {
            "ask": ["account.propose", "account.decide"],
            "point": "staff_number",
            "when": {"may_be_yes": True},
            "need": {
                "case.run_by": {
                    "count": {"at_least": "{number}", "different": "key", "of": {"relation": "staff"}}
                }
            },
            "ask_for": {"what": "run_by", "of": "applicant"},
            "say": "proposal.too_few_staff",
            "args": {"least": "{number}", "given": {"fact": "case.staff_to_run_it"}},
        },
    ),
    examples=(
        Example(
            _("One teacher wants to run an account alone."),
            "account.propose",
            {"by": TEACHER, "case": {"run_by": TWO[:1]}},
            Answer.NOT_YET,
            values={"number": 2},
        ),
        Example(
            _("A teacher and the office will run it together."),
            "account.propose",
            {"by": TEACHER, "case": {"run_by": TWO}},
            Answer.ALLOWED,
            values={"number": 2},
        ),
        Example(
            _("Someone is to approve an account with two people."),
            "account.decide",
            {"by": IN_ROLE | {"roles": []}, "act": "approve", "case": {"run_by": TWO}},
            Answer.NOT_YET,
            values={"number": 3},
        ),
    ),
    never=r"\bat least (?:once|twice)\b",
    words=(
        "account accounts group page pages profile channel channels cyfrif cyfrifon tudalen sianel",
        "two 2 three 3 fewer least second same dau dwy tri tair ddau ddwy leiaf",
        "staff people person members administrators admins adults pobl person aelod staff gweinyddwyr",
    ),
    unlike=(
        "seen prior training induction password days hours review months years pupil pupils friend friends"
    ),
    knows="administrators group administrators access run moderated moderate",
)
SCHOOL_LOGIN = ReadyRule(
    key="school_login",
    group=GROUP,
    title=_("School accounts use a school email address"),
    says=_("School accounts are set up with a school email address, never through a private account."),
    rules=(
        {
            "ask": "login.choose",
            "point": "work_and_private_apart",
            "when": {"account_is_official": True},
            "forbid": {"address": "other_domain"},
        },
        {
            "ask": "account.open",
            "point": "separate_account",
            "need": {"separate_account": True},
            "ask_for": {"what": "separate_account", "of": "applicant"},
        },
        {"ask": "account.open", "point": "apart_from_personal", "forbid": {"shares_with_personal": True}},
    ),
    examples=(
        Example(
            _("A teacher signs up for the class page with a private email address."),
            "login.choose",
            {"by": TEACHER, "account_is_official": True, "address": "other_domain"},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A teacher uses a school email address."),
            "login.choose",
            {"by": TEACHER, "account_is_official": True, "address": "school_domain"},
            Answer.ALLOWED,
        ),
        Example(
            _("The page is tied to a teacher’s own account."),
            "account.open",
            {"by": TEACHER, "separate_account": True, "shares_with_personal": True},
            Answer.NOT_ALLOWED,
        ),
    ),
    words=(
        "email mail address login separate e-bost cyfeiriad wahan",
        "academy college trust school work professional official ysgol gwaith swyddogol",
        "account accounts profile page cyfrif cyfrifon",
    ),
    never=r"\b(?:not|never|no)\b[^.;]{0,25}\b(?:school|work|academy|college|trust|professional)\b"
    r"[^.;]{0,20}\be-?mails?",
    unlike="parent pupil pupils message messages friend",
    knows="register registered",
)
PASSWORDS = ReadyRule(
    key="passwords",
    group=GROUP,
    title=_("Passwords are known only to those who need them"),
    says=_("Passwords of school accounts are known only to {known}{who}{deputy}, and are kept safe."),
    modality=Modality.MUST,
    fields={
        "known": Choice(
            _("Who may know the passwords?"),
            {
                "runners": _("Those who run the account, and the roles below"),
                "named": _("The roles below and no one else"),
            },
            said={"runners": _("those who run the account"), "named": _("the people in these roles")},
            of_roles=("named",),
            hints={"runners": _RUN_IT, "named": rf"\A(?!.*\b(?:{_RUN_IT})\b).*?\b(?:{_KNOWN_TO})\b"},
        ),
        "who": Role(_("Who may know every password?"), optional=True, each=True, said=_(", the {role}")),
        "deputy": Role(_("And who else?"), optional=True, each=True, said=_(" and the {role}")),
    },
    rules=(
        {
            "ask": "account.keys",
            "point": "account_password",
            "when": {"what": "passwords"},
            "steps": [
                {
                    "forbid": {
                        "act": "see",
                        "by_has_part": By("known", {"runners": False}),
                        "not": {"by.roles": {"includes_any": ["{who}", "{deputy}"]}},
                    }
                },
                {"forbid": {"act": "keep", "any": [{"place": "open"}, {"in_clear": True}]}},
            ],
        },
    ),
    examples=(
        Example(
            _("A colleague who doesn’t run the page asks for its password."),
            "account.keys",
            {"by": TEACHER, "what": "passwords", "act": "see", "by_has_part": False},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A teacher who runs the page looks up its password."),
            "account.keys",
            {"by": TEACHER, "what": "passwords", "act": "see", "by_has_part": True},
            Answer.ALLOWED,
        ),
        Example(
            _("A teacher who runs the page asks for its password, and isn’t named."),
            "account.keys",
            {"by": TEACHER, "what": "passwords", "act": "see", "by_has_part": True},
            Answer.NOT_ALLOWED,
            values={"known": "named"},
        ),
        Example(
            _("Someone who is named looks up the password of a page that they don’t run."),
            "account.keys",
            {"by": IN_ROLE, "what": "passwords", "act": "see", "by_has_part": False},
            Answer.ALLOWED,
            values={"known": "named"},
        ),
        Example(
            _("The password is on a note beside the screen."),
            "account.keys",
            {"by": TEACHER, "what": "passwords", "act": "keep", "place": "open", "in_clear": True},
            Answer.NOT_ALLOWED,
        ),
    ),
    words=(
        (
            "password passwords passcode login logins credentials cyfrinair cyfrineiriau gyfrinair "
            "chyfrinair nghyfrinair"
        ),
        (
            "share shared known know knows tell told disclose disclosed written stored kept keep safe safely "
            "secure securely security write hold holds held access see shown only secret private "
            "confidential named given "
            "give anyone others rhannu rhannaf rhennir gwybod cadw cedwir diogel ddiogel neb unig"
        ),
    ),
    unlike="pupils students encrypted data stored become",
)
RUNNERS_READY = ReadyRule(
    key="runners_ready",
    group=GROUP,
    title=_("People who run an account are prepared"),
    says=_("Anyone who runs an account has {what} first."),
    fields={
        "what": Choice(
            _("What do they need first?"),
            {"read": _("To have read the policy"), "trained": _("To be trained"), "both": _("Both")},
            said={
                "read": _("read this policy"),
                "trained": _("been trained"),
                "both": _("read this policy and been trained"),
            },
            hints={"trained": "train(?:ed|ing)|hyfforddi|hyfforddiant", "read": "read|darllen"},
        )
    },
    rules=(
        with_any(
            "what",
            ("read", "both"),
            {
                "ask": ["account.decide", "account.open"],
                "point": "read",
                "each": "will_run",
                "need": {"has_read": True},
                "ask_for": {"what": "has_read", "of": "runner"},
                "say": "runners.has_read_missing",
                "kept": "runners.has_read",
            },
        ),
        with_any(
            "what",
            ("trained", "both"),
            {
                "ask": ["account.decide", "account.open"],
                "point": "trained",
                "each": "will_run",
                "need": {"trained": True},
                "ask_for": {"what": "trained", "of": "runner"},
                "say": "runners.trained_missing",
                "kept": "runners.trained",
            },
        ),
        {
            "ask": "account.person_added",
            "point": "proofs",
            "need": By(
                "what",
                {
                    "read": {"person.has_read": True},
                    "trained": {"person.trained": True},
                    "both": {"person.has_read": True, "person.trained": True},
                },
            ),
        },
    ),
    examples=(
        Example(
            _("A new colleague who hasn’t read the policy joins an account."),
            "account.person_added",
            {
                "by": TEACHER,
                "person": {"key": "new", "relation": "staff", "has_read": False, "trained": True},
            },
            Answer.NOT_YET,
            values={"what": "read"},
        ),
        Example(
            _("A new colleague who hasn’t been trained joins an account."),
            "account.person_added",
            {
                "by": TEACHER,
                "person": {"key": "new", "relation": "staff", "has_read": True, "trained": False},
            },
            Answer.NOT_YET,
            values={"what": "trained"},
        ),
        Example(
            _("A new colleague who has read the policy and was trained joins an account."),
            "account.person_added",
            {"by": TEACHER, "person": {"key": "new", "relation": "staff", "has_read": True, "trained": True}},
            Answer.ALLOWED,
        ),
        Example(
            _("An account is opened by people who haven’t been trained."),
            "account.open",
            {
                "by": TEACHER,
                "case": {"run_by": [{"key": "new", "relation": "staff", "has_read": True, "trained": False}]},
            },
            Answer.NOT_YET,
            values={"what": "both"},
        ),
    ),
    words=(
        (
            "account accounts service page manage manager managing run running administrator moderator "
            "cyfrif cyfrifon"
        ),
        "trained training read hyfforddi hyfforddiant darllen",
    ),
    unlike="every year years annual",
    never=r"\bparents? (?:need|needs|have|has|want|wants|wish|wishes) to read\b",
    knows="access",
)
NO_PUPILS = ReadyRule(
    key="no_pupils_in_accounts",
    group=GROUP,
    title=_("Pupils have no access to the accounts"),
    says=_("Pupils are never given access to school accounts."),
    modality=Modality.MUST_NOT,
    rules=(
        {"ask": "account.person_added", "point": "proofs", "forbid": {"person.relation": "pupil"}},
        {
            "ask": "account.open",
            "point": "approved_people",
            "each": "will_run",
            "forbid": {"relation": "pupil"},
        },
        {
            "ask": "account.keys",
            "point": "account_password",
            "forbid": {"act": "see", "by.relation": "pupil"},
        },
    ),
    examples=(
        Example(
            _("A pupil is to post on the debating club’s account."),
            "account.person_added",
            {"by": TEACHER, "person": PUPIL},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A colleague is to post on it."),
            "account.person_added",
            {"by": TEACHER, "person": {"key": "new", "relation": "staff"}},
            Answer.ALLOWED,
        ),
        Example(
            _("An account is opened that a pupil will help to run."),
            "account.open",
            {"by": TEACHER, "case": {"run_by": [*TWO, PUPIL]}},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A pupil asks for the password."),
            "account.keys",
            {"by": {"key": "pupil", "relation": "pupil"}, "what": "passwords", "act": "see"},
            Answer.NOT_ALLOWED,
        ),
    ),
    words=(
        "account accounts page pages password passwords login cyfrif cyfrifon cyfrinair gyfrinair",
        "pupil pupils student students child children disgybl disgyblion plant",
        "access given run running post manage administrator administrators mynediad rhedeg",
        "not never no cannot nor ni nid na nad chaiff byth",
    ),
    unlike=(
        "own personal friend friends contact private message messages picture pictures photo photograph "
        "photographs image images name names named consent under staff parents former privacy bullying"
    ),
    knows="password",
)
HANDOVER = ReadyRule(
    key="handover",
    group=GROUP,
    title=_("Accounts are handed over when someone leaves"),
    says=_(
        "When a member of staff who runs an account leaves, the {who} sees that it is handed over or "
        "closed{number}{unit}."
    ),
    fields={
        "who": Role(_("Who makes sure of it?")),
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
                "last_day": _("By the last day, or at once"),
                "hours": _("Within 24 hours of the last day"),
                "days": _("Days after the last day"),
            },
            said={
                "none": "",
                "last_day": _(" by the last day"),
                "hours": _(" within 24 hours of the last day"),
                "days": _(" days of the last day"),
            },
            one={"days": _(" day of the last day")},
            hints={
                "last_day": "(?:by|before|on) (?:the|their|his or her) last (?:working )?day"
                rf"|before they leave|{HINTS['at_once']}",
                "none": VAGUE,
                "hours": "(?:24|twenty[ -]four) hours|24 awr",
                "days": "(?<!school )(?<!working )(?<!last )days?",
            },
            takes={"hours": 24},
        ),
    },
    rules=(
        {
            "ask": "account.lead_left",
            "point": "handover",
            "steps": [
                {
                    "keep": {
                        "all": [
                            {
                                "leaders": {"known": True},
                                "leaver": {"known": True},
                                "last_day": {"known": True},
                            },
                            {"is_done": True},
                        ]
                    },
                    "say": "handover.done",
                },
                {
                    "oblige": {
                        "who": "{who}",
                        "what": "handover",
                        "where": {
                            "leaders": {"known": True},
                            "leaver": {"known": True},
                            "last_day": {"known": True},
                        },
                        "due": By(
                            "unit",
                            {
                                "last_day": "last_day",
                                "hours": {"after": "last_day", "days": 1},
                                "days": {"after": "last_day", "days": "{number}"},
                            },
                        ),
                    },
                    "say": "handover.to_run",
                    "args": {"day": {"fact": "last_day"}},
                },
            ],
        },
    ),
    examples=(
        Example(
            _("The teacher who runs the PE page leaves at the end of February."),
            "account.lead_left",
            {
                "by": TEACHER,
                "leaver": "teacher",
                "leaders": [{"key": "teacher", "roles": ["teacher"], "leaves_on": "2027-02-28"}],
            },
            Answer.TO_DO,
            values={"unit": "none"},
        ),
        Example(
            _("The teacher who runs the PE page leaves at the end of February."),
            "account.lead_left",
            {
                "by": TEACHER,
                "leaver": "teacher",
                "leaders": [{"key": "teacher", "roles": ["teacher"], "leaves_on": "2027-02-28"}],
            },
            Answer.TO_DO,
            values={"number": 1, "unit": "days"},
            due="2027-03-01",
        ),
        Example(
            _("The teacher who runs the PE page leaves at the end of February."),
            "account.lead_left",
            {
                "by": TEACHER,
                "leaver": "teacher",
                "leaders": [{"key": "teacher", "roles": ["teacher"], "leaves_on": "2027-02-28"}],
            },
            Answer.TO_DO,
            values={"unit": "hours"},
            due="2027-03-01",
        ),
        Example(
            _("The teacher who runs the PE page leaves at the end of February."),
            "account.lead_left",
            {
                "by": TEACHER,
                "leaver": "teacher",
                "leaders": [{"key": "teacher", "roles": ["teacher"], "leaves_on": "2027-02-28"}],
            },
            Answer.TO_DO,
            values={"unit": "last_day"},
            due="2027-02-28",
        ),
        Example(
            _("The office runs the page now."),
            "account.lead_left",
            {
                "by": TEACHER,
                "leaver": "teacher",
                "leaders": [{"key": "teacher", "roles": ["teacher"], "leaves_on": "2027-02-28"}],
                "ends": "transfer",
                "new_lead": "office",
            },
            Answer.DONE,
        ),
    ),
    words=(
        "leave leaves leaving left leaver leavers last gadael ymadael",
        "account accounts page password passwords cyfrif cyfrifon cyfrinair",
        "hand handed handover transfer transferred over close closed trosglwyddo cau",
    ),
    holds=r"\b(?:when|if|where)\b[^,;.]{0,60}\bleaves?\b",
)
