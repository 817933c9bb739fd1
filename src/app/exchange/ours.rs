//! Which bundles are ours: those of this campaign, in the clear or locked with a key at hand.

use std::collections::BTreeMap;

use crate::exchange::{Header, Keys};
use crate::seal::Public;
use crate::text::Trouble;

use crate::app::Peers;

/// What is held against a bundle before anything of it is believed.
#[derive(Debug, Clone, Default)]
pub struct Ours {
    /// The campaign's id.
    pub campaign: String,
    /// The keys at hand.
    pub keys: Keys,
    /// With which key each laptop signed so far.
    pub signers: BTreeMap<u64, Public>,
    /// What other laptops had at their exports that were merged.
    pub peers: Peers,
}

impl Ours {
    /// Names a campaign, without any key.
    pub fn of(campaign: &str) -> Self {
        Self { campaign: campaign.to_owned(), ..Self::default() }
    }

    /// Refuses a bundle of another campaign.
    pub(in crate::app) fn expect(&self, header: &Header) -> Result<(), Trouble> {
        header.expect_campaign(&self.campaign)
    }
}
