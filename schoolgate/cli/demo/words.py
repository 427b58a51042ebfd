"""What the example federations post, and the comments on it. Invented, without real names."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoComment:
    """A visitor's comment: so many hours after the post, and the answer to it, if it gets one."""

    hours: float
    name: str
    text: str
    answer: str = ""
    acknowledges_only: bool = False


@dataclass(frozen=True)
class DemoPost:
    """A post: so many days ago, with what people said below it. `picture` draws one with that description."""

    days_ago: int
    text: str
    pictures: tuple[str, ...] = ()
    said: tuple[DemoComment, ...] = ()


POSTS: tuple[DemoPost, ...] = (
    DemoPost(
        12,
        "Our harvest table is full. Thank you to every family who brought something for the food bank.",
        said=(
            DemoComment(
                5,
                "A grandparent",
                "How lovely. Can we still bring tins next week?",
                "Yes, until Friday at three.",
            ),
        ),
    ),
    DemoPost(
        8,
        "The crossing outside the main gate is closed for repairs this week. "
        "Please use the gate by the field.",
        said=(
            DemoComment(
                2, "", "Is that gate open for pushchairs?", "It is, and it stays open from eight until nine."
            ),
            DemoComment(
                6,
                "A neighbour",
                "Thank you for telling us.",
                "Thank you for your patience.",
                acknowledges_only=True,
            ),
        ),
    ),
    DemoPost(
        4,
        "The bunting is up and the grass is cut. We look forward to seeing you at the fair on Saturday.",
        pictures=(
            "Green hills under a wide sky, with a line of coloured bunting across the top.",
            "The same hills from the other side of the field, the bunting hanging lower.",
            "The field at midday, with the bunting over the grass.",
        ),
    ),
    DemoPost(
        2,
        "The choir is singing in the market hall on Thursday at two o'clock. Everyone is welcome.",
        said=(DemoComment(1.5, "A parent", "Do we need tickets?"),),
    ),
)

WAITING = (
    "Forest school starts again after the holidays. Wellies and waterproofs, whatever the weather: "
    "https://forest-school.example/what-to-bring"
)
"""Sent for approval with the card of its link, and waiting for it."""

CARD = ("What to bring to forest school", "Old clothes in layers, a hat, and a snack without nuts.")
"""What the page tells about itself: its title and its description."""

SHOWING = "Two of our gardeners with the first carrots from the raised beds. The soup is on Friday."
"""Sent for approval, with a picture of two pupils of the list."""

ASKED = "Our prospectus for next year is here, and so is the film about the new science block."
"""A draft for which a permission was asked."""

ASKS = {
    "learn-to-live": ("school_publication", {"school_publication": True}, "Two pages of the prospectus."),
    "wootton": ("doubt", {"author_in_doubt": True}, "Is the film ours to announce yet?"),
}
"""Federation -> the permission that it waits for, what its author said about it, and what they asked."""

PLANNED = "Parents' evening is next week. Book your slot through the school office."
"""Approved, and planned for tomorrow."""

BY_HAND = "Lost property is on the rail by the hall until the end of term."
"""Approved for a network that a person has to post on by hand."""

FRESH = DemoComment(0, "A parent", "What time does the fair start?")
"""Came in a while ago and waits for an answer."""

PROPOSED = ("Year 4 learning diary", "To show families what Year 4 learns each week.")
"""A proposal that waits."""
