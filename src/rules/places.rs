//! Short names of counties: 沙区 may be 沙依巴克区, and so may 乌鲁木齐市沙依巴克区.

/// What a name of a county ends with, the longest first.
const ENDS: [&str; 9] = ["自治县", "自治旗", "新区", "区县", "地区", "区", "县", "市", "旗"];

/// What the name of a higher place ends with that may stand before it.
const ABOVE: [char; 4] = ['省', '市', '州', '盟'];

/// Whether two names that are not written the same may be one county, also by what stands in brackets: 经开区(头屯河区).
pub(crate) fn may_be_same_county(one: &str, other: &str) -> bool {
    fn parts(name: &str) -> impl Iterator<Item = &str> {
        name.split(['(', ')', '（', '）']).filter(|part| !part.is_empty())
    }
    parts(one).any(|one| parts(other).any(|other| may_be_same_part(one, other)))
}

fn may_be_same_part(one: &str, other: &str) -> bool {
    let (Some((one, one_ends)), Some((other, other_ends))) = (stem(one), stem(other)) else { return false };
    (one_ends || other_ends) && (one.starts_with(other) || other.starts_with(one))
}

/// A name without the places above it and without its ending, and whether it had one. `None` if nothing is left of it.
fn stem(name: &str) -> Option<(&str, bool)> {
    let own = ENDS.iter().find_map(|end| name.strip_suffix(end));
    let bare = own.unwrap_or(name);
    let is_before = |at: usize, c: char| at > 0 && at + c.len_utf8() < bare.len();
    let above = bare.char_indices().rev().find(|(at, c)| is_before(*at, *c) && ABOVE.contains(c));
    let bare = above.map_or(bare, |(at, c)| &bare[at + c.len_utf8()..]);
    (!bare.is_empty() && bare.chars().count() <= 8).then_some((bare, own.is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_may_be_the_county_and_another_county_is_not() {
        for (one, other) in [
            ("沙区", "沙依巴克区"),
            ("沙依巴克", "沙依巴克区"),
            ("乌鲁木齐市沙依巴克区", "沙依巴克区"),
            ("米东新区", "米东区"),
            ("乌鲁木齐市新市区", "新市区"),
            ("经济技术开发区(头屯河区)", "头屯河区"),
            ("经济技术开发区（头屯河区）", "经开区(头屯河区)"),
        ] {
            assert!(may_be_same_county(one, other) && may_be_same_county(other, one), "{one} {other}");
        }
        for (one, other) in [("天山区", "沙依巴克区"), ("城关小学", "城关中学"), ("松岭县", "松山县"), ("局属", "区属")]
        {
            assert!(!may_be_same_county(one, other), "{one} {other}");
        }
    }
}
