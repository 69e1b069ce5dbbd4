"""Dossiers and summaries → what is to be written."""
