"""Pictures and names."""

from schoolgate.rulebook.adviser.entry import Entry
from schoolgate.rulebook.adviser.plain_post import FINE_PICTURE, PLAIN
from schoolgate.rulebook.sentences import gettext_noop

ENTRIES = (
    Entry(
        "school-picture-own-page", "pictures",
        gettext_noop("May I put a school photograph on my own page?"),
        "image.share",
        "upload photo from school trip sports day prom class photo my facebook instagram personal account",
        "rhoi llun o'r ysgol ar fy nhudalen fy hun",
        {"act": "upload", "place": "private_account", "school_photograph": True, "people": []},
    ),
    Entry(
        "pupil-picture-own-page", "pictures",
        gettext_noop("May I put a picture of pupils on my own page?"),
        "image.share",
        "photo student children kids my facebook instagram upload post video",
        "llun disgyblion ar fy nhudalen fy hun",
        {"act": "upload", "place": "private_account", "shows_pupils": True,
         "people": [{"key": "one", "relation": "pupil", "shown": True}]},
    ),
    Entry(
        "pupil-picture-website", "pictures",
        gettext_noop("May a picture of pupils go on the school's website?"),
        "image.share",
        "photo student children web site homepage newsletter upload",
        "llun disgyblion gwefan wefan yr ysgol",
        {"act": "upload", "place": "website", "shows_pupils": True, "people": []},
    ),
    Entry(
        "pupil-picture-official", "pictures",
        gettext_noop("May a picture of pupils go on an account of the school?"),
        "post.publish",
        "photo student children official post twitter facebook consent permission parents list",
        "llun disgyblion cyfrif yr ysgol caniatâd",
        {
            **PLAIN, "has_picture": True,
            "people": [{"key": "one", "relation": "pupil", "shown": True, "named": "no", "consents": []}],
            "picture": FINE_PICTURE,
        },
        not_asked=frozenset({"people.0.connected"}),
    ),
    Entry(
        "colleague-picture", "pictures",
        gettext_noop("May I put a picture of colleagues online?"),
        "image.share",
        "photo staff teacher night out party upload facebook tagged",
        "llun cydweithwyr staff ar-lein",
        {"act": "upload", "place": "private_account", "shows_pupils": False,
         "people": [{"key": "one", "relation": "staff", "shown": True}]},
    ),
    Entry(
        "pass-on-picture", "pictures",
        gettext_noop("May I pass on a picture of the school that others put up?"),
        "image.share",
        "share retweet repost photo forward school account",
        "rhannu llun a roddodd eraill",
        {"act": "share", "people": []},
    ),
    Entry(
        "accidental-picture", "pictures",
        gettext_noop("I took a picture by accident that could be misread"),
        "image.taken",
        "photo mistake embarrassing compromising inappropriate delete changing swimming",
        "llun damwain camddehongli dileu",
        {"by_accident": True, "found_at": "$now", "told": []},
    ),
    Entry(
        "name-beside-picture", "pictures",
        gettext_noop("May a pupil's name stand beside their picture?"),
        "post.publish",
        "naming full name first name caption photo student label tag children names",
        "enw disgybl wrth ymyl llun",
        {
            **PLAIN, "has_picture": True,
            "people": [{"key": "one", "relation": "pupil", "shown": True, "consents": []}],
            "picture": FINE_PICTURE,
        },
        not_asked=frozenset({"people.0.opted_out", "people.0.do_not_publish", "people.0.connected"}),
    ),
    Entry(
        "picture-of-my-child", "pictures",
        gettext_noop("May the school show a picture of my child with their name?"),
        "post.publish",
        "photo daughter son consent permission name online facebook school posted",
        "llun o fy mhlentyn enw caniatâd",
        {
            "author": {"key": "school", "relation": "staff"},
            **PLAIN, "has_picture": True,
            "people": [{"key": "one", "relation": "pupil", "shown": True, "consents": []}],
            "picture": FINE_PICTURE,
        },
        staff=False, public=True,
        not_asked=frozenset({"people.0.opted_out", "people.0.do_not_publish", "people.0.connected"}),
    ),
)  # fmt: skip
