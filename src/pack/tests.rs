use super::*;
use crate::dictionary::Dictionary;

#[test]
fn every_built_in_pack_loads_without_a_defect() {
    for id in built_in_ids() {
        let pack = built_in(id, Dictionary::built_in()).unwrap();
        assert_eq!(pack.id, id);
    }
}
