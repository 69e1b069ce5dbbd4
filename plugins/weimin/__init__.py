"""weimin (为民): from a Git repository of plain records to a public register of consultation."""

__version__ = "0.1.0"
