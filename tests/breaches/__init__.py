"""Personal data breaches: the clock, the risk, who was told, the log."""
