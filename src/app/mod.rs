//! The session: requests, the writer thread and long jobs.
