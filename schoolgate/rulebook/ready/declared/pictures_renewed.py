"""The ready rule on consent for pictures that grows old."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.ready.declared.pictures import DOORS, GROUP, SIGNED, posted
from schoolgate.rulebook.ready.model import By, Choice, Example, Number, ReadyRule
from schoolgate.rulebook.sentences import gettext_noop as _

ON_19_JANUARY_2027 = "2027-01-19T10:30:00Z"


def signed_on(day: str, **more: object) -> dict[str, object]:
    """Return a post with a picture of Ava on 19 January 2027, for which her mother signed on a day."""
    return {**posted(consents=[{**SIGNED, "given_on": day, **more}]), "now": ON_19_JANUARY_2027}


RENEWED = ReadyRule(
    key="consent_renewed",
    group=GROUP,
    title=_("Consent to pictures is renewed"),
    says=_("Consent to pictures of pupils is renewed every {number}{every}."),
    fields={
        "every": Choice(
            _("How often?"),
            {
                "september": _("Each school year, from September"),
                "key_stage": _("With each new key stage"),
                "years": _("After that many years"),
                "months": _("After that many months"),
            },
            said={
                "september": _("year in September"),
                "key_stage": _("key stage"),
                "years": _("years"),
                "months": _("months"),
            },
            one={"years": _("year"), "months": _("month")},
            hints={
                "key_stage": "key[ -]?stages?|phases?|(?:cyfnod(?:au)?|gyfnod|chyfnod) allweddol",
                "september": "september|(?:school|academic) years?|mis medi|fis medi|blwyddyn ysgol"
                "|flwyddyn ysgol",
                "months": "months?|mis|misoedd",
                "years": "years?|annually|annual|yearly|blynedd|flynedd|blwyddyn|flwyddyn|flynyddol"
                "|yn flynyddol",
            },
        ),
        "number": Number(
            _("After how many?"),
            1,
            most=60,
            not_with=("every", "september", "key_stage"),
            said=_("{number} "),
        ),
    },
    rules=(
        {
            "ask": DOORS,
            "point": "consent_age",
            "each": "people",
            "when": {"shown_by_school": True, "relation": "pupil", "shown": True},
            "need": {
                "consents": {
                    "some": {
                        "any": [
                            {"renewed": True},
                            By(
                                "every",
                                {
                                    "september": {"given_this_school_year": True},
                                    "years": {"not": {"given_on": {"over": {"years": "{number}"}}}},
                                    "months": {"not": {"given_on": {"over": {"months": "{number}"}}}},
                                },
                            ),
                        ]
                    }
                }
            },
            "ask_for": {"what": "consent_renewed", "of": "author"},
            "say": "picture.consent_too_old",
            "kept": "picture.consent_recent",
        },
    ),
    examples=(
        Example(
            _("A post on 19 January 2027 shows Ava. Her mother signed on 3 September 2026."),
            "post.publish",
            signed_on("2026-09-03"),
            Answer.ALLOWED,
        ),
        Example(
            _("A post on 19 January 2027 shows Ava. Her mother signed on 30 June 2026."),
            "post.publish",
            signed_on("2026-06-30"),
            Answer.NOT_YET,
            values={"every": "september"},
        ),
        Example(
            _("A post on 19 January 2027 shows Ava. Her mother signed on 30 June 2026."),
            "post.publish",
            signed_on("2026-06-30"),
            Answer.ALLOWED,
            values={"every": "years", "number": 1},
        ),
        Example(
            _("A post on 19 January 2027 shows Ava. Her mother signed on 18 January 2026."),
            "post.publish",
            signed_on("2026-01-18"),
            Answer.NOT_YET,
            values={"every": "years", "number": 1},
        ),
        Example(
            _("A post on 19 January 2027 shows Ava. Her mother signed on 18 January 2026."),
            "post.publish",
            signed_on("2026-01-18"),
            Answer.NOT_YET,
            values={"every": "months", "number": 12},
        ),
        Example(
            _("A post on 19 January 2027 shows Ava. Her mother signed on 30 June 2026."),
            "post.publish",
            signed_on("2026-06-30"),
            Answer.NOT_YET,
            values={"every": "key_stage"},
        ),
        Example(
            _("Her mother signed again when Ava’s key stage began, two years ago, and the author says so."),
            "post.publish",
            signed_on("2025-01-10", renewed=True),
            Answer.ALLOWED,
            values={"every": "key_stage"},
        ),
        Example(
            _("A post on 19 January 2027 shows Ava. No one has agreed."),
            "post.publish",
            {**posted(), "now": ON_19_JANUARY_2027},
            Answer.NOT_YET,
        ),
    ),
    words=(
        "consent consents permission caniatad chaniatad ganiatad cydsyniad",
        (
            "renew renewed renews refreshed annually annual year years months stage stages "
            "phase valid expire expires lasts "
            "older updated re-obtained new reviewed september again adnewyddu newydd blwyddyn flwyddyn "
            "blynedd flynedd flynyddol medi allweddol ddilys para"
        ),
    ),
    unlike=(
        "account accounts withdrawn withdraw policy password training former staff kept stored leaves 7 8 9 "
        "10 11"
    ),
    knows="parents parental forms sought admission refreshed rhieni lluniau ganiatad newydd gofynnir relied",
)
