"""The trail: commits of the main branch → what was done to records that stand (family A), and revisions in words."""
