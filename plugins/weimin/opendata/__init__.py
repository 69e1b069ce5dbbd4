"""The records as tables for those who compute with them: by kind and year, with a dictionary made from the schemas."""
