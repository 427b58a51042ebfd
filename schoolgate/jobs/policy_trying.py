"""Continue trying what a reading that is not signed yet would change."""

from procrastinate.contrib.django import app

from schoolgate.core.clock import now
from schoolgate.core.errors import NotNow
from schoolgate.core.tenancy import scope
from schoolgate.policy.models import ReadingDraft
from schoolgate.policy.readings import try_draft


@app.task(name="policy.try_draft")
def try_on(federation_id: int, draft_id: int, edition: int) -> None:
    """Try one more piece and defer the next. A draft that was changed or signed meanwhile is left alone."""
    with scope(federation_id):
        draft = ReadingDraft.objects.filter(pk=draft_id).first()
        if draft is None:
            return
        try:
            try_draft(by=None, at=now(), draft=draft, edition=edition)
        except NotNow:
            return
