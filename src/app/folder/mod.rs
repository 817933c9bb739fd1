//! The data folder 数据文件夹 on this laptop: what lies in it, under a passphrase or not, how it is opened, checked, saved and rescued.

pub(in crate::app) mod backup;
pub(in crate::app) mod beginning;
pub mod check;
pub(in crate::app) mod device;
pub(in crate::app) mod following;
pub(in crate::app) mod frames;
pub(in crate::app) mod habits;
pub(in crate::app) mod landing;
pub(in crate::app) mod opened;
pub(in crate::app) mod place;
pub(in crate::app) mod rescue;
pub mod sealing;
pub(in crate::app) mod secret;
pub(in crate::app) mod settled;
pub(in crate::app) mod torn;
pub(in crate::app) mod typed_path;
pub(in crate::app) mod whose;
pub(in crate::app) mod witness;
