// A page that came back with errors starts there: for the eye it is on top, for a screen reader it gets the focus.
document.querySelector(".errors")?.focus();
