"""`weimin verify`: compares a published site with the site that its commit produces."""
