"""Pattern generators: programs composed from verified building blocks, one module a family."""
