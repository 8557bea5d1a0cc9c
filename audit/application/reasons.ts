export const NO_SOURCES =
  'the code is read for this, and either it or the compiler that reads it is not installed: run it from a checkout';
