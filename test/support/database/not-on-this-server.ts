interface Exception {
  matches(file: string, text: string): boolean;
  why: string;
}

/** Statements of lib/ that the run on Debian's server leaves out, each with its reason. There are none at present. */
export const NOT_ON_THIS_SERVER: readonly Exception[] = [];
