"""Units → units: quality filters, blocklist, secrets, duplicates, decontamination. Every reject keeps its reason."""
