//! Stories of the exchange page.
