import type { JobCommand } from "../../client/generated/types.ts";

/** Every job by its command. */
const COMMANDS: Readonly<Record<JobCommand, true>> = {
  weekly: true,
  monthly: true,
  dispatch: true,
  cleanup: true,
  slots: true,
  tracking: true,
  site: true,
};

/** Whether a text, such as a part of the page's address, names a job. */
export const isCommand = (text: string): text is JobCommand => Object.hasOwn(COMMANDS, text);
