"""Data and benchmark against other versions of the Algorand packages: what would break, before anything is changed."""
