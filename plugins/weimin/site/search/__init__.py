"""The search index: small static files that a browser fetches a few of, and that one changed page rewrites a few of."""
