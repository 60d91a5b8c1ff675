import { attendance } from "./de/attendance.ts";
import { jobWords } from "./de/jobs.ts";
import { mail } from "./de/mail.ts";
import { shellWords } from "./de/shell.ts";
import { site } from "./de/site.ts";
import { slots } from "./de/slots.ts";
import { sport } from "./de/sport.ts";
import type { Words } from "./en.ts";

/** All texts of the console in German. */
export const de: Words = { ...shellWords, ...jobWords, mail, slots, attendance, site, sport };
