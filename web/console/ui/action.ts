/** Something that changes what the server has, to be agreed to first. */
export interface Action {
  title: string;
  /** What will happen, in sentences. */
  says: string[];
  /** The word on the button that does it. */
  confirm: string;
  path: string;
  body: unknown;
}
