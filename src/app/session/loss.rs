//! Loss: what leaving now would cost. A record that the disk refused is a draft all the same, and costs nothing.

/// What is typed and counted and does not lie on the disk, where the disk took none of it when it was to be saved last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loss {
    /// The places whose words do not.
    pub(in crate::app) places: Vec<String>,
    /// Minutes of what runs that do not.
    pub minutes: bool,
    /// The folder is gone, and all of it with it.
    pub(in crate::app) is_all: bool,
}

impl Loss {
    /// Tells whether no words are lost.
    pub fn is_without_words(&self) -> bool {
        !self.is_all && self.places.is_empty()
    }
}
