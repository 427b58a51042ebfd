"""Pages for everyone: register, noticeboard, privacy notice."""
