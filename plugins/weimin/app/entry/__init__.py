"""What people use to enter records: `weimin new`, `import`, `explain`, `hook` and `codeowners`."""
