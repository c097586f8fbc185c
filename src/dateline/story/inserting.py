"""Rows in bulk: one prepared statement run many times.

`bulk_create` compiles each value of each row anew, which took half of an archive import's time; here each column's
adapter is chosen once. Rows must carry their own keys, and the tables have no save signals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from django.db import connections, models, router

PLAIN: Final = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)
"""Columns whose Python values both databases take as they are."""


def insert(rows: Iterable[models.Model]) -> None:
    """Insert rows of one model. Columns that the database numbers are left to it."""
    rows = list(rows)
    if not rows:
        return
    model = type(rows[0])
    connection = connections[router.db_for_write(model)]
    fields = [f for f in model._meta.concrete_fields if not isinstance(f, models.AutoField)]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    adapters = [(field.attname, _adapter(field, connection)) for field in fields]
    values = [[adapt(getattr(row, name)) if adapt else getattr(row, name) for name, adapt in adapters] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)  # noqa: S608 - our own names


def _adapter(field: models.Field[Any, Any], connection: Any) -> Callable[[Any], Any] | None:
    if isinstance(field, models.ForeignKey):
        return _adapter(field.target_field, connection)
    if isinstance(field, PLAIN):
        return None
    return lambda value: field.get_db_prep_save(value, connection)
