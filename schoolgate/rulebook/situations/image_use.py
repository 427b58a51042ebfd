"""A picture is looked at before there is a post to carry it. Can it be used on an official account at all?"""

from typing import Literal

from schoolgate.rulebook.facts import Attested, Facts, Name, Part, Person, Tri
from schoolgate.rulebook.situations.base import Situation, points


class PictureSubject(Part):
    """Somebody whom the picture shows. `permission`: how far asking them has come. `opted_out`: does not want
    to be photographed or filmed. `do_not_publish`: a child on the list of those not to be published."""

    key: Name | None = None
    relation: Literal["pupil", "staff", "parent", "other"] | None = None
    permission: Literal["given", "sought", "not_sought"] | None = None
    opted_out: Tri = None
    do_not_publish: Tri = None


class ImageUse(Facts):
    """`people`: whom the picture shows, an empty list where nobody. `fit`, `dressed`, `ridicules`: what
    somebody judged of the picture as it stands. `tagging`: whether the people in it would be tagged;
    `tagging_can_be_off`: the network lets that be switched off. `guidance_on_file`: the policy that has more
    advice is on file."""

    by: Person | None = None
    people: tuple[PictureSubject, ...] | None = None
    fit: Attested | None = None
    dressed: Attested | None = None
    ridicules: Attested | None = None
    tagging: Literal["on", "off"] | None = None
    tagging_can_be_off: Tri = None
    guidance_on_file: Tri = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


IMAGE_USE = Situation(
    key="image.use",
    title="A picture is considered for an official account",
    facts=ImageUse,
    points=points("picture_rules picture_guidance picture_tagging"),
)
