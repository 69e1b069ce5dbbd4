"""From an error of the JSON Schema validator to a message in Chinese with a line to paste (S101 to S106).

jsonschema reports everything that does not fit, often several errors for one place and none in the words of an author.
The steps here:

1. `message.explain` wraps each error as a `SchemaError` (violation.py), which knows the path, the schema node and the
   names of the field.
2. A table (`_DESCRIBERS`) maps the failed keyword (`required`, `type`, `enum`, `pattern` …) to a rank and to a function
   that yields violations: code, pointer, fact, hint.
3. Of several violations at one place the one with the lowest rank is kept: that a field is unknown says more than that
   its value has the wrong form.
4. The violations are sorted by their position in the record.

The modules: `message` (table, missing, unknown and excluded fields), `value` (type, choice, constant, range, form),
`format` (texts with a form: dates, codes, addresses, ids), `choice` (allowed values, field names and near misses).

A message states the fact first and ends with a full stop; the hint is a line to paste if one can be worked out
(`suggest`), otherwise the schema's own description and example. Example: `date: 2026年3月2日` gives S105 “…，要写成 2026-03-02。”
with the hint “改成 date: 2026-03-02”.
"""
