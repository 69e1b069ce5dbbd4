"""The share picture of a dossier, a consultation, an outcome, an evaluation: what it says, and how it is drawn."""
