//! The words for columns that say who organised what a row tells of, and for whose a unit is: of a city, of a district, or above all.

use std::collections::HashSet;
use std::sync::Arc;

use crate::dictionary::form::Form;
use crate::dictionary::words::{normalise, with_hints};

/// Characters at the end of the names of places that have an office of their own.
const PLACES: [char; 4] = ['市', '县', '区', '旗'];
/// What stands before one of them in the name of one's own place: 全区.
const OWN: [char; 4] = ['全', '本', '我', '各'];
/// Longest name of a district behind its city: 青山市松岭区.
const BEHIND_CITY: usize = 5;

/// What a column says of who organised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrganiserColumn {
    Person,
    Unit,
    /// The part of those on the row.
    Role,
}

/// A unit that organised, as far as its name says whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrganisingUnit {
    /// Of nobody who is audited: of a province, or a school.
    Another,
    /// Of the place of this name; of a city that is not named it is 市.
    Of(Arc<str>),
}

/// The words of `[remarks.organisers]`, in their normal form.
#[derive(Debug, Default)]
pub struct OrganiserWords {
    people: HashSet<String>,
    units: Vec<String>,
    roles: Vec<String>,
    helping: Vec<String>,
    taking_part: Vec<String>,
    leading: Vec<String>,
    above: Vec<String>,
    no_places: Vec<String>,
    organising: Vec<String>,
    /// Words for what kind a row may be of which a topic says whose it is, as they are written.
    pub exams: Vec<String>,
}

impl OrganiserWords {
    pub(super) fn read(form: &Form<'_, '_>) -> OrganiserWords {
        let Some(form) = form.form("organisers") else { return OrganiserWords::default() };
        let header = |key| form.strings(key).into_iter().map(|text| normalise(&text));
        let words = |key| form.strings(key).into_iter().map(|text| with_hints(&text)).collect();
        let read = OrganiserWords {
            people: header("people").collect(),
            units: header("units").collect(),
            roles: header("roles").collect(),
            helping: words("helping"),
            taking_part: words("taking-part"),
            leading: words("leading"),
            above: words("above"),
            no_places: words("no-places"),
            organising: words("organising"),
            exams: form.strings("exams"),
        };
        form.finish();
        read
    }

    /// What a column under this header says of who organised.
    pub fn of_header(&self, header: &str) -> Option<OrganiserColumn> {
        let normal = normalise(header);
        let within = |words: &[String]| words.iter().any(|word| normal.contains(word.as_str()));
        match () {
            () if self.people.contains(&normal) => Some(OrganiserColumn::Person),
            () if within(&self.units) => Some(OrganiserColumn::Unit),
            () => self.is_role(&normal).then_some(OrganiserColumn::Role),
        }
    }

    /// Whether a header, in its normal form, asks for the part of those on the row.
    pub fn is_role(&self, normal: &str) -> bool {
        self.roles.iter().any(|word| normal.contains(word.as_str()))
    }

    /// Whether a role is that of somebody who only took part.
    pub fn took_part(&self, text: &str) -> bool {
        let normal = with_hints(text);
        self.taking_part.iter().any(|word| normal.contains(word.as_str()))
    }

    /// Whether a role is that of somebody who only helped others at it: 陪同.
    pub fn only_helped(&self, text: &str) -> bool {
        let normal = with_hints(text);
        self.helping.iter().any(|word| normal.contains(word.as_str()))
    }

    /// Whether a role at a training is not, or not only, that of a trainee: 助教, and no 听讲.
    pub fn only_led(&self, text: &str) -> bool {
        let normal = with_hints(text);
        self.leading.iter().any(|word| normal.contains(word.as_str())) && !self.took_part(text)
    }

    /// Whose the unit is that a text names; of several the first that says most. `None` if it does not say.
    pub fn unit(&self, text: &str) -> Option<OrganisingUnit> {
        let normal = with_hints(text);
        if self.is_above(&normal) {
            return Some(OrganisingUnit::Another);
        }
        let bare = self.bare(&normal);
        let places: Vec<&str> = bare.split(['、', ',', ';', '/', ' ', '和', '与', '及']).filter_map(place_of).collect();
        let of_city = places.iter().find(|place| place.ends_with('市'));
        of_city.or(places.first()).map(|place| OrganisingUnit::Of(Arc::from(*place)))
    }

    /// Whose the unit is that a remark says organised it: 市教科院组织.
    pub fn remarked(&self, text: &str) -> Option<OrganisingUnit> {
        let normal = with_hints(text);
        let is_said = self.organising.iter().any(|word| normal.contains(word.as_str()));
        if is_said { self.unit(text) } else { None }
    }

