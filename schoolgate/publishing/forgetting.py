"""What people wrote about words found goes with what it was about, and with the pupil whose name it was."""

from __future__ import annotations

from collections.abc import Sequence

from schoolgate.core.subjects import number_of
from schoolgate.publishing.hit_models import HitAnswer, WordAnswer
from schoolgate.publishing.retention import OVER

PUPIL = "pupils.pupil:"


def forget_reasons(names: Sequence[str]) -> None:
    """Empty the reasons given about these things, and those about these pupils; of a post only once it's
    over, because its approval rests on them till then (`PostTexts` empties them too)."""
    WordAnswer.objects.filter(about__in=list(names)).exclude(words="").update(words="")
    pupils = [number_of(name) for name in names if name.startswith(PUPIL)]
    if pupils:
        WordAnswer.objects.filter(pupils__overlap=pupils).exclude(words="").update(words="")
        of_posts = HitAnswer.objects.filter(pupils__overlap=pupils, post__state__in=OVER)
        of_posts.exclude(words="").update(words="")
