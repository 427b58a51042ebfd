"""What a delivery keeps of a post's pictures."""

from typing import Any

from schoolgate.media.models import Film, Picture, film_of


def frozen_picture(picture: Picture) -> dict[str, Any]:
    """Return what a delivery keeps of a picture: its file, its description and its shape."""
    film = film_of(picture)
    return {
        "picture": picture.pk,
        "digest": picture.digest,
        "media_type": picture.media_type,
        "alt": picture.alt,
        "width": picture.width,
        "height": picture.height,
        **({"film": frozen_film(film)} if film else {}),
    }


def frozen_film(film: Film) -> dict[str, Any]:
    """Return what a delivery keeps of a film beside its cover."""
    return {
        "digest": film.digest,
        "captions": film.captions,
        "width": film.width,
        "height": film.height,
        "milliseconds": film.milliseconds,
    }