    /// Whose an examination is by its topic: 全市初三统一质量检测, 国测; and not 青山市松岭区期末监测.
    pub fn examiner(&self, topic: &str) -> Option<OrganisingUnit> {
        let normal = with_hints(topic);
        if self.is_above(&normal) {
            return Some(OrganisingUnit::Another);
        }
        let bare = self.bare(&normal);
        let is_of_district = |rest: &str| rest.chars().take(BEHIND_CITY).any(|c| PLACES.contains(&c));
        let mut cities = bare.match_indices('市').map(|(at, city)| &bare[at + city.len()..]);
        cities.any(|rest| !is_of_district(rest)).then(|| OrganisingUnit::Of("市".into()))
    }

    /// Whether a unit is an office's own, or of its place: 松岭区教育局 is of 松岭区教研室. A city is that of an office which names no
    /// county or district; a district is that of an office which names no place.
    pub fn is_own(&self, unit: &OrganisingUnit, office: &str) -> bool {
        let OrganisingUnit::Of(place) = unit else { return false };
        let office = self.bare(&with_hints(office));
        let is_city = place.ends_with('市');
        match place_of(&office) {
            Some(own) if own.ends_with('市') && &**place == "市" => true,
            Some(_) => office.contains(&**place) && (!is_city || !office.contains(['县', '区', '旗'])),
            None => !is_city,
        }
    }

    /// Whether a name is that of a county or a district: 松岭区教研室, 县级.
    pub fn is_of_district(&self, name: &str) -> bool {
        self.bare(&with_hints(name)).contains(['县', '区', '旗'])
    }

    fn is_above(&self, normal: &str) -> bool {
        self.above.iter().any(|word| normal.contains(word.as_str()))
    }

    /// A text without what only looks like a place: 城市, 校区.
    fn bare(&self, normal: &str) -> String {
        self.no_places.iter().fold(normal.to_string(), |rest, word| rest.replace(word.as_str(), ""))
    }
}

/// The last place that a text names: 松岭区 of 青山市松岭区教育局, 市 of 市教科院. `None` for one's own: 区教育局, 全县.
fn place_of(text: &str) -> Option<&str> {
    let (end, last) = text.char_indices().rfind(|(_, c)| PLACES.contains(c))?;
    let front = text[..end].rfind(PLACES).and_then(|at| text.get(at..)?.chars().next().map(|c| at + c.len_utf8()));
    let name = &text[front.unwrap_or(0)..end];
    let is_bare = name.is_empty() || name.ends_with(OWN);
    match (is_bare, last) {
        (true, '市') => Some("市"),
        (true, _) => None,
        (false, last) => text.get(front.unwrap_or(0)..end + last.len_utf8()),
    }
}

#[cfg(test)]
mod tests {
    use super::OrganisingUnit;
    use crate::dictionary::Dictionary;

    #[test]
    fn a_unit_of_ones_own_place_is_ones_own_and_one_of_the_city_above_is_not() {
        let words = &Dictionary::built_in().remarks.organisers;
        let is_own = |unit: &str, office| words.unit(unit).is_none_or(|unit| words.is_own(&unit, office));
        for unit in ["松岭区教育局", "区教育局", "教研室", "青山市松岭区教师进修学校", "本单位"]
        {
            assert!(is_own(unit, "松岭区教师进修学校"), "{unit}");
        }
        for unit in ["市教科院", "青山市教科院", "江口区教研室", "省教育厅", "市教科院、区教育局"]
        {
            assert!(!is_own(unit, "松岭区教师进修学校") && !is_own(unit, "青山市松岭区教研室"), "{unit}");
        }
        assert!(is_own("市教育局", "松岭市教研室") && is_own("松岭市教育局", "松岭市教研室"));
        assert!(!is_own("青山市教科院", "松岭市教研室"));
        assert!(is_own("松岭区教育局", "教研室") && !is_own("市教科院", "教研室"));
    }

    #[test]
    fn a_topic_says_whose_an_examination_is() {
        let words = &Dictionary::built_in().remarks.organisers;
        for topic in ["全市初三统一质量检测", "市质检", "九年级市二模", "市教科院组织期末统考"]
        {
            assert_eq!(words.examiner(topic), Some(OrganisingUnit::Of("市".into())), "{topic}");
        }
        for topic in ["省初中学业质量抽测", "国测", "高三八省联考"] {
            assert_eq!(words.examiner(topic), Some(OrganisingUnit::Another), "{topic}");
        }
        for topic in ["期末质量监测", "青山市松岭区期末质量监测", "全区期末统考", "城市学校质量监测"]
        {
            assert_eq!(words.examiner(topic), None, "{topic}");
        }
    }
}
