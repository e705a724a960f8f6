"""`python -m pathfinder` does what the command `pathfinder` does."""

from pathfinder.cli.main import main

if __name__ == "__main__":
    main()
