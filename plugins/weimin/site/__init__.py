"""The pages of the site: from facts of dossiers, platforms and the network to templates and their values."""
