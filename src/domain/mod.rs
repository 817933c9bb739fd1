//! Types, rules, and the fold from operations to state. No file, clock, terminal or database here.
