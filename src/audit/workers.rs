//! Work on many things by several threads, each of which takes the next thing when it is done with one.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use sheets::Parsing;

/// Does the work of each place below `tasks`, on this thread and `threads - 1` others. Places are begun in their order, and
/// what came of them is given back in it. The work is told where a parser belongs: on a thread of its own, as long as
/// there are more threads than places left.
pub(super) fn side_by_side<T: Send>(threads: usize, tasks: usize, work: impl Fn(usize, Parsing) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let hand = || {
        let mut done = Vec::new();
        loop {
            let task = next.fetch_add(1, Ordering::Relaxed);
            if task >= tasks {
                return done;
            }
            let parsing = if tasks - task < threads { Parsing::Ahead } else { Parsing::Here };
            done.push((task, work(task, parsing)));
        }
    };
    let mut done = thread::scope(|scope| {
        let hands: Vec<_> = (1..threads.min(tasks)).map(|_| scope.spawn(hand)).collect();
        let mut done = hand();
        for hand in hands {
            done.extend(hand.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(task, _)| *task);
    done.into_iter().map(|(_, outcome)| outcome).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_done_once_and_comes_back_in_order() {
        for (threads, tasks) in [(1, 5), (2, 5), (8, 3), (3, 0), (4, 1)] {
            let done = side_by_side(threads, tasks, |task, _| task);
            assert_eq!(done, (0..tasks).collect::<Vec<_>>(), "{threads} threads");
        }
    }

    #[test]
    fn a_parser_gets_a_thread_of_its_own_where_one_is_left() {
        use Parsing::{Ahead, Here};
        assert_eq!(side_by_side(1, 2, |_, parsing| parsing), [Here, Here]);
        assert_eq!(side_by_side(2, 3, |_, parsing| parsing), [Here, Here, Ahead]);
        assert_eq!(side_by_side(2, 1, |_, parsing| parsing), [Ahead]);
    }

    #[test]
    #[should_panic(expected = "of the work")]
    fn a_panic_is_passed_on_as_it_was() {
        side_by_side(2, 9, |task, _| assert!(task != 4, "of the work"));
    }
}
