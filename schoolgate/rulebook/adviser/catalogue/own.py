"""People's own accounts and posts, and what stays of the job after it."""

from typing import Any

from schoolgate.rulebook.adviser.entry import Entry
from schoolgate.rulebook.sentences import gettext_noop

JUDGED = (
    "harms_professional_standards", "harms_reputation", "tells_confidence", "ties_to_unlawful", "unsuitable",
    "endangers_children", "own_details_risky", "disrespectful", "unprofessional", "discourteous",
    "touchy_school_matter", "contradicts_policy", "ill_fits_professional_face", "against_disciplinary_rules",
)  # fmt: skip
QUIET: dict[str, Any] = {
    **dict.fromkeys(JUDGED, "$no"),
    "has_left": False, "site": "social", "outside_school": True, "refers": False, "affects": False,
    "about_school": False, "children_in_it": False, "towards_people_here": False, "gives_own_details": False,
    "voice": "I", "reference": "none", "could_hurt": [], "criticises": False, "internal": False,
}  # fmt: skip
"""A post that hurts nobody and tells nothing of the school: each entry says what is otherwise."""
OPEN = (None,)


def _post(*asked: str, **said: Any) -> dict[str, Any]:
    return {name: value for name, value in {**QUIET, **said}.items() if name not in asked}


ENTRIES = (
    Entry(
        "own-account", "own", gettext_noop("May I have a private account at all?"),
        "personal.account",
        "allowed to use facebook instagram tiktok twitter personal profile social media at home",
        "cyfrif preifat personol hawl",
    ),
    Entry(
        "say-where-i-work", "own", gettext_noop("May I say on my own profile where I work?"),
        "personal.profile",
        "name the school employer job bio linkedin facebook workplace mention disclaimer views my own",
        "dweud ble rwy'n gweithio proffil enw'r ysgol",
        {
            "kind": "social_page", "names": ["school"], "links_to": ["school"], "affects": [],
            "shows": [], "has_pictures": False, "pictures_by_others": False, "tagged": False,
            "gives_own_details": False, "disclaimer_easily_seen": "$yes",
        },
        not_asked=frozenset({"privacy", "contact_address"}),
    ),
    Entry(
        "own-blog", "own", gettext_noop("May I write a blog or a web page of my own about my work?"),
        "personal.profile",
        "blogging website disclaimer views are my own teaching blog",
        "blog gwefan fy hun am fy ngwaith",
        {
            "kind": "blog", "names": ["school"], "links_to": [], "affects": [], "shows": [],
            "has_pictures": False, "pictures_by_others": False, "tagged": False, "gives_own_details": False,
            "disclaimer_easily_seen": "$yes",
        },
        not_asked=frozenset({"privacy", "contact_address"}),
    ),
    Entry(
        "logo-own-page", "own", gettext_noop("May I use the school's logo on my own page?"),
        "personal.profile",
        "badge crest emblem brand branding picture personal profile",
        "logo bathodyn yr ysgol ar fy nhudalen",
        {
            "names": [], "links_to": [], "affects": [], "shows": ["logo"], "has_pictures": False,
            "pictures_by_others": False, "tagged": False, "gives_own_details": False,
            "disclaimer_easily_seen": "$yes",
        },
        not_asked=frozenset({"privacy", "contact_address", "disclaimer", "kind"}),
    ),
    Entry(
        "own-settings", "own", gettext_noop("How should the settings of my own profile be?"),
        "personal.profile",
        "privacy settings lock down strict public profile email address who can see photos tagged tagging",
        "gosodiadau preifatrwydd fy mhroffil",
        {"kind": "social_page", "names": [], "links_to": [], "affects": [], "shows": [],
         "disclaimer_easily_seen": "$yes"},
        not_asked=frozenset({"disclaimer"}),
    ),
    Entry(
        "post-about-school", "own", gettext_noop("May I write about the school on my own account?"),
        "personal.post",
        "post mention school work my day tweet status personal facebook talk about job",
        "ysgrifennu am yr ysgol ar fy nghyfrif fy hun",
        _post("about_school", "marked_as_own", "audience", "internal", "tells_confidence", "harms_reputation",
              refers=True, affects=False),
    ),
    Entry(
        "criticise-school", "own", gettext_noop("May I criticise the school on my own account?"),
        "personal.post",
        "complain moan rant unhappy disagree with head management criticism negative review slag off",
        "beirniadu cwyno am yr ysgol",
        _post("internal", "audience", "marked_as_own", "harms_reputation",
              refers=True, about_school=True, criticises=True,
              remarks=[{"about": "school", "defames": "$no", "rude": "$no", "threatens": "$no",
                        "improper": "$no"}]),
    ),
    Entry(
        "post-about-pupil", "own", gettext_noop("May I write about a pupil on my own account?"),
        "personal.post",
        "mention student child my class funny thing said tweet story about kids",
        "ysgrifennu am ddisgybl ar fy nghyfrif",
        _post("tells_confidence", "marked_as_own", refers=True, about_school=True, children_in_it=True,
              people=[{"relation": "pupil", "discussed": True, "known_from_work": True}]),
    ),
    Entry(
        "post-about-colleague", "own",
        gettext_noop("May I write about a colleague or a parent on my own account?"),
        "personal.post",
        "mention teacher boss head mum dad staff gossip talk about discuss",
        "ysgrifennu am gydweithiwr neu riant",
        _post("disrespectful", "marked_as_own", refers=True, about_school=True, towards_people_here=True,
              people=[{"discussed": True}]),
    ),
    Entry(
        "work-information", "own", gettext_noop("May I share something that I know from work?"),
        "personal.post",
        "confidential information secret leak inside document data tell others disclose learnt at work",
        "rhannu gwybodaeth gyfrinachol o'r gwaith",
        _post("tells_confidence", about_school=True, refers=True, affects=False,
              information=[{"act": "disclose"}]),
    ),
    Entry(
        "recommend-somebody", "own", gettext_noop("May I recommend somebody online, or warn of them?"),
        "personal.post",
        "reference endorse linkedin recommendation endorsement testimonial former colleague pupil",
        "argymell geirda rhybuddio ar-lein",
        _post("reference", "site"),
    ),
    Entry(
        "share-on-network", "own", gettext_noop("Who can get at what I share on a social network?"),
        "sharing.considered",
        "freedom of information data protection law closed group private message public share disclosed",
        "rhyddid gwybodaeth diogelu data rhannu grŵp caeedig",
    ),
    Entry(
        "after-leaving", "own", gettext_noop("I am leaving. What may I still tell of my work?"),
        "personal.leaving",
        "leave job resign retire confidential confidentiality afterwards new job secrets",
        "gadael swydd cyfrinachedd wedyn",
        {"answered": "not_yet"},
        not_asked=frozenset({"reminded_on"}),
    ),
    Entry(
        "wikipedia", "own", gettext_noop("May I change an article in Wikipedia?"),
        "encyclopaedia.edit",
        "edit encyclopedia wiki page entry article at work",
        "golygu wicipedia gwyddoniadur erthygl",
    ),
    Entry(
        "school-watches", "own", gettext_noop("May the school watch somebody's private account?"),
        "personal.watch",
        "spy check look at my facebook monitor staff personal page searching for me",
        "gwylio cyfrif preifat ysbïo",
        public=True,
    ),
    Entry(
        "told-to-remove", "own", gettext_noop("Can I be told to take down what I posted?"),
        "posting.withdraw",
        "remove delete my post forced ordered asked to take it down",
        "tynnu i lawr yr hyn a bostiais",
        {"told": True, "told_at": "$now", "gone": False},
    ),
)  # fmt: skip
