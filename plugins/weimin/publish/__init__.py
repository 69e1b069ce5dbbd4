"""Writing of the site with Pelican; the only room that knows Pelican."""
