"""Why a file is no use, what was left out of one, and how to ask each network for it: lazy sentences."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.networks.archives.port import Unreadable
from schoolgate.networks.capabilities import all_capabilities

_WHY_NOT: dict[str, Promise] = {
    "not_known": _("This is none of the files that a network gives out, whatever its name says."),
    "html": _("This download was made as pages to read. Ask the network for it once more, as JSON."),
    "broken": _("The file is damaged or was not loaded down to its end."),
    "encoding": _("The text in the file is not written in UTF-8, as every network writes it."),
    "too_deep": _("The file is nested deeper than any network writes."),
    "item_too_large": _("One single entry in the file is larger than any post can be."),
    "too_much": _("What comes out of the file is far more than any network packs into one."),
    "too_many": _("There is more in the file than this program reads at once."),
    "leads_out": _("Names in the file lead out of it, or are links. No network's download has such names."),
    "locked": _("The file is locked with a password."),
    "no_posts": _("No posts of a network were found in this file."),
    "empty_file": _("The file is empty."),
    "gone": _("The file is no longer here."),
}
_WHAT_NEXT: dict[str, Promise] = {
    "not_known": _("Bring the download as the network gave it to you."),
    "broken": _("Load it down again, and bring it as it is."),
    "encoding": _("Bring the download as the network gave it to you, not one that was changed."),
    "locked": _("Unpack it with its password, and bring the file with the posts in it."),
    "no_posts": _("Ask the network for your posts, and bring the whole download or the file with the posts."),
    "gone": _("Bring it again."),
}
_LEFT_OUT: dict[str, Promise] = {
    "shared": _("passed on from somebody else"),
    "private": _("sent to single people"),
    "no_time": _("without a time"),
    "empty": _("without text or picture"),
    "not_a_post": _("something else than a post"),
    "too_long": _("longer than any post can be"),
    "ours": _("went out through Schoolgate, so it is here already"),
    "not_yet": _("with a time that has not come yet"),
}
_ASK: dict[str, Promise] = {
    "bluesky": _(
        "In the app: Settings, Account, Export my data, Download CAR file. You get repo.car at once; it has "
        "texts and no pictures."
    ),
    "mastodon": _(
        "On your server's pages: Preferences, Import and export, Data export, Request your archive. Bring "
        "the archive, or the file outbox.json in it."
    ),
    "facebook": _(
        "As the Page: Settings, Your information, Download your information. Choose posts only, all time, "
        "the format JSON and low quality of media. It takes some hours. Bring the zip, or the file "
        "your_posts_1.json or profile_posts_1.json in it."
    ),
    "instagram": _(
        "In the app: Your activity, Download your information. Choose posts only, all time, the format JSON "
        "and low quality of media. Bring the zip, or the file posts_1.json in it."
    ),
    "x": _(
        "In the settings: Your account, Download an archive of your data. It takes a day or more. Bring the "
        "zip, or the file tweets.js in its folder data."
    ),
}
_PROVEN: dict[str, Promise] = {
    "real_file": _("Proven on files that a real server of this network wrote."),
    "published_form": _(
        "Read by the published form, and not yet proven on a file of the network's own. Compare some posts "
        "with the account after taking it in."
    ),
}


def unreadable(code: str, network: str = "") -> Promise:
    """What is the matter with a file."""
    if code == "other_network":
        return format_lazy(_("This is a download of {network}."), network=_name(network))
    return _WHY_NOT[code]


def next_step(code: str) -> Promise | str:
    """What the reader can do about it; empty where there is no more to say than "bring another"."""
    if code == "other_network":
        return _("Bring it on the page of the account that it belongs to.")
    return _WHAT_NEXT.get(code, "")


def sentence(error: Unreadable) -> Promise:
    """The same for an error as it was raised."""
    return unreadable(error.code, error.network)


def left_out(why: str) -> Promise:
    """Why something was not taken in, as it stands after a number."""
    return _LEFT_OUT[why]


def how_to_ask(network: str) -> Promise | str:
    """Where the network gives out its download."""
    return _ASK.get(network, "")


def proven(word: str) -> Promise:
    """On what our reading of it rests."""
    return _PROVEN[word]


def _name(network: str) -> str:
    found = all_capabilities().get(network)
    return found.name if found else network.capitalize()
