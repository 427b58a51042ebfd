"""Ready rules on what others write that stays, and on what doesn't."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.cases import TEACHER
from schoolgate.rulebook.ready.declared.comments import GROUP
from schoolgate.rulebook.ready.model import Example, OfEach, ReadyRule, Several
from schoolgate.rulebook.sentences import gettext_noop as _


def _step(act: str, reason: str) -> dict[str, object]:
    return {"by": TEACHER, "act": act, "reason": reason}


CRITICISM_STAYS = ReadyRule(
    key="criticism_stays",
    group=GROUP,
    title=_("Criticism alone isn’t deleted"),
    says=_("Comments that only criticise the school are not hidden or deleted."),
    modality=Modality.MUST_NOT,
    rules=(
        {
            "ask": "item.remove",
            "point": "reason_for_removal",
            "when": {"act": {"any_of": ["hide", "delete", "block"]}},
            "forbid": {"reason": "disagreement"},
        },
    ),
    examples=(
        Example(
            _("A father criticises the homework policy in a comment. The office wants to delete it."),
            "item.remove",
            _step("delete", "disagreement"),
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A comment insults a teacher. The office wants to delete it."),
            "item.remove",
            _step("delete", "abusive"),
            Answer.ALLOWED,
        ),
        Example(
            _("The office leaves the father’s comment up."),
            "item.remove",
            _step("leave", "disagreement"),
            Answer.SILENT,
        ),
    ),
    words=(
        "comment comments post posts feedback sylw sylwadau",
        (
            "criticise criticises critical criticism criticisms disagree disagrees disagreement negative "
            "views "
            "beirniadu beirniadol anghytuno"
        ),
        "delete deleted deletes remove removed hide hidden dileu tynnu cuddio",
        "not never no nor ni nid na byth",
    ),
    unlike="staff parents pupils own personal abusive offensive",
    knows="only simply merely just because school our polite politely us they which",
)
_WHY = {
    "abuse": {"reason": {"any_of": ["offensive", "defamatory", "libellous", "improper", "abusive"]}},
    "details": {"reason": "personal details"},
    "adverts": {"reason": "advertising"},
    "rules": {"reason": "against the rules"},
}
REMOVED = ReadyRule(
    key="removed_are",
    group=GROUP,
    title=_("What we remove of what others write"),
    says=_("We remove comments and posts of others {what}."),
    fields={
        "what": Several(
            _("Which are removed?"),
            {
                "abuse": _("Rude, abusive or defamatory ones"),
                "details": _("Those that name a child or give personal details"),
                "adverts": _("Advertisements, and collections of money"),
                "rules": _("Those that break our rules in another way"),
            },
            said={
                "abuse": _("that are rude, abusive or defamatory"),
                "details": _("that name a child or give personal details"),
                "adverts": _("that advertise or collect money"),
                "rules": _("that break our rules"),
            },
            hints={
                "abuse": r"rude|abus\w+|defamat\w+|offensive|bull(?:y|ies|ying)|threaten\w*|insult\w*|racist"
                r"|negative way|inappropriate language|sarhaus|difenwol|bwlio",
                "details": r"personal (?:details?|information)|phone numbers?"
                r"|names? (?:an? |any |the |our )?(?:child(?:ren)?|pupils?|students?)"
                r"|(?:child|pupil|student)\w* (?:is|are) named|enwi plentyn|manylion personol",
                "adverts": r"advert\w*|products?|services|business(?:es)?|rais\w+ money|fundrais\w+"
                r"|collect\w* money"
                r"|spam|hysbyseb\w*",
                "rules": r"(?:break|breach|against)\w* (?:the|our|these|this|any)|copyright|off[- ]topic"
                r"|not relat\w+"
                r"|without (?:their |the )?(?:parents?[’']? |parental )?consent",
            },
        )
    },
    rules=(
        {
            "ask": "item.remove",
            "point": "left_standing",
            "when": {"act": "leave"},
            "forbid": {"any": OfEach("what", _WHY)},
        },
        {
            "ask": "item.remove",
            "point": "reason_for_removal",
            "when": {"act": {"any_of": ["hide", "delete"]}},
            "permit": {"any": OfEach("what", _WHY)},
        },
    ),
    examples=(
        Example(
            _("A comment gives the address of a family. The office wants to leave it up."),
            "item.remove",
            _step("leave", "personal details"),
            Answer.NOT_ALLOWED,
            values={"what": ("details",)},
        ),
        Example(
            _("The office hides it."),
            "item.remove",
            _step("hide", "personal details"),
            Answer.ALLOWED,
            values={"what": ("details",)},
        ),
        Example(
            _("A childminder advertises in our group. The office wants to leave it up."),
            "item.remove",
            _step("leave", "advertising"),
            Answer.NOT_ALLOWED,
            values={"what": ("abuse", "adverts")},
        ),
        Example(
            _("A father criticises the homework policy in a comment. It stays up."),
            "item.remove",
            _step("leave", "disagreement"),
            Answer.ALLOWED,
            values={"what": ("abuse", "adverts")},
        ),
    ),
    words=(
        "comment comments post posts posting postings content message messages sylw sylwadau",
        "remove removed removes delete deleted deletes hide hidden hides dileu tynnu cuddio guddio",
        (
            "name names named personal details number numbers advertise advertises advertising advert "
            "adverts "
            "advertisement advertisements products services money fundraising spam copyright topic hysbysebu "
            "enwi manylion"
        ),
    ),
    unlike="photo photos photograph photographs staff own report reported tell told block blocked "
    "consent withdrawn "
    "profile",
    never=r"\b(?:not|never) (?:be )?(?:remov|delet|hid)|\bat the request of\b|\b(?:their|withdraw\w*) "
    r"consent\b"
    r"|\bbefore (?:a|the|any) (?:comment|post)|^(?:a )?screenshots?\b|^staff\b",
    knows="any will others other posting people person which contain contains give gives child children "
    "pupil "
    "straight away way language uses uses an is are",
)
