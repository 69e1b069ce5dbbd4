"""One file per page type: pure functions from a view to the pages it fills."""
