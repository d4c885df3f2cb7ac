"""The servers of the stack: each module becomes one of them."""
