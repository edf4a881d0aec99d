//! Runs the cases of each built-in pack: small tables in, verdicts out.

use jiaoyan::audit::cases;
use jiaoyan::dictionary::Dictionary;
use jiaoyan::pack;

#[test]
fn every_case_of_every_pack_comes_out_as_written() {
    for id in pack::built_in_ids() {
        let pack = pack::built_in(id, Dictionary::built_in()).unwrap();
        let cases = cases::parse(id, pack::cases_of(id).unwrap(), &pack).unwrap();
        let mut wrong = Vec::new();
        for case in &cases {
            let differences = match case.run(&pack, Dictionary::built_in()) {
                Ok(differences) => differences,
                Err(error) => vec![error.to_string()],
            };
            wrong.extend(
                differences.into_iter().map(|text| format!("{}: {} {}：{text}", case.line, case.rule, case.name)),
            );
        }
        assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    }
}
