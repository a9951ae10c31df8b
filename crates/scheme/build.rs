//! Embeds `schemes/` anew when something in it changes, which `include_dir` does not notice.

fn main() {
    println!("cargo::rerun-if-changed=../../schemes");
}
