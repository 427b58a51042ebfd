"""Ready rules on what families do with their own pictures of the school."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.declared.pictures import GROUP
from schoolgate.rulebook.ready.model import Choice, Example, ReadyRule, with_any
from schoolgate.rulebook.sentences import gettext_noop as _

FAMILY = ["parent", "friend", "other"]
MOTHER = {"key": "mother", "relation": "parent", "roles": []}


def _posted(own_child: bool | None) -> dict[str, object]:
    """Return the facts of a film of the nativity play that a mother wants to post."""
    shown = {"key": "one", "relation": "pupil", "shown": True, "own_child": own_child}
    return {
        "by": MOTHER,
        "act": "upload",
        "place": "private_account",
        "shows_pupils": True,
        "people": [shown],
    }


PARENTS_PICTURES = ReadyRule(
    key="parents_pictures",
    group=GROUP,
    title=_("Parents’ own pictures of school events"),
    says=_("Parents do not {what}."),
    modality=Modality.MUST_NOT,
    fields={
        "what": Choice(
            _("What is not allowed?"),
            {
                "share": _("Sharing pictures of other people’s children"),
                "take": _("Taking pictures or films at school events"),
                "both": _("Both"),
            },
            said={
                "share": _("share pictures from school events that show other people’s children"),
                "take": _("take pictures or films at school events"),
                "both": _(
                    "take pictures or films at school events, or share pictures that show other "
                    "people’s children"
                ),
            },
            hints={
                "take": r"(?:tak(?:e|ing|en)|film(?:ing)?|photograph(?:ing|y)?|record(?:ing)?|video(?:ing)?)"
                r"\b[^.;]{0,60} (?:not|never|no longer) (?:be )?(?:permitted|allowed|taken)"
                r"|(?:not|never) (?:be )?(?:take(?! (?:a |any )?screenshots?)|film|photograph|record"
                r"|video)\w*"
                r"|no (?:filming|photography|recording|photographs)|(?:ni|na) chaiff [^.;]{0,30} ffilmio",
                "share": r"shar\w+|post(?:s|ed|ing)?|publish\w*|upload\w*|put|online|social media"
                r"|social network\w*|rannu|phostio|postio|cyhoeddi|gyhoeddi|rhoi ar",
            },
        )
    },
    rules=(
        with_any(
            "what",
            ("share", "both"),
            {
                "ask": "image.share",
                "point": "pupil_pictures",
                "for": FAMILY,
                "each": "people",
                "when": {"relation": "pupil", "shown": True},
                "forbid": {"own_child": False},
            },
        ),
        with_any(
            "what",
            ("take", "both"),
            {
                "ask": "equipment.use",
                "point": "device_with_pupils",
                "for": FAMILY,
                "when": {"with_pupils": True},
                "forbid": {"takes_pictures": True},
            },
        ),
    ),
    examples=(
        Example(
            _("A mother wants to post her film of the nativity play. Other children are in it."),
            "image.share",
            _posted(own_child=False),
            Answer.NOT_ALLOWED,
            values={"what": "share"},
        ),
        Example(
            _("Only her own child is in it."),
            "image.share",
            _posted(own_child=True),
            Answer.ALLOWED,
            values={"what": "share"},
        ),
        Example(
            _("A father films the school play."),
            "equipment.use",
            {"by": MOTHER, "device": "own", "with_pupils": True, "takes_pictures": True},
            Answer.NOT_ALLOWED,
            values={"what": "take"},
        ),
        Example(
            _("A father films the school play."),
            "equipment.use",
            {"by": MOTHER, "device": "own", "with_pupils": True, "takes_pictures": True},
            Answer.SILENT,
            values={"what": "share"},
        ),
    ),
    words=(
        (
            "parent parents carer carers families visitors relatives include includes including rhiant "
            "rhieni gofalwyr teuluoedd"
        ),
        (
            "picture pictures photo photos photograph photographs photography image images film films "
            "filming filmed video videos videoing recording llun lluniau ffotograffau ffilm ffilmiau ffilmio"
        ),
        (
            "event events performance performances assembly assemblies play plays sports concert "
            "concerts show shows nativity other others else eraill digwyddiad digwyddiadau "
            "nigwyddiadau cyngerdd"
        ),
        ("not never no only nor prohibited forbidden refrain avoid ni na nad nid byth chaiff peidio"),
    ),
    unlike="withdraw withdrawn staff website prospectus newspapers signed written form forms asked consent",
    parents=True,
    knows="journal seen own use personal may take taken children child anyone events",
)
