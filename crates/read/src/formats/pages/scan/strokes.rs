//! The rules of a picture: long runs of ink, one above the other.

use super::gray::{Gray, Part, is_ink};

/// How long a run of ink is that belongs to a rule: longer than a stroke of any character. A
/// hundred pixels are 24 points.
const LONG: usize = 110;

/// How long a rule must be that meets no other.
const LONG_ALONE: usize = 300;

/// How many pixels of paper may interrupt a run, and lie between the runs of one rule. Between the
/// strokes of small characters beside each other are more.
const GAP: usize = 2;

/// A rule that is thinner than a pixel is only gray: it is darker by this than what lies so many
/// pixels above or below. Cells are shaded too.
const CONTRAST: u8 = 32;
const BESIDE: usize = 5;

/// What is lighter is paper; and how wide a crossing rule is at most.
const PAPER: u8 = 225;
const CROSSING: usize = 10;

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
        let above = y.checked_sub(BESIDE).map_or(row, |above| gray.row(above, 0, gray.width));
        let below = gray.row((y + BESIDE).min(gray.height - 1), 0, gray.width);
        let marks = row.iter().zip(above).zip(below).map(|((pixel, above), below)| {
            let is_darker = *pixel <= above.max(below).saturating_sub(CONTRAST);
            match (is_ink(*pixel) || is_darker, *pixel < PAPER) {
                (true, _) => Mark::Rule,
                (false, true) => Mark::Gray,
                (false, false) => Mark::Paper,
            }
        });
        let (mut still, ended): (Vec<Part>, Vec<Part>) =
            open.into_iter().partition(|part| y - part.bottom <= GAP);
        done.extend(ended);
        for (left, right) in long_runs(marks) {
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

/// What a pixel may be of: where a faint rule crosses another, it is as gray above and below.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Rule,
    Gray,
    Paper,
}

/// The first columns and the ends of long runs in a row.
fn long_runs(marks: impl Iterator<Item = Mark>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut run: Option<(usize, usize)> = None;
    let mut paper = 0;
    for (x, mark) in marks.enumerate() {
        paper += usize::from(mark == Mark::Paper);
        if mark != Mark::Rule {
            continue;
        }
        run = match run {
            Some((start, end)) if paper <= GAP && x - end <= CROSSING => Some((start, x + 1)),
            ended => {
                found.extend(ended);
                Some((x, x + 1))
            }
        };
        paper = 0;
    }
    found.extend(run);
    found.retain(|(start, end)| end - start >= LONG);
    found
}
