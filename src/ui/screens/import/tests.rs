//! Stories of the import page.
