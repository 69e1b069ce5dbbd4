"""Signatures of commits: parsing and verifying them, and who may sign what."""
