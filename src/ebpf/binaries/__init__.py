"""User-space binaries and libraries: where they are, their functions, and their statically defined tracepoints."""
