"""Chinese text for dates, counts, choices, parameters, references and duties."""
