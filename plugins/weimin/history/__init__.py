"""The trail: replay of the main branch against the rules of family A, and revisions described for pages."""
