//! What stands in the document of bodies: checked with the rest of the document.
