"""The share images of dossiers, consultations, outcomes and evaluations: content, layout, drawing."""
