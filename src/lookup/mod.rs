//! Lookup: households found by name, sound, initials, phone and place while one types.
//!
//! Everything a household is searched by is folded once, when its row is put in, into flat buffers that a memory search
//! runs over (`column`). Each token of a line marks the rows it matches, tokens are joined by AND, and the best rows
//! are taken by rank: how the name matched, the head's before a member's, mine, today, not yet visited, then place and name.
//!
//! Consequences: a keystroke costs a scan of a few megabytes at a hundred thousand households and no allocation a row.
//! A changed row is not written into the big part: it is taken out there and put into small parts that double, so that
//! one change costs microseconds; many together are built at once.
//! Limitation: initials and pinyin are mixed in one token only as `zhangsf`.

mod asked;
mod column;
mod flat;
mod fold;
mod index;
mod marks;
mod names;
mod people;
mod phones;
mod row;
mod spelled;
mod tally;
mod token;
mod words;

pub use asked::{Asked, Tie};
pub use index::{Found, Index, Village};
pub use marks::Wanted;
pub use row::{Member, Row};
pub use tally::{Tally, by_town, by_village};
