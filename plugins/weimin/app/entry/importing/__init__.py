"""`weimin import` in its steps: files read, rows held against the records, the changes made ready, then written."""
