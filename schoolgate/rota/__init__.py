"""Who is on duty when: a repeating week for the federation or a school, swaps, cover, check-in."""
