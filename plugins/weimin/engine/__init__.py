"""What is known of a register between two runs, and how it follows the records."""
