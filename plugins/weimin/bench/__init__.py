"""`weimin bench`: time, memory and output of the program on generated registers, printed as tables.

What is measured, and by which module:

- `run` and `tasks`: check, build and audit of one register, from nothing, again without a change, and after one record
  changed. Each task runs `weimin` in a process of its own; `process` returns its wall time, CPU, peak memory and bytes written.
- `run.bench_history`: the audit of a long history (`history`).
- `national`: check and build of a network with as many platforms as the whole country.
- `other_tools`: Hugo, Eleventy and Pelican on the same records, in turn with ours in the same run.
- `rules`: microseconds of each rule. `profile`: the time by module and function, in one process.
- `search`: size of the search index, what a query fetches, recall and precision against reading every line
  (`search_client` is the page's script in Python).
- `run_budgets` and `budgets`: all of this in one run, compared with the limits of the design.

The data is generated and deterministic: `made_network` has the platforms, `corpus` the files with the days on which they
were filed, `dossier_files` the records of one dossier, `text_*` their text, `pseudo_random` the numbers. `repository`
writes the files as a Git repository. Two registers of one size are the same bytes, so that figures of different versions
of the program can be compared.

The tasks of one run depend on each other: `again` and `change` use the results that `cold` stored.
"""
