//! Words: the short texts that records are made of.

/// A short text: a key, a name, a phone, a code word. Up to 24 bytes lie in place (eight 汉字), longer ones beside it, so
/// that a household's dozen facts cost no dozen allocations.
pub type Word = compact_str::CompactString;
