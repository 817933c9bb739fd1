//! The session: requests, the writer thread and long jobs.

mod action;
mod args;
mod desk;
mod device;
mod export;
pub mod face;
mod house;
mod import;
mod keeper;
mod merge;
mod pen;
mod place;
mod request;
mod requests;
mod running;
mod shelf;
mod slate;
mod standing;

pub use args::Args;
pub use desk::Desk;
pub use device::Device;
pub use export::{Export, Exported};
pub use face::Face;
pub use house::{Hits, House};
pub use import::{Imported, Roster};
pub use keeper::{Beat, Keeper};
pub use merge::{Merged, Parcel};
pub use pen::Pen;
pub use place::{Opened, Place, no_campaign};
pub use request::{Answer, Request, Row, Takes};
pub use requests::all as request_rows;
pub use running::Running;
pub use shelf::Shelf;
pub use slate::Slate;
pub use standing::{Standing, Visited};
