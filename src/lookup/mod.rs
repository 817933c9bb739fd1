//! Lookup: households found by name, sound, initials, phone and place while one types.
