"""sources.yaml → files: pinned checkouts from npm, Git or a local folder, with the licence of every file."""
