"""Ready rules on staff’s own accounts."""

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.cases import TEACHER, said
from schoolgate.rulebook.ready.model import Example, OfEach, ReadyRule, Several, with_any
from schoolgate.rulebook.sentences import gettext_noop as _

OWN = _("Staff’s own accounts")

OWN_PRIVACY = ReadyRule(
    key="own_privacy",
    group=OWN,
    title=_("Own accounts are private"),
    says=_("Staff set their own accounts to the strictest privacy settings."),
    rules=(
        {
            "ask": "personal.profile",
            "point": "own_privacy_settings",
            "for": ["staff"],
            "forbid": {"privacy": "weaker"},
        },
    ),
    examples=(
        Example(
            _("A colleague’s own account is open to everyone."),
            "personal.profile",
            {"by": TEACHER, "kind": "social_page", "privacy": "weaker"},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("It has the strictest settings."),
            "personal.profile",
            {"by": TEACHER, "kind": "social_page", "privacy": "strictest"},
            Answer.ALLOWED,
        ),
    ),
    words=(
        "privacy security private preifatrwydd diogelwch",
        (
            "setting settings strict strictest level account accounts "
            "profile profiles gosodiad gosodiadau cyfrif cyfrifon"
        ),
    ),
    never=r"\bsettings?\b[^.;]{0,60}\bcheck(?:ed|s)?\b|\bcheck(?:ed|s)?\b[^.;]{0,60}\bsettings?\b",
    unlike="pupils’ notice statement password passwords username network systems server",
    knows="friends see possible",
)
OWN_DISCLAIMER = ReadyRule(
    key="own_disclaimer",
    group=OWN,
    title=_("Staff say that views are their own"),
    says=_("Staff who name the school on their own accounts say there that the views are their own."),
    rules=(
        {
            "ask": "personal.profile",
            "point": "own_disclaimer",
            "for": ["staff"],
            "when": {"names": {"includes_any": ["school", "federation"]}},
            "need": {"disclaimer": True},
            "ask_for": {"what": "own_disclaimer", "of": "private_person"},
        },
    ),
    examples=(
        Example(
            _("A colleague’s profile names the school but doesn’t say that the views are their own."),
            "personal.profile",
            {"by": TEACHER, "kind": "social_page", "names": ["school"], "disclaimer": said(False)},
            Answer.NOT_YET,
        ),
        Example(
            _("The profile says that the views are the colleague’s own."),
            "personal.profile",
            {"by": TEACHER, "kind": "social_page", "names": ["school"], "disclaimer": said(True)},
            Answer.ALLOWED,
        ),
        Example(
            _("The profile doesn’t name the school."),
            "personal.profile",
            {"by": TEACHER, "kind": "social_page", "names": []},
            Answer.SILENT,
        ),
    ),
    words=(
        "view views opinion opinions disclaimer barn farn ymwadiad",
        "own personal eu hunain personol",
        (
            "state say says make clear disclaimer profile account named attributed presented represent "
            "reflect behalf datgan nodi cyfrif proffil"
        ),
    ),
    unlike="picture pupil press",
    holds=r"\bmay (?:say|state|mention|give) (?:where they work|that they work [^,;.]{1,40}"
    r"|(?:the name of )?(?:the|their) school|their (?:job|employer))[^,;.]{0,30},? but\b",
)
OWN_LOGO = ReadyRule(
    key="own_logo",
    group=OWN,
    title=_("No school logo on own accounts"),
    says=_("The school’s logo is never used on private accounts."),
    modality=Modality.MUST_NOT,
    rules=(
        {
            "ask": "personal.profile",
            "point": "own_page_logo",
            "for": ["staff"],
            "forbid": {"shows": {"includes": "logo"}},
        },
    ),
    examples=(
        Example(
            _("A colleague’s own profile shows the school’s logo."),
            "personal.profile",
            {"by": TEACHER, "kind": "social_page", "shows": ["logo"]},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("It shows none."),
            "personal.profile",
            {"by": TEACHER, "kind": "social_page", "shows": []},
            Answer.ALLOWED,
        ),
    ),
    words=("logo logos crest badge branding arfbais", "own personal private staff official preifat personol"),
    holds=r",? (?:except|other than|unless it is) on (?:the |our )?official (?:\w+ )?"
    r"(?:page|account|site)s?\b",
    knows="appear",
)
_STAFF = r"staff|employees|teachers|colleagues?|co-workers?|cydweithwyr"
_FAMILIES = r"parents?|carers?|famil(?:y|ies)|rhieni|rhiant|teuluoedd"
_PUPILS = r"pupils?|students?|learners?|child(?:ren)?|young people|dd?isgybl(?:ion)?|plentyn|b?lant|plant"
_EMPLOYER = r"(?:school|academy|trust|federation|college|employer|workplace)"
_SCHOOL = (
    rf"(?:{_EMPLOYER}|work|job)(?:['’]s)?[- ](?:related )?"
    r"(?:business|matters?|issues?|affairs|life|policies|decisions)"
    rf"|(?:the|their|your) {_EMPLOYER}(?!['’]|s\b| (?:account|page|site|website|name|communit|staff|logo))"
    rf"|about {_EMPLOYER}|about (?:their |your |our |the )?(?:work|job)\b|(?:materion|busnes|am) (?:yr "
    r")?ysgol"
)
_FAMILY_OF = {"any": [{"relation": "parent"}, {"family_of_pupil": True}]}
NO_ONE: dict[str, object] = {"tells_confidence": said(False), "about_school": False, "people": []}
HARMLESS = dict.fromkeys(
    ("runs_down", "defames", "rude", "offends", "insults", "threatens", "discriminates"), said(False)
)


