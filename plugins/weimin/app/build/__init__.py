"""Building the site: rendering what is stale, comparing files, publishing; also export of open data, and releases."""
