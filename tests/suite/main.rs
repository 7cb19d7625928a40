//! The one integration-test binary. Modules stand in the order of the line through the house.

mod pdftext;
mod support;
mod survey;

mod addresses;
mod consultation;
mod dispose;
mod evidence;
mod exchange;
mod faults;
mod hostile;
mod kill;
mod layers;
mod outputs;
mod overrides;
mod pages;
mod program;
mod sample;
mod schema;
mod secrecy;
mod tools;
