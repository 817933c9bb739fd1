//! Types, rules, and the fold from operations to state. No file, clock, terminal or database here.

pub mod binding;
pub mod choice;
mod class;
mod coded;
mod deadlines;
pub mod facts;
mod fields;
pub mod household;
mod light;
mod line;
pub mod local;
mod name;
mod operation;
mod phone;
mod record;
mod register;
mod sort;
mod stamp;
pub mod timer;
mod value;
mod visit;
mod workdays;

pub use class::{Class, Kind, Mark};
pub use deadlines::{Basis, DayOne, Deadline, DeadlineRules, Dues, Duty};
pub use fields::Field;
pub use household::Household;
pub use light::Light;
pub use line::{Issue, Line};
pub use name::{Name, NotAName};
pub use operation::{Birth, Body, Doubt, Kept, Operation, RETRACT, Retract, RosterHead, RosterRow, Step, Writer};
pub use phone::{NotAPhone, Phone};
pub use record::Record;
pub use register::{Register, value_of};
pub use sort::Sort;
pub use stamp::Stamp;
pub use value::Value;
pub use visit::Visit;
pub mod places;
mod day;
mod workdays;

pub use day::{Day, day_of, read_day, spoken, spoken_beside, weekday};
pub use workdays::{Calendar, Due, Notice, Special, Workday};
