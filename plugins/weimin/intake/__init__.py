"""Tables that people fill in → the values of records, and back: CSV, JSON lines, workbooks."""
