//! The one integration-test binary. Modules stand in the order of the line through the house.

mod support;

mod layers;
mod pages;
mod program;
mod secrecy;
mod schema;
mod sample;
mod outputs;
mod tools;
