"""Ready rules on which networks the school uses, who lets people into its accounts and who "
"posts on them."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.cases import IN_ROLE, TEACHER
from schoolgate.rulebook.ready.declared.accounts import GROUP
from schoolgate.rulebook.ready.declared.posts import GROUP as POSTS
from schoolgate.rulebook.ready.model import Example, OfEach, ReadyRule, Role, Several
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.networks import NETWORKS

LEFT_OUT = ("discord", "facebook", "instagram", "reddit", "snapchat", "telegram", "tiktok", "whatsapp", "x")
"""The networks that schools' policies rule out."""
_CALLED = {one: NETWORKS[one].casefold() for one in LEFT_OUT} | {"x": "twitter|(?:use|on|to) x"}
_UNUSED = OfEach("networks", {one: one for one in LEFT_OUT})
NETWORKS_UNUSED = ReadyRule(
    key="networks_unused",
    group=GROUP,
    title=_("Networks that the school doesn’t use"),
    says=_("The school does not use {networks}."),
    modality=Modality.MUST_NOT,
    fields={
        "networks": Several(
            _("Which networks?"),
            {one: NETWORKS[one] for one in LEFT_OUT},
            said={one: NETWORKS[one] for one in LEFT_OUT},
            hints=_CALLED,
        )
    },
    rules=(
        {
            "ask": "account.considered",
            "point": "networks",
            "forbid": {"network": {"any_of": _UNUSED}},
        },
        {
            "ask": "account.decide",
            "point": "networks",
            "when": {"may_be_yes": True},
            "forbid": {"platform": {"any_of": _UNUSED}},
        },
    ),
    examples=(
        Example(
            _("A teacher would like a TikTok account for the choir."),
            "account.considered",
            {"by": TEACHER, "network": "tiktok"},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("The teacher would like a YouTube account instead."),
            "account.considered",
            {"by": TEACHER, "network": "youtube"},
            Answer.ALLOWED,
        ),
        Example(
            _("Someone is to approve an account on Snapchat."),
            "account.decide",
            {"by": TEACHER, "act": "approve", "platform": "snapchat"},
            Answer.NOT_ALLOWED,
        ),
    ),
    words=(
        "discord facebook instagram reddit snapchat telegram tiktok whatsapp twitter x",
        (
            "use uses used using have has account accounts presence page pages open opened defnyddio "
            "ddefnyddio"
        ),
        "school we our us college academy trust federation ysgol ni",
        "not never no none nor nid ddim dim",
    ),
    unlike=(
        "staff teacher teachers pupil pupils parent parents child children message messages reply replies "
        "comment comments group groups lesson lessons follow follows following post posts private personal"
    ),
    knows="operate run",
)
_WHO = {"by.roles": {"includes_any": ["{who}", "{deputy}"]}}
LET_IN_BY = ReadyRule(
    key="let_in_by",
    group=GROUP,
    title=_("Someone decides who runs the accounts"),
    says=_("The {who}{deputy} decides who is given access to school accounts."),
    fields={
        "who": Role(_("Who decides?"), may=("decide_account",), told=True),
        "deputy": Role(
            _("Who else may decide?"), may=("decide_account",), optional=True, said=_(" or the {role}")
        ),
    },
    rules=({"ask": "account.person_added", "point": "proofs", "forbid": {"not": _WHO}},),
    examples=(
        Example(
            _("A teacher without this role gives a colleague access to the account."),
            "account.person_added",
            {"by": TEACHER, "person": {"key": "new", "relation": "staff"}},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("The person with this role gives the colleague access."),
            "account.person_added",
            {"by": IN_ROLE, "person": {"key": "new", "relation": "staff"}},
            Answer.ALLOWED,
        ),
    ),
    words=(
        "account accounts page pages channel channels site cyfrif cyfrifon tudalen tudalennau",
        (
            "decide decides decided decision choose chooses chosen appoint appoints appointed authorise "
            "authorises "
            "authorised "
            "select selects penderfynu penderfyna dewis"
        ),
        "who which staff pwy administrator administrators moderator moderators",
        (
            "post administrator administrators posts posting run runs manage manages access admin update "
            "updates "
            "updating rhedeg postio mynediad"
        ),
    ),
    unlike="new open opened opening approve approval approved comment comments delete remove removed "
    "picture photo",
    knows="authorise responsible members basis regular updating",
)
POSTS_BY = ReadyRule(
    key="posts_by",
    group=POSTS,
    title=_("Only some people post"),
    says=_("Only the {who}{deputy}{third} posts on school accounts."),
    fields={
        "who": Role(_("Who posts?"), may=("write_post",), each=True),
        "deputy": Role(
            _("Who else posts?"), may=("write_post",), optional=True, each=True, said=_(" or the {role}")
        ),
        "third": Role(
            _("And who else?"), may=("write_post",), optional=True, each=True, said=_(" or the {role}")
        ),
    },
    rules=(
        {
            "ask": "post.publish",
            "point": "author_shown",
            "forbid": {"not": {"author.roles": {"includes_any": ["{who}", "{deputy}", "{third}"]}}},
        },
    ),
    examples=(
        Example(
            _("A teacher without such a role writes a post."),
            "post.publish",
            {"author": TEACHER},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("Someone with the role writes it."),
            "post.publish",
            {"author": IN_ROLE},
            Answer.ALLOWED,
        ),
    ),
    words=(
        (
            "post posts posted posting tweet tweets publish publishes upload uploads update updates updated "
            "postio "
            "phostio cyhoeddi diweddaru"
        ),
        "only all every alone sole solely nobody else unig neb holl",
        (
            "account accounts page pages tweets twitter facebook instagram school channel channels cyfrif "
            "cyfrifon "
            "tudalen ysgol"
        ),
    ),
    unlike=(
        "approve approved approval approves checked check checks read reads agreed picture pictures "
        "photo photos "
        "consent parent parents pupil pupils child children phone phones device devices comment "
        "comments follow "
        "hours days time own personal private trip monitor monitored before"
    ),
    never=r"\b(?:approv|check|authoris)\w+\b|\bposts? (?:from|about)\b|\buntil\b"
    r"|\bonly (?:once|when|if|after|from|between)\b"
    r"|\bfrom \w+ to \w+\b",
    knows="let lets anyone behalf members authorised",
)
