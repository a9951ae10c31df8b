//! Publications in the formats that people use. Every writer takes the same
//! [`Publication`](juesuan_model::Publication), so that no two of them can differ in a figure.

pub mod data;
pub mod docx;
pub mod html;
pub mod markdown;
pub mod workbook;
