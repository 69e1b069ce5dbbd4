"""From the bytes of a file to a record, and back: paths, YAML, front matter, schemas, messages, writing."""
