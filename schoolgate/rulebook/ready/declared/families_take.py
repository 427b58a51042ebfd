"""A ready rule on the pictures that families may take at school."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.cases import TEACHER
from schoolgate.rulebook.ready.declared.families import FAMILY, MOTHER
from schoolgate.rulebook.ready.declared.pictures import GROUP
from schoolgate.rulebook.ready.model import Example, ReadyRule
from schoolgate.rulebook.sentences import gettext_noop as _

FILMS = {"device": "own", "with_pupils": True, "takes_pictures": True}
PARENTS_TAKE = ReadyRule(
    key="parents_take",
    group=GROUP,
    title=_("Parents may take pictures for themselves"),
    says=_("Parents may take pictures and films of their own children at school events, for personal use."),
    modality=Modality.MAY,
    rules=(
        {
            "ask": "equipment.use",
            "point": "device_with_pupils",
            "for": FAMILY,
            "when": {"with_pupils": True},
            "permit": {"takes_pictures": True},
        },
    ),
    examples=(
        Example(
            _("A father films his daughter in the school play, for the family."),
            "equipment.use",
            {"by": MOTHER, **FILMS},
            Answer.ALLOWED,
        ),
        Example(
            _("A teacher films the play with a private phone."),
            "equipment.use",
            {"by": TEACHER, **FILMS},
            Answer.SILENT,
        ),
    ),
    words=(
        "parent parents carer carers families relatives rhiant rhieni gofalwyr teuluoedd",
        (
            "picture pictures photo photos photograph photographs image images film films video videos llun "
            "lluniau "
            "ffotograffau ffilm ffilmiau fideo fideos"
        ),
        "take taking taken film filming record recording video make tynnu dynnu ffilmio recordio",
        "may can welcome allowed permitted able free caniateir chaiff caiff gall croeso",
        (
            "event events performance performances assembly assemblies play plays sports concert concerts "
            "show shows "
            "nativity own personal digwyddiad digwyddiadau cyngerdd eu hunain"
        ),
    ),
    unlike=(
        "not never no only nor unless except consent withdraw withdrawn staff volunteers website share "
        "shared post posted "
        "publish published ni na nad nid byth oni"
    ),
    never=r"\b(?:not|never|no|nor|cannot|unless|except|prohibited|forbidden|refrain|avoid|ni|na|nad|nid|peidio|oni)\b"
    r"|n['’]t\b",
    parents=True,
    knows="private family memories themselves",
)
