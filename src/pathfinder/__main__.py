"""`python -m pathfinder` does what the command `pathfinder` does."""

from pathfinder.cli.main import run

if __name__ == "__main__":
    run()
