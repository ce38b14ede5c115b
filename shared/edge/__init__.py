"""From a Lambda event to a caller and a command, and from an outcome or an error to what AWS gets back."""
