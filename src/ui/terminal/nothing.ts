// In the place of what Ink has for boxes that are not a column of rows, and for errors, which our own boundary catches.
export default (): null => null;
