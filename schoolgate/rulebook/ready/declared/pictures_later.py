"""Ready rules on pictures as time goes by, and on surnames: pupils who left, consent that is withdrawn."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.cases import (
    BY_WHEN,
    FRIDAY,
    HINTS,
    NO_NUMBER,
    ONE,
    SAID,
    TEACHER,
    TERM,
    after,
)
from schoolgate.rulebook.ready.declared.pictures import AVA, DOORS, GROUP, NAMED, SIGNED, posted, shared
from schoolgate.rulebook.ready.model import By, Choice, Example, Number, ReadyRule
from schoolgate.rulebook.sentences import gettext_noop as _

PUPILS = (
    "pupil pupils child children student students learner learners disgybl disgyblion plentyn plant "
    "blentyn dysgwr dysgwyr ddysgwyr ddisgyblion ddisgybl"
)
PICTURES = (
    "picture pictures photo photos photograph photographs photographed image images film films video videos "
    "show shown llun lluniau lun ffotograff ffotograffau ffilm fideo fideos fideo fideos"
)

SURNAMES = ReadyRule(
    key="no_surnames",
    group=GROUP,
    title=_("No surnames, or no names, of pupils"),
    says=_("A pupil’s {names} is never published, with or without a picture."),
    modality=Modality.MUST_NOT,
    fields={
        "names": Choice(
            _("Which names are not allowed?"),
            {
                "full": _("The surname: first names are fine"),
                "any": _("Any name: only a class or group is named"),
            },
            said={"full": _("surname"), "any": _("own name")},
            hints={
                "full": r"surnames?|(?:full|last|second|family) names?|names? in full|(?:only"
                r"|by|no more than|nothing but|just) (?:the |their |a )?first "
                r"names?|(?<!not )only (?:[\w'’]{1,15} ){1,3}first names?"
                r"|first names? (?:only|alone|of)|first name and initial"
                r"|[cg]h?yfenwau?|gyfenwau?|enwau? llawn|llawn|enwau? cyntaf",
                "any": r"(?:class|group|year group|team)\b[^.;]{0,20}\bonly|(?:only|by) (?:the |their )?"
                r"(?:class|group|year)|(?:never|not|no) (?:be )?(?:individually )?named?(?! in full)"
                r"|under no circumstances (?:may|will|should|must) (?:an? |any |the )?(?:pupil|child|student"
                r"|learner)\w* be (?:individually )?named?(?! in full)"
                r"|(?:never|not) (?:use|give|publish|post|mention|include|write) (?:an? |any |the |our )?"
                r"(?:pupil|child|student|learner)\w*[’']?s?[’']? names?(?! in full)"
                r"|(?:pupil|child|student|learner)\w*[’']?s?[’']? names? (?:is|are|will|must|should) "
                r"(?:never|not)\b"
                r"|wrth (?:eu )?(?:dosbarth|grŵp)",
            },
        )
    },
    rules=(
        {
            "ask": DOORS,
            "point": "naming",
            "each": "people",
            "when": {"relation": "pupil"},
            "forbid": {
                "named": By("names", {"full": "full", "any": {"any_of": ["initials", "first", "full"]}})
            },
            "say": By("names", {"full": "people.pupil_in_full"}),
            "kept": By("names", {"full": "people.no_surname"}),
        },
    ),
    examples=(
        Example(
            _("A post without a picture congratulates “Ava Lloyd”."),
            "post.publish",
            {
                "author": TEACHER,
                "has_picture": False,
                "people": [{**AVA, "shown": False, "named": "full", "consents": [SIGNED]}],
            },
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("“Ava Lloyd” is written beside a film of her."),
            "image.share",
            shared(named="full", consents=[SIGNED]),
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("“Ava” is written under her picture."),
            "post.publish",
            posted(named="first", consents=[SIGNED]),
            Answer.ALLOWED,
            values={"names": "full"},
        ),
        Example(
            _("“Ava” is written under her picture."),
            "post.publish",
            posted(named="first", consents=[SIGNED]),
            Answer.NOT_ALLOWED,
            values={"names": "any"},
        ),
        Example(
            _("A post congratulates Year 4 and names no child."),
            "post.publish",
            {"author": TEACHER, "has_picture": False, "people": [{**AVA, "shown": False, "named": "no"}]},
            Answer.ALLOWED,
        ),
    ),
    words=(
        (
            "group class own individually use used uses named describe described surname surnames full "
            "family last second first forename "
            "forenames cyfenw cyfenwau gyfenw "
            "gyfenwau chyfenwau llawn "
            "cyntaf"
        ),
        f"{PUPILS}",
        (
            "name names named surname surnames forename forenames enw enwau enwir cyfenw cyfenwau gyfenwau "
            "chyfenwau"
        ),
    ),
    unlike="consent consents administrator administrators register username usernames parents logo "
    f"{PICTURES}",
    holds=rf"{NAMED}|,? e\.?g\.? [‘'“][^’'”]{{1,30}}[’'”],?",
    knows="class referred captions hashtags text used using year initial",
)
LEAVERS = ReadyRule(
    key="leavers_pictures",
    group=GROUP,
    title=_("No new pictures of pupils who left"),
    says=_("Pictures of pupils who have left the school are not used in new posts."),
    modality=Modality.MUST_NOT,
    rules=(
        {
            "ask": DOORS,
            "point": "leavers_shown",
            "each": "people",
            "when": {"shown_by_school": True, "relation": "pupil", "shown": True},
            "forbid": {"left_school": True},
            "say": "picture.of_a_leaver",
            "kept": "picture.of_no_leaver",
        },
    ),
    examples=(
        Example(
            _("A post shows Ava, who left last summer."),
            "post.publish",
            posted(left_school=True, consents=[SIGNED]),
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A film on the school’s page shows Ava, who left last summer."),
            "image.share",
            shared(left_school=True, consents=[SIGNED]),
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A post shows Ava, who is still at the school."),
            "post.publish",
            posted(left_school=False, consents=[SIGNED]),
            Answer.ALLOWED,
        ),
    ),
    words=(
        (
            "left leaver leavers leave leaves former ex past moved transferred longer ex-pupils gadael adael "
            "ymadael cyn-ddisgyblion gyn-ddisgyblion gyn cyn gyn-fyfyrwyr"
        ),
        f"{PICTURES} publicity",
        f"{PUPILS} leavers ddisgyblion myfyrwyr fyfyrwyr",
    ),
    unlike=(
        "kept than withdrawn "
        "contact contacts friend friends follow followers records password removed remove "
        "deleted delete taken down within by term days tynnir dileir fewn"
    ),
    knows="attend reuse moved",
)
WITHDRAWN_AT = {"withdrawn_at": FRIDAY, "gone": False, "calendar": TERM, "now": FRIDAY}
WITHDRAWN = ReadyRule(
    key="withdrawn_removed",
    group=GROUP,
    title=_("Pictures come down when consent is withdrawn"),
    says=_("If consent to a picture is withdrawn, the picture is taken down {number}{unit}."),
    fields={
        "number": Number(
            _("Time limit (number)"), 24, most=90, not_with=NO_NUMBER, said=_("within {number} ")
        ),
        "unit": Choice(_("By when?"), BY_WHEN, said=SAID, one=ONE, hints=HINTS),
    },
    rules=(
        {
            "ask": "image.withdrawn",
            "point": "picture_withdrawn",
            "steps": [
                {"keep": {"gone": True}, "say": "picture.withdrawn_gone"},
                {
                    "oblige": {
                        "who": "account_team",
                        "what": "removal",
                        "due": after("withdrawn_at"),
                        "at_once": By("unit", {"at_once": True}),
                    }
                },
            ],
        },
    ),
    examples=(
        Example(
            _("A mother says on Friday 15 January 2027 at 15:00 that she no longer agrees."),
            "image.withdrawn",
            WITHDRAWN_AT,
            Answer.TO_DO,
            values={"number": 24, "unit": "hours"},
            due="2027-01-16T15:00:00+00:00",
        ),
        Example(
            _("A mother says on Friday 15 January 2027 at 15:00 that she no longer agrees."),
            "image.withdrawn",
            WITHDRAWN_AT,
            Answer.TO_DO,
            values={"number": 2, "unit": "school_days"},
            due="2027-01-19",
        ),
        Example(
            _("A mother says on Friday 15 January 2027 at 15:00 that she no longer agrees."),
            "image.withdrawn",
            WITHDRAWN_AT,
            Answer.TO_DO,
            values={"unit": "at_once"},
            due="2027-01-15T15:00:00+00:00",
        ),
        Example(
            _("The picture is down everywhere."),
            "image.withdrawn",
            {**WITHDRAWN_AT, "gone": True},
            Answer.DONE,
        ),
    ),
    words=(
        (
            "withdraw withdrawn withdraws withdrawing withdrawal revoke revoked object objects objection "
            "changes change changed mind wishes asks ask requests request longer tynnu thynnu dynnu "
            "tynnir newid gofyn gwrthwynebu"
        ),
        (
            "remove removed removal delete deleted down hidden tynnu dynnu thynnu thynnir tynnir dileu "
            "dileir ddileu lawr"
        ),
        f"{PICTURES} photographed lluniau’r ddelwedd delweddau",
        (
            "consent permission agree agrees agreed mind parent parents carer carers guardian family "
            "caniatad chaniatad ganiatad cydsyniad rhiant rieni rhieni gofalwr meddwl feddwl"
        ),
    ),
    unlike="comment comments own phone leaves left leavers post approve approved before offensive",
    holds=r"\b(?:when|if|where|should|os|pan)\b[^,;.]{0,60}?(?:withdraw\w*|revoke\w*|object\w*|\bminds?\b"
    r"|no longer \w+|\bdynnu\b|\bmeddwl\b|\bfeddwl\b)(?: it| this)?"
    r"|\bmay withdraw\b[^,;.]{0,60}, and (?=the )",
    knows="parent child carer asks being if",
)
SINCE = By("since", {"left": "left_on", "asked": "asked_on"})
LEFT_IN_JULY = {"left_on": "2026-07-17", "gone": False}
BEN = _("Ben’s last day was 17 July 2026, and a picture of him is still on the school’s page.")
LEAVERS_GONE = ReadyRule(
    key="leavers_gone",
    group=GROUP,
    title=_("Pictures of pupils who left come down"),
    says=_("Pictures of a pupil who has left the school are taken down within {number} {unit}{since}."),
    fields={
        "number": Number(_("Time limit (number)"), 6, most=60),
        "unit": Choice(
            _("Terms, months or years?"),
            {
                "terms": _("Terms"),
                "months": _("Months"),
                "years": _("Years"),
            },
            said={"terms": _("terms"), "months": _("months"), "years": _("years")},
            one={"terms": _("term"), "months": _("month"), "years": _("year")},
            hints={
                "terms": r"(?<!half[ -])terms?|dd?ymor|tymhorau|thymor|thymhorau",
                "months": "months?|mis(?:oedd)?|fis",
                "years": "years?|blynedd|flynedd|mlynedd|blwyddyn|flwyddyn",
            },
        ),
        "since": Choice(
            _("Counted from when?"),
            {"left": _("The day they left"), "asked": _("The day someone asks for it")},
            said={"left": "", "asked": _(" of a request")},
            hints={
                "asked": r"(?:of|after|from|on|upon|following)(?: receiving)?(?: (?:a|an|any|the|their))?"
                r"(?: written)? requests?|of being asked|(?:when|if|once)(?: they(?: are)?)? asked|gais|cais",
                "left": r"\A(?!.*\b(?:requests?|asked|asks|gais|cais)\b)"
                r"(?=.*\b(?:left|leav|former|ex-|g?adael|g?adaw|ymad|[cg]yn-?ddisgybl))\w+",
            },
        ),
    },
    rules=(
        {
            "ask": "image.of_leaver",
            "point": "leavers_gone",
            "steps": [
                {"keep": {"gone": True}, "say": "picture.withdrawn_gone"},
                {
                    "oblige": {
                        "who": "account_team",
                        "what": "removal",
                        "due": By(
                            "unit",
                            {
                                "terms": {"after": SINCE, "terms": "{number}"},
                                "months": {"after": SINCE, "months": "{number}"},
                                "years": {"after": SINCE, "years": "{number}"},
                            },
                        ),
                    }
                },
            ],
        },
    ),
    examples=(
        Example(
            BEN,
            "image.of_leaver",
            LEFT_IN_JULY,
            Answer.TO_DO,
            values={"number": 6, "unit": "months"},
            due="2027-01-17",
        ),
        Example(
            BEN,
            "image.of_leaver",
            LEFT_IN_JULY,
            Answer.TO_DO,
            values={"number": 2, "unit": "terms"},
            due="2027-04-30",
        ),
        Example(
            BEN,
            "image.of_leaver",
            LEFT_IN_JULY,
            Answer.TO_DO,
            values={"number": 1, "unit": "years"},
            due="2027-07-17",
        ),
        Example(
            _("Ben left in July 2026. On 18 January 2027 he asks for his picture to be removed."),
            "image.of_leaver",
            {**LEFT_IN_JULY, "asked_on": "2027-01-18"},
            Answer.TO_DO,
            values={"number": 1, "unit": "months", "since": "asked"},
            due="2027-02-18",
        ),
        Example(
            _("The picture is down everywhere."),
            "image.of_leaver",
            {**LEFT_IN_JULY, "gone": True},
            Answer.DONE,
        ),
    ),
    words=(
        (
            "left leaver leavers leave leaves leaving former ex past gadael adael ymadael cyn-ddisgyblion "
            "gyn-ddisgyblion"
        ),
        f"{PICTURES}",
        f"{PUPILS} leavers",
        ("remove removed removal delete deleted down tynnu dynnu thynnu tynnir dileu dileir lawr archived"),
    ),
    unlike="consent withdrawn withdraw withdraws comment comments friend friends account password records",
)
