"""Accepted pairs → the data set: diversity and contamination checks, the split, the formats, the card."""
