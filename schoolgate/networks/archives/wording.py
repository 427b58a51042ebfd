"""Why a file is no use, what was left out of one, and how to ask each network for it: lazy sentences."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.networks.archives.port import Unreadable
from schoolgate.networks.capabilities import all_capabilities

_WHY_NOT: dict[str, Promise] = {
    "not_known": _("Despite its name, this isn’t a file from a network."),
    "html": _("This download was made as web pages. Request it from the network again, as JSON."),
    "broken": _("The file is damaged or didn’t download completely."),
    "encoding": _("The text in the file isn’t in UTF-8, which every network uses."),
    "too_deep": _("This isn’t a network’s download: its contents are nested too deeply."),
    "item_too_large": _("An entry in the file is larger than any post can be."),
    "too_much": _("The file unpacks to far more than any network puts in one download."),
    "too_many": _("The file contains more than Schoolgate can read at once."),
    "leads_out": _("This isn’t a network’s download: it contains links or paths to places outside the file."),
    "locked": _("The file is locked with a password."),
    "no_posts": _("No posts from a network were found in this file."),
    "empty_file": _("The file is empty."),
    "gone": _("The file is no longer here."),
}
_WHAT_NEXT: dict[str, Promise] = {
    "not_known": _("Upload the download exactly as the network gave it to you."),
    "broken": _("Download it again and upload the file unchanged."),
    "encoding": _("Upload the download exactly as the network gave it to you, not a changed copy."),
    "locked": _("Unzip it with its password, and upload the file with the posts."),
    "no_posts": _(
        "Request your posts from the network, and upload the whole download or the file with the posts."
    ),
    "gone": _("Upload it again."),
}
_LEFT_OUT: dict[str, Promise] = {
    "shared": _("shared from someone else"),
    "private": _("sent to individuals"),
    "no_time": _("without a time"),
    "empty": _("without text or picture"),
    "not_a_post": _("something other than a post"),
    "too_long": _("too long to be a post"),
    "ours": _("posted through Schoolgate, so already here"),
    "not_yet": _("dated in the future"),
}
_ASK: dict[str, Promise] = {
    "bluesky": _(
        "In the app: Settings, Account, Export my data, Download CAR file. You "
        "get repo.car straight away. It contains texts but no pictures."
    ),
    "mastodon": _(
        "On your server’s pages: Preferences, Import and export, Data export, "
        "Request your archive. Upload the archive, or its file outbox.json."
    ),
    "facebook": _(
        "Signed in as the Page: Settings, Your information, Download your "
        "information. Choose posts only, all time, JSON format and low media "
        "quality. It takes some hours. Upload the zip, or its file "
        "your_posts_1.json or profile_posts_1.json."
    ),
    "instagram": _(
        "In the app: Your activity, Download your information. Choose posts "
        "only, all time, JSON format and low media quality. Upload the zip, or "
        "its file posts_1.json."
    ),
    "x": _(
        "In the settings: Your account, Download an archive of your data. It "
        "takes a day or more. Upload the zip, or the file tweets.js in its data "
        "folder."
    ),
}
_PROVEN: dict[str, Promise] = {
    "real_file": _("Tested with files from a real server of this network."),
    "published_form": _(
        "Based on the published format and not yet tested with this network’s "
        "own files. After importing, compare some posts with the account."
    ),
}


def unreadable(code: str, network: str = "") -> Promise:
    """Return what is wrong with a file."""
    if code == "other_network":
        return format_lazy(_("This is a download from {network}."), network=_name(network))
    return _WHY_NOT[code]


def next_step(code: str) -> Promise | str:
    """Return what the person can do about it; empty where only another file helps."""
    if code == "other_network":
        return _("Upload it on the page of the account it belongs to.")
    return _WHAT_NEXT.get(code, "")


def sentence(error: Unreadable) -> Promise:
    """The same for an error as it was raised."""
    return unreadable(error.code, error.network)


def left_out(why: str) -> Promise:
    """Return why something was not imported, worded to follow a number."""
    return _LEFT_OUT[why]


def how_to_ask(network: str) -> Promise | str:
    """Where the network gives out its download."""
    return _ASK.get(network, "")


def proven(word: str) -> Promise:
    """Return what our reader was tested with."""
    return _PROVEN[word]


def _name(network: str) -> str:
    found = all_capabilities().get(network)
    return found.name if found else network.capitalize()
