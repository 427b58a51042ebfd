"""Who is there: cover, absences, emergency contacts."""
