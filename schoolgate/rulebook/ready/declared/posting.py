"""Ready rules on when posts go out, and on what they don't hold: trips, tags, politics."""

from typing import Any

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.cases import TEACHER
from schoolgate.rulebook.ready.declared.posts import GROUP
from schoolgate.rulebook.ready.model import By, Choice, Example, Number, ReadyRule, with_any
from schoolgate.rulebook.sentences import gettext_noop as _

POST: dict[str, Any] = {"author": TEACHER}
POSTS = (
    "post posts posted posting publish published upload uploaded share shared tweet tweets content go "
    "update updated postio postir postiad postiadau bostio phostio postiwch cyhoeddi cyhoeddir gyhoeddir "
    "chyhoeddir rhannu rhennir"
)

TRIPS = ReadyRule(
    key="trips",
    group=GROUP,
    title=_("Trips only once everyone is back"),
    says=_("{what} until everyone is back."),
    modality=Modality.MUST_NOT,
    fields={
        "what": Choice(
            _("What must wait?"),
            {
                "all": _("Any post from a trip, and its destination beforehand"),
                "posts": _("Any post from a trip"),
                "place": _("Only where the pupils are or will be"),
            },
            said={
                "all": _(
                    "Nothing is posted from a trip, and no post says where pupils on a trip are or will be,"
                ),
                "posts": _("Nothing is posted from a trip"),
                "place": _("No post says or shows where pupils on a trip are or will be,"),
            },
            hints={
                "place": "where|location|locations|place|destination|whereabouts|lleoliad|lleoliadau|ble",
                "posts": "nothing|not post|until|after|once|returned?|return|back|live|real time"
                "|nes|ar ôl|yn fyw|tra",
            },
        )
    },
    rules=(
        {
            "ask": "post.publish",
            "point": "trips",
            "forbid": By(
                "what",
                {
                    "all": {"any": [{"trip": "under_way"}, {"trip": "to_come", "shows_trip_place": True}]},
                    "posts": {"trip": "under_way"},
                    "place": {"trip": {"any_of": ["to_come", "under_way"]}, "shows_trip_place": True},
                },
            ),
            "say": "post.trip_not_over",
            "kept": "post.trip_over",
        },
    ),
    examples=(
        Example(
            _("A teacher posts from the coach on the way home."),
            "post.publish",
            {**POST, "trip": "under_way", "shows_trip_place": False},
            Answer.NOT_ALLOWED,
            values={"what": "all"},
        ),
        Example(
            _("A teacher posts from the coach on the way home."),
            "post.publish",
            {**POST, "trip": "under_way", "shows_trip_place": False},
            Answer.NOT_ALLOWED,
            values={"what": "posts"},
        ),
        Example(
            _("A post from the residential shows the name of the hostel."),
            "post.publish",
            {**POST, "trip": "under_way", "shows_trip_place": True},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A week before the trip, a post names the hostel."),
            "post.publish",
            {**POST, "trip": "to_come", "shows_trip_place": True},
            Answer.NOT_ALLOWED,
            values={"what": "all"},
        ),
        Example(
            _("A week before the trip, a post names the hostel."),
            "post.publish",
            {**POST, "trip": "to_come", "shows_trip_place": True},
            Answer.NOT_ALLOWED,
            values={"what": "place"},
        ),
        Example(
            _("Everyone is back, and the post names the hostel."),
            "post.publish",
            {**POST, "trip": "over", "shows_trip_place": True},
            Answer.ALLOWED,
        ),
        Example(
            _("The post is about the cake sale."),
            "post.publish",
            {**POST, "trip": "none"},
            Answer.ALLOWED,
        ),
    ),
    words=(
        (
            "trip trips visit visits residential residentials outing outings excursion excursions "
            "taith teithiau daith deithiau trip tripiau dripiau ymweliad ymweliadau preswyl breswyl"
        ),
        (
            f"{POSTS} photo photos photograph photographs picture pictures live online information announce "
            "say says reveal named name where location llun lluniau lleoliad datgelir ddatgelir fyw"
        ),
    ),
    unlike=(
        "left departed taken volunteers visitors "
        "consent phone phones letter assessment assessments leader comment website websites internet search"
    ),
    knows="return returned returning back home pupils group educational coach away children everyone",
)
TAGS = ReadyRule(
    key="no_tags",
    group=GROUP,
    title=_("No one is tagged"),
    says=_("Posts never tag {who}."),
    modality=Modality.MUST_NOT,
    fields={
        "who": Choice(
            _("Who must not be tagged?"),
            {
                "people": _("Pupils, parents and staff"),
                "families": _("Pupils and parents"),
                "pupils": _("Pupils"),
            },
            said={
                "people": _("pupils, parents or staff"),
                "families": _("pupils or parents"),
                "pupils": _("pupils"),
            },
            hints={
                "people": "(?:(?:pupils?|child(?:ren)?|students?|parents?|carers?|famil(?:y|ies))[ ,]*"
                "(?:(?:and|or|nor|their) )*){0,4}"
                "(?:staff|colleagues?|individuals?|people|anyone|no one|person)"
                "|unigolion|pobl",
                "families": "(?:(?:pupils?|child(?:ren)?|students?)[ ,]*(?:(?:and|or|nor|their) )*)?"
                "(?:parents?|carers?|famil(?:y|ies))|rhieni|teuluoedd",
                "pupils": "pupils?|child(?:ren)?|students?|learners?|disgybl(?:ion)?|plant|dysgwyr",
            },
        )
    },
    rules=(
        {
            "ask": "post.publish",
            "point": "tagging",
            "forbid": {
                "tagged": By(
                    "who",
                    {
                        "people": {"any_of": ["staff", "parent", "pupil"]},
                        "families": {"any_of": ["parent", "pupil"]},
                        "pupils": "pupil",
                    },
                )
            },
            "say": "post.tags_someone",
            "kept": "post.tags_no_one",
        },
    ),
    examples=(
        Example(
            _("A post tags a pupil who won a prize."),
            "post.publish",
            {**POST, "tagged": "pupil"},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A post thanks a mother with a tag."),
            "post.publish",
            {**POST, "tagged": "parent"},
            Answer.NOT_ALLOWED,
            values={"who": "people"},
        ),
        Example(
            _("A post thanks a mother with a tag."),
            "post.publish",
            {**POST, "tagged": "parent"},
            Answer.ALLOWED,
            values={"who": "pupils"},
        ),
        Example(
            _("A post tags a colleague."),
            "post.publish",
            {**POST, "tagged": "staff"},
            Answer.ALLOWED,
            values={"who": "families"},
        ),
        Example(
            _("A post tags the museum."),
            "post.publish",
            {**POST, "tagged": "organisations"},
            Answer.ALLOWED,
        ),
    ),
    words=("tag tags tagged tagging tagio thagio dagio tagiwch",),
    unlike="untag hashtag hashtags price settings others themselves switching",
    knows="photos lluniau private individuals text",
)
_ELECTION = (
    r"(?:(?:the|an?|any|each) )?(?:(?:period|weeks|run-up)[^.;]{0,30}\belections?"
    r"|pre-?election(?: period)?|election(?: campaign)? periods?|purdah|period of (?:heightened )?sensitivity"
    r"|cyfnod (?:cyn|yr) etholiad|cyfnod cyn-?etholiad\w*)"
)
POLITICS = ReadyRule(
    key="no_politics",
    group=GROUP,
    title=_("No party politics or campaigns"),
    says=_("Posts support or oppose no party, no candidate and no political campaign{when}."),
    modality=Modality.MUST_NOT,
    fields={
        "when": Choice(
            _("When is it not allowed?"),
            {"always": _("At any time"), "election": _("Only in the weeks before an election")},
            said={"always": "", "election": _(" in the weeks before an election")},
            hints={
                "election": rf"(?:(?:during|in|throughout|before|within) )?{_ELECTION}",
                "always": r"\A(?=.*\b(?:politic|part(?:y|ies)|candidate|campaign|g?wleid|[pb]laid)\w*)"
                rf"(?!.*{_ELECTION})\w+",
            },
        )
    },
    rules=(
        {
            "ask": "post.publish",
            "point": "politics",
            "forbid": {"political": True, "election_near": By("when", {"election": True})},
            "say": "post.political",
            "kept": "post.not_political",
        },
    ),
    examples=(
        Example(
            _("A post asks parents to vote for a candidate."),
            "post.publish",
            {**POST, "political": True},
            Answer.NOT_ALLOWED,
            values={"when": "always"},
        ),
        Example(
            _("Three weeks before a local election, a post asks parents to vote for a candidate."),
            "post.publish",
            {**POST, "political": True, "election_near": True},
            Answer.NOT_ALLOWED,
            values={"when": "election"},
        ),
        Example(
            _("In a year without an election, a post supports a campaign."),
            "post.publish",
            {**POST, "political": True, "election_near": False},
            Answer.ALLOWED,
            values={"when": "election"},
        ),
        Example(
            _("A post says that the school is a polling station on Thursday."),
            "post.publish",
            {**POST, "political": False},
            Answer.ALLOWED,
        ),
    ),
    words=(
        (
            "political politically politics politician politicians party election elections candidate "
            "candidates campaign campaigning lobby pre-election purdah gwleidyddol wleidyddol gwleidyddiaeth "
            "etholiad etholiadol plaid blaid ymgeisydd"
        ),
        (
            f"{POSTS} account accounts page channel channels statements statement material views opinions "
            "endorse promoted support neutral impartial pictures posts cyfrif cyfrifon tudalen tudalennau "
            "datganiadau diduedd ddiduedd neges"
        ),
    ),
    unlike="own their governor council parents comment",
    knows="vote certain against before particularly remain views lobby impartial nature aros gefnogi",
)
VIEWS = ReadyRule(
    key="no_personal_views",
    group=GROUP,
    title=_("No personal views in posts"),
    says=_("Posts express no personal views."),
    modality=Modality.MUST_NOT,
    rules=(
        {
            "ask": "post.publish",
            "point": "opinions",
            "forbid": {"personal_view": True},
            "say": "post.personal_view",
            "kept": "post.no_personal_view",
        },
    ),
    examples=(
        Example(
            _("In a post a teacher says what they think of inspections."),
            "post.publish",
            {**POST, "personal_view": True},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A post says when the book fair opens."),
            "post.publish",
            {**POST, "personal_view": False},
            Answer.ALLOWED,
        ),
    ),
    words=(
        "view views opinion opinions belief beliefs barn farn barnau farnau",
        "personal private own personol breifat",
        f"{POSTS} account accounts site sites page channel channels express cyfrif cyfrifon tudalen mynegi",
    ),
    unlike="own_accounts state profile profiles disclaimer alone represent represents clear bio",
    never=r"\bdisclaimer\b",
)
DAYS = {
    "weekdays": _("From Monday to Friday"),
    "school_days": _("On school days only"),
}
DAYS_SAID = {
    "weekdays": _("from Monday to Friday"),
    "school_days": _("on school days"),
}
_SCHOOL_DAYS = "school days?|term[- ]time|school hours|ddiwrnodau ysgol|diwrnodau ysgol|oriau ysgol"
_WEEKDAYS = (
    "weekdays?|weekends?|saturdays?|sundays?|monday to friday|working days?|penwythnos(?:au)?|benwythnosau"
    "|dydd llun i ddydd gwener|ddydd llun i ddydd gwener"
)
DAYS_HINTS = {
    "school_days": _SCHOOL_DAYS,
    "weekdays": _WEEKDAYS,
}
DAY = {
    "forbid": By(
        "days",
        {
            "weekdays": {"at_weekend": True},
            "school_days": {"on_school_day": False},
        },
    ),
    "say": "post.wrong_day",
}
ON_A_DAY = with_any("days", (*DAYS,), DAY)
MONDAY = {**POST, "at_weekend": False, "on_school_day": True, "time_of_day": 1000}
SATURDAY = {**MONDAY, "at_weekend": True, "on_school_day": False}
HALF_TERM = {**MONDAY, "on_school_day": False}
ON_SATURDAY = _("A post is planned for Saturday, 10 in the morning.")
IN_HALF_TERM = _("A post is planned for the Tuesday of half-term, 10 in the morning.")
ON_MONDAY = _("A post is planned for a Monday in term, 10 in the morning.")
SNOW = _("Snow: the text for closures, approved beforehand, is to go out on Sunday at 6 in the morning.")
SUNDAY = {**SATURDAY, "time_of_day": 600, "approved_beforehand": True}

