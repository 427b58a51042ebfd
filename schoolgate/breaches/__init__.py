"""Personal data breaches: the 72 hours, the risk, telling the ICO and the people, and the log of them all."""
