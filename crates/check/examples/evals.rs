#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used)]
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let decoded = juesuan_read::decode(&bytes).unwrap();
    let document = juesuan_read::parse(&decoded.text);
    let files = juesuan_scheme::embedded();
    let scheme = juesuan_scheme::load(&files, "cn").unwrap();
    let a = juesuan_read::bind(&document, &scheme);
    let p = |id: Option<juesuan_model::FactId>| {
        id.and_then(|id| a.facts.get(id)).map_or("?".to_owned(), |f| format!("{}", f.printed))
    };
    let t = |f: &Option<juesuan_model::TextField>| {
        f.as_ref().map_or("?".to_owned(), |f| f.text.chars().take(12).collect())
    };
    for (i, e) in a.evaluations.iter().enumerate() {
        println!(
            "## {i} @{} {} b {} e {} r {} | sub {} ex {} ded {} tot {} | unit {} goal {} result {} lost {} {}",
            e.place.line,
            e.name.text,
            p(e.budget),
            p(e.executed),
            p(e.rate),
            p(e.subtotal),
            p(e.execution_score),
            p(e.deduction),
            p(e.total),
            t(&e.unit),
            t(&e.goal),
            t(&e.result),
            e.first_page_lost,
            e.last_row_lost
        );
        for x in &e.indicators {
            println!(
                "   {} {}|{}|{} {:?} t {} {} u {} a {} {} c {} w {} s {} f{:?} r {} m {}",
                x.place.line,
                x.group,
                x.subgroup,
                x.name.text,
                x.operator,
                p(x.target),
                t(&x.target_text),
                t(&x.unit),
                p(x.actual),
                t(&x.level),
                p(x.completion),
                p(x.weight),
                p(x.score),
                x.reason_flags,
                t(&x.reason),
                t(&x.measure)
            );
        }
    }
    for e in &a.whole_evaluations {
        println!(
            "@@ {} {} in {} out {} tot {} goal {} result {}",
            e.place.line,
            e.name.text,
            p(e.income_budget),
            p(e.expenditure_budget),
            p(e.total),
            t(&e.goal),
            t(&e.result)
        );
        for x in &e.tasks {
            println!(
                "  T {} {} {} {} {} {}",
                x.name.text,
                p(x.granted),
                p(x.executed),
                p(x.rate),
                p(x.weight),
                p(x.score)
            );
        }
        for x in &e.indicators {
            println!(
                "   {} {}|{}|{} {:?} t {} {} u {} a {} {} c {} w {} s {} f{:?} r {} m {}",
                x.place.line,
                x.group,
                x.subgroup,
                x.name.text,
                x.operator,
                p(x.target),
                t(&x.target_text),
                t(&x.unit),
                p(x.actual),
                t(&x.level),
                p(x.completion),
                p(x.weight),
                p(x.score),
                x.reason_flags,
                t(&x.reason),
                t(&x.measure)
            );
        }
    }
    println!(
        "{} forms, {} indicators, {} whole indicators, {} tasks",
        a.evaluations.len(),
        a.evaluations.iter().map(|e| e.indicators.len()).sum::<usize>(),
        a.whole_evaluations.iter().map(|e| e.indicators.len()).sum::<usize>(),
        a.whole_evaluations.iter().map(|e| e.tasks.len()).sum::<usize>()
    );
    for u in &a.unread {
        println!("UNREAD {} {} {} {} {}", u.code, u.subject, u.place.line, u.quote, u.why);
    }
}
