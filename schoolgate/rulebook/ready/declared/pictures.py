"""Ready rules on pictures and films of pupils."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.cases import TEACHER, said
from schoolgate.rulebook.ready.model import By, Choice, Example, Number, ReadyRule, with_any
from schoolgate.rulebook.sentences import gettext_noop as _

GROUP = _("Pictures and films")
AVA = {
    "key": "ava",
    "relation": "pupil",
    "shown": True,
    "named": "no",
    "consents": [],
    "opted_out": False,
    "do_not_publish": False,
}
SIGNED = {"by": "mother", "roles": ["parent"], "written": True}
DOORS = ["post.publish", "image.share"]
CONSENT_GIVEN = (
    r"\b(?:unless|except (?:where|with)|only (?:if|where|when)|if|where|when)\b[^,;.]{0,60}"
    r"\b(?:consent|agreed|permission)"
)


def posted(**about: object) -> dict[str, object]:
    """Return the facts of a post of the school with a picture of Ava."""
    return {
        "author": TEACHER,
        "has_picture": True,
        "picture": {"shows_people": True, "shows_pupils": True},
        "people": [{**AVA, **about}],
    }


def shared(**about: object) -> dict[str, object]:
    """Return the facts of a film of Ava that is put on the school's page."""
    return {
        "by": TEACHER,
        "act": "upload",
        "place": "official_account",
        "medium": "video",
        "shows_pupils": True,
        "people": [{**AVA, **about}],
    }


def given_by(*givers: str) -> dict[str, object]:
    """Return the condition that one of these gave consent, in the form that was chosen."""
    return {
        "consents": {
            "some": {"given_as": {"includes_any": [*givers]}, "written": By("form", {"written": True})}
        }
    }


