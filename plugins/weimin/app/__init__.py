"""Use cases: each combines the engine, which reads and judges records, with what one group of commands is for.

| Subpackage | Commands | What it does |
|---|---|---|
| `check` | `weimin check` | judges the register, a change since a revision, or staged files |
| `build` | `weimin build`, `export`, `serve` | produces the files of the site or of the open data |
| `audit` | `weimin audit`, `redact` | replays the history of the main branch; removes personal data from it |
| `verify` | `weimin verify` | compares a published site with the site that its commit produces |
| `entry` | `weimin new`, `import`, `explain`, `hook`, `codeowners` | helps people to enter records |

Subpackages import each other only here:

- `build` → `check`: a build publishes nothing while the register has errors;
- `verify` → `build`: a site is verified by building it again, and its manifests have the names that a build gives them;
- `audit` → `build`: a redaction destroys salts in the folder of the log that a release writes.

`entry` imports none and is imported by none. No chain of imports within `app` is longer than six modules
(`tests/architecture/test_rooms.py`).
"""
