"""Empty the hand-over notes of the rota that are old."""

from datetime import datetime

from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.rota.swapping import forget_notes


def run(at: datetime) -> None:
    """Run in every federation."""

    def look(federation_id: int) -> None:
        with scope(federation_id):
            forget_notes(at=at)

    in_every_federation(look, failed="emptying the notes of the rota failed")
