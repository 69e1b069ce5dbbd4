"""Tables that people fill in: CSV, JSON lines and Excel workbooks → rows and values of records, with faults by cell."""
