"""Write the settings file with fresh secrets unless it exists, as the set-up's own task."""

import logging
import sys

from local.environment import env_file, make_env_file


def main() -> None:
    """Write what is missing and log it."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    if make_env_file(env_file()):
        logging.info("wrote %s with fresh secrets", env_file().name)


if __name__ == "__main__":
    main()
