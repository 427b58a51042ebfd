"""What the database really does for a piece of work, as the role that works: for tests of large tables."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection


@dataclass
class Plans:
    """Every SELECT of the work: the tables read from end to end, and the most rows that one step touched.

    `most_planning`: kilobytes in which a plan was made, more the more orders of its tables were gone through.
    """

    whole_tables: set[str] = field(default_factory=set)
    most_rows: int = 0
    most_planning: int = 0


def plans_of(work: Callable[[], object]) -> Plans:
    """Run `work`, and beside each of its SELECTs the same under EXPLAIN ANALYZE."""
    seen = Plans()

    def explain(execute, sql, params, many, context):
        if sql.startswith("SELECT") and "set_config" not in sql:
            cursor = context["cursor"].connection.connection.cursor()
            cursor.execute(f"EXPLAIN (ANALYZE, MEMORY, FORMAT JSON) {sql}", params)
            [(found,)] = cursor.fetchall()
            (told,) = json.loads(found) if isinstance(found, str) else found
            seen.most_planning = max(seen.most_planning, told["Planning"]["Memory Used"])
            for step in steps(told["Plan"]):
                if step["Node Type"] == "Seq Scan":
                    seen.whole_tables.add(step["Relation Name"])
                touched = (step["Actual Rows"] + step.get("Rows Removed by Filter", 0)) * step["Actual Loops"]
                seen.most_rows = max(seen.most_rows, round(touched))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        work()
    return seen


def steps(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A plan and all that stands below it."""
    yield plan
    for below in plan.get("Plans", ()):
        yield from steps(below)
