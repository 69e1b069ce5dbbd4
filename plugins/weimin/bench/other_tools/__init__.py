"""The same records published with other static site generators, on the same machine in the same run.

The other tools do less: they check no rules, compute no state, read no history and write no open data. They get all
figures, rows and tables precomputed, in the form that they read fastest.
"""
