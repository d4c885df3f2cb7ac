"""``python -m clients.importers``: make a file of plays from other services' data."""

import sys

from clients.importers.real_plays import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
