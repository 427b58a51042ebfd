"""Ready rules on comments and messages."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.cases import (
    BY_WHEN,
    COMMENT,
    FOUND,
    HINTS,
    IN_ROLE,
    NO_NUMBER,
    NO_TIME,
    OFFICIAL,
    ONE,
    SAID,
    TEACHER,
    UNITS,
    VAGUE,
    after,
    untimed,
)
from schoolgate.rulebook.ready.declared.posting import DAYS, DAYS_HINTS
from schoolgate.rulebook.ready.model import By, Choice, Example, Number, ReadyRule, Role, with_any
from schoolgate.rulebook.sentences import gettext_noop as _

GROUP = _("Comments and messages")
AT_TEN = {
    "by": TEACHER,
    "kind": "message",
    "time_of_day": 1000,
    "at_weekend": False,
    "on_school_day": True,
}

REPLY_WITHIN = ReadyRule(
    key="reply_within",
    group=GROUP,
    title=_("Replies within a time"),
    says=_("{what} on our accounts are answered {number}{unit}."),
    fields={
        "number": Number(
            _("Time limit (number)"), 2, most=90, not_with=NO_NUMBER, said=_("within {number} ")
        ),
        "unit": Choice(_("By when?"), BY_WHEN, said=SAID, one=ONE, hints=HINTS),
        "what": Choice(
            _("What is answered?"),
            {
                "all": _("Comments, questions, complaints and messages"),
                "questions": _("Questions and complaints"),
                "complaints": _("Complaints"),
                "messages": _("Private messages"),
            },
            said={
                "all": _("Comments and messages"),
                "questions": _("Questions and complaints"),
                "complaints": _("Complaints"),
                "messages": _("Private messages"),
            },
            hints={
                "all": "(?:comments?|messages?) (?:and|or) (?:private |direct )?(?:comments?|messages?)"
                "|(?:messages?|comments?) (?:and|or) (?:questions?|enquir(?:y|ies)|quer(?:y|ies))"
                "|(?:all|every) (?:comments?|messages?)",
                "questions": "(?:questions?|enquir(?:y|ies)|quer(?:y|ies))(?: (?:and|or) complaints?)?"
                "|complaints? (?:and|or) (?:questions?|enquir(?:y|ies)|quer(?:y|ies))",
                "complaints": "complain(?:ts?|s)|cwyn(?:ion)?|gwyn(?:ion)?|chwyn(?:ion)?",
                "messages": "(?:private|direct) messages?|dms?|negeseuon (?:preifat|uniongyrchol)",
            },
        ),
    },
    rules=(
        {
            "ask": "item.received",
            "point": "reply_due",
            "when": {
                **OFFICIAL,
                "kind": {"any_of": By("what", {"all": ["comment", "query", "complaint", "message"]})},
                "told_kind": {
                    "any_of": By("what", {"questions": ["query", "complaint"], "complaints": ["complaint"]})
                },
                "may_be_private": By("what", {"messages": True}),
            },
            "oblige": {
                "who": "account_team",
                "what": "reply",
                "due": after("received_at"),
                "at_once": By("unit", {"at_once": True}),
            },
        },
    ),
    examples=(
        Example(
            _("A parent complains on Friday 15 January 2027 at 15:00."),
            "item.received",
            {**COMMENT, "kind": "complaint"},
            Answer.TO_DO,
        ),
        Example(
            _("Someone writes a comment on Friday 15 January 2027 at 15:00."),
            "item.received",
            COMMENT,
            Answer.TO_DO,
            values={"what": "all"},
        ),
        Example(
            _("Someone asks a question at that time."),
            "item.received",
            {**COMMENT, "kind": "query"},
            Answer.TO_DO,
            values={"number": 2, "unit": "school_days"},
            due="2027-01-19",
        ),
        Example(
            _("Someone asks a question at that time."),
            "item.received",
            {**COMMENT, "kind": "query"},
            Answer.TO_DO,
            values={"number": 24, "unit": "hours"},
            due="2027-01-16T15:00:00+00:00",
        ),
        Example(
            _("Someone asks a question at that time."),
            "item.received",
            {**COMMENT, "kind": "query"},
            Answer.TO_DO,
            values={"unit": "at_once"},
            due="2027-01-15T15:00:00+00:00",
        ),
        Example(
            _("Someone asks a question on the last day before half-term."),
            "item.received",
            {**COMMENT, "kind": "query", "received_at": "2027-02-12T15:00:00Z"},
            Answer.TO_DO,
            values={"number": 1, "unit": "school_days"},
            due="2027-02-22",
        ),
        Example(
            _("Someone asks a question on the last day before half-term."),
            "item.received",
            {**COMMENT, "kind": "query", "received_at": "2027-02-12T15:00:00Z"},
            Answer.TO_DO,
            values={"number": 1, "unit": "weekdays"},
            due="2027-02-15",
        ),
        Example(
            _("Someone writes a comment."),
            "item.received",
            COMMENT,
            Answer.SILENT,
            values={"what": "questions"},
        ),
        Example(
            _("Another page mentions the school."),
            "item.received",
            {**COMMENT, "kind": "mention"},
            Answer.SILENT,
        ),
        Example(
            _("Someone sends a private message at that time."),
            "item.received",
            {**COMMENT, "kind": "message", "channel": "private"},
            Answer.TO_DO,
            values={"number": 5, "unit": "weekdays", "what": "messages"},
            due="2027-01-22",
        ),
        Example(
            _("Someone writes a comment that everyone can read."),
            "item.received",
            {**COMMENT, "channel": "public"},
            Answer.SILENT,
            values={"what": "messages"},
        ),
    ),
    words=(
        (
            "reply replies replied respond responded response responses answer "
            "answered answers acknowledged complain complaint "
            "ateb atebion atebir ymateb ymatebir cwyn cwynion"
        ),
        (
            "hour hours day days within promptly prompt immediately soon timely oriau awr diwrnod diwrnodau "
            "ddiwrnod o fewn brydlon unwaith"
        ),
    ),
    never=r"\b(?:between|from) \d",
    unlike=(
        "told show outside abuse danger "
        "remove removed delete deleted check checked press journalist review policy reviewed freedom subject"
    ),
)
REMOVE_WITHIN = ReadyRule(
    key="remove_within",
    group=GROUP,
    title=_("Unacceptable comments are removed"),
    says=_("Offensive or unacceptable comments on our accounts are removed {number}{unit}."),
    fields={
        "number": Number(
            _("Time limit (number)"),
            24,
            most=90,
            not_with=NO_NUMBER,
            said=_("within {number} "),
        ),
        "unit": Choice(
            _("By when?"),
            {
                "hours": UNITS["hours"],
                "days": UNITS["days"],
                "school_days": UNITS["school_days"],
                **{one: BY_WHEN[one] for one in ("same_day", "at_once")},
                "none": NO_TIME,
            },
            said={**SAID, "none": ""},
            one=ONE,
            hints={
                **HINTS,
                "none": rf"{untimed('remov|delet|hid|taken down|tolerat|tynn|dile|cudd')}|\b(?:{VAGUE})\b",
            },
        ),
    },
    rules=(
        {
            "ask": "item.received",
            "point": "removal_due",
            "when": {**OFFICIAL, "improper": True},
            "oblige": {
                "who": "account_team",
                "what": "removal",
                "due": after("improper_since"),
                "at_once": By("unit", {"at_once": True}),
            },
        },
    ),
    examples=(
        Example(
            _("A comment is found to be an insult on Friday 15 January 2027 at 15:00."),
            "item.received",
            FOUND,
            Answer.TO_DO,
        ),
        Example(
            _("The insult is found at that time."),
            "item.received",
            FOUND,
            Answer.TO_DO,
            values={"number": 4, "unit": "hours"},
            due="2027-01-15T19:00:00+00:00",
        ),
        Example(
            _("The insult is found at that time."),
            "item.received",
            FOUND,
            Answer.TO_DO,
            values={"unit": "at_once"},
            due="2027-01-15T15:00:00+00:00",
        ),
        Example(
            _("The insult is found at that time."),
            "item.received",
            FOUND,
            Answer.TO_DO,
            values={"unit": "none"},
        ),
        Example(
            _("A comment says politely that the school is wrong."), "item.received", COMMENT, Answer.SILENT
        ),
    ),
    words=(
        "remove removed removal delete deleted hide hidden taken down tolerate tolerated tynnu dileu cuddio",
        "comment comments post posts content message messages material sylw sylwadau neges negeseuon",
        (
            "offensive inappropriate abusive unacceptable unkind unsuitable insulting derogatory threatening "
            "discriminatory racist sexist homophobic hateful hurtful obscene "
            "rude improper defamatory break breaks breach breaches sarhaus anaddas annerbyniol difriol "
            "bygythiol hiliol"
        ),
    ),
    unlike="colleague picture consent",
)
REMOVAL_REPORTED = ReadyRule(
    key="removal_reported",
    group=GROUP,
    title=_("Unacceptable comments are reported"),
    says=_("The {who} is told at once of offensive or unacceptable comments on our accounts."),
    fields={"who": Role(_("Who is told?"), told=True)},
    rules=(
        {
            "ask": "item.received",
            "point": "report_due",
            "when": {**OFFICIAL, "improper": True},
            "oblige": {"who": "account_team", "what": "report", "due": "improper_since", "at_once": True},
            "say": "inbox.improper_reported",
            "args": {"role": "{who}"},
        },
    ),
    examples=(
        Example(
            _("A comment is found to be an insult on Friday 15 January 2027 at 15:00."),
            "item.received",
            FOUND,
            Answer.TO_DO,
            due="2027-01-15T15:00:00+00:00",
        ),
        Example(
            _("A comment says politely that the school is wrong."), "item.received", COMMENT, Answer.SILENT
        ),
    ),
    words=(
        "report reported inform informed told tell given screenshot rhoi gwybod hysbysu adrodd",
        "comment comments post posts content sylw sylwadau",
        (
            "offensive inappropriate abusive unacceptable unkind rude "
            "improper sarhaus anaddas annerbyniol difriol"
        ),
    ),
    unlike="child safeguarding press staff pupil",
    knows="anyone wants wishes should",
)
BLOCKING = ReadyRule(
    key="blocking",
    group=GROUP,
    title=_("Who may block a person"),
    modality=Modality.MUST_NOT,
    says=_("Only the {who}{deputy} may block a person from our accounts{after}."),
    fields={
        "who": Role(_("Who decides?"), may=("moderate",)),
        "deputy": Role(_("Who else may decide?"), may=("moderate",), optional=True, said=_(" or the {role}")),
        "after": Choice(
            _("After what?"),
            {
                "any": _("Whenever they decide so"),
                "abuse": _("Only after abusive or unacceptable comments"),
                "warning": _("Only after a warning"),
            },
            said={
                "any": "",
                "abuse": _(", and only after abusive or unacceptable comments"),
                "warning": _(", and only after a warning"),
            },
            hints={
                "warning": r"(?:(?:but |and )?only )?(?:after|following|once|without) (?:at least )?"
                r"(?:an?|one|the|having been|being|they (?:have|were)|he or she (?:has|was))? ?"
                r"(?:\w+ )?(?:been )?warn(?:ings?|ed)(?! (?:and|or|after)\b)(?: first| beforehand)?"
                r"|(?:is|are|must be|will be|has been) (?:first )?warned (?:first|beforehand)"
                r"|(?:dim ond )?ar ôl (?:rhoi )?rhybudd",
                "abuse": "(?:only )?(?:after|following|for|because "
                "of)[^.;]{0,30}(?:abusive|offensive|unacceptable"
                "|inappropriate|threatening|sarhaus|difrïol|annerbyniol)",
                "any": r"\A(?=.*\b(?:block|ban|rhwystr|rwystr|gwahardd)\w*)(?!.*\b(?:after|following"
                r"|once|for|because"
                r"|repeated\w*|persistent\w*|warn\w*|ar ôl|wedi)\b)\w+",
            },
        ),
    },
    rules=(
        {
            "ask": "item.remove",
            "point": "who_blocks",
            "when": {"act": "block"},
            "forbid": {"not": {"by.roles": {"includes_any": ["{who}", "{deputy}"]}}},
            "say": "removal.not_theirs_to_block",
            "args": {"roles": ["{who}", "{deputy}"]},
            "kept": "removal.theirs_to_block",
        },
        with_any(
            "after",
            ("abuse",),
            {
                "ask": "item.remove",
                "point": "reason_for_removal",
                "when": {"act": "block"},
                "forbid": {"reason": {"any_of": ["advertising", "no listed reason", "disagreement"]}},
            },
        ),
        with_any(
            "after",
            ("warning",),
            {
                "ask": "item.remove",
                "point": "warned_first",
                "when": {"act": "block"},
                "need": {"warned": True},
                "kept": "removal.warned_first",
            },
        ),
    ),
    examples=(
        Example(
            _("A teacher without this role wants to block a parent."),
            "item.remove",
            {"by": TEACHER, "act": "block"},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("The person with this role blocks a parent."),
            "item.remove",
            {"by": IN_ROLE, "act": "block"},
            Answer.ALLOWED,
            values={"after": "any"},
        ),
        Example(
            _("The person with this role blocks a parent who only disagrees."),
            "item.remove",
            {"by": IN_ROLE, "act": "block", "reason": "disagreement"},
            Answer.NOT_ALLOWED,
            values={"after": "abuse"},
        ),
        Example(
            _("The person with this role blocks a parent who only disagrees."),
            "item.remove",
            {"by": IN_ROLE, "act": "block", "reason": "disagreement"},
            Answer.ALLOWED,
            values={"after": "any"},
        ),
        Example(
            _("The person with this role blocks a parent after abusive comments."),
            "item.remove",
            {"by": IN_ROLE, "act": "block", "reason": "abusive"},
            Answer.ALLOWED,
        ),
        Example(
            _("The person with this role blocks a parent who was never warned."),
            "item.remove",
            {"by": IN_ROLE, "act": "block", "reason": "abusive", "warned": False},
            Answer.NOT_YET,
            values={"after": "warning"},
        ),
        Example(
            _("The parent was warned a week before."),
            "item.remove",
            {"by": IN_ROLE, "act": "block", "reason": "abusive", "warned": True},
            Answer.ALLOWED,
            values={"after": "warning"},
        ),
        Example(
            _("A teacher without this role hides a comment."),
            "item.remove",
            {"by": TEACHER, "act": "hide"},
            Answer.SILENT,
        ),
    ),
    words=(
        (
            "block blocks blocked blocking ban bans banned banning rhwystro rwystro flocio blocio gwahardd "
            "rhwystrir"
        ),
        (
            "individual individuals "
            "person people user users parent parents follower followers anyone someone nobody offenders them "
            "accounts page rhywun rhiant neb defnyddwyr"
        ),
    ),
    unlike="site sites website websites filter filtered network advert adverts delete contact employed",
    knows="breaches breach approval agreement spoken",
)
REPLY_HOURS = ReadyRule(
    key="reply_hours",
    group=GROUP,
    title=_("Replies only at certain hours"),
    says=_("Comments and messages are answered only between {start} and {end}{days}."),
    modality=Modality.MUST_NOT,
    fields={
        "start": Number(_("From what time?"), 800, most=2359, clock=True),
        "end": Number(_("Until what time?"), 1800, most=2359, clock=True),
        "days": Choice(
            _("On which days?"),
            {"any": _("On any day"), **DAYS},
            said={
                "any": "",
                "weekdays": _(", from Monday to Friday"),
                "school_days": _(", on school days"),
            },
            hints=DAYS_HINTS,
        ),
    },
    rules=(
        {
            "ask": "item.answer",
            "point": "reply_hours",
            "forbid": {
                "any": [
                    {"not": {"time_of_day": {"at_least": "{start}"}}},
                    {"time_of_day": {"at_least": "{end}"}},
                    By("days", {"weekdays": {"at_weekend": True}, "school_days": {"on_school_day": False}}),
                ]
            },
            "say": "answer.wrong_hour",
            "kept": "answer.right_hour",
        },
    ),
    examples=(
        Example(
            _("A teacher wants to answer a message at seven in the evening."),
            "item.answer",
            {**AT_TEN, "time_of_day": 1900},
            Answer.NOT_ALLOWED,
            values={"start": 800, "end": 1800},
        ),
        Example(
            _("A teacher wants to answer it at ten on a Monday in term."),
            "item.answer",
            AT_TEN,
            Answer.ALLOWED,
            values={"start": 800, "end": 1800},
        ),
        Example(
            _("A teacher wants to answer it at ten on a Saturday."),
            "item.answer",
            {**AT_TEN, "at_weekend": True, "on_school_day": False},
            Answer.ALLOWED,
            values={"start": 800, "end": 1800, "days": "any"},
        ),
        Example(
            _("A teacher wants to answer it at ten on a Saturday."),
            "item.answer",
            {**AT_TEN, "at_weekend": True, "on_school_day": False},
            Answer.NOT_ALLOWED,
            values={"start": 800, "end": 1800, "days": "weekdays"},
        ),
        Example(
            _("A teacher wants to answer it at ten on the Tuesday of half-term."),
            "item.answer",
            {**AT_TEN, "on_school_day": False},
            Answer.NOT_ALLOWED,
            values={"start": 800, "end": 1800, "days": "school_days"},
        ),
    ),
    words=(
        (
            "reply replies replied respond responded response responses answer answered answers "
            "monitored ateb "
            "atebir ymateb ymatebir"
        ),
        "message messages comment comments dms dm negeseuon neges sylwadau",
        "outside between after before until evening evenings hours rhwng oriau",
        "am pm hours oriau yb yh",
    ),
    unlike="within removed deleted press approved posts posted published working days",
    knows="outside",
)
_EVENINGS, _WEEKENDS, _HOLIDAYS = (
    {"in_the_evening": True},
    {"at_weekend": True},
    {"in_the_holidays": True},
)
_OFF = {
    "all": [_EVENINGS, _WEEKENDS, _HOLIDAYS],
    "evenings_weekends": [_EVENINGS, _WEEKENDS],
    "weekends_holidays": [_WEEKENDS, _HOLIDAYS],
    "evenings": [_EVENINGS],
    "weekends": [_WEEKENDS],
    "holidays": [_HOLIDAYS],
}
_EVENING_WORD = r"(?:evenings?|night(?:s|-time|time)?|out of hours|nosweithiau|gyda.r nos)"
_WEEKEND_WORD = r"(?:weekends?|saturdays?|sundays?|penwythnos(?:au)?|benwythnosau)"
_HOLIDAY_WORD = r"(?:(?:school )?holidays?|half[- ]term|gwyliau)"


def _together(*words: str) -> str:
    """Return a pattern of a list of these words, in any order."""
    each = "|".join(words)
    more = rf"[^.;\w]{{1,3}}(?:(?:or|and|nor|at|in|during|on|the|a|ac|neu|yn ystod) ?){{0,4}}(?:{each})"
    return rf"(?:{each})(?:{more}){{{len(words) - 1}}}"


REPLY_OFF = ReadyRule(
    key="reply_off_times",
    group=GROUP,
    title=_("No replies in the evening, at weekends or in the holidays"),
    says=_("Comments and messages are not answered {when}."),
    modality=Modality.MUST_NOT,
    fields={
        "when": Choice(
            _("When are they not answered?"),
            {
                "all": _("In the evening, at weekends and in the school holidays"),
                "evenings_weekends": _("In the evening and at weekends"),
                "weekends_holidays": _("At weekends and in the school holidays"),
                "evenings": _("In the evening"),
                "weekends": _("At weekends"),
                "holidays": _("In the school holidays"),
            },
            said={
                "all": _("in the evening, at weekends or in the school holidays"),
                "evenings_weekends": _("in the evening or at weekends"),
                "weekends_holidays": _("at weekends or in the school holidays"),
                "evenings": _("in the evening"),
                "weekends": _("at weekends"),
                "holidays": _("in the school holidays"),
            },
            hints={
                "all": _together(_EVENING_WORD, _WEEKEND_WORD, _HOLIDAY_WORD),
                "evenings_weekends": _together(_EVENING_WORD, _WEEKEND_WORD),
                "weekends_holidays": _together(_WEEKEND_WORD, _HOLIDAY_WORD),
                "evenings": _EVENING_WORD,
                "weekends": _WEEKEND_WORD,
                "holidays": _HOLIDAY_WORD,
            },
        ),
    },
    rules=(
        {
            "ask": "item.answer",
            "point": "reply_hours",
            "forbid": {"any": By("when", _OFF)},
            "say": "answer.wrong_hour",
            "kept": "answer.right_hour",
        },
    ),
    examples=(
        Example(
            _("A teacher wants to answer a message at seven in the evening."),
            "item.answer",
            {**AT_TEN, "time_of_day": 1900},
            Answer.NOT_ALLOWED,
            values={"when": "evenings_weekends"},
        ),
        Example(
            _("A teacher wants to answer a message at seven in the evening."),
            "item.answer",
            {**AT_TEN, "time_of_day": 1900},
            Answer.ALLOWED,
            values={"when": "weekends_holidays"},
        ),
        Example(
            _("A teacher wants to answer it at ten on a Saturday."),
            "item.answer",
            {**AT_TEN, "at_weekend": True, "on_school_day": False},
            Answer.NOT_ALLOWED,
            values={"when": "all"},
        ),
        Example(
            _("A teacher wants to answer it at ten on the Tuesday of half-term."),
            "item.answer",
            {**AT_TEN, "on_school_day": False},
            Answer.NOT_ALLOWED,
            values={"when": "holidays"},
        ),
        Example(
            _("A teacher wants to answer it at ten on the Tuesday of half-term."),
            "item.answer",
            {**AT_TEN, "on_school_day": False},
            Answer.ALLOWED,
            values={"when": "evenings"},
        ),
        Example(
            _("A teacher wants to answer it at ten on a Monday in term."),
            "item.answer",
            AT_TEN,
            Answer.ALLOWED,
            values={"when": "weekends"},
        ),
    ),
    words=(
        REPLY_HOURS.words[0],
        f"{REPLY_HOURS.words[1]} enquiry enquiries question questions",
        (
            "evening evenings night weekend weekends holiday holidays half-term nos nosweithiau penwythnos "
            "penwythnosau benwythnosau gwyliau"
        ),
    ),
    unlike="within removed deleted press approved posts posted published am pm between yb yh",
)
