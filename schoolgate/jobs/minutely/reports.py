"""Pass on reports that no one has taken, and comments of danger that no one has read, and ask the leads about
reports not finished; before that, keep out the people that one may mean since they came."""

from datetime import datetime

from schoolgate.core.tenancy import scope
from schoolgate.inbox.actions.missed import pass_quiet_on, tell_what_was_missed
from schoolgate.inbox.actions.ranking import pass_danger_on
from schoolgate.incidents.actions import go_up
from schoolgate.incidents.actions.asking_leads import ask_leads_of_unfinished, unfinished
from schoolgate.incidents.actions.reading_again import read_names_again
from schoolgate.incidents.actions.rising import AT_ONCE
from schoolgate.incidents.queries import going_up
from schoolgate.jobs import beating
from schoolgate.jobs.everywhere import from_the_first, in_every_federation, until_nothing_is_left


def run(at: datetime) -> None:
    """One federation after the other, in short transactions, until nothing is left."""

    def look(federation_id: int) -> None:
        until_nothing_is_left(federation_id, lambda: bool(read_names_again(at=at)))
        went = AT_ONCE
        while went == AT_ONCE:
            with scope(federation_id):
                went = go_up(at=at)
        from_the_first(federation_id, lambda after: tell_what_was_missed(at=at, after=after))
        from_the_first(federation_id, lambda after: pass_danger_on(at=at, after=after))
        from_the_first(federation_id, lambda after: pass_quiet_on(at=at, after=after))
        asked = AT_ONCE
        while asked == AT_ONCE:
            with scope(federation_id):
                asked = ask_leads_of_unfinished(at=at)
        with scope(federation_id):
            if going_up(at).exists() or unfinished(at).exists():  # one failed; the others didn't
                beating.trouble()

    in_every_federation(look, failed="reports_not_passed_on")
