/** A change on the server that the operator confirms first. */
export interface Action {
  title: string;
  /** Sentences that say what will happen. */
  text: string[];
  /** The label of the button that sends it. */
  confirm: string;
  path: string;
  body: unknown;
}
