//! What the topic of a row says of the row itself: that it did not take place, or not then.

use super::gapped::ends_gapped;
use super::reading::Remarks;
use crate::dictionary::words::with_hints;

/// What parts a topic.
const MARKS: [char; 11] = [',', '，', ';', '；', '—', '-', '–', '/', ' ', '、', '。'];

/// A longer part of a topic is of the topic itself.
const LONGEST_PART: usize = 16;

impl Remarks {
    /// Whether a text says by one of these words that somebody spoke there: 作为授课专家.
    pub fn spoke(&self, text: &str, words: &[String]) -> bool {
        self.moved.spoke(text, words) || self.moved.is_headed(text)
    }

    /// Whether a topic says so: 国培班主讲.
    pub fn spoke_in_topic(&self, topic: &str, words: &[String]) -> bool {
        self.spoke(topic, words) || self.moved.is_ended(topic)
    }

    /// Whether a kind says what somebody was there who spoke: 主讲.
    pub fn is_speaker(&self, kind: &str, words: &[String]) -> bool {
        self.moved.spoke(kind, words)
    }

    /// Whether a topic says that nobody went to a place, but saw it from afar: 线上听课, 听评课（腾讯会议）; and not 线上教学研讨.
    pub fn is_remote_topic(&self, topic: &str) -> bool {
        let normal = with_hints(topic);
        let mut bracketed = normal.split('(').skip(1).filter_map(|rest| rest.split_once(')').map(|(hint, _)| hint));
        let begins = |word: &String| normal.starts_with(word.as_str());
        self.places.remote_topics.iter().any(|word| normal.contains(word.as_str()))
            || self.places.remote_heads.iter().any(begins)
            || bracketed.any(|hint| hint.chars().nth(LONGEST_PART).is_none() && self.is_remote(hint))
    }

    /// Whether a topic says that it did not take place, or not then: …（取消）, 已取消：…, and not 取消期末统考后的命题研究.
    pub fn calls_off(&self, topic: &str) -> bool {
        const OPEN: [char; 6] = ['(', '（', '[', '［', '【', '〔'];
        const CLOSE: [char; 6] = [')', '）', ']', '］', '】', '〕'];
        let text = topic.trim().trim_end_matches(['。', '!', '！', '.']);
        let is_harmless = || self.harmless.iter().any(|phrase| text.ends_with(phrase.as_str()));
        let is_off = |word: &String| text.ends_with(word.as_str());
        let is_put_off = |word: &String| {
            let is_time = |rest: &str| self.off.put_off_to.iter().any(|to| rest.starts_with(to.as_str()));
            let is_to_come = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit()) || is_time(rest);
            text.split_once(word.as_str()).is_some_and(|(_, rest)| is_to_come(rest))
        };
        if self.off.put_off.iter().any(is_put_off)
            || self.off.to_come.iter().any(|word| text.starts_with(word.as_str()))
        {
            return true;
        }
        let was_off = |rest: &str| self.off.called_off.iter().any(|word| rest.starts_with(word.as_str()));
        if self.absent.iter().any(is_off) && text.chars().nth(LONGEST_PART).is_none() {
            return true;
        }
        if self.off.called_off.iter().any(is_off) && !is_harmless() || text.strip_prefix('已').is_some_and(was_off) {
            return true;
        }
        // 未参加, and nothing else; most topics are longer.
        if text.chars().nth(6).is_none() && self.is_denial(text) {
            return true;
        }
        let bracketed = |rest: Option<&str>| rest.is_some_and(|rest| self.says_off(rest, true));
        let first = || text.strip_prefix(OPEN).and_then(|rest| rest.split(CLOSE).next());
        let last = || text.strip_suffix(CLOSE).and_then(|rest| rest.rsplit(OPEN).next());
        let front = || text.split_once([':', '：']).is_some_and(|(front, _)| self.says_off(front, false));
        // 未听课，仅座谈.
        let is_short = || text.chars().nth(LONGEST_PART).is_none();
        let begins_off = || {
            let front = text.split_once(MARKS).map(|(front, _)| front).filter(|front| front.starts_with('未'));
            front.is_some_and(|front| self.is_denial(front)) && is_short()
        };
        // 请假由张三代.
        let is_substituted = || ends_gapped(&self.gapped, text);
        let back =
            || text.rsplit_once(MARKS).is_some_and(|(_, back)| self.says_off(back, false) || self.is_denial(back));
        bracketed(first()) || bracketed(last()) || front() || back() || begins_off() || is_substituted()
    }

    /// Whether a short part of a topic says that it did not take place: 因故改期至10月.
    fn says_off(&self, part: &str, in_brackets: bool) -> bool {
        if part.chars().nth(LONGEST_PART).is_some() {
            return false;
        }
        let rest = self.harmless.iter().fold(with_hints(part), |rest, phrase| rest.replace(phrase.as_str(), ""));
        let begins = |text: &str, words: &[String]| words.iter().any(|word| text.starts_with(word.as_str()));
        let is_off = |word: &String| {
            let Some((front, tail)) = rest.split_once(word.as_str()) else { return false };
            let goes_on =
                begins(tail, &self.off.tails) || tail.starts_with(|c: char| c.is_ascii_digit() || ",.;:(".contains(c));
            tail.is_empty() || goes_on && (front.is_empty() || begins(front, &self.off.fronts))
        };
        let is_short = rest.chars().nth(5).is_none();
        let denies = |word: &String| {
            let word = word.as_str();
            word.chars().nth(1).is_some() && (rest.ends_with(word) || is_short && rest.starts_with(word))
        };
        // 报名，未参加; 已报名未参加.
        let absent =
            || part.split(MARKS).any(|one| self.is_denial(one)) || self.absent.iter().any(|word| rest.ends_with(word));
        self.off.called_off.iter().any(is_off) || in_brackets && (absent() || self.denying.iter().any(denies))
    }
}