HOURS = ReadyRule(
    key="posting_hours",
    group=GROUP,
    title=_("Posts only at certain hours"),
    says=_("Posts are published only between {start} and {end}{days}."),
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
            "ask": "post.publish",
            "point": "posting_hours",
            "steps": [
                ON_A_DAY,
                {
                    "forbid": {
                        "any": [
                            {"not": {"time_of_day": {"at_least": "{start}"}}},
                            {"time_of_day": {"at_least": "{end}"}},
                        ]
                    },
                    "say": "post.wrong_hour",
                },
            ],
            "kept": "post.right_hour",
        },
    ),
    examples=(
        Example(ON_MONDAY, "post.publish", MONDAY, Answer.ALLOWED, values={"start": 800, "end": 1800}),
        Example(
            _("A post is planned for a Monday in term, 11 at night."),
            "post.publish",
            {**MONDAY, "time_of_day": 2300},
            Answer.NOT_ALLOWED,
            values={"start": 800, "end": 1800},
        ),
        Example(
            _("A post is planned for a Monday in term, 7.59 in the morning."),
            "post.publish",
            {**MONDAY, "time_of_day": 759},
            Answer.NOT_ALLOWED,
            values={"start": 800, "end": 1800},
        ),
        Example(
            ON_SATURDAY,
            "post.publish",
            SATURDAY,
            Answer.ALLOWED,
            values={"start": 800, "end": 1800, "days": "any"},
        ),
        Example(ON_SATURDAY, "post.publish", SATURDAY, Answer.NOT_ALLOWED, values={"days": "weekdays"}),
        Example(ON_SATURDAY, "post.publish", SATURDAY, Answer.NOT_ALLOWED, values={"days": "school_days"}),
        Example(IN_HALF_TERM, "post.publish", HALF_TERM, Answer.NOT_ALLOWED, values={"days": "school_days"}),
        Example(
            IN_HALF_TERM,
            "post.publish",
            HALF_TERM,
            Answer.ALLOWED,
            values={"start": 800, "end": 1800, "days": "weekdays"},
        ),
        Example(SNOW, "post.publish", SUNDAY, Answer.NOT_ALLOWED, values={"days": "school_days"}),
        Example(
            SNOW,
            "post.publish",
            SUNDAY,
            Answer.ALLOWED,
            values={"days": "school_days", "unless": ("emergency",)},
        ),
        Example(
            SNOW,
            "post.publish",
            SUNDAY,
            Answer.ALLOWED,
            values={"days": "weekdays", "unless": ("emergency",)},
        ),
        Example(SNOW, "post.publish", SUNDAY, Answer.ALLOWED, values={"unless": ("emergency",)}),
    ),
    words=(
        f"{POSTS} pages messages posts postiadau",
        "hours between before after until outside within oriau rhwng cyn wedi tan ôl",
        "am pm hours oriau noon midnight evening evenings night yb yh",
    ),
    unlike=(
        "remove removed deleted hidden check seen spam "
        "comment comments sylwadau answered answer reply replies monitored checked office staff’s own "
        "personal approved trip trips down"
    ),
)
POSTING_DAYS = ReadyRule(
    key="posting_days",
    group=GROUP,
    title=_("Posts only on certain days"),
    says=_("Posts are published only {days}."),
    fields={"days": Choice(_("On which days?"), DAYS, said=DAYS_SAID, hints=DAYS_HINTS)},
    rules=(
        {
            "ask": "post.publish",
            "point": "posting_hours",
            "steps": [DAY],
            "kept": "post.right_day",
        },
    ),
    examples=(
        Example(ON_MONDAY, "post.publish", MONDAY, Answer.ALLOWED),
        Example(ON_SATURDAY, "post.publish", SATURDAY, Answer.NOT_ALLOWED),
        Example(IN_HALF_TERM, "post.publish", HALF_TERM, Answer.NOT_ALLOWED, values={"days": "school_days"}),
        Example(IN_HALF_TERM, "post.publish", HALF_TERM, Answer.ALLOWED, values={"days": "weekdays"}),
        Example(SNOW, "post.publish", SUNDAY, Answer.NOT_ALLOWED, values={"days": "weekdays"}),
        Example(
            SNOW,
            "post.publish",
            SUNDAY,
            Answer.ALLOWED,
            values={"days": "weekdays", "unless": ("emergency",)},
        ),
        Example(
            SNOW,
            "post.publish",
            SUNDAY,
            Answer.ALLOWED,
            values={"days": "school_days", "unless": ("emergency",)},
        ),
    ),
    words=(
        f"{POSTS} messages posts postiadau",
        (
            "weekend weekends saturday saturdays sunday sundays weekday weekdays monday friday holidays "
            "penwythnos penwythnosau benwythnos benwythnosau llun gwener gwyliau"
        ),
    ),
    unlike="comment comments answered answer reply replies monitored checked office am pm yb yh trip",
)
