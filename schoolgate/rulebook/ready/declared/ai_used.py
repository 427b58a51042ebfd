"""A ready rule on what a computer made."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.cases import TEACHER
from schoolgate.rulebook.ready.declared.posts import GROUP
from schoolgate.rulebook.ready.model import Choice, Example, ReadyRule, with_any
from schoolgate.rulebook.sentences import gettext_noop as _

_MADE = ["text", "picture"]
_PICTURES = r"pictures?|photo\w*|images?|films?|videos?|likeness\w*|lluniau|llun|ffoto\w*|fideo\w*|delwedd\w*"
_CHECKED = r"check\w*|review\w*|proof-?read\w*|gwirio|wirio"
AI_MADE = ReadyRule(
    key="ai_made",
    group=GROUP,
    title=_("What artificial intelligence made"),
    says=_("What artificial intelligence made or changed {what}."),
    modality=Modality.MUST_NOT,
    fields={
        "what": Choice(
            _("What applies to it?"),
            {
                "none": _("Nothing of it is posted"),
                "pictures": _("No pictures or films that AI made or changed are posted"),
                "pupils": _("No pictures of pupils that AI made or changed are posted"),
                "checked": _("A person checks it first, and the post says so"),
            },
            said={
                "none": _("is not posted on our accounts"),
                "pictures": _("is not posted where it is a picture or film"),
                "pupils": _("is not posted where it is a picture that shows pupils"),
                "checked": _("is posted only once a person has checked it and the post says what made it"),
            },
            hints={
                "checked": r"\A(?=.*\b(?:check\w*|review\w*|proof-?read\w*|gwirio|wirio))"
                r"(?=.*\b(?:label\w*|mark(?:ed|s)?|stat(?:e|es|ed)|say|says|acknowledg\w*|declar\w*|make "
                r"clear"
                r"|labelu|nodi)\b)\w+",
                "pupils": rf"\A(?!.*\b(?:{_CHECKED})\b)(?=.*\b(?:{_PICTURES})\b)"
                r"(?=.*\b(?:pupils?|child(?:ren)?|students?|learners?|disgybl\w*|plant)\b)\w+",
                "pictures": rf"\A(?!.*\b(?:{_CHECKED}|pupils?|child(?:ren)?|students?|learners?"
                r"|disgybl\w*|plant)\b)"
                rf"(?=.*\b(?:{_PICTURES})\b)\w+",
                "none": r"\A(?!.*\b(?:pictures?|photo\w*|images?|films?|videos?|check\w*|review\w*|llun\w*"
                r"|ffoto\w*|delwedd\w*)\b)(?=.*\b(?:not|never|no|nor|ni|nid|byth|peidio)\b)\w+",
            },
        )
    },
    rules=(
        with_any(
            "what",
            ("none",),
            {"ask": "post.publish", "point": "ai_made", "forbid": {"ai_made": {"any_of": _MADE}}},
        ),
        with_any(
            "what",
            ("pictures",),
            {"ask": "post.publish", "point": "ai_made", "forbid": {"ai_made": "picture"}},
        ),
        with_any(
            "what",
            ("pupils",),
            {
                "ask": "post.publish",
                "point": "ai_made",
                "when": {"pictured": True, "picture.with_pupils": True},
                "forbid": {"ai_made": "picture"},
            },
        ),
        with_any(
            "what",
            ("checked",),
            {
                "ask": "post.publish",
                "point": "ai_made",
                "when": {"ai_made": {"any_of": _MADE}},
                "need": {"ai_checked": True},
                "ask_for": {"what": "ai_checked", "of": "author"},
            },
        ),
    ),
    examples=(
        Example(
            _("A teacher lets AI change the faces of pupils in a picture."),
            "post.publish",
            {"author": TEACHER, "ai_made": "picture"},
            Answer.NOT_ALLOWED,
            values={"what": "pictures"},
        ),
        Example(
            _("A teacher lets AI change the faces of pupils in a picture."),
            "post.publish",
            {
                "author": TEACHER,
                "ai_made": "picture",
                "has_picture": True,
                "picture": {"shows_people": True, "shows_pupils": True},
            },
            Answer.NOT_ALLOWED,
            values={"what": "pupils"},
        ),
        Example(
            _("AI wrote the text of the post."),
            "post.publish",
            {"author": TEACHER, "ai_made": "text"},
            Answer.ALLOWED,
            values={"what": "pictures"},
        ),
        Example(
            _("AI wrote the text of the post."),
            "post.publish",
            {"author": TEACHER, "ai_made": "text"},
            Answer.NOT_ALLOWED,
            values={"what": "none"},
        ),
        Example(
            _("AI wrote the text, and no one has checked it."),
            "post.publish",
            {"author": TEACHER, "ai_made": "text", "ai_checked": False},
            Answer.NOT_YET,
            values={"what": "checked"},
        ),
        Example(
            _("A teacher has checked the text, and the post says what wrote it."),
            "post.publish",
            {"author": TEACHER, "ai_made": "text", "ai_checked": True},
            Answer.ALLOWED,
            values={"what": "checked"},
        ),
        Example(
            _("AI made or changed nothing in the post."),
            "post.publish",
            {"author": TEACHER, "ai_made": "no"},
            Answer.ALLOWED,
        ),
    ),
    words=(
        "ai artificial intelligence chatgpt copilot generative deallusrwydd artiffisial",
        (
            "picture pictures photo photos photograph photographs image images film video text texts content "
            "post posts posted material write written create created make made change changed used use llun "
            "lluniau testun cynnwys greu creu newid"
        ),
        (
            "not never no nor only must should checked check reviewed labelled label before ni nid na byth "
            "peidio rhaid"
        ),
    ),
    unlike="password passwords plagiarism homework coursework exam lesson lessons personaldata data "
    "filtering "
    "monitoring pupils’ training upload uploaded enter entered input",
    never=r"\b(?:upload|enter|input|put)\w* (?:[\w’']+ ){0,6}?into\b|^(?:pupils?|students?|learners)\b",
    knows="artificial intelligence tools tool software app apps generated using made create creates labelled "
    "label member checked makes generative other images pupils children pupil child wnaed gan",
)
