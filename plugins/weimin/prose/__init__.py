"""Markdown → safe HTML."""
