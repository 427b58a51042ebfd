"""Ready rules on records: what is kept of what was removed, and for how long."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.cases import TEACHER, TERM_HINTS
from schoolgate.rulebook.ready.declared.comments import GROUP
from schoolgate.rulebook.ready.declared.together import ITSELF
from schoolgate.rulebook.ready.model import By, Choice, Example, Number, ReadyRule
from schoolgate.rulebook.sentences import gettext_noop as _

EVIDENCE = ReadyRule(
    key="evidence_kept",
    group=GROUP,
    title=_("A copy is kept before a comment is removed"),
    says=_("Before a comment is hidden or deleted, a copy of it is kept."),
    rules=(
        {
            "ask": "item.remove",
            "point": "kept_beforehand",
            "when": {"act": {"any_of": ["hide", "delete"]}, "may_show_abuse": False},
            "need": {"kept": {"includes": "text"}},
            "kept": "removal.copy_kept",
        },
    ),
    examples=(
        Example(
            _("Someone wants to delete a rude comment, and no copy was saved."),
            "item.remove",
            {"by": TEACHER, "act": "delete", "kept": [], "may_show_abuse": False},
            Answer.NOT_YET,
        ),
        Example(
            _("A screenshot of it was saved first."),
            "item.remove",
            {"by": TEACHER, "act": "delete", "kept": ["text"], "may_show_abuse": False},
            Answer.ALLOWED,
        ),
        Example(
            _("It may be an illegal picture of a child, so it isn’t copied."),
            "item.remove",
            {"by": TEACHER, "act": "delete", "kept": [], "may_show_abuse": True},
            Answer.SILENT,
        ),
    ),
    words=(
        (
            "screenshot screenshots screengrab copy copies record recorded evidence sgrinlun "
            "sgrinluniau copi cofnod"
        ),
        "before prior first evidence abusive deleted removed deleting removing hidden cyn dileu tynnu",
        "comment comments post posts content message messages material sylw sylwadau neges negeseuon",
        "take taken takes kept keep made make saved retained captured cadw cedwir gymryd cymryd",
    ),
    unlike="years months consent reported told child abuse",
)
_RECORD_UNITS = ("months", "years", "terms")
_OLD = {"by": TEACHER, "what": "removed", "made_on": "2024-01-10", "on": "2027-01-18"}
RECORDS_KEPT = ReadyRule(
    key="records_kept",
    group=ITSELF,
    title=_("Records are kept for a time"),
    says=_("{what} are kept for {number} {unit}."),
    modality=Modality.MUST_NOT,
    fields={
        "what": Choice(
            _("What is kept?"),
            {
                "all": _("All records of social media"),
                "removed": _("Records of removed comments and blocked people"),
                "posts": _("Records of posts"),
                "messages": _("Records of messages and complaints"),
                "consents": _("Consents"),
            },
            said={
                "all": _("Records of social media"),
                "removed": _("Records of removed comments and blocked people"),
                "posts": _("Records of posts"),
                "messages": _("Records of messages and complaints"),
                "consents": _("Consents"),
            },
            hints={
                "removed": r"(?:removed|deleted|hidden|blocked|offensive|abusive|inappropriate)"
                r"[^.;]{0,30}(?:comments?|posts?|messages?|content|people|users?)"
                r"|removals?|deletions?|(?:sylwadau|negeseuon)[^.;]{0,20}(?:dilewyd|tynnwyd|ddilëwyd)",
                "consents": r"consents?(?: forms?)?|permissions?(?: slips?)?|caniatâd|ffurflenni caniatâd",
                "messages": r"messages?|complaints?|enquir(?:y|ies)|negeseuon|cwynion",
                "posts": r"posts?|content|postiadau|cynnwys",
                "all": r"all records|records of (?:social media|its use)|social media records",
            },
        ),
        "number": Number(_("How long (number)"), 3, most=60),
        "unit": Choice(
            _("Months or years?"),
            {"months": _("months"), "years": _("years"), "terms": _("terms")},
            said={"months": _("months"), "years": _("years"), "terms": _("terms")},
            one={"months": _("month"), "years": _("year"), "terms": _("term")},
            hints={
                "terms": TERM_HINTS["terms"],
                "months": "months?|mis|misoedd",
                "years": "years?|blynedd|flynedd|mlynedd|blwyddyn|flwyddyn",
            },
        ),
    },
    rules=(
        {
            "ask": "record.delete",
            "point": "records_kept",
            "when": {
                "what": By(
                    "what",
                    {
                        "removed": "removed",
                        "posts": "posts",
                        "messages": "messages",
                        "consents": "consents",
                    },
                )
            },
            "forbid": {
                "not": {"made_on": {"over": By("unit", {one: {one: "{number}"} for one in _RECORD_UNITS})}}
            },
            "say": "record.kept_until",
            "args": {
                "day": By("unit", {one: {"after": "made_on", one: "{number}"} for one in _RECORD_UNITS})
            },
            "kept": "record.time_over",
        },
    ),
    examples=(
        Example(
            _("In January 2027 someone deletes a screenshot of a comment removed in January 2024."),
            "record.delete",
            _OLD,
            Answer.ALLOWED,
            values={"what": "removed", "number": 3, "unit": "years"},
        ),
        Example(
            _("In January 2027 someone deletes a screenshot of a comment removed in January 2024."),
            "record.delete",
            _OLD,
            Answer.NOT_ALLOWED,
            values={"what": "removed", "number": 4, "unit": "years"},
        ),
        Example(
            _("In January 2027 someone deletes a copy of a post from January 2024."),
            "record.delete",
            {**_OLD, "what": "posts"},
            Answer.SILENT,
            values={"what": "removed"},
        ),
        Example(
            _("In January 2027 someone deletes a copy of a post from January 2024."),
            "record.delete",
            {**_OLD, "what": "posts"},
            Answer.NOT_ALLOWED,
            values={"what": "all", "number": 60, "unit": "months"},
        ),
    ),
    words=(
        (
            "record records log logs screenshot screenshots copy copies evidence archive archived consents "
            "forms cofnod cofnodion log sgrinluniau copïau ffurflenni"
        ),
        ("kept keep keeps retained retain stored held preserved archived cadw cedwir gedwir storio"),
        ("year years month months term terms blynedd flynedd mlynedd blwyddyn flwyddyn mis misoedd"),
    ),
    unlike="renewed reviewed former password training valid expire expires",
)
