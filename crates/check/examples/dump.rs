#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used)]
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let select: Vec<String> = std::env::args().skip(2).collect();
    let bytes = std::fs::read(&path).unwrap();
    let t = std::time::Instant::now();
    let decoded = juesuan_read::decode(&bytes).unwrap();
    let document = juesuan_read::parse(&decoded.text);
    let t_read = t.elapsed();
    let files = juesuan_scheme::embedded();
    let words = juesuan_scheme::structure::StructureWords::base(&files).unwrap();
    let identity = juesuan_read::identify(&document, &words);
    let dep = identity.department.map(|d| d.text.to_string()).unwrap_or_default();
    let title = identity.title.map(|d| d.text.to_string()).unwrap_or_default();
    let choice = juesuan_scheme::choose(&files, &dep, &title, identity.year).unwrap();
    let scheme = juesuan_scheme::load(&files, &choice.id).map_err(|e| println!("{e}")).unwrap();
    let t_scheme = t.elapsed();
    let accounts = juesuan_read::bind(&document, &scheme);
    let t_bind = t.elapsed();
    let checked = juesuan_check::check(&document, &accounts, &scheme, &select);
    let t_check = t.elapsed();
    println!(
        "{dep} | {title} | {:?} | {} | {}",
        identity.year,
        choice.id,
        choice.why.say(Default::default())
    );
    println!(
        "read {t_read:?} scheme {:?} bind {:?} check {:?}",
        t_scheme - t_read,
        t_bind - t_scheme,
        t_check - t_bind
    );
    for form in &accounts.forms {
        println!(
            "{} {:?} {:?} {:?} {:?} {:?} rows {} note {:?} empty {}",
            form.form,
            form.title.as_ref().map(|t| &t.text),
            form.number.as_ref().map(|t| &t.text),
            form.department.as_ref().map(|t| &t.text),
            form.year.as_ref().map(|t| &t.text),
            form.unit.as_ref().map(|t| &t.text),
            form.rows.len(),
            form.note.as_ref().map(|t| &t.text),
            form.empty_note
        );
    }
    let n = accounts.facts.iter().filter(|(_, f)| f.number().is_some()).count();
    println!(
        "facts {} numbers {n} glossary {} contents {} headings {} statements {} summaries {} evaluations {} whole {}",
        accounts.facts.len(),
        accounts.glossary.len(),
        accounts.contents.len(),
        accounts.headings.len(),
        accounts.statements.len(),
        accounts.summaries.len(),
        accounts.evaluations.len(),
        accounts.whole_evaluations.len()
    );
    println!("{:?}", checked.coverage);
    for u in &accounts.unread {
        println!(
            "UNREAD {} {} {}:{} {} {}",
            u.code, u.subject, u.place.line, u.place.column, u.quote, u.why
        );
    }
    for f in &checked.findings {
        let e = f.evidence.first();
        println!(
            "{:?} {} {} @{}:{} | {} | 写 {} 应 {} 差 {} | {} | 连带 {:?} | cause {:?}",
            f.severity,
            f.code,
            f.subject,
            e.map_or(0, |e| e.line),
            e.map_or(0, |e| e.column),
            f.message,
            f.stated,
            f.expected,
            f.difference,
            f.hint,
            f.consequences,
            f.cause
        );
    }
    if select.is_empty() {
        for n in &checked.not_checked {
            println!("NOT {} {} {}", n.code, n.subject, n.why);
        }
    }
}