def _about(relation: str, *, family_of_pupil: bool = False) -> dict[str, object]:
    """Return the facts of a private post that talks about such a person."""
    people = [{"relation": relation, "discussed": True, "family_of_pupil": family_of_pupil}]
    return {**NO_ONE, "by": TEACHER, "people": people}


OWN_DISCRETION = ReadyRule(
    key="own_discretion",
    group=OWN,
    title=_("Own accounts say nothing of work"),
    says=_("Staff never discuss {about} on their own accounts."),
    modality=Modality.MUST_NOT,
    fields={
        "about": Several(
            _("What must not be discussed?"),
            {
                "pupils": _("Pupils"),
                "families": _("Parents and families"),
                "colleagues": _("Colleagues"),
                "governors": _("Governors"),
                "school": _("School matters of any kind"),
                "confidential": _("Confidential matters"),
            },
            said={
                "pupils": _("pupils"),
                "families": _("parents and families"),
                "colleagues": _("colleagues"),
                "governors": _("governors"),
                "school": _("school matters"),
                "confidential": _("confidential matters"),
            },
            hints={
                "pupils": _PUPILS,
                "families": _FAMILIES,
                "colleagues": _STAFF,
                "governors": r"governors?|governing body|llywodraethwyr",
                "school": _SCHOOL,
                "confidential": r"confiden\w+|(?:private|sensitive) (?:information|matters?)|cyfrinachol\w*",
            },
        ),
    },
    rules=(
        with_any(
            "about",
            ("confidential",),
            {
                "ask": "personal.post",
                "point": "own_confidences",
                "for": ["staff"],
                "forbid": {"tells_confidence": True},
            },
        ),
        with_any(
            "about",
            ("pupils", "families", "colleagues", "governors"),
            {
                "ask": "personal.post",
                "point": "others_discussed",
                "for": ["staff"],
                "each": "people",
                "when": {
                    "any": OfEach(
                        "about",
                        {
                            "pupils": {"relation": "pupil"},
                            "families": _FAMILY_OF,
                            "colleagues": {"relation": {"any_of": ["staff", "volunteer"]}},
                            "governors": {"relation": "governor"},
                        },
                    )
                },
                "forbid": {"discussed": True},
            },
        ),
        with_any(
            "about",
            ("school",),
            {
                "ask": "personal.post",
                "point": "own_school_matters",
                "for": ["staff"],
                "forbid": {"about_school": True},
            },
        ),
    ),
    examples=(
        Example(
            _("A teacher writes about a pupil on a private account."),
            "personal.post",
            _about("pupil"),
            Answer.NOT_ALLOWED,
            values={"about": ("pupils", "families", "confidential")},
        ),
        Example(
            _("A teacher writes about a pupil’s mother there."),
            "personal.post",
            _about("parent", family_of_pupil=True),
            Answer.NOT_ALLOWED,
            values={"about": ("families",)},
        ),
        Example(
            _("A teacher writes about a colleague there."),
            "personal.post",
            _about("staff"),
            Answer.NOT_ALLOWED,
            values={"about": ("colleagues",)},
        ),
        Example(
            _("A teacher writes about a colleague there."),
            "personal.post",
            _about("staff"),
            Answer.SILENT,
            values={"about": ("pupils",)},
        ),
        Example(
            _("A teacher writes about a meeting of staff there, and names no one."),
            "personal.post",
            {**NO_ONE, "by": TEACHER, "about_school": True},
            Answer.NOT_ALLOWED,
            values={"about": ("school",)},
        ),
        Example(
            _("A teacher tells something confidential there."),
            "personal.post",
            {**NO_ONE, "by": TEACHER, "tells_confidence": said(True)},
            Answer.NOT_ALLOWED,
            values={"about": ("pupils", "families", "confidential")},
        ),
        Example(
            _("A teacher writes about a holiday there."),
            "personal.post",
            {**NO_ONE, "by": TEACHER},
            Answer.ALLOWED,
            values={"about": ("pupils", "families", "confidential")},
        ),
    ),
    words=(
        (
            "confidential confidentiality discuss discussed discussion discussions comment comments mention "
            "mentioned reference references talk talked "
            "cyfrinachol trafod drafod cyfeirio gyfeirio son"
        ),
        (
            "pupil pupils student students children parent parents families governor "
            "colleague colleagues staff school matters information disgybl ddisgyblion "
            "disgyblion rhieni ysgol cydweithwyr llywodraethwyr"
        ),
        "own personal private outside social preifat personol cymdeithasol",
    ),
    unlike="journalists related picture image images video videos message password friend removed respond "
    "reply derogatory offensive abusive defamatory negative opinion opinions view views",
    never=r"^(?!staff|employees|teachers)(?:[\w’']+ ){0,2}groups? (?:must|should|may|will|are)\b",
)
_SAID_OF = {
    "school": {"about": "school"},
    "pupils": {"about": "pupil"},
    "people": {"about": {"any_of": ["member", "connected", "supplier"]}},
}
OWN_REMARKS = ReadyRule(
    key="own_remarks",
    group=OWN,
    title=_("No rude or harmful remarks on own accounts"),
    says=_("Staff make no offensive, defamatory or derogatory remarks about {about} on their own accounts."),
    modality=Modality.MUST_NOT,
    fields={
        "about": Several(
            _("Who are the remarks about?"),
            {
                "school": _("The school"),
                "pupils": _("Pupils"),
                "people": _("Colleagues, parents, governors and others linked with the school"),
            },
            said={
                "school": _("the school"),
                "pupils": _("pupils"),
                "people": _("anyone linked with the school"),
            },
            hints={
                "school": rf"{_SCHOOL}|yr ysgol",
                "pupils": _PUPILS,
                "people": rf"{_STAFF}|{_FAMILIES}|governors?|volunteers?|community|llywodraethwyr|cymuned",
            },
        ),
    },
    rules=(
        {
            "ask": "personal.post",
            "point": "own_remarks",
            "for": ["staff"],
            "each": "remarks",
            "when": {"any": OfEach("about", _SAID_OF)},
            "forbid": {
                "any": [
                    {one: True}
                    for one in (
                        "runs_down",
                        "defames",
                        "rude",
                        "offends",
                        "insults",
                        "threatens",
                        "discriminates",
                    )
                ]
            },
        },
    ),
    examples=(
        Example(
            _("A teacher insults a colleague on a private account."),
            "personal.post",
            {"by": TEACHER, "remarks": [{**HARMLESS, "about": "member", "insults": said(True)}]},
            Answer.NOT_ALLOWED,
            values={"about": ("people",)},
        ),
        Example(
            _("A teacher insults a colleague on a private account."),
            "personal.post",
            {"by": TEACHER, "remarks": [{**HARMLESS, "about": "member", "insults": said(True)}]},
            Answer.SILENT,
            values={"about": ("pupils",)},
        ),
        Example(
            _("No one has judged yet whether the remark is derogatory."),
            "personal.post",
            {"by": TEACHER, "remarks": [{**HARMLESS, "about": "school", "runs_down": None}]},
            Answer.NOT_YET,
            values={"about": ("school",)},
        ),
        Example(
            _("The remark about a colleague is kind."),
            "personal.post",
            {"by": TEACHER, "remarks": [{**HARMLESS, "about": "member"}]},
            Answer.ALLOWED,
            values={"about": ("people",)},
        ),
    ),
    words=(
        (
            "derogatory offensive abusive defamatory defame insulting insult disparaging disparage negative "
            "critical criticise rude belittle libellous slanderous malicious untrue unpleasant "
            "difrïol sarhaus difenwol"
        ),
        (
            "remark remarks comment comments post posts posting statement statements material content about "
            "sylw sylwadau postio"
        ),
        (
            "school pupil pupils student students colleague colleagues staff parent parents governor "
            "governors community anyone others trust federation academy ysgol disgyblion cydweithwyr rhieni"
        ),
        (
            "staff employee employees teacher teachers own personal private colleague colleagues "
            "personol preifat"
        ),
    ),
    unlike=(
        "remove removed delete deleted report reported reports respond reply victim targeted page pages "
        "incident screenshot screenshots block blocked"
    ),
)
OWN_WORKPLACE = ReadyRule(
    key="own_workplace",
    group=OWN,
    title=_("The school isn’t named on own accounts"),
    says=_("Staff never say on their own accounts that they work at the school."),
    modality=Modality.MUST_NOT,
    rules=(
        {
            "ask": "personal.profile",
            "point": "own_page_details",
            "for": ["staff"],
            "forbid": {"names": {"includes_any": ["school", "federation"]}},
            "say": "private.names_school",
            "kept": "private.names_no_school",
        },
    ),
    examples=(
        Example(
            _("A colleague’s profile gives the school as employer."),
            "personal.profile",
            {"by": TEACHER, "kind": "social_page", "names": ["school"]},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("The profile doesn’t name the school."),
            "personal.profile",
            {"by": TEACHER, "kind": "social_page", "names": []},
            Answer.ALLOWED,
        ),
    ),
    never=r"\b(?:concerns?|frustrations?|complaints?)\b|\bin the name of\b"
    r"|\b(?:open|creat|set up|start)\w*\b.{0,40}\b(?:accounts?|pages?|profiles?)\b",
    words=(
        (
            "name identify identified state say says mention list associate associated associating "
            "workplace appear reference employer enwi enw dweud nodi cysylltu gysylltu chysylltu ymddangos"
        ),
        "not never no don cannot remove ni nid peidio beidio peidiwch chaiff ddylai dim",
        (
            "own personal private profile profiles facebook social themselves eu hunain personol preifat "
            "bersonol proffil broffil"
        ),
        (
            "school trust federation employer employers workplace work works employee employees ysgol "
            "gweithle gweithio"
        ),
    ),
    unlike=(
        "group groups "
        "disclaimer views opinions logo pupil pupils parent parents contact friend friends phone picture "
        "pictures image images colleagues privacy settings email post posts hours time devices equipment "
        "photograph "
        "photographs photo photos details damage disclaimer cover covers during risk harm"
    ),
    holds=r"\bwhere (?:they|you|i|staff) works?\b",
    knows="preschool nursery job work where place ble gweithio employer",
)
OWN_GOOD_NAME = ReadyRule(
    key="own_good_name",
    group=OWN,
    title=_("Nothing that brings the school into disrepute"),
    says=_("Staff post nothing on their own accounts that brings the school into disrepute."),
    modality=Modality.MUST_NOT,
    rules=(
        {
            "ask": "personal.post",
            "point": "own_good_name",
            "for": ["staff"],
            "forbid": {"harms_reputation": True},
            "say": "private.harms_reputation",
        },
    ),
    examples=(
        Example(
            _("A teacher writes something that puts the school in a bad light."),
            "personal.post",
            {"by": TEACHER, "harms_reputation": said(True)},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A teacher writes about a walk with the dog."),
            "personal.post",
            {"by": TEACHER, "harms_reputation": said(False)},
            Answer.ALLOWED,
        ),
    ),
    words=(
        (
            "disrepute reputation reputational damage damages harm harms bad embarrass anfri enw da "
            "niwed niweidio "
            "difrïo"
        ),
        ("school academy trust federation college employer ysgol academi ymddiriedolaeth ffederasiwn"),
        (
            "staff employees employee colleagues own personal personally private post online anything "
            "nothing staff personol"
        ),
    ),
    unlike=(
        "account accounts hacked comment comments pupils students remove removed crisis incident press child"
    ),
)
WORKING_TIME = ReadyRule(
    key="working_time",
    group=OWN,
    title=_("No private social media in working time"),
    says=_("Staff do not use social media for private purposes in working time."),
    modality=Modality.MUST_NOT,
    rules=(
        {
            "ask": "equipment.use",
            "point": "private_use_at_work",
            "for": ["staff"],
            "when": {"social_media": True, "working_time": True},
            "forbid": {"purpose": "private"},
        },
    ),
    examples=(
        Example(
            _("A teacher looks at Facebook while the class works."),
            "equipment.use",
            {"by": TEACHER, "social_media": True, "working_time": True, "purpose": "private"},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A teacher answers a comment on the school’s page in working time."),
            "equipment.use",
            {"by": TEACHER, "social_media": True, "working_time": True, "purpose": "school"},
            Answer.ALLOWED,
        ),
        Example(
            _("A teacher looks at Facebook in the lunch break."),
            "equipment.use",
            {"by": TEACHER, "social_media": True, "working_time": False, "purpose": "private"},
            Answer.SILENT,
        ),
    ),
    words=(
        "social media facebook cymdeithasol cyfryngau",
        "access accesses accessing browse browsing go private personal personally own preifat personol",
        "working work contracted directed lesson lessons teaching gwaith gweithio gwersi",
        "time hours during lessons amser oriau yn ystod",
    ),
    unlike=("profile friend friends phone phones pupils parents reply comments answered posts privacy"),
    never=r"\b(?:school|official|our|shared) (?:\w+ )?(?:accounts?|pages?)\b",
    holds=r",? (?:except|other than|unless|but not|apart from) (?:for |in |during |at |on )?"
    r"(?:their |the |a )?(?:official |designated |own )?"
    r"(?:lunch ?)?(?:breaks?|break times?|lunch(?: ?times?| hours?)?)\b",
)
SCHOOL_EQUIPMENT = ReadyRule(
    key="school_equipment",
    group=OWN,
    title=_("No private social media on the school’s equipment"),
    says=_("Staff do not use social media for private purposes on {what}."),
    modality=Modality.MUST_NOT,
    fields={
        "what": Several(
            _("On what is it not allowed?"),
            {"devices": _("The school’s computers and phones"), "network": _("The school’s network")},
            said={"devices": _("the school’s devices"), "network": _("the school’s network")},
            hints={
                "devices": r"(?:school|work|our|academy|trust)[’']?s? (?:\w+ ){0,2}?(?:devices?|computers?"
                r"|laptops?|phones?|equipment|ipads?|tablets?|ict|it)|cyfrifiadur\w*|dyfeis\w*",
                "network": r"networks?|wi-?fi|internet (?:connection|access)|rhwydwaith\w*",
            },
        )
    },
    rules=(
        {
            "ask": "equipment.use",
            "point": "school_computers",
            "for": ["staff"],
            "when": {"social_media": True, "purpose": "private"},
            "forbid": {
                "any": OfEach("what", {"devices": {"device": "school"}, "network": {"network": "school"}})
            },
        },
    ),
    examples=(
        Example(
            _("A teacher opens Facebook on the school’s laptop in the lunch break."),
            "equipment.use",
            {"by": TEACHER, "social_media": True, "device": "school", "purpose": "private"},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A teacher looks at Facebook on a phone, over the school’s wifi."),
            "equipment.use",
            {
                "by": TEACHER,
                "social_media": True,
                "device": "own",
                "network": "school",
                "purpose": "private",
            },
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("A teacher looks at Facebook on a phone, without the school’s network."),
            "equipment.use",
            {"by": TEACHER, "social_media": True, "device": "own", "network": "own", "purpose": "private"},
            Answer.ALLOWED,
        ),
        Example(
            _("A teacher answers a comment on the school’s page from the school’s laptop."),
            "equipment.use",
            {
                "by": TEACHER,
                "social_media": True,
                "device": "school",
                "network": "school",
                "purpose": "school",
            },
            Answer.SILENT,
        ),
    ),
    words=(
        "social media facebook networking cymdeithasol cyfryngau",
        (
            "device devices computer computers laptop laptops equipment network networks wifi systems ict "
            "cyfrifiadur cyfrifiaduron dyfais dyfeisiau rhwydwaith rhwydweithiau"
        ),
        "school work our academy trust college ysgol gwaith",
        "private personal personally own preifat personol",
        "not never no permitted allowed only forbidden prohibited ni nid na peidio",
    ),
    unlike=(
        "account accounts profile friend friends pupils pupil parents parental visitors picture pictures "
        "photograph photographs images film upload post posted password passwords stored"
    ),
    knows="resources communications systems",
)
OWN_PICTURES = ReadyRule(
    key="own_pictures",
    group=OWN,
    title=_("No pictures of pupils on own accounts"),
    says=_("Staff never put pictures or films of pupils on their own accounts."),
    modality=Modality.MUST_NOT,
    rules=(
        {
            "ask": "image.share",
            "point": "pupil_pictures",
            "for": ["staff"],
            "when": {"shows_pupils": True},
            "forbid": {"place": {"any_of": ["private_account", "elsewhere"]}},
        },
    ),
    examples=(
        Example(
            _("A teacher wants to put a class photo on her own page."),
            "image.share",
            {"by": TEACHER, "act": "upload", "place": "private_account", "shows_pupils": True},
            Answer.NOT_ALLOWED,
        ),
        Example(
            _("The photo goes on the school’s page."),
            "image.share",
            {"by": TEACHER, "act": "upload", "place": "official_account", "shows_pupils": True},
            Answer.ALLOWED,
        ),
        Example(
            _("Her own photo shows no pupil."),
            "image.share",
            {"by": TEACHER, "act": "upload", "place": "private_account", "shows_pupils": False},
            Answer.SILENT,
        ),
    ),
    words=(
        (
            "picture pictures photo photos photograph photographs image images film films video videos "
            "llun lluniau ffotograff ffotograffau ffilm ffilmiau fideo fideos"
        ),
        (
            "pupil pupils student students child children learner learners school disgybl disgyblion "
            "ddisgyblion plentyn plant blant ysgol"
        ),
        "own personal private preifat personol",
        (
            "post posts posted publish published put upload uploaded share shared web page pages account "
            "accounts media site sites postio cyhoeddi rhannu cyfrif cyfrifon tudalen"
        ),
    ),
    unlike=(
        "device devices phone phones camera cameras equipment consent permission logo parents friend "
        "taken take store stored settings"
    ),
)
