"""The networks by the words that facts and rules have for them: whatever people call one, it is one word."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator

from schoolgate.rulebook.facts import Name, OneOf

NETWORKS: Mapping[str, str] = {
    "bluesky": "Bluesky",
    "discord": "Discord",
    "facebook": "Facebook",
    "googlebusiness": "Google Business",
    "googleclassroom": "Google Classroom",
    "hwb": "Hwb",
    "instagram": "Instagram",
    "linkedin": "LinkedIn",
    "mastodon": "Mastodon",
    "microsoftteams": "Microsoft Teams",
    "noticeboard": "Noticeboard",
    "pinterest": "Pinterest",
    "reddit": "Reddit",
    "snapchat": "Snapchat",
    "telegram": "Telegram",
    "threads": "Threads",
    "tiktok": "TikTok",
    "whatsapp": "WhatsApp",
    "x": "X (Twitter)",
    "youtube": "YouTube",
}
"""A network's word -> its name. A fact can have others; a form offers these."""
SAME = {
    "facebookpage": "facebook",
    "googlebusinessprofile": "googlebusiness",
    "googlemybusiness": "googlebusiness",
    "hwbmicrosoftteams": "microsoftteams",
    "hwbteams": "microsoftteams",
    "linkedinpage": "linkedin",
    "msteams": "microsoftteams",
    "teams": "microsoftteams",
    "twitter": "x",
    "twitterx": "x",
    "xtwitter": "x",
}
"""Other names that people give a network, without blanks and capitals -> its word."""


def network_named(name: str) -> str:
    """Return the word of the network that is meant; of one that isn't listed its name, in lower case without
    blanks."""
    plain = "".join(letter for letter in name.casefold() if letter.isalnum())
    return SAME.get(plain, plain) or name


Network = Annotated[Name, AfterValidator(network_named), OneOf(tuple(NETWORKS))]
"""A network, by its word: "TikTok" and "tiktok" are one, in what is asked and in what a rule compares."""
