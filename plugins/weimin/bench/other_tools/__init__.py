"""The same records published by tools that people would otherwise pick, on the same machine in the same run.

What they do not do: no rule is checked, no state folded, no history read, no open data written; each gets its figures,
rows and tables ready made, in the form that it reads fastest.
"""
