"""The prose of records: Markdown, its limits, what it may contain, and safe HTML."""
