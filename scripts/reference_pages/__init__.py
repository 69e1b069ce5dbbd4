"""The generated parts of docs/reference/: a function per part returns its Markdown. `scripts/reference` puts them in place."""
