"""Mutation testing, room by room: small faults are planted in a copy of the code, and the room's tests should find each.

The steps of `scripts/mutate ROOM`:

1. `rooms` names the modules of a room and the tests that are its own.
2. `mutants` lists every mutant of those modules with the operators of mutmut, and draws a sample by a seed.
3. `equivalents` takes out the mutants that change nothing, each with a reason (`equivalents.toml`).
4. `copies` makes a private copy of the tree for each job; nothing is ever written to the working tree.
5. `baseline` runs the room's tests once without a mutant: they must pass, and coverage says which test runs which line.
6. `worker` plants one mutant after the other. A forked process runs the tests that reach its line, quickest first, and
   stops at the first failure; where all pass, it runs the others of the room before the mutant counts as a survivor.
7. `report` prints the survivors as diffs, and a table.
"""
