import type { Client } from "../../client/generated/types.ts";

/** A change on the server that the operator confirms first. */
export interface Action {
  title: string;
  /** Sentences that say what will happen. */
  text: string[];
  /** The label of the button that sends it. */
  confirm: string;
  send(client: Client): Promise<unknown>;
}
