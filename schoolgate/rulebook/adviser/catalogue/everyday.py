"""When something goes wrong; devices and networks; the policy itself."""

from typing import Any

from schoolgate.rulebook.adviser.entry import Entry
from schoolgate.rulebook.sentences import gettext_noop


def _happened(**said: Any) -> dict[str, Any]:
    return {
        "noticed_at": "$now", "told": [], "breach": "none", "unacceptable": "$no", "harmed": [], "child": [],
        "may_be_illegal": False, "put_right": False, "chosen": [], "agreed_route": False,
        "first_happened": "$today", **said,
    }  # fmt: skip


ENTRIES = (
    Entry(
        "i-am-attacked", "incidents",
        gettext_noop("Somebody attacks or pesters me online because of my work"),
        "incident.report",
        "abuse harass bully cyberbullying troll threat insult trolled defamed fake rumours about me",
        "ymosod aflonyddu bwlio ar-lein arnaf",
        _happened(part="suffered", kinds=["abuse", "pestered", "targeted"], harmed=["staff"]),
    ),
    Entry(
        "i-made-a-mistake", "incidents", gettext_noop("I posted something by mistake"),
        "incident.report",
        "wrong account error slip accidentally sent posted regret put right own up",
        "camgymeriad postio ar ddamwain",
        _happened(part="did", kinds=["mistake"]),
    ),
    Entry(
        "colleague-breaks-rules", "incidents",
        gettext_noop("I saw that a colleague uses social media against the policy"),
        "incident.report",
        "report teacher staff misuse breach whistle blowing inappropriate breaking rules",
        "cydweithiwr torri'r rheolau adrodd",
        _happened(part="saw", kinds=["misuse"], done_by="staff", breach="discovered"),
    ),
    Entry(
        "worry-about-child", "incidents",
        gettext_noop("I am worried about a child because of something online"),
        "incident.report",
        "safeguarding concern pupil disclosed told me harm grooming sexting self harm child protection",
        "poeni am blentyn diogelu pryder",
        _happened(part="saw", kinds=["worry"], child=["discloses_information"]),
        urgent=True,
    ),
    Entry(
        "pupil-contacts-own-account", "incidents",
        gettext_noop("A pupil keeps writing to me on my own account. Whom do I tell?"),
        "incident.report",
        "report messages student inappropriate sent picture repeatedly private account",
        "disgybl yn dal i ysgrifennu ataf pwy i'w hysbysu",
        _happened(part="suffered", kinds=["worry"], child=["sent_to_own_account"]),
        urgent=True,
    ),
    Entry(
        "account-taken-over", "incidents", gettext_noop("An account of the school was taken over or misused"),
        "incident.report",
        "hacked hijacked stolen password strange posts broken into",
        "hacio cyfrif yr ysgol camddefnyddio",
        _happened(part="saw", kinds=["account_abuse"]),
    ),
    Entry(
        "data-got-out", "incidents", gettext_noop("Personal data of pupils or others got out"),
        "incident.report",
        "breach leak gdpr names addresses published sent to wrong person data protection confidential",
        "data personol wedi gollwng torri",
        _happened(part="saw", kinds=["data_protection_breach"]),
    ),
    Entry(
        "seen-online", "incidents",
        gettext_noop("I saw something online that puts the school in a bad light"),
        "listening.found",
        "bad press negative post reputation someone says about school found report",
        "gweld rhywbeth drwg am yr ysgol ar-lein",
        {"bad_light": True},
    ),
    Entry(
        "school-computer", "devices",
        gettext_noop("May I use a school computer for my own social media?"),
        "equipment.use",
        "facebook on work laptop pc break lunch private use",
        "cyfrifiadur ysgol defnydd preifat",
        {"device": "school", "system": "none", "purpose": "private", "social_media": True, "at_work": True},
    ),
    Entry(
        "own-phone-at-work", "devices", gettext_noop("May I use my own phone for social media at work?"),
        "equipment.use",
        "mobile smartphone personal device lesson break staffroom wifi in class",
        "ffôn fy hun yn y gwaith",
        {"device": "own", "system": "none", "purpose": "private", "social_media": True, "at_work": True},
    ),
    Entry(
        "school-network", "devices", gettext_noop("May I use the school's network for private matters?"),
        "equipment.use",
        "wifi wi-fi internet connection own phone tablet",
        "rhwydwaith wifi yr ysgol preifat",
        {"network": "school", "system": "none", "purpose": "private", "at_work": True},
    ),
    Entry(
        "work-mail-private", "devices", gettext_noop("May I use my work e-mail for private matters?"),
        "equipment.use",
        "school email address sign up register facebook account personal shopping",
        "ebost gwaith materion preifat",
        {"system": "work_mail", "purpose": "private"},
    ),
    Entry(
        "too-much", "devices", gettext_noop("Is somebody spending too much time on social media at work?"),
        "equipment.overuse",
        "excessive wasting time disciplinary overuse all day on phone",
        "gormod o amser yn y gwaith",
    ),
    Entry(
        "school-systems", "devices", gettext_noop("What may the school's systems be used for?"),
        "systems.use",
        "computer own business gain sell unlawful private files no privacy",
        "systemau'r ysgol defnydd",
        {"against": []},
    ),
    Entry(
        "am-i-monitored", "devices", gettext_noop("May the school monitor what I do on its systems?"),
        "systems.monitor",
        "monitoring spy read my emails messages browsing history keystrokes logged",
        "monitro darllen fy ebost systemau",
        {"of_staff": True, "on_systems": True, "act": "access", "object": "messages"},
    ),
    Entry(
        "am-i-bound", "policy", gettext_noop("Does this policy bind me?"),
        "policy.binds",
        "apply to me volunteer governor parent contractor supply agency who does it cover rules for",
        "ydy'r polisi hwn yn fy rhwymo i",
        {"rule_wording": "unmarked"},
        public=True,
    ),
    Entry(
        "is-it-covered", "policy",
        gettext_noop("Is this network, tool or game covered by the policy?"),
        "policy.covers",
        "whatsapp tiktok snapchat youtube minecraft discord blog forum wiki game app apply",
        "ydy'r offeryn hwn o dan y polisi",
        {"markers": [], "represents": "none", "to": ["public"]},
        public=True,
    ),
    Entry(
        "canvass", "own",
        gettext_noop("May I promote something or collect for it?"),
        "promotion.ask",
        "advertise advertising sell selling charity fundraising business petition campaign political",
        "hysbysebu gwerthu elusen codi arian deiseb ymgyrch",
    ),
    Entry(
        "suggest-change", "policy", gettext_noop("May I suggest a change of the policy?"),
        "policy.suggest",
        "improve idea feedback comment on policy wrong better disagree",
        "awgrymu newid i'r polisi",
        {"kind": "suggestion", "sent_to": []},
    ),
    Entry(
        "ask-for-help", "policy", gettext_noop("Where do I get help with social media?"),
        "guidance.ask",
        "advice guidance training support who can help tips safe online",
        "cael help gyda chyfryngau cymdeithasol",
        public=True,
    ),
    Entry(
        "what-is-held", "policy",
        gettext_noop("May I see what the school has about me from social networks?"),
        "record.disclose",
        "subject access request freedom of information foi data my records copy",
        "gweld yr hyn sydd gan yr ysgol amdanaf",
        public=True,
    ),
    Entry(
        "does-leave-count", "policy", gettext_noop("I have leave from somebody. Does it count?"),
        "permission.counts",
        "permission consent agreed verbally head said yes in writing text message",
        "caniatâd ydy'n cyfrif ysgrifenedig",
        {"used_at": "$now", "given": {"by": "one"}},
    ),
)  # fmt: skip
