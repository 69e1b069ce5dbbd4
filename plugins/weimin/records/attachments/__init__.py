"""Attachments: format, size and integrity of pictures and PDF files, from their bytes."""
