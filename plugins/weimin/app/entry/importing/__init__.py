"""From cells of a table to files of records, in steps; the first fault of a cell is reported at that cell.

1. `intake` (another room) reads a workbook, a CSV or JSON Lines file into sheets, and the rows of a sheet into *entries*: a table
   that is known by its headings, and cells by column.
2. `baseline.py` computes, for the units that entries name, what an export would write now, row by row, and what the files
   themselves hold. The two differ where a value was corrected later or is not public.
3. `row_changes.py` matches entries with records. A row of an existing record or list line is compared with its baseline; other
   rows become new records or new lines. The result is a *draft* per record: its data with the changed values set.
4. `diff.py` compares one row with its baseline, cell by cell. A cell that equals the baseline changes nothing, whatever its
   spelling. Computed columns (status, counts, titles of other records) must equal the baseline.
5. `draft.py` is the record under change. It remembers for each pointer the cell that set it, so that a problem found later in the
   file is reported at the cell.
6. `locations.py` assigns a path to each new record, as `weimin new` does, with numbers that this import leaves free.
7. `validate.py` turns drafts into bytes: an existing file is amended so that only changed lines differ, a new one is written in the
   normal form. Each is parsed and checked like any file, and scanned for personal data that it did not have before.
8. `import_tables.py` writes all files, or none where any fault was found.

Invariants: importing an export unchanged writes nothing; importing the row of a new record twice writes it once; a file that is not
named by any changed cell stays byte-identical.

Example: an exported row of `outcome-measures` has 2026-06-30 in the column due; somebody changes it to 2026-07-31. The baseline
says 2026-06-30, the file too: the draft of that outcome gets `/measures/0/due`, and one line of the file changes. Had a
correction already changed the date, the file would not hold what was exported, and the cell would be refused with the advice to
write another correction.
"""
