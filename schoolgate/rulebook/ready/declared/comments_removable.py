"""Ready rules on comments that break the school’s rules: what it may do about them, and which don’t stay."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.cases import TEACHER
from schoolgate.rulebook.ready.declared.comments import GROUP
from schoolgate.rulebook.ready.model import By, Choice, Example, OfEach, ReadyRule, Several
from schoolgate.rulebook.sentences import gettext_noop as _

BAD = ["offensive", "defamatory", "libellous", "improper", "abusive", "personal details", "against the rules"]
"""Reasons that break the terms of any policy; advertising and a mere disagreement don't."""


def _step(act: str, reason: str) -> dict[str, object]:
    return {"by": TEACHER, "act": act, "reason": reason}


MAY_REMOVE = ReadyRule(
    key="may_remove",
    group=GROUP,
    title=_("Unacceptable comments may be deleted"),
    says=_("We may {what} that are offensive, abusive, defamatory or against our rules."),
    modality=Modality.MAY,
    fields={
        "what": Choice(
            _("What may be done?"),
            {"delete": _("Deleting or hiding comments"), "block": _("Deleting, and blocking the writer too")},
            said={
                "delete": _("delete or hide comments"),
                "block": _("delete or hide comments, and block their writers,"),
            },
            hints={
                "block": r"(?:block|ban|suspend|rhwystr|gwahardd)\w*",
                "delete": r"\A(?=.*\b(?:delet|remov|hid(?:e|den|ing)|dileu|tynnu)\w*)"
                r"(?!.*\b(?:block|ban|suspend|rhwystr|gwahardd)\w*)\w+",
            },
        )
    },
    rules=(
        {
            "ask": "item.remove",
            "point": "reason_for_removal",
            "when": {
                "act": By(
                    "what",
                    {
                        "delete": {"any_of": ["hide", "delete"]},
                        "block": {"any_of": ["hide", "delete", "block"]},
                    },
                )
            },
            "permit": {"reason": {"any_of": BAD}},
        },
    ),
    examples=(
        Example(
            _("A comment under a post insults a teacher. The office wants to delete it."),
            "item.remove",
            _step("delete", "abusive"),
            Answer.ALLOWED,
        ),
        Example(
            _("A comment only disagrees with the school."),
            "item.remove",
            _step("delete", "disagreement"),
            Answer.SILENT,
        ),
        Example(
            _("The office wants to block the writer of a threatening comment."),
            "item.remove",
            _step("block", "abusive"),
            Answer.ALLOWED,
            values={"what": "block"},
        ),
        Example(
            _("The office wants to block the writer of a threatening comment."),
            "item.remove",
            _step("block", "abusive"),
            Answer.SILENT,
            values={"what": "delete"},
        ),
    ),
    words=(
        "comment comments post posts reply replies remark remarks sylw sylwadau",
        "delete deleted remove removed hide hidden ban block dileu tynnu",
        "reserve reserves right may can entitled hawl cawn gallwn",
    ),
    never=r"\b(?:no one|nobody) (?:may|can)\b|\b(?:may|can) not\b|\b(?:consent|permission|picture|photo)"
    r"|\b(?:must|should|shall|will) (?:be |not |never )?(?:delet|remov|hid)",
    unlike="picture pictures photo photos image images consent withdraw account accounts pupil staff",
    knows="any time administrators moderators administrator admin admins breaks break terms policy ban "
    "further anyone rules breach inappropriate content school without "
    "notice",
)
_NOT_KEPT = {
    "abuse": {"reason": {"any_of": ["offensive", "defamatory", "libellous", "improper", "abusive"]}},
    "matters": {"reason": {"any_of": ["against the rules", "personal details"]}},
}
NOT_KEPT = ReadyRule(
    key="not_kept",
    group=GROUP,
    title=_("Comments that don’t stay up"),
    says=_("Comments {what} do not stay on our accounts."),
    modality=Modality.MUST_NOT,
    fields={
        "what": Several(
            _("Which comments?"),
            {
                "abuse": _("Rude, abusive or defamatory ones, and bullying"),
                "matters": _("Those about one person or family"),
            },
            said={
                "abuse": _("that are rude, abusive or defamatory"),
                "matters": _("about matters of one person or family"),
            },
            hints={
                "abuse": r"rude|abus\w+|defamatory|offensive|bull(?:y|ying)|threatening|insulting|racist"
                r"|sarhaus|difenwol|bwlio",
                "matters": r"(?:specific|individual|single|personal|private)(?:, (?:specific|individual))*"
                r" (?:matters?|cases?|pupils?|children|members|complaints?)|about (?:an? )?individuals?"
                r"|(?:one|an? (?:single|individual|particular)|individual) famil(?:y|ies)",
            },
        )
    },
    rules=(
        {
            "ask": "item.remove",
            "point": "left_standing",
            "when": {"act": "leave"},
            "forbid": {"any": OfEach("what", _NOT_KEPT)},
        },
    ),
    examples=(
        Example(
            _("A comment under a post insults a teacher. The office wants to leave it up."),
            "item.remove",
            _step("leave", "abusive"),
            Answer.NOT_ALLOWED,
            values={"what": ("abuse",)},
        ),
        Example(
            _("A mother complains about her son’s detention in a comment. The office wants to leave it up."),
            "item.remove",
            _step("leave", "against the rules"),
            Answer.NOT_ALLOWED,
            values={"what": ("matters",)},
        ),
        Example(
            _("A comment only disagrees with the school. It stays up."),
            "item.remove",
            _step("leave", "disagreement"),
            Answer.ALLOWED,
            values={"what": ("abuse", "matters")},
        ),
    ),
    words=(
        "comment comments remark remarks bullying sylw sylwadau bwlio",
        "tolerate tolerated allow allowed accept accepted permitted acceptable goddef caniatáu derbyn",
        "not never no ni na nid byth",
        (
            "defamatory rude abusive offensive bullying specific individual individuals threatening "
            "insulting racist personal family families bwlio sarhaus difenwol"
        ),
    ),
    unlike="picture pictures photo photos image images consent friend friends request own",
    never=r"^(?:staff|employees|teachers|parents|pupils|students)\b"
    r"|\b(?:must|may|should) not (?:post|make|write)\b|\b(?:remov|delet)\w+",
    holds=r"\b(?:posts (?:or|and) comments|comments (?:or|and) posts)\b",
    knows="form accounts social media towards member members school community children parents staff "
    "governors refer between matters matter whether that",
)
