//! The command as users meet it: arguments in, text, files and exit codes out.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr
)]

mod annotating;
mod desk;
mod example;
mod files;
mod hostile;
mod json;
mod layouts;
mod packages;
mod pages;
mod printed;
mod publishing;
mod reading;
mod readme;
mod reconciling;
mod rules;
mod scans;
mod schemes;
mod usage;
mod waivers;
