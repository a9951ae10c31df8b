//! How long the steps of a check take: reading, binding, checking, all of it, and the schemes.
//!
//! `cargo bench -p juesuan-dev` measures with the document that ships in `examples/`; with
//! `DOCUMENT=path` with another one.

#![allow(missing_docs, reason = "the macros of criterion write public items")]

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use juesuan_check::check;
use juesuan_read::{bind, decode, identify, parse};
use juesuan_scheme::{Files, Index, Scheme, embedded, load};

const SHIPPED: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/linxi-water-2024/faulty.md");

/// The document's bytes and the scheme that fits it.
fn prepare(files: &Files) -> Option<(Vec<u8>, String)> {
    let path = std::env::var("DOCUMENT").unwrap_or_else(|_| SHIPPED.to_owned());
    let bytes = std::fs::read(Path::new(&path)).ok()?;
    let index = Index::new(files).ok()?;
    let identity = identify(&parse(&decode(&bytes).ok()?.text), &index.words);
    let id = index.choose(&identity).id;
    Some((bytes, id))
}

fn whole(bytes: &[u8], scheme: &Scheme) -> usize {
    let document = parse(&decode(bytes).map(|decoded| decoded.text).unwrap_or_default());
    let accounts = bind(&document, scheme);
    check(&document, &accounts, scheme, &[]).findings.len()
}

fn steps(criterion: &mut Criterion) {
    let files = embedded();
    let Some((bytes, id)) = prepare(&files) else { return };
    let Ok(scheme) = load(&files, &id) else { return };
    let document = parse(&decode(&bytes).map(|decoded| decoded.text).unwrap_or_default());
    let accounts = bind(&document, &scheme);

    criterion.bench_function("scheme", |bench| {
        let load = || (juesuan_builtin::index(), juesuan_builtin::scheme(black_box(&id)));
        bench.iter_with_large_drop(load);
    });
    criterion.bench_function("scheme/text", |bench| {
        bench.iter_with_large_drop(|| load(&embedded(), black_box(&id)));
    });
    let mut group = criterion.benchmark_group("document");
    group.throughput(Throughput::Bytes(u64::try_from(bytes.len()).unwrap_or(0)));
    group.bench_function("read", |bench| {
        bench.iter(|| parse(&decode(black_box(&bytes)).map(|d| d.text).unwrap_or_default()));
    });
    group.bench_function("bind", |bench| bench.iter(|| bind(black_box(&document), &scheme)));
    group.bench_function("check", |bench| {
        bench.iter(|| check(black_box(&document), &accounts, &scheme, &[]));
    });
    group.bench_function("whole", |bench| bench.iter(|| whole(black_box(&bytes), &scheme)));
    group.finish();
}

criterion_group!(benches, steps);
criterion_main!(benches);
