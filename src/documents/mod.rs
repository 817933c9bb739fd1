//! Documents: files that leave the program, made from values; nothing here knows journal, view or disk.
//!
//! A document is written in Chinese whatever language the screens speak: its readers are the township and the office.

pub mod roster;
mod workbook;

pub use workbook::{Cell, Sheet, workbook};
