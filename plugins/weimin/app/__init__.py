"""Use cases, where pure meets impure."""
