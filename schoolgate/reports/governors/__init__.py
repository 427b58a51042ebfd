"""The governors' report: what was done under the policy in a period, counted from the rows each time."""
