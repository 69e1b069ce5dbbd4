"""Records of a folder → dossier: corrections, events, rounds, state of the five steps, summary; and what of it is public."""
