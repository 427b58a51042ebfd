"""The turn of the year as rows tell it: who leaves and starts, which roles end, what lapses."""
