"""The transparency log of releases, and the digest of an audit."""
