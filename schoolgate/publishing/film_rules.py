"""Whether a network takes the film of a post in its present form, and what its author still has to say."""

from typing import Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, Text
from schoolgate.media.models import Film
from schoolgate.networks.capabilities import Capabilities
from schoolgate.networks.normal import byte_length

SAY_WHO_IS_HEARD: Final = _("Say whether a pupil can be heard in this film.")
SAY_WHAT_IS_SAID: Final = _("This film has sound. Add captions, or say that no one speaks in it.")
_WHY: Final = {
    "film_bytes": _("{network} takes films of up to {most} MB. Choose a smaller one, or leave it out."),
    "film_seconds": _("{network} takes films of up to {most} seconds. Cut it, or leave this account out."),
}


def check_film(film: Film, capabilities: Capabilities) -> None:
    """Raise BadInput where this network, or a person on it, can't publish the film: on `film`, or on
    `captions-<picture id>` where captions are missing or too long.

    House rule, as for descriptions of pictures: sound goes with captions, unless no one speaks; and the
    author says whether a pupil is heard (`hears-<picture id>`).
    """
    wrong: dict[str, Text] = {}
    if not capabilities.films:
        said = _("{network} doesn’t allow films. Remove the film, or leave this account out.")
        wrong["film"] = format_lazy(said, network=capabilities.name)
    most = capabilities.number("film_bytes")
    if most is not None and film.size > most:
        said = _WHY["film_bytes"]
        wrong["film"] = format_lazy(said, network=capabilities.name, most=most // 1_000_000)
    most = capabilities.number("film_seconds")
    if most is not None and film.milliseconds > most * 1000:
        wrong["film"] = format_lazy(_WHY["film_seconds"], network=capabilities.name, most=most)
    if film.may_be_heard and film.hears_pupils is None:
        wrong[f"hears-{film.cover_id}"] = SAY_WHO_IS_HEARD
    most = capabilities.number("caption_bytes")
    if film.needs_captions:
        wrong[f"captions-{film.cover_id}"] = SAY_WHAT_IS_SAID
    elif most is not None and byte_length(film.captions) > most:
        wrong[f"captions-{film.cover_id}"] = format_lazy(
            _("These captions are too long for {network}. Shorten them."), network=capabilities.name
        )
    if wrong:
        raise BadInput(wrong)
