"""Ready rules on staff who are shown or named, and on films."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.cases import TEACHER
from schoolgate.rulebook.ready.declared.pictures import GROUP
from schoolgate.rulebook.ready.model import Example, ReadyRule
from schoolgate.rulebook.sentences import gettext_noop as _

COOK = {
    "key": "cook",
    "relation": "staff",
    "shown": True,
    "named": "no",
    "consents": [],
    "opted_out": False,
    "do_not_publish": False,
}
_AGREED = {"by": "cook", "roles": ["self"], "written": True}
_STAFF = r"(?:staff|employees|colleagues|teachers|volunteers|staff members)"


def _posted(**about: object) -> dict[str, object]:
    picture = {"shows_people": True, "shows_pupils": False}
    return {"author": TEACHER, "has_picture": True, "picture": picture, "people": [{**COOK, **about}]}


_WORDS = (
    "picture pictures photo photos photograph photographs image images film films video videos shown "
    "show appear appears feature features featured posted llun lluniau ffotograff ffotograffau dangos "
    "ddangosir"
)
_UNLIKE = (
    "pupil pupils student students child children parent parents own personal private take taken "
    "device devices phone phones logo material copyright follow friend disgybl disgyblion plant rhieni"
)
_ACTS = (
    rf"\b(?:by|from|with) (?:a |the |another )?(?:second )?(?:member of )?{_STAFF}\b"
    rf"|^{_STAFF} (?:must|should|may|can|will|need)(?: not| never)? "
    r"(?!(?:not |only |never )?be (?:shown|named|asked))|\bgain\b|\bobtain"
)
"""How a sentence is on what staff do, not on staff who are shown."""
STAFF_CONSENT = ReadyRule(
    key="staff_consent",
    group=GROUP,
    title=_("Staff are shown only with their consent"),
    says=_("Pictures and films that show a member of staff are posted only with that person’s consent."),
    modality=Modality.MUST_NOT,
    rules=(
        {
            "ask": "post.publish",
            "point": "staff_shown",
            "each": "people",
            "when": {"relation": "staff", "shown": True},
            "need": {"consents": {"some": {"given_as": {"includes": "self"}}}},
            "ask_for": {"what": "consent", "of": "person_shown"},
        },
    ),
    examples=(
        Example(
            _("The school posts a picture of its new cook, who wasn’t asked."),
            "post.publish",
            _posted(),
            Answer.NOT_YET,
        ),
        Example(
            _("The cook has agreed to the picture."),
            "post.publish",
            _posted(consents=[_AGREED]),
            Answer.ALLOWED,
        ),
    ),
    words=(
        "staff employees colleagues teachers volunteers athrawon",
        _WORDS,
        "consent agree agreed agreement agreements permission asked caniatad ganiatad cytuno gytuno",
    ),
    unlike=f"{_UNLIKE} named names enwi",
    never=_ACTS,
    holds=r"\b(?:only )?if they have (?:given their (?:consent|permission)|agreed)\b"
    r"|\bunless they (?:have )?(?:agreed|consent(?:ed)?)\b|\bwithout their (?:consent|permission|agreement)\b"
    r"|\bbefore (?:an? |any |the )?(?:picture|photo(?:graph)?|image)s? of (?:them|staff) (?:is|are) "
    r"[^,;.]{2,30}(?=\.|$)",
    knows="shown our page pages put given gave asked feature included them",
)
STAFF_UNNAMED = ReadyRule(
    key="staff_unnamed",
    group=GROUP,
    title=_("Staff in pictures aren’t named"),
    says=_("Members of staff who are shown on our accounts are not named there."),
    modality=Modality.MUST_NOT,
    rules=(
        {
            "ask": "post.publish",
            "point": "staff_shown",
            "each": "people",
            "when": {"relation": "staff", "shown": True},
            "forbid": {"named": {"any_of": ["initials", "first", "full"]}},
        },
    ),
    examples=(
        Example(
            _("The new cook’s name is under her picture."),
            "post.publish",
            _posted(consents=[_AGREED], named="full"),
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("The picture of the cook has no name."),
            "post.publish",
            _posted(consents=[_AGREED]),
            Answer.ALLOWED,
        ),
    ),
    words=(
        "staff employees colleagues teachers volunteers athrawon",
        _WORDS,
        "named name names enwi henwi enwau enw",
        "not never no nor without ni nid na byth heb",
    ),
    unlike=f"{_UNLIKE} consent agree agreed permission caniatad file username",
    never=_ACTS,
    knows="who appear our page pages put feature included them with",
)
FILMS = ReadyRule(
    key="no_films",
    group=GROUP,
    title=_("No films"),
    says=_("Films are not posted on our accounts."),
    modality=Modality.MUST_NOT,
    rules=(
        {"ask": "post.publish", "point": "films", "forbid": {"has_film": True}},
        {
            "ask": "image.share",
            "point": "films",
            "when": {"place": "official_account"},
            "forbid": {"medium": "video"},
        },
    ),
    examples=(
        Example(
            _("A film of the nativity play is to go on the school’s page."),
            "post.publish",
            {"author": TEACHER, "has_film": True},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("Three pictures of it are posted instead."),
            "post.publish",
            {"author": TEACHER, "has_film": False},
            Answer.ALLOWED,
        ),
        Example(
            _("Someone uploads a film of the school fair to the school’s page."),
            "image.share",
            {"by": TEACHER, "act": "upload", "place": "official_account", "medium": "video"},
            Answer.NOT_ALLOWED,
        ),
    ),
    words=(
        "film films video videos footage fideo fideos ffilm ffilmiau",
        (
            "post posts posted posting share shared publish published upload uploaded put postio bostio "
            "rhannu "
            "rennir cyhoeddi cyhoeddir"
        ),
        "not never no nor don doesn ni nid na nad byth",
    ),
    unlike=(
        "picture pictures photo photos photograph photographs image images consent permission parent parents "
        "pupil pupils child children staff own personal private trip trips live stream streamed name names "
        "named copyright music lesson lessons until unless without llun lluniau caniatad disgyblion plant"
    ),
    never=r"\buntil\b|\bwithout\b|\bunless\b|\bnot only\b",
    holds=r",? so that (?:no|background) (?:\w+ ){0,2}(?:conversations?|voices?)[^,;.]*"
    r"|,? (?:to avoid|in case) (?:any )?(?:\w+ ){0,2}(?:conversations?|voices?)[^,;.]*",
    knows="any",
)
