//! Work on many values at once, spread over the processors.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread;

/// Fewer values are not worth a thread.
const FEW: usize = 64;
/// Most threads; laptops of teams have two processors, and memory is shared.
const MOST: usize = 4;

/// Gives how many threads are worth having at once.
pub fn threads() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get).min(MOST)
}

/// Gives what comes of each value, in order.
pub fn over<T: Sync, R: Send>(values: &[T], each: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = threads();
    if values.len() < FEW || threads == 1 {
        return values.iter().map(each).collect();
    }
    let each = &each;
    let mut shares = values.chunks(values.len().div_ceil(threads));
    let own = shares.next().unwrap_or_default();
    thread::scope(|scope| {
        let work = |share: &'_ [T]| share.iter().map(each).collect::<Vec<R>>();
        let others: Vec<_> = shares.map(|share| scope.spawn(move || work(share))).collect();
        let mut all = Vec::with_capacity(values.len());
        all.extend(own.iter().map(each));
        for other in others {
            all.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        all
    })
}

/// Gives what becomes of each value, in order.
pub fn over_own<T: Send, R: Send>(mut values: Vec<T>, each: impl Fn(T) -> R + Sync) -> Vec<R> {
    let threads = threads();
    if values.len() < FEW || threads == 1 {
        return values.into_iter().map(each).collect();
    }
    let (each, share) = (&each, values.len().div_ceil(threads));
    let mut shares = Vec::with_capacity(threads);
    while values.len() > share {
        shares.push(values.split_off(values.len() - share));
    }
    thread::scope(|scope| {
        let work = |share: Vec<T>| share.into_iter().map(each).collect::<Vec<R>>();
        let others: Vec<_> = shares.into_iter().rev().map(|share| scope.spawn(move || work(share))).collect();
        let mut all = work(values);
        for other in others {
            all.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        all
    })
}

#[cfg(test)]
mod tests {
    use super::{over, over_own};

    #[test]
    fn what_comes_of_many_stays_in_order() {
        for many in [0, 1, 63, 64, 65, 1000] {
            let values: Vec<usize> = (0..many).collect();
            let tripled: Vec<usize> = values.iter().map(|value| value * 3).collect();
            assert_eq!(over(&values, |value| value * 3), tripled);
            assert_eq!(over_own(values, |value| value * 3), tripled);
        }
    }
}
