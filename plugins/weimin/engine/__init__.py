"""The engine: computes what the rules say of a register, and computes again only what a change affects.

The engine is the middle layer of the program. Above it are commands (`weimin.app`), which check, build, explain and export;
below it are rules, totals and compilers, which are functions of the records they are given and know no files, no store and
no other units. The engine gives them their records, keeps their results in a store, and knows what depends on what.

The idea is that of a build system: inputs are files, results are computed from them, and each result is stored with the
keys of everything that was read for it. A change of an input invalidates the results that read it. A country has half a
million dossiers; a commit changes a few files, so a run has to cost what changed and not what exists.

Terms:

- *register*: the records of one tree (a work tree, a commit or the index). It reads a unit when asked.
- *unit*: a folder that is computed as one: a dossier (`990101/2026-001`), a platform's own files (`990101`), or `site`.
- *judge*: computes one unit in a network context: reads, compiles, applies the rules, summarises.
- *network context*: the platforms, parameters and exemptions that a unit's judgement may depend on.
- *compute run*: brings all stored results up to date, in passes.
- *computed register*: the register with its results; everything that build, check and export show comes from it.
- *dependency key*, *dependency set*: the name of something that was read; what one result read.
- *stale*: of a stored result whose dependencies changed.
- *totals*, *lists*: network-wide aggregates to which every unit contributes; the *ledger* reads them.

Reading order for newcomers:

1. `register.py`, `inventory.py`: the inputs.
2. `judge.py`, `network_context.py`: how one unit is computed; `preexisting.py`: what they ask the history.
3. `dependencies.py`, `state.py`: what is recorded, stored and invalidated.
4. `compute.py`, `compute_run.py`, `dossier_pass.py`, `platform_pass.py`: a run.
5. `stored_totals.py`, `stored_results.py`, `stored_ledger.py`, `computed_register.py`: what a run keeps up to date, and how
   it is read.
6. `queries/`: the tables of the store and every SQL statement; `tables.py` lists them.
7. `remote_judging.py`: the same computation on the machines of a cluster. `history/`: the replay of the main branch.
"""
