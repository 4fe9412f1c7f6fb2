"""Files joined by somebody whose name is masked: without author, last editor, place nor device."""
