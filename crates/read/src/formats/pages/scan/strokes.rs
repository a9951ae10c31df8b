//! The rules of a picture: long runs of ink, one above the other.

use super::gray::{Gray, Part, is_ink};

/// How long a run of ink is that belongs to a rule: longer than a stroke of any character. A
/// hundred pixels are 24 points.
const LONG: usize = 110;

/// How long a rule must be that meets no other.
const LONG_ALONE: usize = 300;

/// How many pixels of paper may interrupt a run, and lie between the runs of one rule.
const GAP: usize = 4;

/// What is thicker is no rule but a block of ink.
const THICKEST: usize = 18;

/// How far rules may miss each other where they meet.
const REACH: usize = 10;

/// The rules that run across, and those that run down.
pub(super) fn strokes(gray: &Gray) -> (Vec<Part>, Vec<Part>) {
    let across = runs(gray);
    let down: Vec<Part> = runs(&gray.transposed()).into_iter().map(turned).collect();
    let is_kept = |one: &Part, others: &[Part]| {
        one.width().max(one.height()) >= LONG_ALONE || others.iter().any(|other| meets(one, other))
    };
    // The strokes of large type meet no rule.
    let kept_down: Vec<Part> = down
        .iter()
        .filter(|stroke| across.iter().any(|other| meets(stroke, other)))
        .copied()
        .collect();
    let across = across.into_iter().filter(|stroke| is_kept(stroke, &kept_down)).collect();
    (across, kept_down)
}

const fn turned(part: Part) -> Part {
    Part { left: part.top, top: part.left, right: part.bottom, bottom: part.right }
}

fn meets(one: &Part, other: &Part) -> bool {
    one.left <= other.right + REACH
        && other.left <= one.right + REACH
        && one.top <= other.bottom + REACH
        && other.top <= one.bottom + REACH
}

/// Long runs of ink along the rows; those of neighbouring rows are one.
fn runs(gray: &Gray) -> Vec<Part> {
    let mut done: Vec<Part> = Vec::new();
    let mut open: Vec<Part> = Vec::new();
    for (y, row) in gray.rows().enumerate() {
        let (mut still, ended): (Vec<Part>, Vec<Part>) =
            open.into_iter().partition(|part| y - part.bottom < GAP);
        done.extend(ended);
        for (left, right) in long_runs(row) {
            let mut own = Part { left, right, top: y, bottom: y + 1 };
            // A rule that is a little askew leaves one row where it enters the next.
            still.retain(|part| {
                let is_same = part.left <= own.right + GAP && own.left <= part.right + GAP;
                if is_same {
                    own.left = own.left.min(part.left);
                    own.right = own.right.max(part.right);
                    own.top = own.top.min(part.top);
                }
                !is_same
            });
            still.push(own);
        }
        open = still;
    }
    done.extend(open);
    done.retain(|part| part.height() <= THICKEST);
    done
}

/// The first columns and the ends of long runs in a row.
fn long_runs(row: &[u8]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut run: Option<(usize, usize)> = None;
    for (x, _) in row.iter().enumerate().filter(|(_, pixel)| is_ink(**pixel)) {
        run = match run {
            Some((start, end)) if x - end <= GAP => Some((start, x + 1)),
            ended => {
                found.extend(ended);
                Some((x, x + 1))
            }
        };
    }
    found.extend(run);
    found.retain(|(start, end)| end - start >= LONG);
    found
}
