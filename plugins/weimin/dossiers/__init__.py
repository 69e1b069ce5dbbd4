"""Records → dossier: compile, fold, summary."""
