"""`weimin check`: judges the complete register, a change since a revision, or what is staged for a commit."""
