//! Which bundles are ours: those of this campaign, in the clear or locked with a key at hand.

use std::collections::BTreeMap;

use crate::exchange::{Header, Keys};
use crate::seal::Public;
use crate::text::Trouble;

/// What is held against a bundle before anything of it is believed.
#[derive(Debug, Clone, Default)]
pub struct Ours {
    /// The campaign's id.
    pub campaign: String,
    /// The keys at hand.
    pub keys: Keys,
    /// With which key each laptop signed so far.
    pub signers: BTreeMap<u64, Public>,
    /// When the newest export of each laptop that was merged was made, by that laptop's clock.
    pub exports: BTreeMap<u64, i64>,
}

impl Ours {
    /// Names a campaign, without any key.
    pub fn of(campaign: &str) -> Self {
        Self { campaign: campaign.to_owned(), ..Self::default() }
    }

    /// Refuses a bundle of another campaign.
    pub(super) fn expect(&self, header: &Header) -> Result<(), Trouble> {
        header.expect_campaign(&self.campaign)
    }
}
