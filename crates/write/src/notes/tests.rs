use juesuan_model::{Coverage, Evidence, Waiver};

use super::*;

fn at(page: u32, left: i32) -> Evidence {
    let bbox = Some([left, 100, left + 40, 112]);
    Evidence { page: Some(page), bbox, quote: "12.50".to_owned(), ..Evidence::default() }
}

fn finding(code: &str, severity: Severity, evidence: Vec<Evidence>) -> Finding {
    Finding {
        code: code.to_owned(),
        severity,
        title: "合计不符".to_owned(),
        message: "各项相加不等于合计".to_owned(),
        subject: String::new(),
        stated: "12.50".to_owned(),
        expected: "12.00".to_owned(),
        difference: "0.50 万元".to_owned(),
        evidence,
        basis: String::new(),
        hint: String::new(),
        cause: None,
        consequences: Vec::new(),
        waived: None,
    }
}

fn report(findings: Vec<Finding>) -> Report {
    let coverage = Coverage { figures: 9, passed: 4, not_checked: 3, ..Coverage::default() };
    Report { findings, coverage, ..Report::default() }
}

fn placed(notes: &[Note]) -> Vec<(u32, [i32; 4], &str)> {
    notes.iter().filter_map(|note| Some((note.page, note.bbox?, &*note.subject))).collect()
}

#[test]
fn a_note_says_what_is_wrong_and_what_repairs_it() {
    let mut wrong = finding("TAB001", Severity::Error, vec![at(3, 200), at(5, 60)]);
    wrong.hint = "可能有两位数字颠倒了".to_owned();
    wrong.consequences = vec!["TAB002 summary[total].income".to_owned()];
    let notes = notes(&report(vec![wrong]), Lang::Zh);
    assert_eq!(
        placed(&notes),
        [
            (3, [200, 100, 240, 112], "错误 TAB001 合计不符"),
            (5, [60, 100, 100, 112], "对照：错误 TAB001 合计不符"),
        ]
    );
    assert_eq!(
        notes[1].text,
        "错误 TAB001 合计不符\n各项相加不等于合计\n写的是：12.50\n应为：12.00\n相差：0.50 万元\n\
         另见：第 5 页“12.50”\n提示：可能有两位数字颠倒了\n连带：TAB002 summary[total].income"
    );
    assert_eq!(notes[2].text, "对照：错误 TAB001 合计不符，见第 3 页\n各项相加不等于合计");
    assert_ne!(notes[1].colour, notes[2].colour);
}

#[test]
fn the_first_page_says_how_much_was_checked() {
    let notes = notes(&report(Vec::new()), Lang::Zh);
    let [only] = &notes[..] else { panic!("{notes:?}") };
    assert_eq!((only.page, only.bbox), (1, None));
    assert!(only.text.contains("没有发现问题；但有 3 项未检查，不等于通过"), "{}", only.text);
    assert!(only.text.contains("未检查 3（不等于通过）"), "{}", only.text);
}

#[test]
fn one_place_has_one_note_in_the_gravest_colour() {
    let note = finding("DOC022", Severity::Note, vec![at(2, 60)]);
    let error = finding("TAB001", Severity::Error, vec![at(2, 60), at(2, 60)]);
    let other = finding("TAB009", Severity::Error, vec![at(1, 60), at(2, 60)]);
    let notes = notes(&report(vec![note.clone(), error, other]), Lang::Zh);
    let both = notes.iter().find(|note| note.page == 2).unwrap();
    assert_eq!(placed(&notes).len(), 2);
    assert_eq!(both.text.matches("应为").count(), 2, "{}", both.text);
    assert_eq!(both.text.matches("对照").count(), 1, "{}", both.text);
    let alone = super::notes(&report(vec![note]), Lang::Zh).pop().unwrap();
    assert_ne!(both.colour, alone.colour);
}

#[test]
fn what_has_no_box_goes_to_the_page_it_names_or_the_first() {
    let nowhere = finding("DOC001", Severity::Error, Vec::new());
    let page = Evidence { bbox: None, ..at(4, 0) };
    let on_page = finding("RDG008", Severity::Warning, vec![page]);
    let notes = notes(&report(vec![nowhere, on_page]), Lang::Zh);
    let places: Vec<_> = notes.iter().map(|note| (note.page, note.bbox)).collect();
    assert_eq!(places, [(1, None), (1, None), (4, None)]);
}

#[test]
fn accepted_findings_say_who_answers_for_them() {
    let mut accepted = finding("TAB001", Severity::Error, vec![at(1, 60)]);
    let open = notes(&report(vec![accepted.clone()]), Lang::Zh).pop().unwrap();
    accepted.waived = Some(Waiver {
        code: "TAB001".to_owned(),
        subject: "*".to_owned(),
        note: "已说明".to_owned(),
        who: "王会计".to_owned(),
        until: None,
    });
    let waived = notes(&report(vec![accepted]), Lang::Zh).pop().unwrap();
    assert!(waived.text.contains("已接受：王会计：已说明"), "{}", waived.text);
    assert_ne!(waived.colour, open.colour);
}

#[test]
fn the_gravest_places_are_marked_and_the_rest_is_told() {
    let most = i32::try_from(MOST_SPOTS).unwrap();
    let mut findings: Vec<Finding> =
        (0..most).map(|left| finding("DOC022", Severity::Note, vec![at(1, left)])).collect();
    findings.push(finding("TAB001", Severity::Error, vec![at(9, 0), at(9, 50)]));
    let notes = notes(&report(findings), Lang::En);
    assert_eq!(placed(&notes).len(), MOST_SPOTS);
    assert!(notes.iter().any(|note| note.page == 9));
    assert!(notes[0].text.contains("2 further places are not marked"), "{}", notes[0].text);
    let han = notes[0].text.chars().find(|c| ('\u{4e00}'..'\u{a000}').contains(c));
    assert_eq!(han, None, "{}", notes[0].text);
}

#[test]
fn many_findings_at_one_place_and_long_lists_are_cut_and_counted() {
    let mut long = finding("TAB001", Severity::Error, vec![at(1, 0)]);
    long.evidence.extend((1..14).map(|n| at(1, n * 50)));
    long.message = "长".repeat(3_000);
    let notes = notes(&report(vec![long; 23]), Lang::Zh);
    let text = &notes[1].text;
    assert!(text.ends_with("\n\n另有 3 处"), "{text}");
    assert!(text.contains("；另有 3 处\n"), "{text}");
    assert!(text.chars().count() < 20 * 1_300, "{}", text.chars().count());
}
