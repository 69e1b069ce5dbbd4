"""The records as tables for data users: by kind and year, with a data dictionary from the schemas."""
