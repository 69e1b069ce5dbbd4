"""The events of a dossier as blocks of its story: one file per kind."""
