"""Being in contact on social media, and messages."""

from typing import Any

from schoolgate.rulebook.adviser.entry import Entry
from schoolgate.rulebook.sentences import gettext_noop

STAFF = ("staff", "governor", "volunteer", "friend", "contractor")


def _own(act: str, relation: str | None, **other: Any) -> dict[str, Any]:
    said = {"relation": relation, **other} if relation else other
    if relation == "pupil":  # nothing here turns on a leaving day or a child of theirs
        said = {"also": [], "left_on": None, "child_on_roll": False, "on_roll": True, **said}
    elif relation == "former_pupil":
        said = {"child_on_roll": False, "on_roll": False, **said}
    elif relation == "parent":
        said = {"left_on": None, "date_of_birth": None, "on_roll": False, **said}
    elif relation == "earlier_school_pupil":
        said = {"also": [], "left_on": None, "child_on_roll": False, **said}
    return {"channel": "personal", "act": act, "other": said}


ENTRIES = (
    Entry(
        "former-pupil-asks", "contacts",
        gettext_noop("A former pupil wants to follow me or be my friend on my own account"),
        "contact.accept",
        "accept friend request follow ex pupil past student alumni old girl old boy left school last year",
        "cyn-ddisgybl gofyn ffrind dilyn derbyn cais",
        _own("accept", "former_pupil"),
    ),
    Entry(
        "follow-former-pupil", "contacts",
        gettext_noop("I want to follow a former pupil, or ask them to be my friend"),
        "contact.accept",
        "add invite send request ex pupil past student alumni reconnect stay in touch",
        "dilyn gwahodd cyn-ddisgybl",
        _own("invite", "former_pupil"),
    ),
    Entry(
        "pupil-asks", "contacts",
        gettext_noop("A pupil wants to follow me or be my friend on my own account"),
        "contact.accept",
        "accept friend request student child kid class follower adds me snapchat instagram facebook",
        "disgybl gofyn ffrind dilyn derbyn cais",
        _own("accept", "pupil"),
    ),
    Entry(
        "follow-pupil", "contacts",
        gettext_noop("I want to follow a pupil from my own account"),
        "contact.accept",
        "add student child friend look at their page",
        "dilyn disgybl o fy nghyfrif",
        _own("follow", "pupil"),
    ),
    Entry(
        "pupil-writes", "contacts",
        gettext_noop("A pupil writes to me on my own account. May I answer?"),
        "contact.accept",
        "reply message dm private message student child sent me chat contacts me",
        "disgybl anfon neges ataf ateb",
        _own("interact", "pupil"),
    ),
    Entry(
        "parent-asks", "contacts",
        gettext_noop("A parent wants to be my friend on my own account"),
        "contact.accept",
        "accept friend request mum dad mother father carer of my class follow",
        "rhiant mam tad eisiau bod yn ffrind",
        _own("accept", "parent"),
    ),
    Entry(
        "earlier-school", "contacts",
        gettext_noop("A pupil of a school where I worked before wants to be in contact"),
        "contact.accept",
        "previous school old school used to teach taught friend request accept",
        "ysgol flaenorol disgybl cyswllt",
        _own("accept", "earlier_school_pupil"),
    ),
    Entry(
        "family-pupil", "contacts",
        gettext_noop("A pupil here is family of mine. May we be in contact online?"),
        "contact.accept",
        "son daughter niece nephew cousin relative my own child grandchild sister brother",
        "teulu mab merch nai nith perthynas",
        _own("accept", "pupil", family=True),
    ),
    Entry(
        "colleague-contact", "contacts",
        gettext_noop("I want to be linked with a colleague on my own account"),
        "personal.connect",
        "co-worker teacher friend staff member boss head linkedin add request",
        "cydweithiwr cysylltu ffrind",
        {"other_relation": "staff"},
    ),
    Entry(
        "pupil-follows-school", "contacts",
        gettext_noop("A pupil wants to follow an account of the school"),
        "contact.accept",
        "official department page follower student subscribe",
        "disgybl dilyn cyfrif swyddogol ysgol",
        {"channel": "official", "act": "accept", "other": {"relation": "pupil", "also": [], "family": False}},
        not_asked=frozenset({"other.left_on", "other.date_of_birth", "other.child_on_roll", "other.on_roll"}),
    ),
    Entry(
        "left-the-school", "contacts",
        gettext_noop("I no longer work here. May I be in contact with pupils?"),
        "contact.accept",
        "left my job retired moved on former teacher ex staff leaver pupil friend",
        "wedi gadael y swydd ymddeol disgyblion cyswllt",
        {**_own("accept", None), "person": {"bound_as": "leaver"}},
    ),
    Entry(
        "friend-of-site", "contacts",
        gettext_noop("Somebody wants to become a friend of our school's site"),
        "friend.admit",
        "accept member join group page follower stranger request site organisation charity",
        "ffrind safle ymuno tudalen yr ysgol",
        {"as_what": "friend"},
    ),
    Entry(
        "pupil-phone", "messages",
        gettext_noop("I want to write to a pupil from my own phone or e-mail"),
        "message.send",
        "text whatsapp message ring private number gmail student sms call personal email",
        "anfon neges ebost ffôn disgybl preifat",
        {"from_account": "personal", "to_relation": "pupil", "direction": "outgoing"},
        not_asked=frozenset({"profile"}),
    ),
    Entry(
        "pupil-message-official", "messages",
        gettext_noop("I want to send a message to a pupil from a school account"),
        "message.send",
        "dm direct message student official one pupil alone homework",
        "anfon neges disgybl cyfrif yr ysgol",
        {"from_account": "official", "to_relation": "pupil", "pupils": 1, "direction": "outgoing"},
        not_asked=frozenset({"profile"}),
    ),
    Entry(
        "group-chat", "messages",
        gettext_noop("I want a group chat with pupils"),
        "message.send",
        "whatsapp group team class trip choir sports club messages several students chat",
        "sgwrs grŵp disgyblion whatsapp tîm",
        {"to_relation": "pupil", "pupils": 12, "direction": "outgoing", "way": "social"},
        not_asked=frozenset({"profile"}),
    ),
    Entry(
        "parent-message", "messages",
        gettext_noop("I want to write to parents from my own account"),
        "message.send",
        "whatsapp class parents group message mum dad carer facebook private",
        "anfon neges rhieni grŵp preifat",
        {"from_account": "personal", "to_relation": "parent", "direction": "outgoing"},
        not_asked=frozenset({"profile"}),
    ),
    Entry(
        "staff-and-parent", "contacts",
        gettext_noop("I am a parent. May a member of staff be my friend online?"),
        "contact.accept",
        "teacher befriend follow mum dad facebook friend request to my child's teacher",
        "rhiant athro athrawes ffrind ar-lein",
        {**_own("accept", "parent"), "person": {"bound_as": "staff"}},
        staff=False, public=True,
    ),
    Entry(
        "staff-and-pupil", "contacts",
        gettext_noop("I am a pupil. May a member of staff follow me or be my friend online?"),
        "contact.accept",
        "teacher befriend snapchat instagram message add student sir miss coach",
        "disgybl athro athrawes dilyn ffrind ar-lein",
        {**_own("accept", "pupil"), "person": {"bound_as": "staff"}},
        staff=False, public=True,
    ),
    Entry(
        "staff-writes-to-pupil", "messages",
        gettext_noop("May a member of staff write to a pupil from their own phone or account?"),
        "message.send",
        "teacher text whatsapp message private student my child email number",
        "athro ysgrifennu neges disgybl ffôn preifat",
        {
            "by": {"key": "school", "relation": "staff"}, "from_account": "personal",
            "to_relation": "pupil", "direction": "outgoing",
        },
        staff=False, public=True,
        not_asked=frozenset({"profile"}),
    ),
    Entry(
        "my-comment-deleted", "comments", gettext_noop("May the school delete my comment?"),
        "item.remove",
        "removed hidden taken down censored blocked why was my post deleted complain",
        "dileu fy sylw tynnu i lawr",
        {"by": {"key": "school", "relation": "staff"}, "act": "delete", "judged": []},
        staff=False, public=True,
    ),
)  # fmt: skip
