"""``python -m algorand_coder.cli``."""

from algorand_coder.cli import main

if __name__ == "__main__":
    main()
