"""Ready rules on what posts promote, whose logo they show, and live pictures."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.cases import TEACHER, said
from schoolgate.rulebook.ready.declared.posts import GROUP
from schoolgate.rulebook.ready.model import By, Choice, Example, ReadyRule, with_any
from schoolgate.rulebook.sentences import gettext_noop as _

BUSINESS, OUTSIDE = "commercial solicitation", "promotion of unrelated outside organisation"
FOR_PRODUCTS = ["commercial_canvassing", "personal_gain"]
FOR_OTHERS = ["outside_promotion"]


def asking(kind: str) -> dict[str, object]:
    """Return the facts of a teacher who wants to promote something on the school's account."""
    return {"by": TEACHER, "where": "official_account", "kind": kind}


def marked(kind: str, found: bool) -> dict[str, object]:
    """Return the facts of a post in which a mark was judged."""
    return {
        "author": TEACHER,
        "promotes": False,
        "promotes_outside": False,
        "marks": [{"kind": kind, "judged": said(found)}],
    }


NO_ADVERTISING = ReadyRule(
    key="no_advertising",
    group=GROUP,
    title=_("No advertising and no outside appeals"),
    says=_("School accounts never promote {what}."),
    modality=Modality.MUST_NOT,
    fields={
        "what": Choice(
            _("What must not be promoted?"),
            {
                "both": _("Products, businesses and outside organisations"),
                "business": _("Products, services and businesses"),
                "outside": _("Outside organisations, their appeals and collections"),
            },
            said={
                "both": _("products, businesses or the appeals of outside organisations"),
                "business": _("products, services or businesses"),
                "outside": _("outside organisations, their appeals or collections"),
            },
            hints={
                "both": r"(?:products?|business(?:es)?|services?|commercial)\b[^.;]{0,80}\b(?:charit(?:y"
                r"|ies)|appeals?"
                r"|organi[sz]ations?|fundrais\w+|causes?)"
                r"|(?:charit(?:y|ies)|appeals?|organi[sz]ations?|fundrais\w+|causes?)\b[^.;]{0,80}"
                r"\b(?:products?|business(?:es)?|services?|commercial)",
                "outside": r"charit(?:y|ies|able)|appeals?|organi[sz]ations?|fundrais\w+|causes?|elusen\w*"
                r"|apel\w*|codi arian",
                "business": r"products?|business(?:es)?|services?|commercial(?:ly)?|companies|firms?"
                r"|advert\w+"
                r"|cynnyrch|cynhyrchion|busnes\w*|gwasanaeth\w*|hysbyseb\w*",
            },
        )
    },
    rules=(
        {
            "ask": "promotion.ask",
            "point": "canvassing",
            "when": {"where": {"any_of": ["official_account", "school_systems"]}},
            "forbid": {
                "kind_meant": {
                    "any_of": By(
                        "what", {"both": [BUSINESS, OUTSIDE], "business": [BUSINESS], "outside": [OUTSIDE]}
                    )
                }
            },
        },
        {
            "ask": "post.publish",
            "point": "canvassing",
            "each": "marks",
            "when": {
                "kind": {
                    "any_of": By(
                        "what",
                        {
                            "both": [*FOR_PRODUCTS, *FOR_OTHERS],
                            "business": FOR_PRODUCTS,
                            "outside": FOR_OTHERS,
                        },
                    )
                }
            },
            "steps": [
                {
                    "keep": {"judgement": "cleared"},
                    "say": "text.found_in_order",
                    "args": {"what": {"fact": "label"}},
                },
                {"forbid": {"judgement": "found"}},
                {
                    "need": False,
                    "ask_for": {"what": "mark_judged", "of": "reader"},
                    "say": "text.raised",
                    "args": {"what": {"fact": "label"}},
                },
            ],
        },
        with_any(
            "what",
            ("both", "business"),
            {
                "ask": "post.publish",
                "point": "canvassing",
                "forbid": {"promotes": True},
                "say": "post.promotes",
                "kept": "post.promotes_nothing",
            },
        ),
        with_any(
            "what",
            ("both", "outside"),
            {
                "ask": "post.publish",
                "point": "canvassing",
                "forbid": {"promotes_outside": True},
                "say": "post.promotes",
                "kept": "post.promotes_nothing",
            },
        ),
    ),
    examples=(
        Example(
            _("A shop wants the school to share its offer."),
            "promotion.ask",
            asking(BUSINESS),
            Answer.NOT_ALLOWED,
            values={"what": "both"},
        ),
        Example(
            _("A shop wants the school to share its offer."),
            "promotion.ask",
            asking(BUSINESS),
            Answer.NOT_ALLOWED,
            values={"what": "business"},
        ),
        Example(
            _("A shop wants the school to share its offer."),
            "promotion.ask",
            asking(BUSINESS),
            Answer.ALLOWED,
            values={"what": "outside"},
        ),
        Example(
            _("A charity asks the school to share its appeal."),
            "promotion.ask",
            asking(OUTSIDE),
            Answer.NOT_ALLOWED,
            values={"what": "outside"},
        ),
        Example(
            _("A charity asks the school to share its appeal."),
            "promotion.ask",
            asking(OUTSIDE),
            Answer.ALLOWED,
            values={"what": "business"},
        ),
        Example(
            _("A post invites parents to the school’s own summer fair."),
            "promotion.ask",
            {"by": TEACHER, "where": "official_account", "none_of_these": True},
            Answer.ALLOWED,
        ),
        Example(
            _("A post was read, and it does advertise a firm."),
            "post.publish",
            marked("commercial_canvassing", True),
            Answer.NOT_ALLOWED,
            values={"what": "business"},
        ),
        Example(
            _("A post was read, and it advertises nothing."),
            "post.publish",
            marked("commercial_canvassing", False),
            Answer.ALLOWED,
            values={"what": "business"},
        ),
    ),
    words=(
        (
            "advertise advertises advertising advertisement advertisements adverts promote promotes "
            "promoting "
            "promotion endorse endorses endorsement sponsor sponsored appeal appeals fundraising fundraise "
            "solicit hysbysebu hyrwyddo cymeradwyo apêl apeliadau codi"
        ),
        (
            "product products service services business businesses company companies commercial firm firms "
            "charity charities organisation organisations organization individuals brand brands cause causes "
            "cynnyrch busnes busnesau cwmni cwmnïau elusen elusennau sefydliad sefydliadau gwasanaethau"
        ),
    ),
    unlike=(
        "privacy safety advert filter blocked monitoring own network equality "
        "values "
        "pop-ups cookies job vacancy"
    ),
    never=r"^(?!.*\b(?:business|product|compan|firm|service|commercial)\w*)"
    r".*\b(?:political|part(?:y|ies)|candidates?)\b",
    knows="private commercial products services raising share individuals",
)
LOGO_IN_POSTS = ReadyRule(
    key="logo_in_posts",
    group=GROUP,
    title=_("The logo is protected"),
    says=_("The school’s logo is not used in posts."),
    modality=Modality.MUST_NOT,
    rules=({"ask": "post.publish", "point": "logo", "each": "materials", "forbid": {"what": "logo"}},),
    examples=(
        Example(
            _("A poster in a post shows the school’s logo."),
            "post.publish",
            {"author": TEACHER, "materials": [{"what": "logo", "origin": "own"}]},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("The post has a picture without the logo."),
            "post.publish",
            {"author": TEACHER, "materials": [{"what": "picture", "origin": "own"}]},
            Answer.ALLOWED,
        ),
    ),
    words=(
        "logo logos crest emblem badge bathodyn arfbais",
        ("post posts used use uses using material materials permission defnyddio postiad postiadau caniatad"),
    ),
    unlike="own personal private account accounts page profile site sites staff’s letterhead",
)
LIVE_STREAMS = ReadyRule(
    key="live_streams",
    group=GROUP,
    title=_("No live streams"),
    says=_("Nothing from school is streamed live."),
    modality=Modality.MUST_NOT,
    rules=(
        {
            "ask": "post.publish",
            "point": "live_streams",
            "forbid": {"live": True},
            "say": "post.is_live",
            "kept": "post.not_live",
        },
    ),
    examples=(
        Example(
            _("The nativity play will be streamed live on Facebook."),
            "post.publish",
            {"author": TEACHER, "live": True},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A film of it is posted the next day."),
            "post.publish",
            {"author": TEACHER, "live": False},
            Answer.ALLOWED,
        ),
    ),
    words=(
        "live-stream live livestream livestreamed fyw",
        "stream streams streamed streaming livestream livestreamed broadcast ffrydio ffrydir darlledu",
    ),
    unlike="lessons lesson remote teaching learning trip visit gaming own parents parent rhieni",
    knows="events event",
)
