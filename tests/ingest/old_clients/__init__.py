"""Old clients as models of what each does with a response: it drops, keeps or repeats what it sent."""
