interface Exception {
  matches(file: string, text: string): boolean;
  why: string;
}

/** Statements of lib/ that the run on Debian's server leaves out, each with its reason. */
export const NOT_ON_THIS_SERVER: readonly Exception[] = [
  {
    matches: (file) => /^lib\/dev\/(seed|seed-bookings|seed-site|start|mailbox|postman)\.ts$/.test(file),
    why: "the demo club and its mailbox, which `npm start` has on the embedded database only",
  },
];
