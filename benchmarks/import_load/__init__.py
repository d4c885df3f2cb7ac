"""Exports of any number of rows, in every format that can be imported."""
