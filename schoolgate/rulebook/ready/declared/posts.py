"""Ready rules on posts."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.cases import IN_ROLE, TEACHER, said
from schoolgate.rulebook.ready.model import Choice, Example, ReadyRule, Role, with_any
from schoolgate.rulebook.sentences import gettext_noop as _

GROUP = _("Posts")
APPROVAL = {"by": "in-role", "roles": ["{who}"], "of_this_version": True}
PLAIN = {"author": TEACHER, "tells_details": False}
OTHERS = {"by": "friend", "roles": ["teacher"], "of_this_version": True}

POSTS_APPROVED = ReadyRule(
    key="posts_approved",
    group=GROUP,
    title=_("Someone approves each post before it goes out"),
    says=_("Every post is approved by the {who}{deputy} before it is published{own}."),
    fields={
        "who": Role(_("Who approves?"), may=("approve_post",)),
        "deputy": Role(
            _("Who else may approve?"), may=("approve_post",), optional=True, said=_(" or the {role}")
        ),
        "own": Choice(
            _("Must another of them approve their own posts?"),
            {"alone": _("No, they may post alone"), "another": _("Yes, another of them approves")},
            said={"alone": "", "another": _(", and never by its author")},
            hints={"another": "second|another|other than|someone else|else|different|author|ail|arall|awdur"},
        ),
    },
    rules=(
        {
            "ask": "post.publish",
            "point": "approval",
            "supplied_by": {"of_this_version": "{who}"},
            "steps": [
                with_any(
                    "own", ("alone",), {"keep": {"author.roles": {"includes_any": ["{who}", "{deputy}"]}}}
                ),
                {
                    "keep": {
                        "approvals": {
                            "some": {
                                "roles": {"includes_any": ["{who}", "{deputy}"]},
                                "not": {"by": {"same_as": "author.key"}},
                                "of_this_version": True,
                            }
                        }
                    }
                },
                {
                    "need": False,
                    "ask_for": {"what": "approval", "of": "{who}"},
                    "say": "post.needs_approval",
                    "args": {"roles": ["{who}", "{deputy}"]},
                },
            ],
        },
    ),
    examples=(
        Example(
            _("A teacher wants to publish a post that no one has approved."),
            "post.publish",
            {"author": TEACHER, "approvals": []},
            Answer.NOT_YET,
        ),
        Example(
            _("Another teacher has approved it."),
            "post.publish",
            {"author": TEACHER, "approvals": [OTHERS]},
            Answer.NOT_YET,
        ),
        Example(
            _("The person with this role has approved it."),
            "post.publish",
            {"author": TEACHER, "approvals": [APPROVAL]},
            Answer.ALLOWED,
        ),
        Example(
            _("It was changed after the approval."),
            "post.publish",
            {"author": TEACHER, "approvals": [{**APPROVAL, "of_this_version": False}]},
            Answer.NOT_YET,
        ),
        Example(
            _("A person with this role wants to publish their own post. No one else has seen it."),
            "post.publish",
            {"author": IN_ROLE, "approvals": []},
            Answer.ALLOWED,
            values={"own": "alone"},
        ),
        Example(
            _("A person with this role wants to publish their own post. No one else has seen it."),
            "post.publish",
            {"author": IN_ROLE, "approvals": [APPROVAL]},
            Answer.NOT_YET,
            values={"own": "another"},
        ),
        Example(
            _("Another person with this role has approved it."),
            "post.publish",
            {"author": IN_ROLE, "approvals": [{**APPROVAL, "by": "another"}]},
            Answer.ALLOWED,
            values={"own": "another"},
        ),
    ),
    words=(
        (
            "post posts posted posting publish published content "
            "material postiad postiadau cyhoeddi cyhoeddir cynnwys"
        ),
        (
            "approv approve approved approves approval permission agree agreed checked "
            "sign authoris cymeradwyo cymeradwyir cymeradwyaeth caniatad"
        ),
    ),
    never=r"\b(?:their|the (?:pupil|child|parent|person)\w*['’]?s?) (?:own |express |written )?permission\b"
    r"|\bpermission of (?:the |any |all )?(?:individuals?|people|persons?|anyone|everyone|those)\b",
    unlike="about incident crisis bereavement death products services sponsors commercial copyright "
    "account accounts parent parents consent internet searches guided cyfrif rhiant",
)
OWN_MATERIAL = ReadyRule(
    key="own_material",
    group=GROUP,
    title=_("Others’ material only with permission"),
    says=_("Pictures, music and texts of others are posted only with their permission."),
    modality=Modality.MUST_NOT,
    rules=(
        {
            "ask": "post.publish",
            "point": "permission",
            "each": "materials",
            "when": {"origin": "someone_elses"},
            "need": {"permission": True},
            "ask_for": {"what": "owners_permission", "of": "author"},
        },
    ),
    examples=(
        Example(
            _("A post uses a song, and its owner wasn’t asked."),
            "post.publish",
            {
                "author": TEACHER,
                "materials": [{"what": "music", "origin": "someone_elses", "permission": False}],
            },
            Answer.NOT_YET,
        ),
        Example(
            _("The owner of the song has agreed."),
            "post.publish",
            {
                "author": TEACHER,
                "materials": [{"what": "music", "origin": "someone_elses", "permission": True}],
            },
            Answer.ALLOWED,
        ),
    ),
    words=(
        (
            "copyright copyrighted hawlfraint owner owners ownership perchennog licence licences trwydded "
            "belong belongs belonging"
        ),
        (
            "copyright copyrighted hawlfraint owner owners ownership perchennog licence licences trwydded "
            "somebody someone else others another"
        ),
    ),
    unlike="taught understanding plagiarism confiscated device",
    holds=r"\bsubject to copyright|\bwhere [^,;.]{0,40}\blicen[cs]e\b"
    r"|\bif (?:the school|we) (?:has|have) (?:an? |the )?(?:licen[cs]e|permission)(?: for it| to use it)?",
    knows="photograph photographs text music content permission subject else material under film",
)
PERSONAL_DETAILS = ReadyRule(
    key="no_personal_details",
    group=GROUP,
    title=_("No personal details in posts"),
    says=_(
        "Posts never contain anyone’s home address, private phone number, email address or date of birth."
    ),
    modality=Modality.MUST_NOT,
    rules=(
        {
            "ask": "post.publish",
            "point": "text_details",
            "each": "marks",
            "when": {"kind": {"any_of": ["home_address", "phone_number", "email_address", "date_of_birth"]}},
            "steps": [
                {
                    "keep": {"judgement": "cleared"},
                    "say": "text.found_in_order",
                    "args": {"what": {"fact": "label"}},
                },
                {"forbid": {"judgement": "found"}},
                {
                    "need": False,
                    "ask_for": {"what": "mark_judged", "of": "reader"},
                    "say": "text.raised",
                    "args": {"what": {"fact": "label"}},
                },
            ],
        },
        {
            "ask": "post.publish",
            "point": "text_details",
            "forbid": {"tells_details": True},
            "say": "post.tells_details",
            "kept": "post.tells_no_details",
        },
    ),
    examples=(
        Example(
            _("A post may give a home address, and no one has checked it yet."),
            "post.publish",
            {**PLAIN, "marks": [{"kind": "home_address", "whom": "pupil"}]},
            Answer.NOT_YET,
        ),
        Example(
            _("Someone checked: it is a pupil’s home address."),
            "post.publish",
            {**PLAIN, "marks": [{"kind": "home_address", "whom": "pupil", "judged": said(True)}]},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("Its author says that it gives a pupil’s age and class."),
            "post.publish",
            {"author": TEACHER, "tells_details": True, "marks": []},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("Someone checked: it is the school’s own address."),
            "post.publish",
            {**PLAIN, "marks": [{"kind": "home_address", "whom": "pupil", "judged": said(False)}]},
            Answer.ALLOWED,
        ),
    ),
    words=(
        "post posts posted publish published share shared disclose give appear postio cyhoeddi rhannu",
        (
            "address addresses phone telephone number birth birthday contact "
            "personal personaldata personally cyfeiriad cyfeiriadau ffon geni personol"
        ),
        "details detail information data home private manylion gwybodaeth cartref preifat",
    ),
    unlike="privacy settings own press breach consent image images photograph photographs",
    never=r"\b(?:giv\w+|exchang\w+|swap\w*)\b[^.;]{0,60}\b(?:to|with) (?:any |the |our )?"
    r"(?:pupils?|students?|parents?|children)",
    knows="pupil pupils staff",
)
