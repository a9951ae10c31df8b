//! A small document is measured: which figures are protected, and by what.

use juesuan_dev::house::House;
use juesuan_dev::quality::measure::{Measured, measure};
use juesuan_dev::quality::tally::Tally;
use juesuan_dev::quality::trial::Answer;
use juesuan_dev::quality::zone::Zone;
use juesuan_dev::quality::{Progress, Wanted};
use juesuan_scheme::BASE;

const DOCUMENT: &str = "第二部分 说明\n\n三、财政拨款“三公”经费支出决算情况说明\n\n\
    2024年度财政拨款安排的“三公”经费支出12.34万元。另有展板36块。\n\n\
    财政拨款“三公”经费支出决算表\n\n\
    项目\t预算数\t决算数\n合计\t20.00\t12.34\n公务接待费\t20.00\t12.34\n";

struct Silent;

impl Progress for Silent {
    fn begin(&self, _: &str, _: usize) {}
    fn step(&self) {}
}

fn every(every: usize) -> Wanted {
    Wanted { every, lines: Vec::new() }
}

fn measured() -> Measured {
    let scheme = House::open().unwrap().scheme(BASE).unwrap();
    measure(DOCUMENT, &scheme, &every(1), &Silent)
}

#[test]
fn figures_of_forms_are_protected_by_their_sums() {
    let measured = measured();
    let in_forms = || measured.figures.iter().filter(|f| matches!(f.zone, Zone::Form(..)));
    let printed: Vec<&str> = in_forms().map(|figure| figure.printed.as_str()).collect();
    assert_eq!(printed, ["20.00", "12.34", "20.00", "12.34"]);
    let tally = Tally::of(in_forms(), |_| true);
    assert_eq!((tally.slips, tally.caught), (14, 14), "zeros of 20.00 cannot be told apart");
}

#[test]
fn a_figure_stated_once_is_missed_and_one_stated_twice_is_restored() {
    let measured = measured();
    let told = |printed: &str| {
        let in_text = |f: &&juesuan_dev::quality::measure::Figure| f.zone == Zone::Narrative;
        let figure = measured.figures.iter().filter(in_text).find(|f| f.printed == printed);
        let figure = figure.unwrap();
        let answers: Vec<Answer> = figure.slips.iter().map(|(_, _, t)| t.answer).collect();
        (figure.is_related, answers)
    };
    assert_eq!(told("12.34"), (true, vec![Answer::Restored; 4]));
    assert_eq!(told("36"), (false, vec![Answer::Missed; 4]));
}

#[test]
fn sampling_takes_every_nth_figure() {
    let scheme = House::open().unwrap().scheme(BASE).unwrap();
    let sampled = measure(DOCUMENT, &scheme, &every(4), &Silent);
    let altered = sampled.figures.iter().filter(|figure| !figure.slips.is_empty()).count();
    assert_eq!((altered, sampled.figures.len(), sampled.all), (2, 6, 6));
}