OLDER = {"age": {"at_least": "{age}"}}
YOUNGER = {"not": OLDER}
_PARENTS = r"(?:parents?|parental|carers?|guardians?|rhiant|rhieni)"
_PUPIL = (
    r"(?:pupils?|students?|learners?|child(?:ren)?|young (?:person|people)|disgybl(?:ion)?|plentyn|plant)"
)
_AGE = (
    r"(?:(?:if|where|when|who (?:are|is)|over|above|from|is|are)[ ,]+){0,3}(?:the age of |aged? )?"
    r"\b(?:1[0-8]|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen)\b"
    r"(?: years?)?(?: of age| old)?(?: (?:and|or) (?:over|older|above|upwards))?"
)
_FROM = (
    r"(?:from|over|above|aged?|of|than)(?: the age of)? "
    r"(?:1[0-8]|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen)\b"
    r"|(?:1[0-8]|thirteen|sixteen)(?: years(?: old)?)? (?:and|or) (?:over|older|above)"
)
_PUPILS_OWN = (
    r"(?:pupils?|students?|learners?|child(?:ren)?|their)['’]?s?['’]? own|themselves"
    r"|consent (?:of|from) (?:the )?(?:pupils?|students?|child)"
)
_FOR_THEMSELVES = (
    r"themselves|their own consent|own consent|in their own right|instead of (?:a |the )?parents?"
)
"""How a clause says that pupils of an age consent alone."""
_PICTURES = (
    r"(?:pictures?|photo\w*|images?|imagery|film\w*|videos?|footage|record\w*|cameras?(?= to take)|llun\w*"
    r"|ffoto\w*|ffilm\w*|fideo\w*)"
)
_HANDLES = r"(?:us(?:e|es|ed|ing)|carr(?:y|ied)|have|with|presen(?:t|ce)|defnydd\w*)"
"""How a clause says that a device is for pictures, or is used at all."""
_DRESSED = r"(?:dress\w*|cloth\w+|uniform|gwisg\w*|dillad)"
_SWIMWEAR = r"(?:swimwear|swimsuits?|swimming (?:costumes?|trunks)|dillad nofio|gwisg nofio)"
_NO_SWIMWEAR = (
    rf"\b(?:no|not|never|without|other than|ni|na|nid)\b[^.;]{{0,60}}\b{_SWIMWEAR}"
    rf"|\b{_SWIMWEAR}\b[^.;]{{0,60}}\b(?:not|never|cannot|forbidden|avoided)\b"
)
"""How a clause forbids pictures of pupils who are dressed for swimming, however properly."""
OWN = {"by": "ava", "roles": ["self"], "written": True}
PICTURE_CONSENT = ReadyRule(
    key="picture_consent",
    group=GROUP,
    title=_("Consent to pictures and films of pupils"),
    says=_("Pictures and films that show a pupil are published only with the consent of {giver}{age}{form}."),
    modality=Modality.MUST_NOT,
    fields={
        "giver": Choice(
            _("Who gives consent?"),
            {
                "parent": _("A parent or carer"),
                "self": _("The pupil"),
                "either": _("A parent or carer, or the pupil"),
                "older_or": _("A parent or carer, or the pupil from a certain age"),
                "older_too": _("A parent or carer, and from a certain age the pupil too"),
                "older_only": _("A parent or carer, and from a certain age the pupil instead"),
            },
            said={
                "parent": _("a parent or carer"),
                "self": _("the pupil"),
                "either": _("a parent or carer, or the pupil"),
                "older_or": _("a parent or carer, or of a pupil from the age of"),
                "older_too": _("a parent or carer, and of the pupil too from the age of"),
                "older_only": _("a parent or carer, or of the pupil instead from the age of"),
            },
            hints={
                "older_or": rf"{_PARENTS}[^.;]{{0,40}}\bor\b[^.;]{{0,30}}{_PUPIL}[^.;]{{0,30}}{_AGE}"
                rf"|{_PUPIL}[^.;]{{0,30}}{_AGE}[^.;]{{0,40}}\bor\b[^.;]{{0,30}}{_PARENTS}",
                "older_too": rf"{_PARENTS}[^.;]{{0,40}}\band\b[^.;]{{0,30}}{_PUPIL}[^.;]{{0,30}}{_AGE}"
                rf"|{_PARENTS}[^.;]{{0,40}}\band\b[^.;]{{0,30}}{_AGE}[^.;]{{0,40}}{_PUPIL}"
                r"(?: (?:too|as well|themselves))?",
                "older_only": rf"(?:{_FROM})[^.;]{{0,60}}\b(?:{_FOR_THEMSELVES})"
                rf"|\b(?:{_FOR_THEMSELVES})\b[^.;]{{0,60}}(?:{_FROM})",
                "self": rf"\A(?!.*(?:{_FROM}|sixth form))(?=.*\b(?:{_PUPILS_OWN}))",
                "parent": "parents?|parental|carers?|guardians?|rhiant|rhieni|gofalwyr|gofalwr",
            },
        ),
        "age": Number(
            _("From what age?"), 13, most=18, not_with=("giver", "parent", "self", "either"), said=" {number}"
        ),
        "form": Choice(
            _("In what form?"),
            {"written": _("In writing"), "any": _("In any form")},
            said={"written": _(", given in writing"), "any": ""},
            hints={"written": "written|writing|signed|ysgrifenedig"},
        ),
    },
    rules=(
        {
            "ask": DOORS,
            "point": "photo_consent",
            "each": "people",
            "when": {"shown_by_school": True, "relation": "pupil", "shown": True},
            "need": By(
                "giver",
                {
                    "parent": given_by("parent", "carer"),
                    "self": given_by("self"),
                    "either": given_by("parent", "carer", "self"),
                    "older_or": {"any": [given_by("parent", "carer"), {**OLDER, **given_by("self")}]},
                    "older_too": {
                        "any": [
                            {**YOUNGER, **given_by("parent", "carer")},
                            {"all": [given_by("parent", "carer"), given_by("self")]},
                        ]
                    },
                    "older_only": {
                        "any": [
                            {**YOUNGER, **given_by("parent", "carer")},
                            {**OLDER, **given_by("self")},
                        ]
                    },
                },
            ),
            "ask_for": {
                "what": By("form", {"written": "written_consent", "any": "consent"}),
                "of": By(
                    "giver",
                    {
                        "parent": "parent",
                        "self": "person_shown",
                        **dict.fromkeys(("either", "older_or", "older_too", "older_only"), "parent"),
                    },
                ),
            },
            "kept": "picture.consent_there",
        },
    ),
    examples=(
        Example(_("A post shows Ava, and no one has agreed."), "post.publish", posted(), Answer.NOT_YET),
        Example(
            _("A film on the school’s page shows Ava, and no one has agreed."),
            "image.share",
            shared(),
            Answer.NOT_YET,
        ),
        Example(
            _("A picture on the school’s website shows Ava, and no one has agreed."),
            "image.share",
            {**shared(), "place": "website", "medium": "photograph"},
            Answer.NOT_YET,
        ),
        Example(
            _("Ava’s mother has signed."),
            "post.publish",
            posted(consents=[SIGNED]),
            Answer.ALLOWED,
            values={"giver": "parent"},
        ),
        Example(
            _("Ava’s mother has signed, and the film shows Ava."),
            "image.share",
            shared(consents=[SIGNED]),
            Answer.ALLOWED,
            values={"giver": "either"},
        ),
        Example(
            _("Ava’s mother said yes on the phone."),
            "post.publish",
            posted(consents=[{**SIGNED, "written": False}]),
            Answer.NOT_YET,
            values={"giver": "parent", "form": "written"},
        ),
        Example(
            _("Ava’s mother said yes on the phone."),
            "post.publish",
            posted(consents=[{**SIGNED, "written": False}]),
            Answer.ALLOWED,
            values={"giver": "parent", "form": "any"},
        ),
        Example(
            _("Ava’s mother has signed, and Ava wasn’t asked."),
            "post.publish",
            posted(consents=[SIGNED]),
            Answer.NOT_YET,
            values={"giver": "self"},
        ),
        Example(
            _("Ava is 12 and has signed herself; her parents weren’t asked."),
            "post.publish",
            posted(consents=[OWN], age=12),
            Answer.NOT_YET,
            values={"giver": "older_or", "age": 13},
        ),
        Example(
            _("Ava is 13 and has signed herself; her parents weren’t asked."),
            "post.publish",
            posted(consents=[OWN], age=13),
            Answer.ALLOWED,
            values={"giver": "older_or", "age": 13},
        ),
        Example(
            _("Ava has signed herself, and no one knows how old she is."),
            "post.publish",
            posted(consents=[OWN]),
            Answer.NOT_YET,
            values={"giver": "older_or", "age": 13},
        ),
        Example(
            _("Ava’s mother has signed; Ava is 13 and wasn’t asked."),
            "post.publish",
            posted(consents=[SIGNED], age=13),
            Answer.NOT_YET,
            values={"giver": "older_too", "age": 13},
        ),
        Example(
            _("Ava’s mother has signed; Ava is 12 and wasn’t asked."),
            "post.publish",
            posted(consents=[SIGNED], age=12),
            Answer.ALLOWED,
            values={"giver": "older_too", "age": 13},
        ),
        Example(
            _("Ava’s mother has signed; Ava is 13 and wasn’t asked."),
            "post.publish",
            posted(consents=[SIGNED], age=13),
            Answer.NOT_YET,
            values={"giver": "older_only", "age": 13},
        ),
        Example(
            _("Ava is 13 and has signed herself; her parents weren’t asked."),
            "post.publish",
            posted(consents=[OWN], age=13),
            Answer.ALLOWED,
            values={"giver": "older_only", "age": 13},
        ),
    ),
    words=(
        (
            "picture pictures photo photos photograph photographs image images "
            "film films video videos face faces llun lluniau ffotograff ffotograffau ffilm ffilmiau fideo "
            "wyneb wynebau shown appear appears feature featured"
        ),
        "consent permission agreed agreement caniatad ganiatad chaniatad cydsyniad",
        (
            "parent parents carer carers guardian pupil pupils child children student students "
            "learner learners face faces rhiant rhieni rieni gofalwr disgybl disgyblion ddisgyblion "
            "plentyn plant "
            "blant wyneb wynebau"
        ),
    ),
    never=r"\bneeds? no (?:\w+ )?(?:consent|permission)\b"
    r"|\bno (?:consent|permission) is (?:needed|required)\b"
    r"|\b(?:consent|permission) (?:is|are)(?: not|n['’]t) (?:needed|required|necessary)\b"
    r"|\b(?:do|does)(?: not|n['’]t) (?:need|require) (?:\w+ )?(?:consent|permission)\b|\bgeneral consent\b"
    r"|^(?:a|the) list of\b"
    r"|\A(?!.*\b(?:only|without|unless|not|no|never|before|need|require\w*|must)\b).*\bwithdraw",
    unlike="withdraw withdrawn withdraws name names copyright renew renewed annually expire expires",
    holds=CONSENT_GIVEN,
    knows="websites",
)
NAME_CONSENT = ReadyRule(
    key="name_consent",
    group=GROUP,
    title=_("Consent to a pupil’s name"),
    says=_("A pupil’s name is published only with consent to the name."),
    modality=Modality.MUST_NOT,
    rules=(
        {
            "ask": DOORS,
            "point": "naming",
            "each": "people",
            "when": {"relation": "pupil", "named": {"any_of": ["first", "full"]}},
            "need": {"agreed_to_naming": True},
            "ask_for": {"what": "consent", "of": "parent"},
        },
    ),
    examples=(
        Example(
            _("A post names Ava in full, and there is consent to the picture only."),
            "post.publish",
            posted(named="full", consents=[SIGNED]),
            Answer.NOT_YET,
        ),
        Example(
            _("Ava’s mother has agreed to the name as well."),
            "post.publish",
            posted(named="full", consents=[{**SIGNED, "covers": ["naming"]}]),
            Answer.ALLOWED,
        ),
    ),
    words=(
        "name names named naming enw enwau enwi",
        "consent permission agreed caniatad cydsyniad",
        "pupil pupils child children student students learner parent disgybl disgyblion plentyn plant rhiant",
    ),
    unlike="never beside alongside logo",
    holds=CONSENT_GIVEN,
)
NAMED = (
    r"\b(?:where|if|when) (?:(?:an?|the|any) )?(?:pupil|child|student)\w* (?:is|are) (?:individually )?"
    r"named\b(?:, e\.?g\.? [^,]{1,80}(?=,))?"
)
"""The case of which a clause on names speaks, with what it gives as an example."""
NO_NAMES = ReadyRule(
    key="no_names_with_pictures",
    group=GROUP,
    title=_("No names with pictures of pupils"),
    says=_("A picture or film of a pupil is never published with the pupil’s {names}."),
    modality=Modality.MUST_NOT,
    fields={
        "names": Choice(
            _("Which names are not allowed?"),
            {"any": _("Any name, the first name too"), "full": _("The full name")},
            said={"any": _("name"), "full": _("full name")},
            hints={
                "any": "any names?|individually named"
                "|(?:(?:full|last) names?|surnames?) (?:or|nor|and) first names?"
                "|(?:even|nor|no|without|neither) (?:their |his or her )?first names?|enwau? cyntaf|by name"
                "|(?:pupil|child|student|learner)(?:s|ren)? (?:is|are|will|must|should) (?:not |never )?"
                "(?:be )?named(?! in full)"
                "|(?:pupils?|child(?:ren)?|students?|learners?) who [^,;.]{3,50} (?:is|are|will be|must "
                "be|should be)"
                " (?:not|never) named(?! in full)",
                "full": "full names?|surnames?|last names?|family names?|enwau? llawn|cyfenwau?",
            },
        )
    },
    rules=(
        {
            "ask": DOORS,
            "point": "naming",
            "each": "people",
            "when": {"relation": "pupil", "shown": True},
            "forbid": {"named": By("names", {"any": {"any_of": ["first", "full"]}, "full": "full"})},
            "say": "picture.child_named",
            "kept": "picture.not_named",
        },
    ),
    examples=(
        Example(
            _("“Ava Lloyd” is written under her picture."),
            "post.publish",
            posted(named="full", consents=[SIGNED]),
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
            Answer.NOT_ALLOWED,
            values={"names": "any"},
        ),
        Example(
            _("“Ava” is written under her picture."),
            "post.publish",
            posted(named="first", consents=[SIGNED]),
            Answer.ALLOWED,
            values={"names": "full"},
        ),
        Example(_("The picture has no name."), "post.publish", posted(consents=[SIGNED]), Answer.ALLOWED),
    ),
    words=(
        (
            "picture pictures photo photos photograph photographs "
            "image images film video appear appears feature features featured llun lluniau ffotograff"
        ),
        "name names named naming identified enw enwau enwi",
    ),
    unlike="consent permission logo profile file",
    never=r"^(?:staff|employees|teachers|colleagues)\b|\baccount[’']?s? names?\b|\bnames? of (?:the |an "
    r"|each |our )?accounts?\b"
    r"|\baccounts? (?:is|are) named\b",
    holds=NAMED,
    knows="next beside alongside photo",
)
NOT_SHOWN = ReadyRule(
    key="not_shown",
    group=GROUP,
    title=_("Pupils who must not be shown"),
    says=_("A pupil on the list of children who must not be shown, or who asked not to be, is never {what}."),
    modality=Modality.MUST_NOT,
    fields={
        "what": Choice(
            _("What is never done?"),
            {"shown": _("They are never shown"), "both": _("They are never shown and never named")},
            said={"shown": _("shown"), "both": _("shown or named")},
            hints={
                "both": r"(?:shown?|appear|photographed|filmed|pictured?|images?|photos?)\b[^.;]{0,40}"
                r"\b(?:nor|or|and|not)\b[^.;]{0,20}\b(?:named?|names|identified|mentioned)"
                r"|(?:named?|identified|mentioned)\b[^.;]{0,30}\b(?:nor|or|and)\b[^.;]{0,20}"
                r"\b(?:shown?|photographed|pictured?)|(?:dangos|llun)\w*[^.;]{0,30}\bna(?:c|’u|'u)? enw\w*",
                "shown": r"shown?|appears?|photograph\w*|film\w*|pictured?|pictures|images?|photos?"
                r"|dangos\w*|lluniau"
                r"|ffilm\w*",
            },
        )
    },
    rules=(
        {
            "ask": DOORS,
            "point": "do_not_publish",
            "each": "people",
            "when": {"shown_by_school": True, "relation": "pupil", "shown": True},
            "forbid": {"do_not_publish": True},
        },
        with_any(
            "what",
            ("both",),
            {
                "ask": DOORS,
                "point": "do_not_publish",
                "each": "people",
                "when": {"relation": "pupil", "named": {"any_of": ["initials", "first", "full"]}},
                "forbid": {"any": [{"do_not_publish": True}, {"opted_out": True}]},
            },
        ),
        {
            "ask": DOORS,
            "point": "opt_out",
            "each": "people",
            "when": {"shown_by_school": True, "shown": True},
            "forbid": {"opted_out": True},
        },
    ),
    examples=(
        Example(
            _("Ava is on the list, and a group picture shows her."),
            "post.publish",
            posted(do_not_publish=True, consents=[SIGNED]),
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("Ava asked not to be filmed, and a film shows her."),
            "image.share",
            shared(opted_out=True),
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("Ava is on the list, and a post without a picture congratulates her by name."),
            "post.publish",
            {
                "author": TEACHER,
                "has_picture": False,
                "people": [{**AVA, "shown": False, "named": "first", "do_not_publish": True}],
            },
            Answer.NOT_ALLOWED,
            values={"what": "both"},
        ),
        Example(
            _("Ava is not on the list and never said no."),
            "post.publish",
            posted(consents=[SIGNED]),
            Answer.ALLOWED,
        ),
    ),
    never=r"\blist\b[^.;]{0,90}\b(?:kept|held|available)\b",
    words=(
        (
            "looked care whereabouts location safeguarding restriction court maethu gofal lleoliad "
            "list opted opt refused objected worker fostered foster restricted protected rhestr gwrthod "
            "gwrthwynebu"
        ),
        (
            "picture pictures photo photos photograph photographed image "
            "images film filmed shown show llun lluniau ffilmio dangos"
        ),
    ),
    unlike="contact friend followers trip visit residential copyright procedures device phone devices "
    "dressed dress clothing clothed",
    holds=r"\bsubject to (?:an? |any )?(?:\w+ )?(?:restrictions?|orders?)",
    knows="whose whereabouts looked after adopted",
)
DRESS = ReadyRule(
    key="suitable_dress",
    group=GROUP,
    title=_("Pupils are suitably dressed in pictures"),
    says=_("Pictures and films show pupils only in {what}."),
    fields={
        "what": Choice(
            _("How must pupils be dressed?"),
            {
                "dress": _("In suitable clothing"),
                "swim": _("Not in swimwear"),
                "both": _("In suitable clothing, and not in swimwear"),
            },
            said={
                "dress": _("suitable clothing"),
                "swim": _("clothing other than swimwear"),
                "both": _("suitable clothing other than swimwear"),
            },
            hints={
                "both": rf"\A(?=.*\b{_DRESSED})(?=.*(?:{_NO_SWIMWEAR}))",
                "swim": rf"\A(?!.*\b{_DRESSED})(?=.*(?:{_NO_SWIMWEAR}))",
                "dress": rf"\A(?!.*(?:{_NO_SWIMWEAR}))(?=.*\b{_DRESSED})",
            },
        )
    },
    rules=(
        with_any(
            "what",
            ("dress", "both"),
            {
                "ask": "post.publish",
                "point": "dress",
                "attested": True,
                "when": {"pictured": True, "picture.with_pupils": True},
                "forbid": {"picture.dressed": False},
            },
        ),
        with_any(
            "what",
            ("dress", "both"),
            {
                "ask": "image.share",
                "point": "dress",
                "attested": True,
                "when": {"shown_by_school": True, "shows_pupils": True},
                "forbid": {"dressed": False},
            },
        ),
        with_any(
            "what",
            ("swim", "both"),
            {
                "ask": "post.publish",
                "point": "dress",
                "when": {"pictured": True, "picture.with_pupils": True},
                "forbid": {"picture.swimwear": True},
            },
        ),
        with_any(
            "what",
            ("swim", "both"),
            {
                "ask": "image.share",
                "point": "dress",
                "when": {"shown_by_school": True, "shows_pupils": True},
                "forbid": {"swimwear": True},
            },
        ),
    ),
    examples=(
        Example(
            _("A picture of the gala shows pupils in unsuitable clothing."),
            "post.publish",
            {**posted(), "picture": {"shows_people": True, "shows_pupils": True, "dressed": said(False)}},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("The picture shows them in school uniform."),
            "post.publish",
            {**posted(), "picture": {"shows_people": True, "shows_pupils": True, "dressed": said(True)}},
            Answer.ALLOWED,
        ),
        Example(
            _("A picture of the gala shows pupils properly dressed for swimming."),
            "post.publish",
            {
                **posted(),
                "picture": {
                    "shows_people": True,
                    "shows_pupils": True,
                    "dressed": said(True),
                    "swimwear": True,
                },
            },
            Answer.NOT_ALLOWED,
            values={"what": "both"},
        ),
        Example(
            _("A film for the school’s page shows pupils in swimwear."),
            "image.share",
            {**shared(), "swimwear": True},
            Answer.NOT_ALLOWED,
            values={"what": "swim"},
        ),
        Example(
            _("The picture shows pupils in tracksuits beside the pool."),
            "post.publish",
            {**posted(), "picture": {"shows_people": True, "shows_pupils": True, "swimwear": False}},
            Answer.ALLOWED,
            values={"what": "swim"},
        ),
    ),
    words=(
        (
            "dressed dress clothing clothes clothed swimwear swimsuits swimming uniform dillad gwisg gwisgo "
            "nofio"
        ),
    ),
    unlike="lesson lessons",
    knows="swimming costume costumes swimsuits trunks images shown suitably publish published",
)
OWN_DEVICE = ReadyRule(
    key="own_device",
    group=GROUP,
    title=_("No pictures of pupils on private phones"),
    says=_("Staff never {what}."),
    modality=Modality.MUST_NOT,
    fields={
        "what": Choice(
            _("What is not allowed with private phones and cameras?"),
            {
                "pictures": _("Taking pictures or films of pupils"),
                "any": _("Any use while pupils are present"),
            },
            said={
                "pictures": _("take pictures or films of pupils with their own phones or cameras"),
                "any": _("use their own phones or cameras with pupils"),
            },
            hints={"pictures": _PICTURES, "any": rf"\A(?!.*\b(?:{_PICTURES}))(?=.*\b(?:{_HANDLES}))"},
        )
    },
    rules=(
        {
            "ask": "equipment.use",
            "point": "device_with_pupils",
            "for": ["staff"],
            "when": {"with_pupils": True, "takes_pictures": By("what", {"pictures": True})},
            "forbid": {"device": "own"},
        },
    ),
    examples=(
        Example(
            _("A teacher photographs the class with a private phone."),
            "equipment.use",
            {"by": TEACHER, "with_pupils": True, "takes_pictures": True, "device": "own"},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A teacher looks up a bus on a private phone; pupils are in the room."),
            "equipment.use",
            {"by": TEACHER, "with_pupils": True, "takes_pictures": False, "device": "own"},
            Answer.NOT_ALLOWED,
            values={"what": "any"},
        ),
        Example(
            _("A teacher uses the school’s tablet."),
            "equipment.use",
            {"by": TEACHER, "with_pupils": True, "takes_pictures": True, "device": "school"},
            Answer.ALLOWED,
        ),
    ),
    words=(
        (
            "phone phones mobile camera cameras device devices equipment ipad ipads tablet tablets ffon "
            "ffonau camera dyfais dyfeisiau"
        ),
        (
            "own personal private school academy college federation mobile mobiles preifat personol eu "
            "hunain ysgol"
        ),
        (
            "pupil pupils child children picture pictures photo photos photograph "
            "photographs images disgybl disgyblion plant llun lluniau staffroom room rooms classroom "
            "classrooms"
        ),
    ),
    unlike="transferred exceptionally number friend address encouraged carers",
    knows="take taken takes taking pictures",
)
