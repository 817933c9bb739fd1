//! Types, rules, and the fold from operations to state. No file, clock, terminal or database here.

mod name;
mod operation;
mod record;
mod register;
mod sort;
mod stamp;
mod value;

pub use name::{Name, NotAName};
pub use operation::{Birth, Body, Doubt, Kept, Operation, RETRACT, Retract, RosterHead, RosterRow, Step, Writer};
pub use record::Record;
pub use register::{Register, value_of};
pub use sort::Sort;
pub use stamp::Stamp;
pub use value::Value;
