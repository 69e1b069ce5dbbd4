"""Findings as text, JSON and the formats of forges: `weimin check --format …` and `weimin audit --format text`.

Every writer is a function `write(checked, context) -> str` in a module of its own (`as_text`, `as_json`, `as_github`,
`as_gitlab`, `as_sarif`, `as_junit`, `as_rdjson`, `as_digest`; `as_trail` for the audit); `formats.FORMATS` is the table of
names. `checked` contains the findings and counts, `context` (`ReportContext`) everything else a report needs: names of
platforms, source lines, clauses, the base URL.

Invariants:

- A writer is a pure function; the same findings give the same bytes.
- Text of users cannot control its destination: `plain.printable` makes control characters visible, `markdown` escapes
  markup and mentions, `as_github` escapes workflow commands.
- A line with personal data is not quoted, because logs are public (`as_text`).
- Findings are sorted worst first: errors, then duties by days overdue, then notices.
"""
