"""What the card of one delivery shows."""

from __future__ import annotations

from datetime import date
from typing import Any

from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.handshake import Intent
from schoolgate.networks.manual.cards import LONGEST_COMPOSE
from schoolgate.people.rules import can
from schoolgate.publishing import queries, rules
from schoolgate.publishing.models import Delivery, Purpose
from schoolgate.publishing.of_pupils import noes_in
from schoolgate.publishing.taking_down import must_go
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.times import instant_in_words
from schoolgate.web.posts.by_hand_forms import DoneByHandForm
from schoolgate.web.posts.wording import delivery_shown


def card_context(visit: Visit, found: Delivery) -> dict[str, Any]:
    """The texts, links and steps of a card; which forms it has is the view's."""
    network = all_capabilities()[found.account.network]
    removes = found.purpose == Purpose.TAKE_DOWN
    stopped = rules.stopped(found.post.school_id, at=visit.at)
    post = queries.post(found.post_id)
    waits = found.by_hand and found.state == Intent.WRITTEN
    said = (
        found.removal_said if (waits and removes) or found.state in (Intent.ASKED, Intent.DIFFERENT) else None
    )
    return {
        "visit": visit,
        "delivery": found,
        "post": post,
        "shown": delivery_shown(found, held_at=visit.at if stopped and not removes else None),
        "network": network.name,
        "removes": removes,
        "pictures": [] if removes else found.pictures,
        "alt_field": network.number("alt") != 0,
        "open_address": open_address(found),
        "there": found.ref.address if found.ref else "",
        "waits": waits,
        "said": said,
        "own_word": said is not None and said.by_id == visit.person.pk,
        "stopped": stopped and not removes,
        "consent_gone": waits and not removes and is_without_consent(found, on=visit.on),
        "not_to_post": found.by_hand
        and not removes
        and found.state in (Intent.CANCELLED, Intent.ASKED)
        and must_go(found),
        "beside": [
            {
                "delivery": each,
                "network": all_capabilities()[each.account.network].name,
                "open_address": open_address(each),
                "same_text": each.text == found.text,
                "form": DoneByHandForm(auto_id=f"id_{each.pk}_%s"),
            }
            for each in (queries.beside_it(found) if waits and not removes else [])
        ],
        "may_mend": _may_mend(visit, found),
        "mended": list(found.addresses_mended.select_related("by").order_by("-id")),
        "until": instant_in_words(found.not_before) if found.not_before else "",
    }


def is_without_consent(found: Delivery, *, on: date) -> bool:
    """Return whether a pupil in a post may no longer appear on the account of this copy."""
    return any(each.network == found.account.network for each in noes_in(found.post, on=on))


def open_address(found: Delivery) -> str:
    """Return where the network lets a person post, with the text filled in where it allows that."""
    network = all_capabilities()[found.account.network]
    address = network.compose_address(found.text)
    return address if len(address) <= LONGEST_COMPOSE else network.compose_address("")


def _may_mend(visit: Visit, found: Delivery) -> bool:
    by_hand = found.purpose == Purpose.PUBLISH and found.because == "by_hand"
    if found.state != Intent.CONFIRMED or not by_hand or found.taken_down:
        return False
    may_write = can(rules.check_may_write, visit.person, found.post.school, on=visit.on)
    return may_write or can(rules.check_may_approve, visit.person, found.post, on=visit.on)
