"""How dates, counts and choices read in Chinese."""
