"""Each network's privacy settings, with the strictest choice, where it was read and when. Data.

Names of settings are the networks' own. Networks change what they offer: what people see there overrides this
table. `verified` False: from an older page or second hand, to be checked on the network itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

READ = date(2026, 11, 1)


@dataclass(frozen=True)
class PrivacySetting:
    """One setting: its name on the network, the strictest choice in words, its place there."""

    name: str
    strictest: str | Promise
    place: str
    source: str
    read: date = READ
    verified: bool = True


SETTINGS: Mapping[str, tuple[PrivacySetting, ...]] = {
    "noticeboard": (
        PrivacySetting(
            "Comments",
            _("Each comment is read here before anyone sees it. Comments can be closed on each post."),
            "",
            "this program itself",
        ),
    ),
    "bluesky": (
        PrivacySetting(
            "Logged-out visibility",
            _(
                "Ask apps to hide it from people who aren’t signed in. Other apps can "
                "ignore this, and all posts stay public."
            ),
            "Settings > Moderation > Logged-out visibility",
            "theverge.com/2023/12/6/23990757; okstore.net, on Bluesky without signing in",
        ),
        PrivacySetting(
            "Interaction settings",
            _("Allow no replies, or only from people the account follows."),
            "Settings > Moderation > Interaction settings",
            "privacyon.com/blog/how-to-protect-your-privacy-on-bluesky",
        ),
    ),
    "x": (
        PrivacySetting(
            "Protect your posts",
            _("Only followers approved one by one see posts."),
            "Settings and privacy > Privacy and safety > Audience, media and tagging",
            "neveropen.tech/how-to-change-your-privacy-and-safety-settings-on-x",
        ),
        PrivacySetting(
            "Photo tagging",
            _("No one can tag the account in a picture."),
            "Settings and privacy > Privacy and safety > Audience, media and tagging",
            "businessinsider.com/how-to-change-privacy-settings-on-twitter (2022)",
            verified=False,
        ),
    ),
    "instagram": (
        PrivacySetting(
            "Private account",
            _("Only followers approved one by one see posts. A business account can’t be private."),
            "Settings and privacy > Account privacy",
            "trypostbase.com/resources/how-to-change-privacy-settings-on-instagram (31 October 2025)",
        ),
    ),
    "tiktok": (
        PrivacySetting(
            "Private account",
            _("Only followers approved one by one see videos. No one can duet, stitch or download them."),
            "Settings and privacy > Privacy",
            "support.tiktok.com, Choosing between a private or public account",
        ),
        PrivacySetting(
            "Comments",
            _("No one can comment."),
            "Settings and privacy > Privacy > Comments",
            "tiktok.com/safety/en/community-controls (20 June 2024)",
        ),
        PrivacySetting(
            "Direct messages",
            _("No one can send messages."),
            "Settings and privacy > Privacy > Direct messages",
            "tiktok.com/safety/en/community-controls (20 June 2024)",
        ),
    ),
    "facebook": (
        PrivacySetting(
            "Visitor posts",
            _("Visitors can’t post on the page, or their posts are read first."),
            "Page settings",
            "ewmdigital.com/easy-settings (2020)",
            verified=False,
        ),
        PrivacySetting(
            "Profanity filter",
            _("Comments with offensive words are hidden automatically."),
            "Page settings > Page moderation",
            "techzone2024.blogspot.com/2023/12/facebook-page-setting.html",
            verified=False,
        ),
        PrivacySetting(
            "Age and country restrictions",
            _(
                "Only people of a chosen age or in chosen countries see the page. They "
                "must sign in to see it."
            ),
            "Page settings",
            "kaydee.net/blog/facebook-page-visibility-restrictions",
            verified=False,
        ),
    ),
    "youtube": (
        PrivacySetting(
            "Comments",
            _("Comments are off, or each is read before it appears."),
            "YouTube Studio > Settings > Community",
            "deseretnews.com/article/900058719 (2019)",
            verified=False,
        ),
        PrivacySetting(
            "Visibility",
            _("Only people who are invited can see a private video."),
            "YouTube Studio > Video > Visibility",
            "deseretnews.com/article/900058719 (2019)",
            verified=False,
        ),
    ),
    "mastodon": (
        PrivacySetting(
            "Follow requests",
            _("Followers are approved one by one, and posts go only to followers."),
            "Preferences > Public profile > Privacy and reach",
            "docs.joinmastodon.org/user/profile",
        ),
        PrivacySetting(
            "Indexable, discoverable, hide collections",
            _("It doesn’t appear in search or suggestions, and hides who it follows."),
            "Preferences > Public profile > Privacy and reach",
            "docs.joinmastodon.org/methods/accounts; neet.github.io/masto.js, AccountSource",
        ),
    ),
}


def privacy_settings(network: str) -> tuple[PrivacySetting, ...]:
    """What is on record of a network's privacy settings; empty where nothing was read yet."""
    return SETTINGS.get(network, ())
