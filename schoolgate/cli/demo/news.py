"""Staff send in news for the school's posts, where the policy of an example federation asks for it."""

from schoolgate.cli.demo.drawing import landscape
from schoolgate.cli.demo.stage import Stage
from schoolgate.conduct.answers import speaks_of
from schoolgate.core.tenancy import current_scope
from schoolgate.media.actions import add_picture, store, take_in
from schoolgate.policy.queries import book_in_scope
from schoolgate.publishing.actions import send_news


def sends_news(stage: Stage) -> None:
    """A colleague who doesn't post sends in a success with a picture, and it waits."""
    if not speaks_of(book_in_scope(), "news.pass_on"):
        return
    by, school = stage.who("answerer"), stage.schools[0]
    proven = take_in(landscape("The river below the school"))
    digest = store(proven, federation_id=current_scope().federation_id)
    picture = add_picture(
        by=by, at=stage.later(), school=school, proven=proven, digest=digest, sent_in=True, read=False
    )
    send_news(
        by=by,
        at=stage.later(),
        school=school,
        kind="interesting project",
        text="Year 8 measured how clean the river is, and the council wants to see their figures.",
        made_by="me",
        pictures=[picture],
    )
