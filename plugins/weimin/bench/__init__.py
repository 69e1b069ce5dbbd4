"""`weimin bench`: how long the work takes, measured on made registers, printed as tables."""
