"""The till's own file: which column is what, what each line says, and what the hours of the mob come to."""

from pledges.till_files.adding import look
from pledges.till_files.columns import propose
from pledges.till_files.table import Table, open_table
from pledges.till_files.values import COLUMNS, Columns, Look, Mark, Order

__all__ = ["COLUMNS", "Columns", "Look", "Mark", "Order", "Table", "look", "open_table", "propose"]
