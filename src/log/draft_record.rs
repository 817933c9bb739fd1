//! The bytes of one record in the drafts file.

use std::num::NonZeroU64;

use super::payload::DraftId;

/// Holds what stands in one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Which field it is, in the words of the screens; opaque here.
    pub place: Vec<u8>,
    /// What was typed.
    pub text: String,
    /// Where the cursor stands, as the field counts.
    pub cursor: u32,
    /// Wall clock of the last change, milliseconds since 1970.
    pub at: i64,
}

/// One line of the drafts file; the later one of a key wins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Record {
    Draft(DraftId, Draft),
    Gone(DraftId),
    Beat(String, Vec<u8>),
    BeatEnded(String),
    /// The greatest draft name ever given, so that none is given twice.
    Last(u64),
}

const DRAFT: u8 = 1;
const GONE: u8 = 2;
const BEAT: u8 = 3;
const BEAT_ENDED: u8 = 4;
const LAST: u8 = 5;

impl Record {
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Self::Draft(id, draft) => [
                &[DRAFT][..],
                &id.0.get().to_le_bytes(),
                &draft.at.to_le_bytes(),
                &draft.cursor.to_le_bytes(),
                &length(&draft.place),
                &draft.place,
                draft.text.as_bytes(),
            ]
            .concat(),
            Self::Gone(id) => [&[GONE][..], &id.0.get().to_le_bytes()].concat(),
            Self::Beat(key, bytes) => [&[BEAT][..], &length(key.as_bytes()), key.as_bytes(), bytes].concat(),
            Self::BeatEnded(key) => [&[BEAT_ENDED][..], key.as_bytes()].concat(),
            Self::Last(last) => [&[LAST][..], &last.to_le_bytes()].concat(),
        }
    }

    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let (kind, mut rest) = bytes.split_first()?;
        let rest = &mut rest;
        let record = match *kind {
            DRAFT => {
                let id = id(rest)?;
                let at = i64::from_le_bytes(take(rest)?);
                let cursor = u32::from_le_bytes(take(rest)?);
                let place = take_counted(rest)?.to_vec();
                let text = text(rest)?;
                Self::Draft(id, Draft { place, text, cursor, at })
            }
            GONE => Self::Gone(id(rest)?),
            BEAT => {
                let key = String::from_utf8(take_counted(rest)?.to_vec()).ok()?;
                Self::Beat(key, std::mem::take(rest).to_vec())
            }
            BEAT_ENDED => Self::BeatEnded(text(rest)?),
            LAST => Self::Last(u64::from_le_bytes(take(rest)?)),
            _ => return None,
        };
        rest.is_empty().then_some(record)
    }
}

/// A count of bytes; longer ones than a frame takes are refused there.
fn length(bytes: &[u8]) -> [u8; 4] {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes()
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, after) = rest.split_first_chunk::<N>()?;
    *rest = after;
    Some(*taken)
}

fn take_counted<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let count = usize::try_from(u32::from_le_bytes(take(rest)?)).ok()?;
    let (taken, after) = rest.split_at_checked(count)?;
    *rest = after;
    Some(taken)
}

fn id(rest: &mut &[u8]) -> Option<DraftId> {
    NonZeroU64::new(u64::from_le_bytes(take(rest)?)).map(DraftId)
}

fn text(rest: &mut &[u8]) -> Option<String> {
    String::from_utf8(std::mem::take(rest).to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU64;

    use super::super::payload::DraftId;
    use super::{Draft, Record};

    #[test]
    fn records_are_read_back_and_shorter_or_longer_ones_refused() {
        let id = DraftId(NonZeroU64::new(7).unwrap());
        let draft = Draft { place: b"visit/3/line".to_vec(), text: "机井坏了".into(), cursor: 4, at: -1 };
        let records = [
            Record::Draft(id, draft),
            Record::Gone(id),
            Record::Beat("visit/3".into(), vec![0, 255]),
            Record::BeatEnded("visit/3".into()),
            Record::Last(9),
        ];
        for record in records {
            let bytes = record.encode();
            assert_eq!(Record::decode(&bytes).as_ref(), Some(&record));
            for end in 0..bytes.len() {
                assert_ne!(Record::decode(&bytes[..end]).as_ref(), Some(&record));
            }
        }
        assert_eq!(Record::decode(&[5, 9, 0, 0, 0, 0, 0, 0, 0, 0]), None);
        assert_eq!(Record::decode(&[6, 0]), None);
    }
}
