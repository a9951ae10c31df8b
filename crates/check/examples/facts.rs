#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used)]
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let lines: Vec<u32> = std::env::args().skip(2).map(|x| x.parse().unwrap()).collect();
    let bytes = std::fs::read(&path).unwrap();
    let decoded = juesuan_read::decode(&bytes).unwrap();
    let document = juesuan_read::parse(&decoded.text);
    let files = juesuan_scheme::embedded();
    let words = juesuan_scheme::structure::StructureWords::base(&files).unwrap();
    let identity = juesuan_read::identify(&document, &words);
    let dep = identity.department.map(|d| d.text.to_string()).unwrap_or_default();
    let title = identity.title.map(|d| d.text.to_string()).unwrap_or_default();
    let choice = juesuan_scheme::choose(&files, &dep, &title, identity.year).unwrap();
    let scheme = juesuan_scheme::load(&files, &choice.id).unwrap();
    let accounts = juesuan_read::bind(&document, &scheme);
    for (_, f) in accounts.facts.iter() {
        if lines.contains(&f.place.line) {
            println!(
                "{} @{}:{} “{}” {:?} label {}",
                f.subject, f.place.line, f.place.column, f.printed, f.value, f.label
            );
        }
    }
}
