"""Text → record: place, YAML, front matter, schema, wording."""
