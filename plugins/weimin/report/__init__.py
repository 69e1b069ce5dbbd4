"""Findings → text, JSON and the formats of forges."""
