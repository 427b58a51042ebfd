"""Rules as data: conditions over declared facts, and what follows. No rule handles "not known" itself."""
