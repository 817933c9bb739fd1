//! The sorts of things that an operation can create.

/// One sort of entity. The number is the operation kind and never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// 受访户, met on the way or added by hand (rosters bring theirs as rows).
    Household,
    /// 家庭成员.
    Member,
    /// 预约.
    Appointment,
    /// 走访.
    Visit,
    /// 记下的一句: one spoken line.
    Line,
    /// 问题.
    Issue,
    /// 夜话场次.
    Talk,
    /// 导入: one roster brought in, by whom and when.
    Import,
}

/// Each sort with its operation kind and the letter its names begin with.
const SORTS: [(Sort, u16, char); 8] = [
    (Sort::Household, 20, 'h'),
    (Sort::Member, 21, 'm'),
    (Sort::Appointment, 22, 'a'),
    (Sort::Visit, 23, 'v'),
    (Sort::Line, 24, 'l'),
    (Sort::Issue, 25, 'i'),
    (Sort::Talk, 26, 't'),
    (Sort::Import, 27, 'n'),
];

impl Sort {
    /// Gives the operation kind that creates this sort.
    pub fn kind(self) -> u16 {
        SORTS.iter().find(|row| row.0 == self).map_or(0, |row| row.1)
    }

    /// Finds the sort that an operation kind creates.
    pub fn of_kind(kind: u16) -> Option<Self> {
        SORTS.iter().find(|row| row.1 == kind).map(|row| row.0)
    }

    /// Gives the letter that names of this sort begin with in text.
    pub fn letter(self) -> char {
        SORTS.iter().find(|row| row.0 == self).map_or('x', |row| row.2)
    }
}
