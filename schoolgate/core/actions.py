"""The one shape of every write.

Many rows in one go, each by itself: one that fails delays none of the others.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import structlog
from django.db import transaction
from django.db.models import Model

from schoolgate.core.errors import Refused, ToldLead
from schoolgate.core.events import record
from schoolgate.core.leaving import WordsHeld
from schoolgate.core.tenancy import current_scope, in_scope

P = ParamSpec("P")
R = TypeVar("R")
ReadTyped = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]
_reads_typed: list[ReadTyped] = []


def read_typed_with(read: ReadTyped) -> None:
    """Register what reads the words that people give to an action, before anything is written. It takes the
    action's name and what it was given, and returns what the action gets. Called once, at start-up."""
    _reads_typed.append(read)


def action(write: Callable[P, R]) -> Callable[P, R]:
    """Make `write` an action: keyword arguments only, inside a scope, all of it or nothing.

    An action takes `at`, the aware instant of the act, and usually `by`, the person acting. When it raises,
    its rows and its gathered events go, and the rows that it was given are again as they were; when it raises
    Refused, the decision stays and a row `<subject>.refused` is recorded.

    Raises:
        TypeError: at import, when a parameter could be given by position or `at` is missing.
        NoScope: on a call outside `with scope(...)`.
    """
    _check_shape(write)
    name = f"{write.__module__}.{write.__qualname__}".removeprefix("schoolgate.")

    @wraps(write)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if args:
            raise TypeError(f"{write.__name__} takes keyword arguments only")
        rows = [row for row in kwargs.values() if isinstance(row, Model)]
        with together(at=kwargs.get("at"), by=kwargs.get("by"), rows=rows):
            given: Mapping[str, Any] = kwargs
            for read in _reads_typed:
                given = read(name, given)
            return write(**given)  # type: ignore[call-arg]

    return run


@contextmanager
def together(*, at: Any, by: Any = None, rows: Collection[Model] = ()) -> Iterator[None]:
    """All that is done within it or nothing, as one action. For a page whose button takes two actions.

    `rows`: those that are given back as they were where it fails.
    """
    scope = current_scope()
    mark = len(scope.pending)
    known, written = scope.reads, scope.writes
    if not scope.acting:
        scope.reads = {}  # an action decides by what it reads itself
    scope.acting += 1
    before = [(row, row.__getstate__()) for row in rows]
    try:
        with transaction.atomic():
            yield
    except BaseException as error:
        del scope.pending[mark:]
        scope.memo.clear()
        for row, values in before:
            vars(row).clear()
            vars(row).update(values)
        if isinstance(error, Refused):
            _keep_refusal(error, at=at, by=by)
        if isinstance(error, WordsHeld | ToldLead):
            error.keep()
        raise
    finally:
        scope.acting -= 1
        if not scope.acting:
            scope.reads = known if known is None or scope.writes == written else {}


def _check_shape(write: Callable[..., object]) -> None:
    parameters = inspect.signature(write).parameters
    loose = [p.name for p in parameters.values() if p.kind not in (p.KEYWORD_ONLY, p.VAR_KEYWORD)]
    if loose:
        raise TypeError(f"{write.__qualname__}: give {', '.join(loose)} by keyword only (put * first)")
    if "at" not in parameters:
        raise TypeError(f"{write.__qualname__}: an action takes `at`, the time of the action")


def _keep_refusal(error: Refused, *, at: Any, by: Any) -> None:
    """Write the decision that refused once more, outside the rolled-back savepoint, and record the refusal.

    An action inside an action does this twice; the inner copy goes with the outer savepoint: one remains.
    """
    kept = error.kept
    kept.write_again()
    what = kept.subject.partition(":")[0].rpartition(".")[2]
    record(
        f"{what}.refused",
        subject=kept.subject,
        at=at,
        actor=by,
        clauses=kept.clauses,
        decision=kept.pk,
    )


T = TypeVar("T")
log = structlog.get_logger(__name__)


def each_by_itself(rows: Iterable[T], do: Callable[[T], object], *, at: datetime, failed: str) -> list[T]:
    """Call `do` for each row, all of it or nothing; return those for which it raised, for a later try.

    In a scope each has a savepoint, so a sweep must come back to what failed; outside one `do` opens a scope
    of its own. What it raises is logged in the words `failed`, with the row's number.
    """
    left = []
    for row in rows:
        try:
            with together(at=at) if in_scope() else nullcontext():
                do(row)
        except Exception:
            log.exception(failed, row=getattr(row, "pk", row))
            left.append(row)
    return left


def all_or_each(
    rows: Sequence[T], do: Callable[[Sequence[T]], object], *, at: datetime, failed: str
) -> list[T]:
    """Call `do` in a scope once with all rows, in few statements; where that raises, with each row by itself,
    as `each_by_itself` does."""
    if not rows:
        return []
    try:
        with together(at=at, rows=[row for row in rows if isinstance(row, Model)]):
            do(rows)
    except Exception:
        log.exception(failed, rows=len(rows))
        return each_by_itself(rows, lambda row: do([row]), at=at, failed=failed)
    return []
