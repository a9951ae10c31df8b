//! Loads every scheme from its text and stores what comes out as bytes.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use juesuan_scheme::{Index, embedded, load};

fn main() -> Result<(), Box<dyn Error>> {
    // The schemes come with the crate that embeds them, and with it this script.
    println!("cargo::rerun-if-changed=build.rs");
    let out = env::var("OUT_DIR")?;
    let files = embedded();
    let index = Index::new(&files)?;
    let store = |name: &str, bytes: Vec<u8>| fs::write(Path::new(&out).join(name), bytes);
    store("index", borsh::to_vec(&index)?)?;
    let mut list = String::new();
    for (number, id) in index.manifests.keys().enumerate() {
        store(&number.to_string(), borsh::to_vec(&load(&files, id)?)?)?;
        write!(list, "({id:?}, include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{number}\"))),")?;
    }
    store("list.rs", format!("&[{list}]").into_bytes())?;
    Ok(())
}
