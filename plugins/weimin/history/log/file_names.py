"""Names of the files that a published log consists of, below /log/ of a site."""

from __future__ import annotations

CHECKPOINT, CHECKPOINTS, LEAVES, SIGNATURE = "checkpoint", "checkpoints", "leaves", "checkpoint.sig"
"""The last checkpoint, all checkpoints, the leaves of the tree, and the signature of the last checkpoint if it has one."""
