//! What lookup knows of one household: only what people search by, and what orders the answers.

use crate::domain::Word;

/// Describes one household to the index. Texts may be as they came; the index folds them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Name of the head 户主, or of the business.
    pub head: Word,
    /// Other names people say: 小名, spouse. Rank after the head.
    pub also: Vec<Word>,
    /// Members of the family, found after every household whose head or place is meant.
    pub members: Vec<Member>,
    /// Phone numbers; only their digits count.
    pub phones: Vec<Word>,
    /// Township 镇(街道).
    pub town: Word,
    /// Village 村(居).
    pub village: Word,
    /// Group 组.
    pub group: Option<u16>,
    /// What stands there where it is no number: 5号楼2单元, 北区.
    pub quarter: Word,
    /// Door or address within the village: 12号, 5号楼2单元.
    pub door: Word,
    /// Kind and status words as the list shows them: 结对帮扶, 未访, 约今晚 19:30, 待核对.
    pub words: Vec<Word>,
    /// Belongs to the person who is looking.
    pub mine: bool,
    /// Has an appointment today.
    pub today: bool,
    /// Has a visit that counts.
    pub visited: bool,
}

/// A member of the family 家庭成员, as far as one searches by it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Member {
    /// The name, or what stands for it: 老伴.
    pub name: Word,
    /// The phones; only their digits count.
    pub phones: Vec<Word>,
}

impl Member {
    /// Describes a member of whom no phone is known.
    pub fn named(name: impl Into<Word>) -> Self {
        Self { name: name.into(), phones: Vec::new() }
    }
}

impl Row {
    /// Gives the place of the row among equals, lowest first: mine, then appointments of today, then not yet visited.
    pub(super) fn hint(&self) -> u8 {
        u8::from(!self.mine) << 2 | u8::from(!self.today) << 1 | u8::from(self.visited)
    }
}

/// Reads the visited bit of a hint.
pub(super) const fn is_visited(hint: u8) -> bool {
    hint & 1 == 1
}
