"""The words that a network shows of a post where they aren't those that were approved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from schoolgate.core import sealed_words
from schoolgate.core.reading_once import read_once
from schoolgate.networks.normal import NormalPost, digest_of_captions
from schoolgate.publishing.live_models import LiveChange
from schoolgate.publishing.models import Delivery


def content_of(there: NormalPost) -> dict[str, Any]:
    """Return what a network shows, as it is sealed: the words, the description of each picture, and film and
    link card where there is one."""
    return {
        "text": there.text,
        "languages": list(there.languages),
        "links": [target for _kind, target in there.links],
        "pictures": [{"digest": digest, "alt": alt} for digest, alt in there.pictures],
        **({"film": asdict(there.film)} if there.film else {}),
        **({"card": asdict(there.link_card)} if there.link_card else {}),
    }


def words_there(content: Mapping[str, Any]) -> dict[str, str]:
    """Return each text in what a network shows, as `content_of` gave it."""
    found = {"text": content["text"]}
    found |= {f"alt-{number}": each["alt"] for number, each in enumerate(content["pictures"])}
    if film := content.get("film"):
        found["alt-film"] = film["alt"] or ""
    if card := content.get("card"):
        found["card"] = f"{card['title']}\n{card['description']}"
    return found


def can_be_read(delivery: Delivery, content: Mapping[str, Any]) -> bool:
    """Return whether all words of it are here: of captions a network tells a digest alone, and what was
    sealed may not open any more."""
    captions = (content.get("film") or {}).get("captions")
    films = [each["film"] for each in delivery.pictures if "film" in each]
    sent = {digest_of_captions(each.get("captions", "")) for each in films}
    return "text" in content and (not captions or captions in sent)


def words_on_networks() -> dict[int, list[str]]:
    """Return by copy the texts that its network shows in place of those that were sent, whether or not a
    person has accepted them. These are few, and opened once for all pupils and copies."""
    return read_once("publishing.words_on_networks", _words_on_networks)


def _words_on_networks() -> dict[int, list[str]]:
    rows = LiveChange.objects.filter(words_ref__isnull=False).order_by("pk")
    found: dict[int, list[str]] = {}
    for copy, ref in rows.values_list("delivery", "words_ref"):
        content = sealed_words.opened(ref)
        if "text" in content:
            found[copy] = list(words_there(content).values())
    return found
