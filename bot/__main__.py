"""`python -m bot` is `lodewire`."""

from bot.cli import main

if __name__ == "__main__":
    main()
